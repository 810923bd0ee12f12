"""A smaller standard and unit on which the two still do not agree."""
import re
import tempfile

from .generator import decimal
from .limits import CODES
from .pairs import Here, program_says, refused_by
from .parser import parse

HEAD = re.compile(r"^(\s*)section (\w+) cap [\d.]+(?: of [\d.]+)?", re.M)
TOTAL = re.compile(r"^  total [\d.]+(?: of [\d.]+)?", re.M)


def still(program, folder, rules, facts):
    """What still differs, or nothing; a standard that is refused differs in nothing."""
    try:
        answers, _ = program_says(program, folder, rules, [facts])
        if not answers or not refused_by(answers[0]) <= set(CODES.values()):
            return None
        here = Here(rules)
        wrong, worlds = here.compare(facts, answers[0])
        if wrong and worlds > 1:
            wrong, worlds = here.compare(facts, answers[0], fine=24)
        return [w for w in wrong if w[0] != "names"]
    except Exception:
        return None


def repaired(rules):
    """Caps and total as the parts that are left have them."""
    try:
        tree = parse(rules)
    except Exception:
        return rules
    caps = {}

    def sum_of(part):
        if part.kind == "criterion" or part.like:
            return part.cap
        inner = sum(sum_of(p) for p in part.parts if p.kind in ("section", "criterion"))
        if part.kind == "section":
            if any(p.weight is not None for p in part.parts):
                return part.cap
            caps[part.name] = inner
            return inner
        return part.cap
    whole = sum(sum_of(p) for p in tree.parts if p.kind in ("section", "criterion"))
    text = HEAD.sub(lambda m: f"{m[1]}section {m[2]} cap {decimal(caps[m[2]])}" if m[2] in caps else m[0], rules)
    if not any(p.weight is not None for p in tree.parts):
        text = TOTAL.sub(f"  total {decimal(whole)}", text)
    return text


def block_end(lines, at):
    depth = 0
    for end in range(at, len(lines)):
        depth += lines[end].count("{") - lines[end].count("}") + lines[end].count("[") - lines[end].count("]")
        if depth <= 0:
            return end + 1
    return len(lines)


def without_lines(text):
    lines = text.splitlines()
    for at in range(len(lines)):
        end = block_end(lines, at)
        yield "\n".join(lines[:at] + lines[end:]) + "\n"
        if end > at + 1:
            # The braces alone: what is inside stays.
            yield "\n".join(lines[:at] + lines[at + 1:end - 1] + lines[end:]) + "\n"


GROUP = re.compile(r"\([^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*\)")
PIECES = re.compile(r" (?:and|or|\+|-) |, |\s+(?:\w+ )*\w+ : \S+")


def simpler(text):
    """Conditions and sums with a side less."""
    operand = r"(?:not )?(?:\w+\.?\w*|" + GROUP.pattern + r")"
    for found in re.finditer(rf"({operand}) (?:and|or|\+|-) ({operand})", text):
        for side in (1, 2):
            yield text[:found.start()] + found[side] + text[found.end():]
    for found in GROUP.finditer(text):
        yield text[:found.start()] + found[0][1:-1] + text[found.end():]
        yield text[:found.start()] + "3" + text[found.end():]
    for found in re.finditer(r"(?:all of|any of|at least 2 of) \{ ([^{}]*) \}", text):
        for piece in found[1].split(", "):
            yield text[:found.start()] + piece + text[found.end():]
    for found in re.finditer(r"(?:best of|choose) \{ ", text):
        end = found.end()
        depth = 1
        while end < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        yield text[:found.start()] + text[found.end():end - 1] + text[end:]
    for found in re.finditer(r" (?:or part|up to \S+|down to \S+|dropping(?: \d \w+)+|minimum \S+|otherwise \w+(?=\n|,)|or n/a|, evidence required|\"[^\"]*\"|to [\d.]+ (?:half up|half even|up|down)|at (?:least|most) [\d.]+(?= \w+ :|\n)|where [^\n()]*|, highest per \w+)", text):
        yield text[:found.start()] + text[found.end():]
    for found in re.finditer(r"(?:\n|  )(?:when [^\n:]*|[^\n:{}]*) : [^\n{}]*(?=\n|  | \})", text):
        yield text[:found.start()] + text[found.end():]


def shrink(program, rules, facts):
    """(rules, facts, what differs), as small as they get by leaving things out."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = still(program, folder, rules, facts)
        progress = True
        while progress:
            progress = False
            for variants, of_rules in ((without_lines, True), (simpler, True), (without_lines, False)):
                again = True
                while again:
                    again = False
                    for text in variants(rules if of_rules else facts):
                        for made in ([text, repaired(text)] if of_rules else [text]):
                            trial = (made, facts) if of_rules else (rules, made)
                            if len(trial[0]) + len(trial[1]) >= len(rules) + len(facts):
                                continue
                            found = still(program, folder, *trial)
                            if found:
                                (rules, facts), wrong = trial, found
                                again = progress = True
                                break
                        if again:
                            break
    return rules, facts, wrong
