"""The refusals of what somebody typed: it cannot be read, or cannot be what it was typed as.

Their own texts hold places and limits only, as `solidarity/errors.py` promises to the log.
"""

from solidarity.errors import SolidarityError


class CodeMisspelt(SolidarityError):
    """As many words as a relative's code has, but no code: perhaps they are misspelt."""

    wording = "error-code-misspelt"


class ReasonRefused(SolidarityError):
    """The words are no reason a colleague could judge: fewer than two characters, or no letter."""

    wording = "error-reason-refused"


class EntryRefused(SolidarityError):
    """What was typed is no entry of the list of risky words: a sign without meaning, or too short a stem."""

    wording = "error-entry-refused"


class CardIncomplete(SolidarityError):
    """A rule card that a colleague is to agree to lacks its verdict, its advice or its source."""

    wording = "error-card-incomplete"


class DateUnclear(SolidarityError):
    """What was typed is no date or time that can be read in one way only."""

    wording = "error-date-unclear"


class DayUnclear(DateUnclear):
    """What was typed is no day that can be read in one way only; no hour was asked for."""

    wording = "error-day-unclear"


class DateTooFar(DateUnclear):
    """The date can be read and lies further ahead than any that is kept."""

    wording = "error-date-too-far"


class DatePassed(SolidarityError):
    """The date lies in the past where a coming one is needed."""

    wording = "error-date-passed"


class TextTooLong(SolidarityError):
    """The text has more than ``limit`` characters."""

    wording = "error-text-too-long"

    def __init__(self, limit: int) -> None:
        super().__init__(f"limit of {limit} characters exceeded")
        self.limit = limit


class MarkupBroken(SolidarityError):
    """The words hold a mark that cannot be read; ``line`` and ``sign``, both from 1, say where."""

    wording = "error-markup-broken"

    def __init__(self, *, line: int, sign: int) -> None:
        super().__init__(f"line {line}, sign {sign}")
        self.line = line
        self.sign = sign

    def values(self) -> dict[str, str | int]:
        return {"line": self.line, "sign": self.sign}


class TextEmpty(SolidarityError):
    """Nothing of the text can be seen."""

    wording = "error-text-empty"


class WordsRefused(SolidarityError):
    """The words cannot be a phrase: too short or long, not words, a name, or telling."""

    wording = "error-words-refused"


class ContactRefused(WordsRefused):
    """The words cannot be the contact detail they were typed as."""

    wording = "error-contact-refused"


class CourtRefused(WordsRefused):
    """The words cannot be the name of a court."""

    wording = "error-court-refused"


class SourceRefused(WordsRefused):
    """The words cannot be where something is known from."""

    wording = "error-source-refused"
