"""An order as the template takes it: clean lines, and the words of the sheet for the table, in plain text."""

from html import unescape
from typing import Any

from locales import Words
from solidarity.envelopes import (
    LONGEST_REMARK,
    MOST_REMARKS,
    MOST_RETURN_LINES,
    Letter,
    PaperOrder,
    fit_line,
)

Data = dict[str, Any]


def sheets_for(order: PaperOrder) -> Data:
    """Return everything that is drawn, every line of it bounded, whoever made the order."""
    words = Words(order.language)
    return {
        "form": order.form.value,
        "language": words.language,
        "letters": [_address(letter) for letter in order.letters],
        "back": [fit_line(line) for line in order.return_address[:MOST_RETURN_LINES]],
        "sheet": None if order.evening is None else _sheet_for_the_table(order, words),
    }


def _sheet_for_the_table(order: PaperOrder, words: Words) -> Data:
    assert order.evening is not None
    return {
        "title": _plain(words, "paper-title"),
        "about": [words.day(order.evening), _plain(words, "paper-letters", count=len(order.letters))],
        "stays": _plain(words, "paper-stays-here"),
        "parts": [
            [_plain(words, f"paper-{part}"), _begun(_plain(words, f"advice-{part}"))]
            for part in ("good", "leave-out", "language", "unknown")
        ],
        "answer": _plain(words, "advice-no-answer"),
        "source": _plain(words, "advice-source"),
        "letters": [_entry(letter, words) for letter in order.letters],
    }


def _entry(letter: Letter, words: Words) -> Data:
    name, *address, _ = _address(letter)
    verified_on = letter.envelope.place.verified_on
    day = "" if verified_on is None else words.day(verified_on)
    doubts = [_plain(words, f"address-doubt-{doubt}", day=day) for doubt in letter.doubts]
    remarks = [fit_line(remark, most=LONGEST_REMARK) for remark in letter.remarks[:MOST_REMARKS]]
    return {"name": name, "address": ", ".join(address), "remarks": remarks, "doubts": doubts}


def _address(letter: Letter) -> list[str]:
    return [fit_line(line) for line in letter.envelope.lines]


def _plain(words: Words, key: str, **values: str | int) -> str:
    return unescape(words.say(key, **values))


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
