#!/usr/bin/env python3
"""Refuses an #include in src/ that src/LAYERS does not allow. A line of LAYERS may name only folders of lines above it, so there are no circles."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
# Headers of libraries, and the only place that may include them.
ONLY_IN = {"gmp.h": "base/num.c", "gc.h": "base/mem.c", "gc/gc.h": "base/mem.c", "readline/": "cli/repl/terminal.c"}


def read_layers(complain):
    """{folder: folders it may include}"""
    layers = {}
    for number, line in enumerate((SRC / "LAYERS").read_text(encoding="utf-8").splitlines(), 1):
        folder, *allowed = line.split("#")[0].split() or [None]
        if folder is None:
            continue
        place = f"src/LAYERS:{number}"
        if not (SRC / folder).is_dir():
            complain(f"{place}: there is no folder src/{folder}")
        if folder in layers:
            complain(f"{place}: {folder} stands there twice")
        for name in allowed:
            if name not in layers:
                complain(f"{place}: {folder} may not include {name}: no line above is {name}'s")
        layers[folder] = set(allowed)
    return layers


def check_library(place, path, header, complain):
    for prefix, home in ONLY_IN.items():
        if (header == prefix or prefix.endswith("/") and header.startswith(prefix)) and not path.startswith(home):
            complain(f"{place}: <{header}> is for {home} alone")


def check_own(place, path, header, layers, complain):
    folder, _, rest = header.partition("/")
    own = path.split("/")[0]
    if not rest:
        if "/" in path and header != "rubric.h":
            complain(f'{place}: write "{own}/{header}"')
    elif folder == "src" or header.startswith("."):
        complain(f'{place}: "{header}" is named from another place than src/')
    elif folder != own and folder not in layers.get(own, ()) and folder != "grammar":
        complain(f'{place}: {own} may not include "{header}"; src/LAYERS says what it may')


def check_file(file, layers, complain):
    path = file.relative_to(SRC).as_posix()
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        place = f"src/{path}:{number}"
        if found[1] == "<":
            check_library(place, path, found[2], complain)
        else:
            check_own(place, path, found[2], layers, complain)


def main():
    complaints = []
    layers = read_layers(complaints.append)
    files = sorted(f for f in SRC.rglob("*") if f.suffix in (".c", ".h", ".def"))
    for file in files:
        check_file(file, layers, complaints.append)
    for folder in sorted({f.relative_to(SRC).parts[0] for f in files if len(f.relative_to(SRC).parts) > 1} - set(layers)):
        complaints.append(f"src/{folder}: src/LAYERS has no line for it")
    print("\n".join(complaints), file=sys.stderr, end="\n" if complaints else "")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
