"""Emoji, smileys and drawings in a draft."""

import re
from collections.abc import Iterator

from solidarity.letter_check.findings import Finding, Reason

EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u231a\u231b\u23e9-\u23fa\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55]"
    "[\U0001f000-\U0001faff\u2600-\u27bf\u200d\ufe0e\ufe0f\u20e3]*"
)
SMILEY = re.compile(r"(?<![\d/])[:;=]['’]?-?[)(DPpРр|*]+(?![\w/])|(?<![\w<])<3(?!\d)|\){2,}|\({2,}|\^_?\^")
FRAME = re.compile("[\u2500-\u25ff\u2800-\u28ff¯]")
ORDINARY = frozenset(".,;:!?…«»„“”\"'’—–-")
# A line is drawn if it has so many signs that no sentence needs, and half of it at least are such.
FEWEST, SHARE = 4, 2
# So short a line does not end a drawing.
SHORT_LINE = 12
LINE = re.compile(r"[^\n]+")


def findings(draft: str) -> Iterator[Finding]:
    """Yield every sign that is not writing; lines of a drawing that follow one another are one finding."""
    yield from _drawings(draft)
    for reason, pattern in ((Reason.EMOJI, EMOJI), (Reason.SMILEY, SMILEY)):
        for match in pattern.finditer(draft):
            yield Finding(reason, match.start(), match.end())


def _drawings(draft: str) -> Iterator[Finding]:
    start = end = 0
    for line in LINE.finditer(draft):
        if _is_drawn(line.group()):
            start, end = start if end else line.start(), line.end()
        elif end and len(line.group().strip()) > SHORT_LINE:
            yield Finding(Reason.DRAWING, start, end)
            start = end = 0
    if end:
        yield Finding(Reason.DRAWING, start, end)


def _is_drawn(line: str) -> bool:
    if FRAME.search(line):
        return True
    signs = [sign for sign in line if not sign.isspace()]
    symbols = [
        sign for sign in signs if not sign.isalnum() and sign not in ORDINARY and not EMOJI.match(sign)
    ]
    # A line of one sign repeated parts two passages.
    is_rule = len(set(signs)) == 1
    return len(symbols) >= FEWEST and SHARE * len(symbols) >= len(signs) and not is_rule
