#!/usr/bin/env python3
"""A table of made-up units, the same every time: the facts of one unit as columns, its values varied row by row.
usage: units.py UNIT.facts COUNT [--open PERCENT] > UNITS.csv      (so many cells are left empty)

Tables and documents are left out: the rules must assume them where a total is to be known."""
import argparse
import csv
import random
import re
import sys

ENTRY = re.compile(r'^\s*(score\s+)?([\w.]+)\s*=\s*(.+?)\s*$')
EVIDENCE = re.compile(r'\s*(?:evidence|佐证)\s*(".*")')
REMARK = re.compile(r'\s+".*"$')


def entries(path):
    """[(column, value as written, evidence or None)]"""
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            entry = ENTRY.match(line.split(" #")[0])
            if not entry or line.startswith("#") or re.match(r"(table|表格|document|材料)\b", entry[3]):
                continue
            evidence = EVIDENCE.search(entry[3])
            value = REMARK.sub("", entry[3][: evidence.start()] if evidence else entry[3]).strip()
            found.append(((entry[1] or "") + entry[2], value, evidence and evidence[1].strip('"')))
    return found


def share(r, _):
    whole = r.randint(1, 200)
    part = whole if r.random() < 0.7 else r.randint(0, whole)
    return f"{part}/{whole}" if r.random() < 0.8 else f"{r.randint(900, 999) / 10}%"


def varied(column, value):
    """A function of a Random and the value that makes a cell like the value."""
    if column.startswith("score "):
        return lambda r, v: str(r.randint(1, int(float(v))))
    if value in ("yes", "no", "是", "否"):
        return lambda r, _: r.choice((value, "yes", "yes", "yes", "yes", "yes", "yes", "no"))
    if re.fullmatch(r"\d+ (?:of|共|项) \d+|\d+/\d+|[\d.]+%", value):
        return share
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return lambda r, _: f"{r.randint(2000, 2016)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}"
    if re.fullmatch(r"\d+(\.\d+)?( \w+)?", value):
        return lambda r, v: str(max(0, int(float(v.split()[0])) + r.randint(-2, 2)))
    if re.fullmatch(r"\d+\.\.\d+", value):
        return lambda r, v: r.choice((v, v, v, "1..6, 8..12", "[3]", "2..11"))
    return lambda _, v: v


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("unit")
    parser.add_argument("count", type=int)
    parser.add_argument("--open", type=float, default=0)
    asked = parser.parse_args()
    given, r = entries(asked.unit), random.Random(20171220)
    proofs = [(name, evidence) for name, _, evidence in given if evidence]
    columns = [(name, value, varied(name, value)) for name, value, _ in given]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["unit", "label", *[name for name, _, _ in columns], *[f"{name}.evidence" for name, _ in proofs]])
    for i in range(asked.count):
        cells = ["" if r.random() * 100 < asked.open else make(r, value) for _, value, make in columns]
        out.writerow([f"u{i:07}", f"单位{i}", *cells, *[evidence for _, evidence in proofs]])


if __name__ == "__main__":
    main()
