"""Orders to print, and what stands on the paper that comes back, read by a renderer that is not typst's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pypdfium2 as pdfium

from solidarity.addresses import Place
from solidarity.envelopes import Envelope, Letter, PaperForm, PaperOrder
from solidarity.trust import Trust

POINTS_PER_MM = 72 / 25.4
# Pixels of a millimetre in the pictures that are measured.
SCALE = 4
EVENING = date(2026, 11, 28)
COUNTRY = "REPUBLIC OF BELARUS"


def place(*lines: str, trust: Trust = Trust.CHECKED, verified_on: date | None = date(2026, 10, 1)) -> Place:
    institution, street, town = lines or ("Папраўчая калонія № 4", "вул. Прыкладная 1", "246035 Гомель")
    return Place(institution, (institution, street, town), trust, verified_on, "", street, town[:6], town[7:])


def letter(name: str = "Узор Прыкладаў", **parts: object) -> Letter:
    where = parts.pop("place", None) or place()
    return Letter(Envelope(name, where), **parts)  # type: ignore[arg-type]


def order(
    *letters: Letter,
    form: PaperForm = PaperForm.DL,
    language: str = "be",
    back: Sequence[str] = (),
    evening: date | None = None,
) -> PaperOrder:
    return PaperOrder(form, letters or (letter(),), language, tuple(back), evening)


@dataclass(frozen=True)
class Ink:
    """Where something is painted, in millimetres from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Sheet:
    """One page of a PDF."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.width, self.height = (round(side / POINTS_PER_MM, 1) for side in page.get_size())
        textpage = page.get_textpage()
        # pdfium writes a hyphen at a line's end as one of these two.
        text = textpage.get_text_bounded().replace("\ufffe", "-").replace("\x02", "-")
        textpage.close()
        # Where a line is broken, the space stays at its end.
        self.lines = [line.strip() for line in text.splitlines()]
        self.text = "\n".join(self.lines)
        picture = page.render(scale=SCALE / POINTS_PER_MM, grayscale=True)
        pixels = bytes(picture.buffer)
        # Rows of grey pixels; white is 255.
        self._rows = [
            pixels[y * picture.stride : y * picture.stride + picture.width] for y in range(picture.height)
        ]

    def part(self, left: float, top: float, right: float, bottom: float) -> list[bytes]:
        """The pixels of a part of the page, given in millimetres."""
        across = slice(round(left * SCALE), round(right * SCALE))
        return [row[across] for row in self._rows[round(top * SCALE) : round(bottom * SCALE)]]

    def ink(self, left: float = 0, top: float = 0, right: float = 999, bottom: float = 999) -> Ink | None:
        """Where the page, or a part of it, is painted; None where it is blank."""
        painted = [
            (y, row) for y, row in enumerate(self.part(left, top, right, bottom)) if row.strip(b"\xff")
        ]
        if not painted:
            return None
        return Ink(
            left + min(len(row) - len(row.lstrip(b"\xff")) for _, row in painted) / SCALE,
            top + painted[0][0] / SCALE,
            left + max(len(row.rstrip(b"\xff")) for _, row in painted) / SCALE,
            top + (painted[-1][0] + 1) / SCALE,
        )

    def rows_of_letters(
        self, left: float = 0, top: float = 0, right: float = 999, bottom: float = 999
    ) -> int:
        """How many rows of letters are painted, one below the other with white between them."""
        painted = [bool(row.strip(b"\xff")) for row in self.part(left, top, right, bottom)]
        return sum(is_ink and not was_ink for was_ink, is_ink in pairwise([False, *painted]))


def sheets_of(pdf: bytes) -> list[Sheet]:
    with pdfium.PdfDocument(pdf) as document:
        return [Sheet(page) for page in document]


def squeezed(text: str) -> str:
    """A text without its spaces and line ends, which a renderer guesses."""
    return "".join(text.split())
