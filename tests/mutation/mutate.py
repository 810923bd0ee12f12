"""Changes the program a little, and sees whether the tests notice: mutate.py [--sample N] [--seed S] [--file PART] [--again] [--slow] [--list] [--jobs N]

Each mutant (mutants.py) of src/core, src/eval and src/sema/forms is compiled, linked with everything else as it is, and tried (trials.py) until one trial fails.
Those go first that have killed mutants of the same file for little time. One that does not end, or takes too much memory, is killed (guard.c). A mutant whose
object file is that of the original is the same program and does not count, nor one that the compiler refuses.

All of it happens in build/mutation/tree, a copy: whoever goes on working beside it does not disturb it. A sample is taken, and tried, in an order that is as
good as random and stays the same: the part of it that was tried is a sample too. Results stand in build/mutation/results.tsv; a run goes on where the last one
ended. --again tries anew those that lived; --within SECONDS leaves a mutant alive that the most promising trials of that many seconds
do not kill; --only takes those trials alone whose names begin so; --slow tries them with the long tests too; --list says
what the mutants are; --report counts what was found."""
import argparse
import collections
import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

from mutants import mutants_of
from trials import ROOT, UNITS, all_trials

# This file runs twice: where it stands, to make the copy, and in the copy.
COPY = ROOT.name == "tree" and ROOT.parent.name == "mutation"
OUT = ROOT.parent if COPY else ROOT / "build/mutation"
BASE = OUT / "base"
COUNTED = BASE / "coverage"
RESULTS = OUT / "results.tsv"
EQUIVALENT = ROOT / "tests/mutation/equivalent.tsv"
MUTATED = ["src/core", "src/eval", "src/sema/forms"]
OPTIMISE = "-O1"
FLAGS = ["-std=c17", "-D_POSIX_C_SOURCE=200809L", OPTIMISE, "-w", "-Werror=implicit-function-declaration", "-I.", "-Isrc", f"-I{BASE}/gen"]
# As `make GC=0` has it: what reads beside an array shows there.
SANITIZED = ["-DRUBRIC_NO_GC", "-fsanitize=address,undefined", "-fno-omit-frame-pointer"]
SANITIZED_WITHIN = 2.5
LIBRARIES = [f"-l:lib{name}.a" for name in ("gc", "gmp", "unistring", "crypto")]
TERMINAL = ["-l:libreadline.a", "-l:libtinfo.a"]
SHORT = 16


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:SHORT]


# ---------------------------------------------------------------- the copy

def tracked_files():
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True).stdout
    return [path for path in listed.decode().split("\0") if path and (ROOT / path).exists()]


def renew(path, tree):
    """What has not changed keeps its time: it is not built anew."""
    old, new = ROOT / path, tree / path
    if new.exists() and (new.stat().st_mtime_ns, new.stat().st_size) == (old.stat().st_mtime_ns, old.stat().st_size):
        return
    new.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(old, new, follow_symlinks=False)


def copy_tree():
    tree, files = OUT / "tree", tracked_files()
    kept = set(files)
    for path in files:
        renew(path, tree)
    for left in tree.rglob("*"):
        if left.is_file() and "__pycache__" not in left.parts and str(left.relative_to(tree)) not in kept:
            left.unlink()
    return tree


# ---------------------------------------------------------------- building

def build_base():
    OUT.mkdir(parents=True, exist_ok=True)
    subprocess.run(["make", f"BUILD={BASE}", f"OPTIMISE={OPTIMISE}", "all", *calculators()], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["make", "GC=0", f"BUILD={BASE}", f"OPTIMISE={OPTIMISE}", "all"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    for folder, flags in ((BASE, []), (BASE / "nogc", SANITIZED)):
        subprocess.run(["gcc", *FLAGS, *flags, "-c", "-o", folder / "guard.o", ROOT / "tests/mutation/guard.c"], cwd=ROOT, check=True)
        for name in UNITS:
            source, made = ROOT / f"tests/unit/test_{name}.c", folder / f"test_{name}.o"
            if not made.exists() or made.stat().st_mtime < max(path.stat().st_mtime for path in (source, folder / "librubric.a")):
                subprocess.run(["gcc", *FLAGS, *flags, "-c", "-o", made, source], cwd=ROOT, check=True)


def calculators():
    return [f"{BASE}/tests/{path.stem}" for path in sorted((ROOT / "tests/unit").glob("*_calc.c"))]


def compile_text(text, made, flags=()):
    """The text of a C file, as an object that does not tell where it came from. False: it does not compile."""
    done = subprocess.run(["gcc", *FLAGS, *flags, "-x", "c", "-c", "-o", made, "-"], cwd=ROOT, input=text.encode(), capture_output=True)
    return done.returncode == 0


@functools.cache
def original(file):
    """The object file of a source as it is."""
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder, "original.o")
        assert compile_text((ROOT / "src" / file).read_text(encoding="utf-8"), made), file
        return made.read_bytes()


class Build:
    """A mutant's programs, linked as trials ask for them. The archive gives what the objects before it do not define: not the original of what is mutated."""

    def __init__(self, folder, changed, base=BASE):
        self.folder = pathlib.Path(folder)
        self.changed = [changed] if changed else []
        self.base = base
        self.flags = SANITIZED if base != BASE else []
        self.libraries = LIBRARIES[1:] if base != BASE else LIBRARIES

    def link(self, name, objects, libraries=()):
        made = self.folder / name
        if not made.exists():
            made.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(["gcc", *self.flags, "-o", made, *objects, self.base / "guard.o", *self.changed, self.base / "librubric.a", *self.libraries, *libraries],
                           cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
        return str(made)

    def program(self):
        return self.link("rubric", sorted((self.base / "obj/cli").rglob("*.o")), TERMINAL)

    def of(self, trial):
        if trial.unit:
            return self.link(f"test_{trial.unit}", [self.base / f"test_{trial.unit}.o"], ["-lcmocka"])
        if trial.slow:
            for calculator in calculators():
                source = ROOT / "tests/unit" / (pathlib.Path(calculator).name + ".c")
                self.link(f"tests/{source.stem}", [*FLAGS, source])
        return self.program()


# ---------------------------------------------------------------- one mutant

@functools.cache
def trials_by_name():
    return {trial.name: trial for trial in all_trials()}


def examine(mutant, order, sanitized):
    """(what became of it, the trial that killed it)"""
    source = (ROOT / "src" / mutant.file).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        changed = pathlib.Path(folder, "changed.o")
        if not compile_text(mutant.apply(source), changed):
            return "refused", ""
        if changed.read_bytes() == original(mutant.file):
            return "same", ""
        build = Build(folder, changed)
        try:
            build.program()
        except subprocess.CalledProcessError:
            return "refused", ""
        if killer := first_to_fail(order, build):
            return "killed", killer
        changed = pathlib.Path(folder, "sanitized.o")
        compile_text(mutant.apply(source), changed, SANITIZED)
        killer = first_to_fail(sanitized, Build(pathlib.Path(folder, "nogc"), changed, BASE / "nogc"))
        if killer and not fails(trials_by_name()[killer], Build(pathlib.Path(folder, "whole"), None, BASE / "nogc")):
            return "killed", killer
    return "lived", "" if order else "nothing runs it"


def first_to_fail(order, build):
    return next((name for name in order if fails(trials_by_name()[name], build)), None)


def fails(trial, build):
    program = build.of(trial)
    try:
        trial.run(program)
    except Exception:
        return True
    return False


# ---------------------------------------------------------------- the order of trials

class Order:
    """What each trial costs on the original, and what it has killed."""

    def __init__(self, costs, past):
        self.costs = costs
        self.kills = collections.Counter()
        for file, trial in past:
            self.note(file, trial)

    def note(self, file, trial):
        folder = file.rpartition("/")[0]
        self.kills.update({(file, trial): 1, (folder, trial): 1, ("", trial): 1})

    def promise(self, file, trial):
        """How likely a trial is to kill a mutant of the file, for what it costs."""
        folder = file.rpartition("/")[0]
        likely = self.kills[file, trial] + 0.1 * self.kills[folder, trial] + 0.01 * self.kills["", trial] + 0.02
        return likely / (self.costs[trial] + 0.02)

    def trials(self, file, reaching, within):
        """Of those that run the place the most promising first, as many as cost no more than `within` seconds together on the original."""
        found, spent = [], 0
        for trial in sorted(reaching, key=lambda trial: -self.promise(file, trial)):
            spent += self.costs[trial]
            if found and spent > within:
                break
            found.append(trial)
        return found


def state_of_tests():
    """Changes when the program or a test does."""
    times = [path.stat().st_mtime_ns for folder in ("tests", "examples", "rules", "docs") for path in (ROOT / folder).rglob("*")
             if path.is_file() and path.suffix != ".pyc" and path.parent.name != "mutation"]
    return digest(f"{max(times)} {len(times)} {hashlib.sha256((BASE / 'rubric').read_bytes()).hexdigest()}")


def measure():
    """({trial: seconds}, {file: {line: trials that run it}}) on the original; a trial that it does not pass tells nothing."""
    kept, state = OUT / "measured.json", state_of_tests()
    if kept.exists() and (found := json.loads(kept.read_text()))["state"] == state:
        return found["costs"], found["reach"]
    programs, costs, reach = counted(), {}, {}
    for name, trial in trials_by_name().items():
        if trial.slow:
            continue
        for left in (COUNTED / "obj").rglob("*.gcda"):
            left.unlink()
        cost = cost_of(trial, programs[trial.unit])
        if cost is not None:
            costs[name] = cost
            for file, line in lines_run():
                reach.setdefault(file, {}).setdefault(str(line), []).append(name)
    kept.write_text(json.dumps({"state": state, "costs": costs, "reach": reach}))
    return costs, reach


def counted():
    """{name of a test in C, or None: the program that counts what it runs}"""
    subprocess.run(["make", "COVERAGE=1", f"BUILD={BASE}", f"OPTIMISE={OPTIMISE}", "all"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    programs = {None: str(COUNTED / "rubric")}
    for name in UNITS:
        programs[name] = str(COUNTED / f"test_{name}")
        subprocess.run(["gcc", "-o", programs[name], BASE / f"test_{name}.o", COUNTED / "librubric.a", *LIBRARIES, "-lcmocka", "-lgcov"],
                       cwd=ROOT, check=True)
    return programs


def lines_run():
    """(file, line) of all that was run since the counts were last deleted."""
    counts = [path for folder in MUTATED for path in (COUNTED / "obj" / folder.removeprefix("src/")).glob("*.gcda")]
    said = subprocess.run(["gcov", "--json-format", "--stdout", *counts], cwd=ROOT, capture_output=True, check=True).stdout if counts else b""
    for report in said.splitlines():
        for file in json.loads(report)["files"]:
            if file["file"].startswith("src/") and file["file"].endswith(".c"):
                yield from {(file["file"].removeprefix("src/"), line["line_number"]) for line in file["lines"] if line["count"]}


@functools.cache
def lines_of_code(file):
    """The lines of a source that the compiler made code of."""
    notes = COUNTED / "obj" / file.replace(".c", ".gcno")
    said = subprocess.run(["gcov", "--json-format", "--stdout", notes], cwd=ROOT, capture_output=True, check=True).stdout
    return sorted({line["line_number"] for report in said.splitlines() for one in json.loads(report)["files"] if one["file"] == f"src/{file}"
                   for line in one["lines"]})


def trials_that_reach(mutant, reach):
    """A line that goes on another one has perhaps no code of its own: then all that runs the line of code before it."""
    lines = lines_of_code(mutant.file)
    first = max((line for line in lines if line <= mutant.line), default=mutant.line)
    return set(reach.get(mutant.file, {}).get(str(first), []))


def cost_of(trial, program):
    before = seconds_used()
    try:
        trial.run(program)
    except Exception as wrong:
        print(f"{trial.name} fails on the program as it is, and is left out: {wrong}")
        return None
    return seconds_used() - before


def seconds_used():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


# ---------------------------------------------------------------- results

def key(mutant):
    """A mutant of a file that has changed since is another one."""
    return mutant.id, digest_of(mutant.file)


@functools.cache
def digest_of(file):
    return digest((ROOT / "src" / file).read_text(encoding="utf-8"))


def read_results():
    """{(id, digest of its file): (what became of it, the trial that killed it)}; the last word counts."""
    lines = RESULTS.read_text(encoding="utf-8").splitlines() if RESULTS.exists() else []
    rows = [line.split("\t") for line in lines]
    return {(row[0], row[1]): (row[2], row[3]) for row in rows if len(row) == 5}


def all_mutants(part):
    files = [path.relative_to(ROOT / "src").as_posix() for folder in MUTATED for path in sorted((ROOT / folder).glob("*.c"))]
    return [mutant for file in files if part in file for mutant in mutants_of(file, (ROOT / "src" / file).read_text(encoding="utf-8"))]


def run(mutants, measured, slow, jobs, within, only):
    costs, reach = measured
    results = read_results()
    order = Order(costs, [(id_.split(":")[0], trial) for (id_, _), (fate, trial) in results.items() if fate == "killed" and trial in costs])
    last = [name for name, trial in trials_by_name().items() if trial.slow] if slow else []
    waiting, running = list(mutants), {}
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool, RESULTS.open("a", encoding="utf-8") as out:
        while waiting or running:
            while waiting and len(running) < jobs:
                mutant = waiting.pop(0)
                reaching = {name for name in trials_that_reach(mutant, reach) if name.startswith(tuple(only))}
                first, again = order.trials(mutant.file, reaching, within) + last, order.trials(mutant.file, reaching, SANITIZED_WITHIN)
                running[pool.submit(examine, mutant, first, again)] = mutant, time.time()
            for done in concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED).done:
                mutant, began = running.pop(done)
                fate, trial = done.result()
                if fate == "killed":
                    order.note(mutant.file, trial)
                out.write("\t".join([*key(mutant), fate, trial, f"{time.time() - began:.1f}"]) + "\n")
                out.flush()


@functools.cache
def equivalents():
    """{(file, its line, the place in it, the change): "same" or "cost"}: no test can tell; the work alone changes"""
    lines = EQUIVALENT.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {tuple(row[:4]): row[4] for row in rows}


@functools.cache
def lines_of(file):
    return (ROOT / "src" / file).read_text(encoding="utf-8").splitlines()


def place_of(mutant):
    line = lines_of(mutant.file)[mutant.line - 1]
    return mutant.file, line.strip(), str(mutant.column - (len(line) - len(line.lstrip()))), mutant.what


def fate_of(mutant, results):
    """What became of a mutant; those that lived and are known to be none are told apart."""
    fate = results.get(key(mutant), ("not tried", ""))[0]
    return equivalents().get(place_of(mutant), fate) if fate == "lived" else fate


def report(mutants):
    """Exit code 1 when less than 95 % of those that count were killed."""
    results = read_results()
    fates = collections.Counter(fate_of(mutant, results) for mutant in mutants)
    for mutant in mutants:
        if fate_of(mutant, results) == "lived":
            print(f"{mutant.id}   {mutant.text[:70]!r}")
    fitting = collections.Counter(place_of(mutant) for mutant in all_mutants(""))
    for place in equivalents():
        if fitting[place] != 1:
            print(f"{EQUIVALENT.name} says {' '.join(place)}, which fits {fitting[place]} mutants")
    killed, lived, cost = fates["killed"], fates["lived"], fates["cost"]
    print(f"mutants: {killed} killed, {lived} lived, {cost} lived and change the work alone, "
          f"{fates['same']} the same program, {fates['refused']} that do not compile, "
          f"{fates['not tried']} not tried")
    share = tell(killed, killed + lived, "killed of those that can change an answer")
    tell(killed, killed + lived + cost, "killed of all that differ")
    return 0 if share >= 0.95 else 1


def tell(killed, counting, what):
    share = killed / counting if counting else 1
    margin = 1.96 * (share * (1 - share) / counting) ** 0.5 if counting else 0
    print(f"{what}: {100 * share:.1f} % (of all mutants, with 95 % confidence: ± {100 * margin:.1f})")
    return share


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--sample", type=int)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--file", default="")
    asked.add_argument("--again", action="store_true")
    asked.add_argument("--slow", action="store_true")
    asked.add_argument("--list", action="store_true")
    asked.add_argument("--report", action="store_true")
    asked.add_argument("--within", type=float, default=float("inf"), metavar="SECONDS")
    asked.add_argument("--only", default="", metavar="A,B")
    asked.add_argument("--jobs", type=int, default=os.cpu_count())
    given = asked.parse_args()
    if not COPY:
        return subprocess.run([sys.executable, copy_tree() / "tests/mutation/mutate.py", *sys.argv[1:]]).returncode
    mutants = all_mutants(given.file)
    if given.sample and given.sample < len(mutants):
        mutants = sorted(mutants, key=lambda m: digest(f"{given.seed} {m.id}"))[: given.sample]
    if given.list:
        print("\n".join(mutant.id for mutant in mutants))
        return 0
    if not given.report:
        os.environ.update(ASAN_OPTIONS="detect_leaks=0", UBSAN_OPTIONS="halt_on_error=1")
        build_base()
        results, anew = read_results(), {"lived"} if given.again or given.slow else set()
        for left in OUT.glob("around-*"):
            shutil.rmtree(left)
        open_ones = [m for m in mutants if results.get(key(m), ("",))[0] in {"", *anew}]
        run(open_ones, measure(), given.slow, given.jobs, given.within, given.only.split(","))
    return report(mutants)


if __name__ == "__main__":
    sys.exit(main())
