#!/usr/bin/env python3
"""What one `rubric eval` costs from a standing start, over a process that does nothing: a row of docs/benchmarks.md.
usage: cold.py PROGRAM UNIT.facts…"""
import os
import shutil
import statistics
import sys
import time

RUNS = 20


def run(command):
    """(milliseconds, peak resident kilobytes) of one run, its output thrown away."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        quiet = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1)]
        start = time.perf_counter()
        child = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
        _, status, usage = os.wait4(child, 0)
        spent = (time.perf_counter() - start) * 1000
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{' '.join(command)}: failed")
    return spent, usage.ru_maxrss


def measure(command):
    run(command)
    times, sizes = zip(*(run(command) for _ in range(RUNS)))
    return statistics.median(times), max(sizes)


def main():
    program, *units = sys.argv[1:] or sys.exit(__doc__)
    empty, _ = measure([shutil.which("true")])
    print("| what | ms over an empty process (median of 20) | peak memory, MB |")
    print("| --- | ---: | ---: |")
    for unit in units:
        spent, size = measure([os.path.abspath(program), "eval", unit])
        print(f"| `rubric eval {os.path.basename(unit)}` | {spent - empty:.1f} | {size / 1024:.1f} |")


if __name__ == "__main__":
    main()
