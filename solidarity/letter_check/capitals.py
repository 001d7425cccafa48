"""What is written in capitals: abbreviations, and names of people who are not the addressee."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from solidarity.letter_check.findings import Finding, Reason
from solidarity.letter_check.tokens import Token, fold

LONGEST_ABBREVIATION = 6
# No secret to anybody: a postscript, O. K., television.
USUAL = frozenset({"ПС", "ЗЫ", "ОК", "ТВ", "ЗІ"})
# What is declined of a name, and what may stand there instead.
ENDING = re.compile("(?:ая|яя|ий|ый|ой|ій|[аеоуыэюяиійь])$")
LONGEST_ENDING, SHORTEST_STEM = 3, 2
SOFTENED = {"з": "г", "ц": "к", "с": "х"}
# A greeting is a first sentence that begins with such a word and is no longer than this.
GREETINGS = (
    *("прывітан", "вітаю", "добры", "добра", "дзень", "паважан", "дараг", "шаноўн", "міл", "люб"),
    *("здравствуй", "привет", "дорог", "уважаем", "доброе", "мил", "dear", "hello", "hi", "good"),
)
LONGEST_GREETING = 60
# So many words in capitals beside one another are loud, not abbreviated.
LOUD = 3


def abbreviations(tokens: Sequence[Token]) -> Iterator[Finding]:
    """Yield words of capitals alone, unless a whole phrase is written so."""
    for run in _runs_of_capitals(tokens):
        if len(run) < LOUD:
            yield from (Finding(Reason.ABBREVIATION, t.start, t.end) for t in run if _is_abbreviation(t.text))


def other_names(
    draft: str, tokens: Sequence[Token], own_names: Collection[str], known_names: Collection[str]
) -> Iterator[Finding]:
    """Yield pairs such as a first name and a surname that are neither the prisoner's own nor known to all.

    Args:
        own_names: every form of the prisoner's name that is known, in any language.
        known_names: of writers, and of heroes of books and films.
    """
    names = " ".join([*own_names, *known_names]).replace("-", " ").split()
    familiar = {_stem(fold(name)) for name in names}
    at = _after_greeting(tokens)
    while at + 1 < len(tokens):
        first, second = tokens[at], tokens[at + 1]
        if not _are_a_pair(draft, first, second):
            at += 1
            continue
        end = at + 2
        while end < len(tokens) and _are_a_pair(draft, tokens[end - 1], tokens[end]):
            end += 1
        if not any(_is_familiar(token.folded, familiar) for token in tokens[at:end]):
            yield Finding(Reason.OTHER_NAME, first.start, tokens[end - 1].end)
        at = end


def _after_greeting(tokens: Sequence[Token]) -> int:
    """Return the first word after a greeting, in which people call the addressee as they like."""
    if not tokens or not tokens[0].folded.startswith(GREETINGS):
        return 0
    second = next((index for index, token in enumerate(tokens) if index and token.follows_stop), len(tokens))
    return second if tokens[second - 1].end <= LONGEST_GREETING else 0


def _runs_of_capitals(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    for is_loud, run in groupby(tokens, key=lambda token: token.is_cyrillic and token.text.isupper()):
        if is_loud:
            yield list(run)


def _is_abbreviation(word: str) -> bool:
    return 1 < len(word) <= LONGEST_ABBREVIATION and word not in USUAL


def _are_a_pair(draft: str, first: Token, second: Token) -> bool:
    """Say whether two words are written as a name, the first of them with a capital for no other reason."""
    return (
        first.is_title
        and second.is_title
        and not first.begins_sentence
        and not second.begins_sentence
        and second.start - first.end == 1
        and draft[first.end].isspace()
    )


def _stem(name: str) -> str:
    return ENDING.sub("", name)


def _is_familiar(word: str, stems: Collection[str]) -> bool:
    """Say whether a word is one of some names, in any case; in Belarusian Вольга is declined as Вользе."""
    for length in range(max(len(word) - LONGEST_ENDING, SHORTEST_STEM), len(word) + 1):
        beginning = word[:length]
        if beginning in stems or beginning[:-1] + SOFTENED.get(beginning[-1], "") in stems:
            return True
    return False
