"""What stands on an envelope and how far it can be relied on, and what is to be printed; all of it pure.

The order is that of Libereco's guide to writing: name, institution, street, postal code and town, country;
all but the country in Cyrillic. Whose name may stand there is asked before (``solidarity.paper``).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from solidarity.addresses import COUNTRY, LATIN, Place
from solidarity.register.cells import one_line
from solidarity.register.spelling import fold_word
from solidarity.trust import Trust
from solidarity.typed_errors import TextTooLong
from storage.models import Facility

# Two label sheets; what one evening writes, and more than one person carries to the post.
MOST_LETTERS = 48
# On paper; what is longer is cut there, and said to be.
LONGEST_LINE = 120
LONGEST_REMARK = 300
MOST_REMARKS = 6
LONGEST_RETURN_ADDRESS = 200
MOST_RETURN_LINES = 6

# All postal codes of the country begin so; the first three digits are a region's, or a city's.
POSTAL_CODE = re.compile(r"2[0-9]{5}")
REGION_DIGITS = 3
_WORD = re.compile(r"[^\W\d_]{3,}")


class Doubt(StrEnum):
    """Why an address may be wrong; the value names its sentence."""

    TOO_LONG = "too-long"
    NAME_IN_LATIN = "name-in-latin"
    IN_LATIN = "in-latin"
    NO_STREET = "no-street"
    NO_TOWN = "no-town"
    NO_POSTAL_CODE = "no-postal-code"
    ODD_POSTAL_CODE = "odd-postal-code"
    CODE_OF_ANOTHER_TOWN = "code-of-another-town"
    LONG_AGO = "long-ago"
    NEVER_VERIFIED = "never-verified"


class PaperForm(StrEnum):
    """What is printed on: DL (220 × 110 mm), C5 (229 × 162 mm), or labels.

    Labels are 70 × 37 mm, 24 to a sheet of A4 without gaps: the most usual kind, and plain paper can be cut
    into them with straight cuts.
    """

    DL = "dl"
    C5 = "c5"
    LABELS = "labels"


@dataclass(frozen=True)
class Envelope:
    """To whom and where; both must be fit to be shown to whoever prints it."""

    name: str = field(repr=False)
    place: Place = field(repr=False)

    @property
    def lines(self) -> tuple[str, ...]:
        """The address from top to bottom, each line clean and whole."""
        return tuple(filter(None, map(one_line, (self.name, *self.place.lines, COUNTRY))))

    @property
    def text(self) -> str:
        """The address to be copied by hand."""
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Letter:
    """One letter to be sent: its envelope, and what its writer should know, said in their language."""

    envelope: Envelope = field(repr=False)
    doubts: tuple[Doubt, ...] = ()
    # Sentences about this prisoner: what is possible today, and advice.
    remarks: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class PaperOrder:
    """What is to be printed; kept nowhere, and gone with the answer.

    Args:
        letters: at most 48, in the order of the pages.
        language: of the words on the sheet for the table; an envelope has none.
        return_address: lines typed for this print only; empty prints none.
        evening: the day of a letter evening, which has a sheet for the table before its envelopes.
    """

    form: PaperForm
    letters: tuple[Letter, ...] = field(repr=False)
    language: str
    return_address: tuple[str, ...] = field(default=(), repr=False)
    evening: date | None = None

    def __post_init__(self) -> None:
        if not 0 < len(self.letters) <= MOST_LETTERS:
            raise ValueError(f"{len(self.letters)} letters in one order")


def fit_line(text: str, *, most: int = LONGEST_LINE) -> str:
    """Put a text into one clean line for paper; what is longer than `most` ends in an ellipsis."""
    # Nothing is gained by cleaning what is cut off: a text may be as long as a message.
    line = one_line(text[: most * 4])
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def return_lines(typed: str) -> tuple[str, ...]:
    """Read a return address as it was typed: at most six lines, those beyond them joined to the last.

    Raises:
        TextTooLong: it has more than 200 characters.
    """
    if len(typed) > LONGEST_RETURN_ADDRESS:
        raise TextTooLong(LONGEST_RETURN_ADDRESS)
    lines = [line for line in map(one_line, typed.splitlines()) if line]
    last = MOST_RETURN_LINES - 1
    return (*lines[:last], *([", ".join(lines[last:])] if lines[last:] else []))


def doubts_about(envelope: Envelope, table: Iterable[Facility]) -> tuple[Doubt, ...]:
    """Say what about an address should be checked before anything is sent there.

    Args:
        envelope: the address.
        table: all places that are known, to tell whether postal code and town go together.
    """
    place = envelope.place
    found = [
        (Doubt.TOO_LONG, any(len(line) > LONGEST_LINE for line in envelope.lines)),
        (Doubt.NAME_IN_LATIN, LATIN.search(envelope.name) is not None),
        (Doubt.IN_LATIN, place.is_in_latin),
        (Doubt.NO_STREET, not place.street),
        (Doubt.NO_TOWN, not place.town),
        (Doubt.NO_POSTAL_CODE, not place.postal_code),
        (Doubt.ODD_POSTAL_CODE, place.postal_code and not POSTAL_CODE.fullmatch(place.postal_code)),
        (Doubt.CODE_OF_ANOTHER_TOWN, _is_of_another_town(place.postal_code, place.town, list(table))),
        (Doubt.LONG_AGO, place.trust is Trust.LONG_AGO),
        (Doubt.NEVER_VERIFIED, place.trust is Trust.NEVER),
    ]
    return tuple(doubt for doubt, is_so in found if is_so)


def _is_of_another_town(postal_code: str, town: str, table: Sequence[Facility]) -> bool:
    """Say whether other places speak against a postal code: a town's codes begin alike and are its own."""
    if not town or not POSTAL_CODE.fullmatch(postal_code):
        return False
    here = _town_words(town)
    for other in table:
        there = _town_words(other.city)
        is_code_alike = other.postal_code[:REGION_DIGITS] == postal_code[:REGION_DIGITS]
        if there and there == here and POSTAL_CODE.fullmatch(other.postal_code) and not is_code_alike:
            return True
        if other.postal_code == postal_code and there and not there & here:
            return True
    return False


def _town_words(town: str) -> frozenset[str]:
    # Folded, since sources write one town in Cyrillic, in Łacinka and in English.
    return frozenset(fold_word(word) for word in _WORD.findall(town))
