"""How long a letter is on paper, and what it weighs."""

from dataclasses import dataclass

# By hand, on both sides of a sheet of A4 (80 g/m2, 5 g); an envelope weighs as much as a sheet. Source: paper
# sizes of ISO 216; 1,500 characters a page is our own estimate of handwriting.
CHARACTERS_A_SHEET = 3000
GRAMS_A_SHEET = 5
GRAMS_OF_ENVELOPE = 5
# An ordinary letter. Source: texts of the bot of politzek.me, 2023.
MOST_GRAMS = 20


@dataclass(frozen=True)
class Measure:
    """About what it comes to when written by hand on both sides of the paper; `grams` with the envelope."""

    characters: int
    sheets: int
    grams: int

    @property
    def is_heavy(self) -> bool:
        """Whether it needs more than the stamp of an ordinary letter."""
        return self.grams > MOST_GRAMS

    @property
    def wording(self) -> str:
        """The key of the sentence that says it, with `sheets` and `grams`."""
        return "letter-check-measure"


def measure(draft: str) -> Measure:
    """Measure a draft; a line begun counts as half a line of 60 characters."""
    characters = len(" ".join(draft.split()))
    room = characters + 30 * draft.count("\n")
    sheets = -(-room // CHARACTERS_A_SHEET)
    return Measure(characters, sheets, GRAMS_A_SHEET * sheets + GRAMS_OF_ENVELOPE)
