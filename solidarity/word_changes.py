"""Changes of the list of risky words: proposed by one coordinator, in force once another has agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from solidarity.access import Actor
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.letter_check import OF_WORDS, Reason, RiskyWord
from solidarity.letter_check.tokens import fold
from solidarity.letter_check.word_list import LANGUAGES
from solidarity.requests import ask
from solidarity.risky_words import words_in_force
from solidarity.typed_errors import EntryRefused
from storage.models import RequestKind, WordChange
from storage.unit_of_work import UnitOfWork

ON_A_PAGE = 20
MOST_ALIKE = 10
# In the order in which they are shown.
REASONS = tuple(reason for reason in Reason if reason in OF_WORDS)


@dataclass(frozen=True)
class WordPage:
    """Some entries of one language and reason, in alphabetical order.

    Attributes:
        page: which this is, counted from 0.
        count: how many entries there are on all pages.
    """

    entries: Sequence[str]
    page: int
    count: int

    @property
    def has_more(self) -> bool:
        return (self.page + 1) * ON_A_PAGE < self.count


async def words_at_desk(uow: UnitOfWork, language: str, reason: str, page: int) -> WordPage:
    """Return a page of one list, the last one where there are not so many any more.

    Raises:
        NotForYou: there is no such list.
    """
    listed = language, _reason(language, reason)
    found = sorted(word.entry for word in await words_in_force(uow) if (word.language, word.reason) == listed)
    page = min(page, max(len(found) - 1, 0) // ON_A_PAGE)
    return WordPage(found[page * ON_A_PAGE : (page + 1) * ON_A_PAGE], page, len(found))


async def propose_word(
    uow: UnitOfWork, actor: Actor, language: str, reason: str, typed: str, *, now: datetime
) -> None:
    """Ask colleagues to agree that an entry is added, or takes this reason instead of another.

    Raises:
        NotForYou: there is no such list.
        EntryRefused: it is not written as entries are.
        NoLongerSo: it is on this list.
        DeskClosed, TooManyRequests: as `requests.ask`.
    """
    word = await consider_word(uow, language, reason, typed)
    await _propose(uow, actor, word, word.reason, now=now)


async def consider_word(uow: UnitOfWork, language: str, reason: str, typed: str) -> RiskyWord:
    """Return an entry as it would stand on a list; nothing is asked of anybody yet.

    Raises:
        NotForYou: there is no such list.
        EntryRefused: it is not written as entries are.
        NoLongerSo: it is on this list.
    """
    wanted = _reason(language, reason)
    try:
        word = RiskyWord(language, " ".join(typed.split()), wanted)
    except ValueError:
        raise EntryRefused(language) from None
    there = {(one.entry.casefold(), one.language, one.reason) for one in await words_in_force(uow)}
    if (word.entry.casefold(), language, wanted) in there:
        raise NoLongerSo(language)
    return word


async def words_alike(uow: UnitOfWork, word: RiskyWord) -> list[RiskyWord]:
    """Return entries of its language that begin with its stem or are the beginning of it; ten at most."""
    stem = _stem(word)
    found = [one for one in await words_in_force(uow) if one.language == word.language]
    alike = [one for one in found if _stem(one).startswith(stem) or stem.startswith(_stem(one))]
    return sorted(alike, key=lambda one: one.entry)[:MOST_ALIKE]


def _stem(word: RiskyWord) -> str:
    return fold(word.entry.split()[0].strip("=~*"))


async def propose_removal(uow: UnitOfWork, actor: Actor, language: str, entry: str, *, now: datetime) -> None:
    """Ask colleagues to agree that an entry is taken off its list.

    Raises:
        NoLongerSo: it is on none.
        DeskClosed, TooManyRequests: as `requests.ask`.
    """
    found = [w for w in await words_in_force(uow) if (w.language, w.entry) == (language, entry)]
    if not found:
        raise NoLongerSo(language)
    await _propose(uow, actor, found[0], None, now=now)


async def _propose(
    uow: UnitOfWork, actor: Actor, word: RiskyWord, reason: Reason | None, *, now: datetime
) -> None:
    change = await uow.word_changes.add(
        WordChange(
            language=word.language,
            entry=word.entry,
            reason=reason,
            proposed_by=actor.id,
            proposed_at=now,
        )
    )
    await ask(uow, actor, RequestKind.RISKY_WORD, change.id, why=word.entry, now=now)


def _reason(language: str, reason: str) -> Reason:
    if language not in LANGUAGES or reason not in REASONS:
        raise NotForYou(reason)
    return Reason(reason)
