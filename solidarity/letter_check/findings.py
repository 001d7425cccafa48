"""What may be said about a draft, and how much it matters. It is advice: nothing here forbids a letter.

A finding says where, never what: it holds no word of the draft, and can be shown or counted without harm.
"""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What may come of it: the letter withheld or somebody harmed; a little risk; nothing at all."""

    GRAVE = "grave"
    LIGHT = "light"
    NOTE = "note"


class Kind(StrEnum):
    """What kind of thing was looked for."""

    LANGUAGE = "language"
    WORD = "word"
    SIGN = "sign"
    ABBREVIATION = "abbreviation"
    CONTACT = "contact"
    LENGTH = "length"
    NAME = "name"


class Reason(StrEnum):
    """Why something is pointed out; there is a sentence for each."""

    ENGLISH = "english"
    POLISH = "polish"
    OTHER_LANGUAGE = "other-language"
    LATIN_SCRIPT = "latin-script"
    MIXED_LANGUAGES = "mixed-languages"
    MIXED_LETTERS = "mixed-letters"
    FOREIGN_WORD = "foreign-word"

    POLITICS = "politics"
    SLOGAN = "slogan"
    FREEDOM = "freedom"
    FIGHT = "fight"
    WAR = "war"
    INSULT = "insult"
    BANNED_BODY = "banned-body"
    CASE = "case"
    ANSWER_EXPECTED = "answer-expected"
    HELPERS = "helpers"

    EMOJI = "emoji"
    SMILEY = "smiley"
    DRAWING = "drawing"
    ABBREVIATION = "abbreviation"
    LINK = "link"
    EMAIL = "email"
    TELEPHONE = "telephone"
    HEAVY = "heavy"
    OTHER_NAME = "other-name"


# What a word of the list can be on it for.
OF_WORDS = frozenset(
    {
        Reason.POLITICS,
        Reason.SLOGAN,
        Reason.FREEDOM,
        Reason.FIGHT,
        Reason.WAR,
        Reason.INSULT,
        Reason.BANNED_BODY,
        Reason.CASE,
        Reason.ANSWER_EXPECTED,
        Reason.HELPERS,
    }
)

_KINDS = {
    Reason.EMOJI: Kind.SIGN,
    Reason.SMILEY: Kind.SIGN,
    Reason.DRAWING: Kind.SIGN,
    Reason.ABBREVIATION: Kind.ABBREVIATION,
    Reason.LINK: Kind.CONTACT,
    Reason.EMAIL: Kind.CONTACT,
    Reason.TELEPHONE: Kind.CONTACT,
    Reason.HEAVY: Kind.LENGTH,
    Reason.OTHER_NAME: Kind.NAME,
    **dict.fromkeys(OF_WORDS, Kind.WORD),
}
_LIGHT = frozenset(
    {
        Reason.MIXED_LETTERS,
        Reason.FOREIGN_WORD,
        Reason.ANSWER_EXPECTED,
        Reason.SMILEY,
        Reason.ABBREVIATION,
        Reason.OTHER_NAME,
    }
)


@dataclass(frozen=True)
class Finding:
    """One thing to think about before the letter is sent.

    Attributes:
        start: first character of it in the draft, counted from 0, in code points.
        end: the character after its last.
    """

    reason: Reason
    start: int
    end: int

    @property
    def kind(self) -> Kind:
        return _KINDS.get(self.reason, Kind.LANGUAGE)

    @property
    def severity(self) -> Severity:
        if self.reason is Reason.HEAVY:
            return Severity.NOTE
        return Severity.LIGHT if self.reason in _LIGHT else Severity.GRAVE

    @property
    def wording(self) -> str:
        """The key of the sentence that says why."""
        return f"letter-check-{self.reason}"
