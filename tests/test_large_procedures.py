"""Procedures too large for a transcript: checking them takes little time, and no depth."""
import pytest
from support import PROGRAMS, program_id, run

HEAD = """standard large "Large" { total 4  issued 2017-04-17 }
facts f "F" { a : yesno }
criterion c cap 4 { full when a }
grades { done when total >= 4  otherwise open }
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


def test_a_life_of_ten_thousand_years(program, tmp_path):
    years = range(2, 9998)
    (tmp_path / "large.rubric").write_text(HEAD + """title model "Model" valid 1 year
stage accept { by unit  confers model }
stage recheck { each year  by unit  after accept  while model }
""", encoding="utf-8")
    (tmp_path / "u.facts").write_text('unit u "U"\nstandard "large.rubric"\ndecision accept approved on 0001-02-28 by unit\n' + "".join(
        f"decision recheck approved on {year:04d}-03-01 by unit\n" for year in years), encoding="utf-8")
    done = run([program, "stages", "u.facts", "--on", "9998-06-01"], tmp_path, timeout=60)
    assert done.returncode == 0 and done.stdout.count("approved by the unit") == 1 + len(years)
    assert "0001-02-28 to 9998-02-27, then lapsed; can still be renewed until 9999-02-27" in done.stdout


def test_a_quota_behind_many_open_requirements(program, tmp_path):
    requires = " ".join(f'require n > {i} "q{i}"' for i in range(160))
    (tmp_path / "large.rubric").write_text(HEAD + f"""facts g "G" {{ n : number }}
stage pick {{ by unit  {requires}  quota top 1 of units, ranked by total, n }}
""", encoding="utf-8")
    (tmp_path / "u.csv").write_text("unit,a,n\none,yes,\ntwo,no,\n", encoding="utf-8")
    done = run([program, "rank", "u.csv", "--rules", "large.rubric", "--on", "2017-12-31", "--csv"], tmp_path, timeout=60)
    assert done.returncode == 0 and done.stdout.count("undecided") == 2, done.stderr


def test_a_table_of_units_with_many_empty_heads(program, tmp_path):
    (tmp_path / "large.rubric").write_text(HEAD, encoding="utf-8")
    (tmp_path / "u.csv").write_text("unit" + "," * 50_000 + "\nu" + "," * 50_000 + "\n", encoding="utf-8")
    done = run([program, "eval", "u.csv", "--rules", "large.rubric"], tmp_path, timeout=60)
    assert done.returncode == 2 and "[E0861]" in done.stderr and "= and 49900 more" in done.stderr
