"""What `rubric batch` is compared with, where it can be had: DuckDB, SQLite, Lua, and an earlier version of the program."""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
QUERY = (HERE / "model-units.sql").read_text(encoding="utf-8")


class Missing(Exception):
    """Why there is nothing to compare with."""


class Duck:
    """Only the work counts, not the start of Python."""

    def __init__(self, folder):
        self.environment = {**os.environ, "PYTHONPATH": str(folder)}
        done = subprocess.run([sys.executable, "-c", "import duckdb; print(duckdb.__version__)"], env=self.environment,
                              capture_output=True, text=True)
        if done.returncode:
            raise Missing("DuckDB is not there: make bench-deps")
        self.name = f"DuckDB {done.stdout.strip()}"

    def seconds(self, units, out, threads):
        done = subprocess.run([sys.executable, HERE / "duck.py", units, out, str(threads)], env=self.environment,
                              capture_output=True, text=True, check=True)
        return float(done.stdout)


class SQLite:
    """Its own program reads the file into a table in memory and writes the result."""

    def __init__(self):
        self.program = shutil.which("sqlite3")
        if not self.program:
            raise Missing("SQLite is not there: make bench-deps")
        version = subprocess.run([self.program, "--version"], capture_output=True, text=True, check=True).stdout.split()[0]
        self.name = f"SQLite {version}"

    def seconds(self, units, out):
        with open(units, encoding="utf-8") as file:
            columns = ", ".join(f'"{name}" INTEGER' for name in file.readline().strip().split(","))
        script = (f"CREATE TABLE units({columns});\n.mode csv\n.import --skip 1 {units} units\n.output {out}\n"
                  f"SELECT unit, total, eligible FROM (\n{QUERY});\n")
        start = time.monotonic()
        subprocess.run([self.program, ":memory:"], input=script, text=True, check=True)
        return time.monotonic() - start


def lua():
    """A program that starts and does nothing."""
    found = shutil.which("lua5.4") or shutil.which("lua")
    if not found:
        raise Missing("Lua is not there: make bench-deps")
    return [found, "-e", ""]


def last_release():
    done = subprocess.run(["git", "describe", "--tags", "--abbrev=0"], capture_output=True, text=True)
    if done.returncode:
        raise Missing("there is no earlier release: PREVIOUS=COMMIT names another version")
    return done.stdout.strip()


def previous(asked, folder):
    """(name, program) of an earlier version, built once in the folder."""
    name = asked or last_release()
    commit = subprocess.run(["git", "rev-parse", "--short", f"{name}^{{commit}}"], capture_output=True, text=True, check=True).stdout.strip()
    place = pathlib.Path(folder).resolve() / commit
    program = place / "build/rubric"
    if not program.exists():
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile() as packed:
            subprocess.run(["git", "archive", commit], stdout=packed, check=True)
            packed.seek(0)
            subprocess.run(["tar", "x", "-C", place], stdin=packed, check=True)
        # As by hand: what this make was told is not for that one.
        clean = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "RUBRIC_BUILD")}
        subprocess.run(["make", "-s", "-C", place], env=clean, stdout=subprocess.DEVNULL, check=True)
    return name, str(program)


def has_batch(program):
    return subprocess.run([program, "batch", "--help"], capture_output=True).returncode == 0


def ratios(runs, seconds, mine):
    """Medians: of the peer's seconds over ours, run by run, the one first and then the other; of the peer's alone."""
    pairs = []
    for i in range(runs):
        both = [seconds(), mine()] if i % 2 else [mine(), seconds()][::-1]
        pairs.append(both)
    return statistics.median(peer / ours for peer, ours in pairs), statistics.median(peer for peer, _ in pairs)
