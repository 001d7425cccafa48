"""Counts wrong codes in memory, of each account and of how many: a stranger's tries leave nothing behind."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from solidarity.code_words import is_surely_misspelt
from solidarity.errors import TooManyCodes

MOST_WRONG = 5
WITHIN = timedelta(hours=1)
MOST_ACCOUNTS = 10_000
# So many accounts within an hour do not mistype, they try.
MANY_ACCOUNTS = 20


@dataclass(frozen=True)
class _Try:
    at: datetime
    by_stranger: bool


class WrongCodes:
    """At most five wrong codes an hour for one account; the oldest of ten thousand accounts is forgotten.

    A stranger's are counted for whoever agrees under that account afterwards. What somebody has tried who is
    known there is not counted for a stranger: who hides is one, and a stranger has tried nothing yet.
    """

    def __init__(self) -> None:
        self._tries: OrderedDict[int, list[_Try]] = OrderedDict()
        self._told_on: date | None = None

    def check(self, chat_id: int, *, by_stranger: bool = False, now: datetime) -> None:
        """Refuse an account that has typed five wrong codes within the last hour.

        Raises:
            TooManyCodes: it has.
        """
        recent = [one for one in self._recent(chat_id, now) if one.by_stranger or not by_stranger]
        if len(recent) >= MOST_WRONG:
            raise TooManyCodes(str(len(recent)))

    def count(self, chat_id: int, *, by_stranger: bool = False, now: datetime) -> None:
        """Note one wrong code."""
        recent = self._recent(chat_id, now)
        self._tries.pop(chat_id, None)
        self._tries[chat_id] = [*recent, _Try(now, by_stranger)]
        while len(self._tries) > MOST_ACCOUNTS:
            self._tries.popitem(last=False)

    def count_misspelt(self, chat_id: int, text: str, *, by_stranger: bool = False, now: datetime) -> None:
        """Note as a wrong code what is surely meant as one; a sentence of five words is none.

        Raises:
            TooManyCodes: see `check`.
        """
        if is_surely_misspelt(text):
            self.check(chat_id, by_stranger=by_stranger, now=now)
            self.count(chat_id, by_stranger=by_stranger, now=now)

    def _recent(self, chat_id: int, now: datetime) -> list[_Try]:
        return [one for one in self._tries.get(chat_id, []) if now - one.at < WITHIN]

    def are_news(self, *, now: datetime) -> bool:
        """Say whether many accounts have typed wrong codes within the last hour, unless told today."""
        if self._told_on == now.date() or len(self._tries) < MANY_ACCOUNTS:
            return False
        # Whoever tried last stands last.
        newest = islice(reversed(self._tries.values()), MANY_ACCOUNTS)
        return all(now - tries[-1].at < WITHIN for tries in newest)

    def note_told(self, *, now: datetime) -> None:
        """Note that coordinators know of it: no more of it today, in UTC."""
        self._told_on = now.date()
