"""What one-time codes look like: 26 letters and digits in a link, or five words to be read out.

The word lists are those of BIP-39 as the ``mnemonic`` package ships them, 2,048 words each. There is no
Belarusian one: Belarusian and Russian speakers both get the Russian words, and a Belarusian keyboard can type
them. Five words are 55 bits: enough only because a code lives for days, dies at its first use and may be
tried five times; a link has 128.
"""

import re
import secrets
import unicodedata
from base64 import b32encode
from collections.abc import Callable
from functools import cache

from mnemonic import Mnemonic

RandomBytes = Callable[[int], bytes]

LINK_BYTES = 16
LINK_SHAPE = re.compile(r"[a-z2-7]{26}")
WORDS = 5
# What a coordinator says on the telephone to show that they are one: it opens nothing.
SPOKEN_WORDS = 3
WORD_BITS = 11
LISTS = {"be": "russian", "ru": "russian", "en": "english"}
LONGEST = 200

# The Russian list of mnemonic 0.21 has this one word damaged: two of its letters are U+FFFD.
DAMAGED, MENDED = "сно\ufffd\ufffdа", "сноска"

# A Belarusian keyboard has і, ў and the apostrophe where a Russian one has и, щ and ъ.
APOSTROPHE = re.compile(r"(?<=[а-яёіў])['’ʼ`](?=[а-яёіў])")
BELARUSIAN_KEYS = str.maketrans({"і": "и", "ў": "щ", "ё": "е"})


@cache
def word_list(language: str) -> tuple[str, ...]:
    """Return the 2,048 words of codes in be, ru or en, as ``normalise_code`` writes them.

    Raises:
        KeyError: there is no list for this language.
    """
    words = Mnemonic(LISTS[language]).wordlist
    return tuple(_fold(MENDED if word == DAMAGED else word) for word in words)


def new_link_code(random: RandomBytes = secrets.token_bytes) -> str:
    """Make a code of 128 random bits for a link: 26 characters of lower-case base32, no padding."""
    return b32encode(random(LINK_BYTES)).decode("ascii").rstrip("=").lower()


def new_word_code(language: str, random: RandomBytes = secrets.token_bytes) -> str:
    """Make a code of five words (55 random bits) with one space between them.

    Raises:
        KeyError: there is no list for this language.
    """
    return _random_words(language, WORDS, random)


def new_spoken_word(language: str, random: RandomBytes = secrets.token_bytes) -> str:
    """Make three words (33 random bits) with one space between them; they are never a code.

    Raises:
        KeyError: there is no list for this language.
    """
    return _random_words(language, SPOKEN_WORDS, random)


def _random_words(language: str, count: int, random: RandomBytes) -> str:
    words = word_list(language)
    number = int.from_bytes(random(7), "big")
    return " ".join(
        words[number >> place & len(words) - 1] for place in range(0, count * WORD_BITS, WORD_BITS)
    )


def normalise_code(text: str) -> str | None:
    """Return the one form of a typed code that is compared, or ``None`` where the text cannot be a code.

    Case, spaces, dashes and other punctuation do not matter, nor ё for е. A link code in several pieces must
    have a digit or pieces of one length, and a word code is five words of one list: ordinary sentences are
    not looked up.
    """
    if len(text) > LONGEST:
        return None
    pieces = _pieces(text)
    if _are_listed(pieces, WORDS):
        return " ".join(pieces)
    joined = "".join(pieces)
    return joined if LINK_SHAPE.fullmatch(joined) and _looks_cut_up(pieces) else None


def may_be_misspelt(text: str) -> bool:
    """Say whether a text that is no code has five words and nothing else, as a relative's code has."""
    pieces = [] if len(text) > LONGEST else _pieces(text)
    return len(pieces) == WORDS and all(piece.isalpha() for piece in pieces)


def is_surely_misspelt(text: str) -> bool:
    """Say whether all but one of five words are of one list: chance does not make that of a sentence."""
    pieces = _pieces(text) if may_be_misspelt(text) else []
    listed = (sum(piece in _word_set(language) for piece in pieces) for language in ("en", "ru"))
    return max(listed) >= WORDS - 1


def normalise_spoken(text: str) -> str | None:
    """Return the one form of a coordinator's word that is compared, or ``None`` where it cannot be one."""
    pieces = [] if len(text) > LONGEST else _pieces(text)
    return " ".join(pieces) if _are_listed(pieces, SPOKEN_WORDS) else None


def _pieces(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", _fold(text))


def _are_listed(pieces: list[str], count: int) -> bool:
    return len(pieces) == count and any(set(pieces) <= _word_set(language) for language in ("en", "ru"))


def _looks_cut_up(pieces: list[str]) -> bool:
    whole_pieces = {len(piece) for piece in pieces[:-1]}
    return len(whole_pieces) <= 1 or any(letter.isdigit() for piece in pieces for letter in piece)


@cache
def _word_set(language: str) -> frozenset[str]:
    return frozenset(word_list(language))


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return APOSTROPHE.sub("ъ", folded).translate(BELARUSIAN_KEYS)
