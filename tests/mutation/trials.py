"""What a mutant has to pass: the tests of `make test`, in pieces small enough to try the likely ones first. A trial raises AssertionError, or another exception,
where the program does not do what the test expects."""
import collections
import functools
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import support
import test_cases
import test_cost
import test_goldens
import test_language_doc
import test_language_oracle

# The tests in C that run anything of what is mutated.
UNITS = ["demand", "scorer", "core_ir", "core_values", "core_range", "core_kernel",
         "eval", "search", "cells", "holes", "cost", "contrast", "ledger", "eval_random", "effort", "curve", "cohort_rank", "questions"]
# Of 2,000 generated pairs: the standards that hold them, and how many of these go together.
SEEDS, TOGETHER = range(1, 109), 6
# What is left, slow: only for mutants that everything else lets live.
SLOW = ["standard", "units", "cohort", "rank", "compare", "languages", "large_procedures", "error_pages", "repl", "stages_oracle", "rank_oracle",
        "reach_oracle", "reach_lines_oracle", "sweep_oracle", "syntax"]


def try_golden(path, program):
    _, blocks = test_goldens.read_transcript(path)
    for line, expected in blocks:
        if support.session_lines(expected):
            try_session(line, expected, path.parent, program)
        else:
            said = test_goldens.transcribe(line, path.parent, program)
            assert said.rstrip("\n") == expected.rstrip("\n"), line


@functools.cache
def surroundings(folder):
    """A copy of a folder with everything around it, that stays: what leads out of it leads somewhere."""
    return support.copy_of(folder, pathlib.Path(tempfile.mkdtemp(prefix="around-", dir=ROOT.parent)))


def try_session(line, expected, folder, program):
    """A session said once, without marks: all answers together."""
    copy = surroundings(folder)
    shutil.rmtree(copy)
    shutil.copytree(folder, copy)
    lines = "".join(f"{said}\n" for said in support.session_lines(expected))
    shown, code = support.say_lines([program, *test_goldens.shlex.split(line)[1:]], copy, lines)
    wanted = re.sub(r"^> .*\n(?:\. .*\n)*", "", expected, flags=re.M)
    assert (shown + (f"--- exit {code}\n" if code else "")).rstrip("\n") == wanted.rstrip("\n"), line


def try_cases(file, program):
    with tempfile.TemporaryDirectory() as folder:
        for cases in test_cases.groups_of(file):
            lines = test_cases.evaluate_group(cases, program, folder)
            for case in cases:
                check_case(case, test_cases.json.loads(lines[case.number]))


def check_case(case, unit):
    assert case.refused == ("error" in unit), case
    for expectation in () if case.refused else case.expected:
        _, expected, got = test_cases.compare(unit, expectation)
        assert expected == got, case


def try_clause(clause, program):
    for block in clause.blocks:
        if block.kind in test_language_doc.CHECKS:
            with tempfile.TemporaryDirectory() as folder:
                test_language_doc.lay_out(clause.blocks[: block.index], pathlib.Path(folder))
                test_language_doc.CHECKS[block.kind](program, block, pathlib.Path(folder))


def try_effort(path, program):
    assert test_cost.is_as_before(path, program), path


def try_pairs(seeds, program):
    """Generated standards, as the second reading of the language has them."""
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            assert not test_language_oracle.pairs.examine(program, folder, seed, collections.Counter()), seed


def try_slow(name, program):
    """A file of tests whole; its programs stand in the folder of `program`."""
    environment = {**support.os.environ, "RUBRIC_BUILD": str(pathlib.Path(program).parent)}
    environment.pop("RUBRIC_NOGC", None)
    done = subprocess.run([sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", f"tests/test_{name}.py"], cwd=ROOT, env=environment,
                          capture_output=True, timeout=1200)
    assert done.returncode == 0, done.stdout[-2000:]


@dataclass(frozen=True)
class Trial:
    name: str
    function: object = None
    what: object = None

    @property
    def unit(self):
        """The test in C that it is, if it is one."""
        return self.name.split(":")[1] if self.name.startswith("unit:") else None

    @property
    def slow(self):
        return self.name.startswith("slow:")

    def run(self, program):
        if self.unit:
            done = subprocess.run([program, *self.name.split(":")[2:]], cwd=ROOT, capture_output=True, timeout=120)
            assert done.returncode == 0, done.stdout
        else:
            self.function(self.what, program)


def all_trials():
    goldens = [Trial(f"golden:{path.relative_to(ROOT)}", try_golden, path) for path in support.goldens()]
    cases = [Trial(f"cases:{file.relative_to(ROOT)}", try_cases, file) for file in test_cases.FILES]
    clauses = [Trial(f"clause:{clause.number}", try_clause, clause) for clause in test_language_doc.CLAUSES if clause.blocks]
    efforts = [Trial(f"effort:{path.relative_to(ROOT)}", try_effort, path) for path in test_cost.MEASURED]
    units = [Trial(f"unit:{name}") for name in UNITS if name != "effort"]
    partly = [Trial(f"unit:effort:{file.relative_to(ROOT)}") for file in test_cases.FILES]
    generated = [Trial(f"pairs:{first}", try_pairs, SEEDS[first - 1:][:TOGETHER]) for first in SEEDS[::TOGETHER]]
    slow = [Trial(f"slow:{name}", try_slow, name) for name in SLOW if (ROOT / f"tests/test_{name}.py").exists()]
    return [*goldens, *cases, *clauses, *efforts, *generated, *units, *partly, *slow]
