#!/usr/bin/env python3
"""What one `rubric eval` costs from a standing start, over a process that does nothing: rows of docs/benchmarks.md.
usage: cold.py SPAWNER PROGRAM UNIT.facts…   (SPAWNER: the built tests/unit/spawn_calc.c)"""
import os
import shutil
import statistics
import subprocess
import sys

RUNS = 20


def measure(spawner, command):
    """(median milliseconds, largest peak in megabytes) over the runs, a first one left out."""
    done = subprocess.run([spawner, str(RUNS + 1), *command], capture_output=True, text=True, check=True)
    rows = [tuple(map(int, line.split())) for line in done.stdout.splitlines()][1:]
    return statistics.median(row[0] for row in rows) / 1000, max(row[1] for row in rows) / 1024


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    spawner, program, *units = sys.argv[1:]
    empty, _ = measure(spawner, [shutil.which("true")])
    print(f"| what | ms over an empty process (median of {RUNS}) | peak memory, MB |")
    print("| --- | ---: | ---: |")
    for unit in units:
        spent, size = measure(spawner, [os.path.abspath(program), "eval", unit])
        print(f"| `rubric eval {os.path.basename(unit)}` | {spent - empty:.1f} | {size:.1f} |")


if __name__ == "__main__":
    main()
