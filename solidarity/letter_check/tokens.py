"""Words and numbers of a draft, with their places, in a form in which they can be compared."""

import re
import unicodedata
from dataclasses import dataclass, field

# A word is letters with their accents; an apostrophe within belongs to it, a hyphen does not.
LETTER = r"(?:[^\W\d_]|[\u0300-\u036f])"
TOKEN = re.compile(rf"{LETTER}+(?:['’ʼ`]{LETTER}+)*|\d+")
CYRILLIC = re.compile(r"[\u0400-\u052f]")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
ONLY_BELARUSIAN = re.compile("[іўІЎ]")
ONLY_RUSSIAN = re.compile("[ищъИЩЪ]")
# No word of a list is so long; of a longer one only the beginning is compared.
LONGEST = 64
ACCENT = "\u0301"
SAME = str.maketrans({"ё": "е", "'": "", "’": "", "ʼ": "", "`": "", ACCENT: ""})
LOOK_ALIKES = str.maketrans("abcehikmoptxy", "авсенікмортху")
STOPS = frozenset(".!?…\n\r\u2028\u2029")
# After these a word may have its capital for another reason than being a name.
BEGINNINGS = STOPS | frozenset(':;"«»“”„()[]—–-*•')


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a number; it does not show what it holds, so that no trace of a mishap does."""

    text: str = field(repr=False)
    start: int
    end: int
    folded: str = field(repr=False)
    follows_stop: bool
    begins_sentence: bool

    @property
    def is_cyrillic(self) -> bool:
        return CYRILLIC.search(self.text, 0, LONGEST) is not None

    @property
    def is_latin(self) -> bool:
        return LATIN.search(self.text, 0, LONGEST) is not None

    @property
    def is_number(self) -> bool:
        return self.text[0].isdecimal()

    @property
    def is_title(self) -> bool:
        """Whether it is written as names are: one capital, then small letters."""
        return len(self.text) > 1 and self.text[0].isupper() and self.text[1:].islower()


def words_in(text: str) -> frozenset[str]:
    """Return the words of a list that is written as a text."""
    return frozenset(text.split())


def tokens_of(draft: str) -> list[Token]:
    """Return all words and numbers of a draft in their order."""
    found: list[Token] = []
    last_end = 0
    for match in TOKEN.finditer(draft):
        start, end = match.span()
        text, between = match.group(), set(draft[last_end:start])
        stops = not found or not STOPS.isdisjoint(between)
        begins = stops or (between != {"-"} and not BEGINNINGS.isdisjoint(between))
        found.append(Token(text, start, end, fold(text), stops, begins))
        last_end = end
    return found


def fold(word: str) -> str:
    """Return the form in which words are compared: small, without accents and apostrophes, ё as е.

    Latin letters that look like Cyrillic ones count as these where a word has both, by a slip or to hide
    it. A Belarusian word begins with у or ў by the word before it, and with у here.
    """
    plain = unicodedata.normalize("NFC", word[:LONGEST].lower()).translate(SAME)
    if CYRILLIC.search(plain) and LATIN.search(plain):
        plain = plain.translate(LOOK_ALIKES)
    return "у" + plain[1:] if plain.startswith("ў") else plain
