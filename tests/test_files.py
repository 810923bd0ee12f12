"""Files that cannot be read or written: what no transcript can hold."""
import os
import subprocess

import pytest
from support import RUBRIC, environment, run

STANDARD = 'standard s "S" { edition "1" }\n'


def refusal(path, folder):
    done = run([RUBRIC, "check", str(path)], folder)
    assert done.returncode == 3, done.stderr
    return done.stderr


def test_too_large(tmp_path):
    path = tmp_path / "large.rubric"
    path.touch()
    os.truncate(path, (64 << 20) + 1)
    assert "[E1004]" in refusal(path.name, tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_denied(tmp_path):
    path = tmp_path / "denied.rubric"
    path.write_text(STANDARD)
    path.chmod(0)
    assert "[E1002]" in refusal(path.name, tmp_path)


def test_reading_fails(tmp_path):
    assert "[E1005]" in refusal("/proc/self/mem", tmp_path)


def test_reader_leaves(tmp_path):
    """As behind `| head`: nothing is said, and the exit code tells a script that not all was read."""
    (tmp_path / "s.rubric").write_text(STANDARD)
    (tmp_path / "u.facts").write_text('unit "u"\n')
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([RUBRIC, "eval", "u.facts", "--rules", "s.rubric"], cwd=tmp_path, stdout=write,
                          stderr=subprocess.PIPE, env=environment(), timeout=60)
    os.close(write)
    assert done.returncode == 3
    assert b"E1007" not in done.stderr


def test_output_is_lost(tmp_path):
    (tmp_path / "s.rubric").write_text(STANDARD)
    (tmp_path / "u.facts").write_text('unit "u"\n')
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([RUBRIC, "eval", "u.facts", "--rules", "s.rubric"], cwd=tmp_path, stdout=full,
                              stderr=subprocess.PIPE, env=environment(), timeout=60)
    assert done.returncode == 3
    assert b"[E1007]" in done.stderr
