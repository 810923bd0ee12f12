"""What there is no time for is told, not left out."""
import json
import subprocess

from support import RUBRIC, dense


def told(folder, *command):
    done = subprocess.run([RUBRIC, *command], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_search_says_how_far_it_got(tmp_path):
    dense(tmp_path)
    _, page = told(tmp_path, "reach", "total >= 399", "dense.facts")
    assert "The search stopped" in page and "change at least" in page
    _, text = told(tmp_path, "reach", "total >= 399", "dense.facts", "--json")
    assert json.loads(text)["complete"] is False


def test_a_tornado_says_what_it_left(tmp_path):
    dense(tmp_path)
    status, page = told(tmp_path, "tornado", "dense.facts")
    assert status == 0 and "there was no time to find out" in page
    status, page = told(tmp_path, "tornado", "dense.facts", "--lang", "zh")
    assert status == 0 and "因时间有限未能查明" in page
    _, text = told(tmp_path, "tornado", "dense.facts", "--json")
    tornado = json.loads(text)
    assert tornado["complete"] is False and 0 < len(tornado["facts"]) < 40
