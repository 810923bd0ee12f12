"""Every message is shown by a golden, or named by a test in Python where a golden cannot show it (a full disk, a file too large)."""
import re

from support import TESTS, goldens, messages

SHOWN = re.compile(r'\[([EWN]\d{4})\]|"code":"([EWN]\d{4})"')


def test_every_code_is_shown():
    shown = {"".join(code) for file in goldens() for code in SHOWN.findall(file.read_text(encoding="utf-8"))}
    for file in TESTS.glob("*.py"):
        shown.update(re.findall(r"\b[EWN]\d{4}\b", file.read_text(encoding="utf-8")))
    missing = [code for code, *_ in messages() if code not in shown]
    assert not missing, f"{len(missing)} codes are shown by no golden: {' '.join(missing)}"
