"""Procedures too large for a transcript: checking them takes little time, and no depth."""
import pytest
from support import PROGRAMS, program_id, run

HEAD = """standard large "Large" { total 4  issued 2017-04-17 }
facts f "F" { a : yesno }
criterion c cap 4 { full when a }
"""
STAGES = 30_000


def check(lines, program, folder):
    (folder / "large.rubric").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return run([program, "check", "large.rubric"], folder, timeout=60)


@pytest.fixture(params=PROGRAMS, ids=program_id)
def program(request):
    return request.param


def chain(first):
    """Each stage after the one that stands below it; the last, which is the first in time, says `first`."""
    return [*(f"stage s{i} {{ by unit  after s{i - 1} }}" for i in range(STAGES, 0, -1)), f"stage s0 {{ by unit  {first} }}"]


def test_a_long_chain_written_last_first(program, tmp_path):
    done = check(chain("due 2017-05-01"), program, tmp_path)
    assert (done.returncode, done.stdout) == (0, "0 errors, 0 warnings, 0 notes\n")


def test_a_long_chain_behind_a_stage_that_nobody_passes(program, tmp_path):
    done = check(chain("require 1 > 2"), program, tmp_path)
    assert f"0 errors, {STAGES + 1} warnings, 0 notes\n" == done.stdout


def test_a_large_circle_is_told_once(program, tmp_path):
    done = check(chain(f"after s{STAGES}"), program, tmp_path)
    assert done.stdout == "1 error, 0 warnings, 0 notes\n" and "[E0734]" in done.stderr


def test_a_share_in_which_a_threshold_stands_a_million_million_times(program, tmp_path):
    doubled = [f"define d{i} = d{i - 1} + d{i - 1}" for i in range(1, 41)]
    stage = "stage s { by unit  quota top d40 of units, rounded down, ranked by total, c }"
    done = check(["threshold share_of", "define d0 = share_of", *doubled, stage], program, tmp_path)
    assert (done.returncode, done.stdout) == (0, "0 errors, 0 warnings, 0 notes\n")
