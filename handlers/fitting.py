"""Keeps what is shown within Telegram's limits; what does not fit is cut where it hurts least."""

import re
from collections.abc import Iterable
from html import unescape

# Telegram counts a message's text in UTF-16 units, after its entities.
MESSAGE_LIMIT = 4096
LABEL_LIMIT = 64
# Telegram copies no more than this.
COPY_LIMIT = 256
ELLIPSIS = "…"
# What a phrase, a hint or the ellipsis above and below may take.
ABOVE = 600

_PIECES = re.compile(r"</?[a-z-]+(?: [a-z]+=\"[^\"<>]*\")*>|&(?:[a-z]+|#[0-9]+);|.", re.DOTALL)


def units(text: str) -> int:
    """Count a text as Telegram does."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit_label(label: str) -> str:
    """Shorten a button's label to 64 characters."""
    return label if len(label) <= LABEL_LIMIT else label[: LABEL_LIMIT - 1].rstrip() + ELLIPSIS


def fit_message(text: str) -> str:
    """Shorten a text in Telegram's HTML to one message, at a line's end where one is near; close its tags."""
    if units(text) <= MESSAGE_LIMIT:
        return text
    used, end, line_end, is_whole = 0, 0, 0, True
    for piece in _PIECES.finditer(text):
        if not _is_tag(piece[0]):
            used += units(unescape(piece[0]))
            # The ellipsis stands on a line of its own.
            if used <= MESSAGE_LIMIT - 2:
                end = piece.end()
                line_end = piece.start() if piece[0] == "\n" else line_end
            is_whole = used <= MESSAGE_LIMIT
    if is_whole:
        return text
    kept = text[: line_end if line_end > end // 2 else end].rstrip()
    return f"{kept}{_closing(kept)}\n{ELLIPSIS}"


def fitting_parts(parts: Iterable[str]) -> str:
    """Join paragraphs into one message, the first ones first; one that does not fit is left out whole."""
    kept: list[str] = []
    left = MESSAGE_LIMIT - ABOVE
    for part in parts:
        left -= _shown(part) + 2
        if left < 0:
            return "\n\n".join([*kept, ELLIPSIS])
        kept.append(part)
    return "\n\n".join(kept)


def _shown(text: str) -> int:
    return sum(units(unescape(piece)) for piece in _PIECES.findall(text) if not _is_tag(piece))


def _is_tag(piece: str) -> bool:
    return len(piece) > 1 and piece.startswith("<")


def _closing(kept: str) -> str:
    still_open: list[str] = []
    for tag in filter(_is_tag, _PIECES.findall(kept)):
        if tag.startswith("</"):
            still_open.pop()
        else:
            still_open.append(tag[1:-1].partition(" ")[0])
    return "".join(f"</{name}>" for name in reversed(still_open))
