"""What is written in capitals: abbreviations, and names of people who are not the addressee."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from solidarity.letter_check.findings import Finding, Reason
from solidarity.letter_check.tokens import Token, fold

LONGEST_ABBREVIATION = 6
# Said to everybody, and no secret: PS, OK, DIY of the shops.
USUAL = frozenset({"ПС", "ЗЫ", "ОК", "ТВ", "ЗІ"})
# A name and its declined forms have all but so many of their last letters in common, and so many at least.
DECLINED_BY, SHORTEST_ROOT = 3, 3
# A line that is mostly capitals is loud, not abbreviated: so many capital words beside one another.
LOUD = 3


def abbreviations(tokens: Sequence[Token]) -> Iterator[Finding]:
    """Yield words of capitals alone, unless a whole phrase is written so."""
    for run in _runs_of_capitals(tokens):
        if len(run) < LOUD:
            yield from (Finding(Reason.ABBREVIATION, token.start, token.end) for token in run)


def other_names(
    tokens: Sequence[Token], own_names: Collection[str], known_names: Collection[str]
) -> Iterator[Finding]:
    """Yield pairs such as a first name and a surname that are neither the prisoner's own nor known to all.

    Args:
        own_names: every form of the prisoner's name that is known, in any language.
        known_names: of writers, and of heroes of books and films.
    """
    familiar = _by_beginning([*own_names, *known_names])
    at = 0
    while at + 1 < len(tokens):
        first, second = tokens[at], tokens[at + 1]
        if not _are_a_pair(first, second):
            at += 1
            continue
        end = at + 2
        while end < len(tokens) and _are_a_pair(tokens[end - 1], tokens[end]):
            end += 1
        if not any(_is_familiar(token.folded, familiar) for token in tokens[at:end]):
            yield Finding(Reason.OTHER_NAME, first.start, tokens[end - 1].end)
        at = end


def _runs_of_capitals(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in tokens:
        if token.is_cyrillic and token.text.isupper() and 1 < len(token.text) <= LONGEST_ABBREVIATION:
            if token.text not in USUAL:
                run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _are_a_pair(first: Token, second: Token) -> bool:
    """Say whether two words are written as a name, the first of them with a capital for no other reason."""
    return (
        first.is_title
        and second.is_title
        and not first.begins_sentence
        and not second.begins_sentence
        and second.start - first.end == 1
    )


def _by_beginning(names: Iterable[str]) -> dict[str, list[str]]:
    by_beginning: dict[str, list[str]] = {}
    for part in (fold(part) for name in names for part in name.replace("-", " ").split()):
        by_beginning.setdefault(part[:SHORTEST_ROOT], []).append(part)
    return by_beginning


def _is_familiar(word: str, familiar: Mapping[str, Sequence[str]]) -> bool:
    return any(_is_declined(word, name) for name in familiar.get(word[:SHORTEST_ROOT], ()))


def _is_declined(word: str, name: str) -> bool:
    same = 0
    for one, other in zip(word, name, strict=False):
        if one != other:
            break
        same += 1
    return word == name or same >= max(SHORTEST_ROOT, max(len(word), len(name)) - DECLINED_BY)
