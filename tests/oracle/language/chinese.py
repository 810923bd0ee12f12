"""A text with its keywords in Chinese: those that the reading of it took for keywords."""
from .amend import editions, joined
from .facts import FactsReader
from .parser import Parser, unit_names
from .words import CHINESE, cut


def in_chinese(text, rng, facts=False, units=()):
    """The same standard, or the same facts file, with Chinese keywords."""
    units = units or unit_names(text)
    if not facts and len(editions(text)) > 1:
        return joined(in_chinese(piece, rng, units=units) for piece in editions(text))
    tokens = cut(text, units)
    reader = (FactsReader if facts else Parser)(tokens)
    reader.file() if facts else reader.standard()
    pieces, at = [], 0
    for token in tokens:
        if token.used is None:
            continue
        behind = isinstance(token.used, tuple)
        spellings = CHINESE.get((behind, token.used[1] if behind else token.used))
        if not spellings:
            continue
        between = text[at:token.at]
        # What stands behind a number may touch it; between two numbers a blank is clearer.
        touches = behind and token.behind != "of"
        pieces += [between.rstrip(" ") if touches else between, rng.choice(spellings)]
        at = token.end
    return "".join(pieces) + text[at:]
