"""Commands run and measured: alone, or two of them in turn, since only their ratio outlives what else a machine does."""
import datetime
import os
import platform
import re
import statistics
import subprocess
from typing import NamedTuple


class Run(NamedTuple):
    seconds: float
    cpu: float
    peak: float  # megabytes


class Pair(NamedTuple):
    """Medians: of the first over the second, run by run; of each alone."""
    ratio: float
    cpu_ratio: float
    lowest: float
    highest: float
    first: Run
    second: Run


class Spawner:
    """Runs commands by way of the built tests/unit/spawn_calc.c, their output thrown away."""

    def __init__(self, path):
        self.path = path

    def run(self, command):
        done = subprocess.run([self.path, "1", *command], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"failed: {' '.join(command)}")
        time, size, cpu = map(int, done.stdout.split())
        return Run(time / 1e6, cpu / 1e6, size / 1024)

    def median(self, command, runs):
        return middle([self.run(command) for _ in range(runs + 1)][1:])

    def paired(self, first, second, runs):
        """A first run of each is left out; then they change places from pair to pair."""
        self.run(first), self.run(second)
        pairs = []
        for i in range(runs):
            order = (first, second) if i % 2 else (second, first)
            done = [self.run(command) for command in order]
            pairs.append(done if i % 2 else done[::-1])
        return pair_of(pairs)

    def in_turn(self, commands, runs):
        """The median of each, all of them run once before any is run again."""
        rounds = [[self.run(command) for command in commands] for _ in range(runs + 1)][1:]
        return [middle(column) for column in zip(*rounds)]


def middle(runs):
    return Run(statistics.median(r.seconds for r in runs), statistics.median(r.cpu for r in runs), max(r.peak for r in runs))


def pair_of(pairs):
    ratios = [a.seconds / b.seconds for a, b in pairs]
    used = statistics.median(a.cpu / b.cpu if b.cpu else 1 for a, b in pairs)
    return Pair(statistics.median(ratios), used, min(ratios), max(ratios), middle([a for a, _ in pairs]), middle([b for _, b in pairs]))


def first_match(path, pattern, otherwise):
    try:
        with open(path, encoding="utf-8") as file:
            found = re.search(pattern, file.read(), re.M)
    except OSError:
        found = None
    return found[1] if found else otherwise


def machine():
    """A line of facts about where this runs."""
    model = first_match("/proc/cpuinfo", r"^model name\s*:\s*(.+)$", platform.processor() or platform.machine())
    memory = int(first_match("/proc/meminfo", r"^MemTotal:\s*(\d+)", "0")) / 1024 / 1024
    compiler = subprocess.run(["gcc", "-dumpfullversion"], capture_output=True, text=True).stdout.strip()
    kernel = ".".join(platform.release().split(".")[:2])
    return (f"{os.cpu_count()} cores of an {model}, {memory:.0f} GB, {platform.system()} {kernel}, gcc {compiler}. "
            f"{datetime.date.today()}, load {os.getloadavg()[0]:.1f} at the start.")
