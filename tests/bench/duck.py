#!/usr/bin/env python3
"""Scores a file of the workload by DuckDB: of each unit its id, its total, eligible. Prints the seconds from its first word to the last row.
usage: duck.py UNITS.csv OUT.csv THREADS"""
import pathlib
import sys
import time

import duckdb

QUERY = (pathlib.Path(__file__).parent / "model-units.sql").read_text(encoding="utf-8")


def main():
    units, out, threads = sys.argv[1:]
    with open(units, encoding="utf-8") as file:
        columns = ", ".join(f"'{name}': 'INTEGER'" for name in file.readline().strip().split(","))
    start = time.monotonic()
    base = duckdb.connect(config={"threads": int(threads)})
    base.execute(f"CREATE VIEW units AS SELECT * FROM read_csv('{units}', header = true, delim = ',', quote = '', escape = '', "
                 f"auto_detect = false, columns = {{{columns}}})")
    base.execute(f"COPY (SELECT unit, total, eligible FROM ({QUERY})) TO '{out}' (HEADER false)")
    print(time.monotonic() - start)


if __name__ == "__main__":
    main()
