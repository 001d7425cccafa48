"""Tells in which language a published name stands, and whether it names anybody."""

import re
import unicodedata

_BELARUSIAN = re.compile(r"[ўі]|(?<=[а-яёўі])['’ʼ](?=[а-яёўі])", re.IGNORECASE)
_INITIAL = re.compile(r"[^\W\d_]\.?")
_TITLES = re.compile(
    r"citizen|defendant|accused|suspect|convict|convicted|detainee|person|unknown|unnamed|anonymous|minor|teenager"
    r"|hramadzian\w+|grazhdan\w+"
    r"|грамадзян\w+|абвінавачан\w+|падсудн\w+|асуджан\w+|падазраван\w+|затрыман\w+|невядом\w+|непаўналетн\w+"
    r"|граждан\w+|обвиняем\w+|подсудим\w+|осужд[её]нн\w+|подозреваем\w+|задержанн\w+|неизвестн\w+|фигурант\w*"
    r"|несовершеннолетн\w+|аноним\w*|ананім\w*",
    re.IGNORECASE,
)


def scripts_of(name: str) -> frozenset[str]:
    """Say which of ``latin`` and ``cyrillic`` the letters of a name are; empty when it has none of either."""
    letters = {
        unicodedata.name(letter, "").partition(" ")[0].casefold() for letter in name if letter.isalpha()
    }
    return frozenset(letters & {"latin", "cyrillic"})


def language_of(name: str) -> str:
    """Choose ``en`` for Latin letters, ``be`` for Cyrillic with ў, і or an apostrophe, else ``ru``.

    A Belarusian name without any of these is taken for Russian: a coordinator can move it.
    """
    if "cyrillic" not in scripts_of(name):
        return "en"
    return "be" if _BELARUSIAN.search(name) else "ru"


def is_unnamed(name: str) -> bool:
    """Tell a placeholder ("Citizen P.", "Грамадзянка К.", "N. N.") from a name."""
    words = name.split()
    if words and _TITLES.fullmatch(words[0].rstrip(".,:")):
        words = words[1:]
    return all(_INITIAL.fullmatch(word) for word in words)
