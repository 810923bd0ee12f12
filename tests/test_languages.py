"""The tables of messages say the same in both tongues."""
import re

from support import ROOT, messages, words

PLACE = re.compile(r"\{\d\}")
HAN = re.compile(r"[\u4e00-\u9fff]")


def places(text):
    return sorted(set(PLACE.findall(text)))


def pair_faults(name, english, chinese):
    if bool(english) != bool(chinese):
        yield f"{name}: stands in one tongue only"
    if places(english) != places(chinese):
        yield f"{name}: {places(english)} in English, {places(chinese)} in Chinese"
    if chinese and not HAN.search(PLACE.sub("", chinese)):
        yield f"{name}: the Chinese text holds no Han character"
    for text in (english, chinese):
        if text.endswith((".", "。")) and not text.endswith("..."):
            yield f"{name}: ends with a full stop"


def test_messages_in_both_tongues():
    faults = []
    for code, name, severity, pairs in messages():
        assert len(pairs) == 3, f"{code} {name}: not three pairs of texts"
        faults += [] if pairs[0][0] else [f"{code}: has no text"]
        faults += [] if code[0] == severity[0] else [f"{code}: the letter is not that of {severity}"]
        for what, (english, chinese) in zip(("text", "label", "help"), pairs):
            faults += pair_faults(f"{code} {what}", english, chinese)
    assert not faults, "\n".join(faults)


def test_codes_and_names_are_used_once():
    for column in zip(*[(code[1:], name) for code, name, *_ in messages()]):
        twice = sorted({x for x in column if column.count(x) > 1})
        assert not twice, f"twice in errors.def: {twice}"


def test_words_in_both_tongues():
    faults = [fault for name, english, chinese in words() for fault in pair_faults(name, english, chinese)]
    names = [row[0] for row in words()]
    faults += [f"{name}: stands twice" for name in sorted(set(names)) if names.count(name) > 1]
    assert not faults, "\n".join(faults)


def test_words_that_the_program_names_are_there():
    known = {row[0] for row in words()}
    files = sorted((ROOT / "src").rglob("*.c"))
    named = {(word, file.relative_to(ROOT).as_posix()) for file in files
             for word in re.findall(r'"@([a-z][a-z_0-9]*)"', file.read_text(encoding="utf-8"))}
    missing = sorted(f"@{word} in {file}" for word, file in named if word not in known)
    assert not missing, missing
