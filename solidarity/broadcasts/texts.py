"""Own words of a broadcast: read as a small part of Telegram's HTML and written out again by us.

What cannot be read is refused with its place, before anybody gets it; what is sent is what was read. Lengths
are counted as Telegram counts them: in UTF-16 units, without marks, with the phrase above it.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from html import escape, unescape

from solidarity.phrases import LONGEST as LONGEST_PHRASE
from solidarity.typed_errors import MarkupBroken, TextEmpty, TextTooLong

# Telegram takes no longer message.
MESSAGE_LIMIT = 4096
# Above the words stands the person's phrase, and an empty line.
LONGEST_TEXT = MESSAGE_LIMIT - LONGEST_PHRASE - len("\n\n")
TAGS = ("b", "i", "u", "s", "code", "blockquote")
# Telegram leaves out what is marked inside of code.
HOLDS_NONE = "code"
_PIECE = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z]+)>|&(?:amp|lt|gt|quot|#[0-9]{1,6});|[^<&]+|[<&]")
# Of what can be seen nothing is of these kinds: separators, controls, what only joins or marks.
_UNSEEN = ("Z", "C", "M")


@dataclass
class _Reading:
    """A text as far as it has been read."""

    out: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    # Each mark that stands open, with where it began.
    open: list[tuple[str, int]] = field(default_factory=list)


def checked_text(typed: str) -> str:
    """Return own words in Telegram's HTML as they are sent.

    Raises:
        MarkupBroken: a mark that is unknown, not closed, closed in another order, or stands where none may.
        TextEmpty: nothing of it can be seen.
        TextTooLong: more than fits below a phrase.
    """
    text = typed.strip()
    reading = _Reading()
    for piece in _PIECE.finditer(text):
        if piece["name"]:
            _take_tag(reading, text, piece)
        elif piece[0] == "<":
            raise _broken(text, piece.start())
        else:
            shown = unescape(piece[0]) if len(piece[0]) > 1 and piece[0][0] == "&" else piece[0]
            reading.seen.append(shown)
            reading.out.append(escape(shown, quote=False))
    if reading.open:
        raise _broken(text, reading.open[-1][1])
    seen = "".join(reading.seen)
    if not any(unicodedata.category(sign)[0] not in _UNSEEN for sign in seen):
        raise TextEmpty("own words")
    if units(seen) > LONGEST_TEXT:
        raise TextTooLong(LONGEST_TEXT)
    return "".join(reading.out)


def units(seen: str) -> int:
    """Count a text without marks as Telegram does: in UTF-16 units."""
    return len(seen.encode("utf-16-le", "surrogatepass")) // 2


def _take_tag(reading: _Reading, text: str, piece: re.Match[str]) -> None:
    name, open_names = piece["name"].lower(), [name for name, _ in reading.open]
    if name not in TAGS:
        raise _broken(text, piece.start())
    if piece["end"]:
        if not open_names or open_names[-1] != name:
            raise _broken(text, piece.start())
        reading.open.pop()
    else:
        # None twice in itself: Telegram refuses that of quotations, and of the others it changes nothing.
        if name in open_names or HOLDS_NONE in open_names:
            raise _broken(text, piece.start())
        reading.open.append((name, piece.start()))
    reading.out.append(f"<{piece['end']}{name}>")


def _broken(text: str, at: int) -> MarkupBroken:
    before = text[:at]
    return MarkupBroken(line=before.count("\n") + 1, sign=at - (before.rfind("\n") + 1) + 1)
