"""In which script and language a draft is written: the censor passes Belarusian and Russian, in Cyrillic."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from solidarity.letter_check.findings import Finding, Reason
from solidarity.letter_check.tokens import CYRILLIC, LATIN, Token, words_in

# A foreign passage is a run of so many words; fewer are single foreign words.
PASSAGE = 4
UKRAINIAN = re.compile("[їєЇЄ]")
# So large a share of words that only Ukrainian spells, in tenths, makes a letter Ukrainian.
UKRAINIAN_TENTHS = 1
ROMAN = re.compile(r"[IVXLCDM]+|[a-zA-Z]|PS", re.ASCII)
POLISH_LETTERS = re.compile("[ąęłóżĄĘŁÓŻ]|sz|cz|rz")
LACINKA = re.compile("[ŭčšžŬČŠŽ]")
COMMON = {
    Reason.ENGLISH: words_in(
        """
        the and you is are to of in it i my your we was were for with have this that how what not but so
        be at on from they she he dear hello hi will can about me as if
        """
    ),
    Reason.POLISH: words_in(
        """
        się nie jest że na do co jak to ja ty mnie ciebie tobie jestem są być czy ale tak już mam moja
        moje cię dzień dobry pozdrawiam drogi droga z w o za po
        """
    ),
    Reason.LATIN_SCRIPT: words_in(
        """
        privet kak dela ya ty chto eto ne ja i u na my tebe mne tebya menya ochen segodnya nas vse
        horosho pryvitannie jak spravy što heta vielmi siońnia ciabie mianie tut usio dobra zdorovo
        zdravstvuj dorogoj dorogaya pishu tvoj pryvitanne sionnia
        """
    ),
}


def languages_of(tokens: Sequence[Token]) -> frozenset[str]:
    """Return which of be and ru a draft is written in; both where it cannot be told."""
    text = "".join(token.text.lower() for token in tokens if token.is_cyrillic)
    belarusian, russian = sum(map(text.count, "іў")), sum(map(text.count, "ищъ"))
    if 4 * belarusian < russian:
        return frozenset({"ru"})
    return frozenset({"be"}) if 4 * russian < belarusian else frozenset({"be", "ru"})


def findings(draft: str, tokens: Sequence[Token]) -> Iterator[Finding]:
    """Yield what in a draft is not in Belarusian or Russian, the whole of it or a part."""
    words = [token for token in tokens if not token.is_number]
    foreign = [token for token in words if not token.is_cyrillic]
    letters = sum(len(token.text) for token in words)
    if 2 * sum(len(token.text) for token in foreign) > letters:
        yield Finding(_language(foreign), 0, len(draft))
        return
    ukrainian = sum(UKRAINIAN.search(token.text) is not None for token in words)
    if ukrainian and 10 * ukrainian >= UKRAINIAN_TENTHS * len(words):
        yield Finding(Reason.OTHER_LANGUAGE, 0, len(draft))
        return
    for run in _runs(words):
        reason = Reason.MIXED_LANGUAGES if len(run) >= PASSAGE else Reason.FOREIGN_WORD
        yield Finding(reason, run[0].start, run[-1].end)
    yield from (
        Finding(Reason.MIXED_LETTERS, token.start, token.end)
        for token in words
        if CYRILLIC.search(token.text) and LATIN.search(token.text)
    )


def _runs(words: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield foreign words that follow one another; Roman figures and single letters alone are none."""
    for is_cyrillic, run in groupby(words, key=lambda token: token.is_cyrillic):
        foreign = [] if is_cyrillic else list(run)
        if not all(ROMAN.fullmatch(token.text) for token in foreign):
            yield foreign


def _language(foreign: Sequence[Token]) -> Reason:
    """Guess the language of what is not in Cyrillic, by its commonest words and its letters."""
    if not any(token.is_latin for token in foreign):
        return Reason.OTHER_LANGUAGE
    words = [token.text.lower() for token in foreign]
    hits = {reason: sum(word in common for word in words) for reason, common in COMMON.items()}
    hits[Reason.POLISH] += sum(POLISH_LETTERS.search(word) is not None for word in words)
    hits[Reason.LATIN_SCRIPT] += 2 * sum(LACINKA.search(word) is not None for word in words)
    best = max(hits, key=lambda reason: hits[reason])
    return best if hits[best] else Reason.OTHER_LANGUAGE
