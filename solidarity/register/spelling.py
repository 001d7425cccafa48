"""Folds a name to one spelling, whichever of the usual ones it was written in.

Belarusian and Russian in Cyrillic, their English transcriptions and Łacinka meet in one rough Latin form:
Зміцер, Zmitser, Zmicier; ia and ya, au and ov, h and g, y and i, č and ch, o and a. It is for noticing, never
for deciding: different names may fold to one, and given names that differ in kind (Hanna, Anna) are listed.
"""

import re
import unicodedata

_LETTERS = "абвгґдеёжзиійклмнопрстуўфхцчшщъыьэюяє"
_IN_LATIN = "a b v h g d e e zh z i i i k l m n o p r s t u u f kh ts ch sh shch _ y _ e iu ia ie"
_CYRILLIC = dict(zip(_LETTERS, _IN_LATIN.split(), strict=True))
_LACINKA_MARKS = frozenset("ŭšžčśćźńłĺ")
_LACINKA = {"š": "sh", "ž": "zh", "ć": "ts", "ł": "l"}

_STEPS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"w", "v"),
        (r"x", "ks"),
        (r"shch", "6"),
        (r"sh", "5"),
        (r"ch", "4"),
        (r"zh", "3"),
        (r"kh|g", "h"),
        (r"dz(?!3)", "d"),
        (r"ts|c", "t"),
        (r"^zm", "dm"),
        (r"(?<=[aeo])u(?![aeou])|^u(?=[^aeiouyj])", "v"),
        (r"[iyj][aeo]", "e"),
        (r"[iyj]u", "u"),
        (r"[yj]", "i"),
        (r"ie", "e"),
        (r"o", "a"),
        (r"[^a-z0-9]", ""),
        (r"(.)\1+", r"\1"),
    )
)

SAME_NAMES = (
    ("Hanna", "Anna"),
    ("Volha", "Olga"),
    ("Alena", "Elena", "Helen"),
    ("Yauhen", "Evgeniy", "Eugene"),
    ("Mikalai", "Nikolai"),
    ("Zmitser", "Dzmitry"),
    ("Katsiaryna", "Ekaterina"),
    ("Mikita", "Nikita"),
    ("Vasil", "Vasiliy"),
    ("Paval", "Pavel"),
    ("Ryhor", "Grigoriy"),
    ("Aliaksandr", "Alexander"),
    ("Anatol", "Anatoliy"),
    ("Vital", "Vitali"),
)


def fold_word(word: str) -> str:
    """Fold one word to letters a-z and the digits 3 to 6, which stand for zh, ch, sh, shch."""
    return _fold(word.casefold(), is_lacinka=not _LACINKA_MARKS.isdisjoint(word.casefold()))


def fold_name(name: str) -> str:
    """Fold a whole name: its words in one order, a patronymic dropped; empty when there are no letters."""
    lowered = unicodedata.normalize("NFC", name).casefold()
    is_lacinka = not _LACINKA_MARKS.isdisjoint(lowered)
    words = [
        folded for word in re.split(r"[\s.,\-]+", lowered) if (folded := _fold(word, is_lacinka=is_lacinka))
    ]
    if len(words) == 3:
        place = next((i for i in (1, 2) if _PATRONYMIC.search(words[i])), None)
        words = [word for i, word in enumerate(words) if i != place]
    return " ".join(sorted(_ONE_NAME.get(word, word) for word in words))


def fold_names(name: str) -> frozenset[str]:
    """Fold every name a text gives a person: "Hanna Uzorava (Probnaya)" is Hanna Uzorava and Hanna Probnaya.

    What stands in brackets may be another surname or another given name, so it takes each word's place once.
    """
    words = _IN_BRACKETS.sub(" ", name).split()
    names = [words]
    if found := _IN_BRACKETS.search(name):
        names += [[*words[:place], found[1], *words[place + 1 :]] for place in range(len(words))]
    return frozenset(folded for each in names if (folded := fold_name(" ".join(each))))


def _fold(word: str, *, is_lacinka: bool) -> str:
    spelt = "".join(_CYRILLIC.get(letter, letter) for letter in unicodedata.normalize("NFC", word))
    if is_lacinka:
        # In Łacinka ch is the х of Cyrillic, not its ч, which is written č.
        spelt = spelt.replace("ch", "kh").replace("č", "ch")
        spelt = "".join(_LACINKA.get(letter, letter) for letter in spelt)
    spelt = unicodedata.normalize("NFKD", spelt)
    spelt = "".join(letter for letter in spelt if not unicodedata.combining(letter))
    for pattern, put in _STEPS:
        spelt = pattern.sub(put, spelt)
    return spelt


_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_PATRONYMIC = re.compile(r"(?:vi4|vna|4na)$")
_ONE_NAME = {
    fold_word(spelling): fold_word(spellings[0]) for spellings in SAME_NAMES for spelling in spellings
}
