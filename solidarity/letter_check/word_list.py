"""The list of risky words: how an entry is written, and where in a draft it stands.

An entry is one word or several in their order. Each of them is written whole, or as a stem with a sign after
it: ``свабод~`` is found with any ending of a declension or conjugation (свабода, свабодаю, not свабодны),
``палітзняволен*`` with whatever follows. ``№`` is any number, ``_`` up to two words of any kind. An entry
that is a name (``=Вясна``) is found only where it is written as one: in quotation marks, or with a capital
letter where no sentence begins.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from solidarity.letter_check.findings import OF_WORDS, Finding, Reason
from solidarity.letter_check.tokens import ONLY_BELARUSIAN, ONLY_RUSSIAN, Token, fold, words_in

LANGUAGES = ("be", "ru", "en")
LONGEST_ENTRY = 60
MOST_WORDS = 6
SHORTEST_STEM = {"~": 3, "*": 4}
MOST_BETWEEN = 2
PART = re.compile(r"(=?)([^\W\d_]+(?:['’][^\W\d_]+)*)([~*]?)|№|_")
NOTS = frozenset({"не", "ня", "без", "not", "no", "never", "dont", "without"})
QUOTES = "\"«“„'"

# Endings of nouns, adjectives and verbs in Belarusian and Russian, and in English, ё written as е.
ENDINGS = words_in(
    """
    ай аю яй яю ага эй а я у ю ы і и е э о й ь ом ем ой ей ою ею ью ам ям ах ях ами ями амі ямі ов ев аў
    яў еў оў ў ия ие ии ию ий ій ией ием иям иях иями ые ая яя ое ее ый ого его ога яга ому ему аму яму
    ую юю ым ім им ых іх их ыми ими ымі імі ыя ія ть ць л ла ло ли лі ать аць ить іць еть ець ал ала али
    алі ил ила или іла ілі ет ец ют юць ут уць ит ят яць ат ишь іш ешь еш ите іце ете еце айте айце s es
    ed ing
    """
)


@dataclass(frozen=True)
class RiskyWord:
    """An entry of the list, as a coordinator writes it.

    Raises:
        ValueError: the language or the reason is none of the list's, or the entry is not written as entries
            are: too long, with a sign that means nothing, or a stem so short that it is found everywhere.
    """

    language: str
    entry: str
    reason: Reason

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES or self.reason not in OF_WORDS:
            raise ValueError(f"no list for {self.language}, {self.reason}")
        parts = self.entry.split()
        if len(self.entry) > LONGEST_ENTRY or not 1 <= len(parts) <= MOST_WORDS:
            raise ValueError(f"{self.entry}: too long or empty")
        if not all(map(_is_written_well, parts)) or parts[0] in "№_" or parts[-1] == "_":
            raise ValueError(f"{self.entry}: not how entries are written")


def _is_written_well(part: str) -> bool:
    found = PART.fullmatch(part)
    return found is not None and len(found[2] or "") >= SHORTEST_STEM.get(found[3] or "", 0)


@dataclass(frozen=True)
class _Part:
    stem: str
    sign: str
    is_name: bool

    def fits(self, token: Token) -> bool:
        if self.sign == "№":
            return token.is_number
        if self.is_name and not token.text[0].isupper():
            return False
        rest = token.folded[len(self.stem) :]
        return token.folded.startswith(self.stem) and (
            not rest or self.sign == "*" or (self.sign == "~" and rest in ENDINGS)
        )


@dataclass(frozen=True)
class _Entry:
    language: str
    reason: Reason
    parts: tuple[_Part, ...]


class WordList:
    """All entries, made ready for search. Looking through a draft takes time in proportion to its length."""

    def __init__(self, words: Iterable[RiskyWord]) -> None:
        self._by_stem: dict[str, list[_Entry]] = defaultdict(list)
        for word in words:
            parts = tuple(map(_part, word.entry.split()))
            self._by_stem[parts[0].stem].append(_Entry(word.language, word.reason, parts))
        self._longest = max(map(len, self._by_stem), default=0)

    def findings(self, draft: str, tokens: Sequence[Token], languages: frozenset[str]) -> Iterator[Finding]:
        """Yield what stands in a draft, the longer first where two begin together.

        Args:
            languages: those the draft is written in; a word that only one language can spell tells its own.
        """
        at = 0
        while at < len(tokens):
            end, reason = self._best_at(draft, tokens, at, languages)
            if reason is None:
                at += 1
                continue
            yield Finding(reason, tokens[at].start, tokens[end - 1].end)
            at = end

    def _best_at(
        self, draft: str, tokens: Sequence[Token], at: int, languages: frozenset[str]
    ) -> tuple[int, Reason | None]:
        best: tuple[int, Reason | None] = (at, None)
        for entry in self._candidates(tokens[at].folded):
            if entry.language not in _languages_of(tokens[at], languages):
                continue
            end = _match(entry.parts, tokens, at)
            if end > best[0] and _is_meant(entry, draft, tokens, at):
                best = end, entry.reason
        return best

    def _candidates(self, folded: str) -> Iterator[_Entry]:
        for length in range(1, min(len(folded), self._longest) + 1):
            yield from self._by_stem.get(folded[:length], ())


def _part(part: str) -> _Part:
    found = PART.fullmatch(part)
    if found is None or not found[2]:
        return _Part("", part, is_name=False)
    return _Part(fold(found[2]), found[3], is_name=bool(found[1]))


def _languages_of(token: Token, languages: frozenset[str]) -> frozenset[str]:
    if ONLY_BELARUSIAN.search(token.text):
        return frozenset({"be"})
    if ONLY_RUSSIAN.search(token.text):
        return frozenset({"ru"})
    return frozenset({"en"}) if not token.is_cyrillic else languages


def _match(parts: Sequence[_Part], tokens: Sequence[Token], at: int) -> int:
    """Return the index after the last token of an entry that begins here, or `at` where it does not."""
    next_token, between = at, 0
    for part in parts:
        if part.sign == "_":
            between = MOST_BETWEEN
            continue
        candidates = range(next_token, min(next_token + between + 1, len(tokens)))
        fitting = next((index for index in candidates if part.fits(tokens[index])), None)
        if fitting is None or any(
            _is_apart(tokens[index]) for index in range(max(next_token, at + 1), fitting + 1)
        ):
            return at
        next_token, between = fitting + 1, 0
    return next_token


def _is_apart(token: Token) -> bool:
    # The number of an article comes after the full stop of a shortened word.
    return token.follows_stop and not token.is_number


def _is_denied(draft: str, tokens: Sequence[Token], at: int) -> bool:
    """Say whether one of the two words before, in the same clause, is a not."""
    for index in range(at, max(at - 2, 0), -1):
        before = tokens[index - 1]
        if tokens[index].follows_stop or "," in draft[before.end : tokens[index].start]:
            return False
        if before.folded in NOTS:
            return True
    return False


def _is_meant(entry: _Entry, draft: str, tokens: Sequence[Token], at: int) -> bool:
    """Leave out what is denied ("I do not wait for an answer") and what only looks like a name."""
    if entry.reason is Reason.ANSWER_EXPECTED:
        return not _is_denied(draft, tokens, at)
    token = tokens[at]
    is_quoted = token.start > 0 and draft[token.start - 1] in QUOTES
    return not entry.parts[0].is_name or is_quoted or not token.begins_sentence
