"""Counts wrong codes in memory, of each account and of how many: a stranger's tries leave nothing behind."""

from collections import OrderedDict
from datetime import date, datetime, timedelta
from itertools import islice

from solidarity.code_words import is_surely_misspelt
from solidarity.errors import TooManyCodes

MOST_WRONG = 5
WITHIN = timedelta(hours=1)
MOST_ACCOUNTS = 10_000
# So many accounts within an hour do not mistype, they try.
MANY_ACCOUNTS = 20


class WrongCodes:
    """At most five wrong codes an hour for one account; the oldest of ten thousand accounts is forgotten."""

    def __init__(self) -> None:
        self._tries: OrderedDict[int, list[datetime]] = OrderedDict()
        self._told_on: date | None = None

    def check(self, chat_id: int, *, now: datetime) -> None:
        """Refuse an account that has typed five wrong codes within the last hour.

        Raises:
            TooManyCodes: it has.
        """
        recent = [at for at in self._tries.get(chat_id, []) if now - at < WITHIN]
        if len(recent) >= MOST_WRONG:
            raise TooManyCodes(str(len(recent)))

    def forget(self, chat_id: int) -> None:
        """Forget an account's tries: who hides is a stranger, and a stranger has tried nothing yet."""
        self._tries.pop(chat_id, None)

    def count(self, chat_id: int, *, now: datetime) -> None:
        """Note one wrong code."""
        recent = [at for at in self._tries.pop(chat_id, []) if now - at < WITHIN]
        self._tries[chat_id] = [*recent, now]
        while len(self._tries) > MOST_ACCOUNTS:
            self._tries.popitem(last=False)

    def count_misspelt(self, chat_id: int, text: str, *, now: datetime) -> None:
        """Note as a wrong code what is surely meant as one; a sentence of five words is none.

        Raises:
            TooManyCodes: see `check`.
        """
        if is_surely_misspelt(text):
            self.check(chat_id, now=now)
            self.count(chat_id, now=now)

    def are_news(self, *, now: datetime) -> bool:
        """Say whether many accounts have typed wrong codes within the last hour, unless told today."""
        if self._told_on == now.date() or len(self._tries) < MANY_ACCOUNTS:
            return False
        # Whoever tried last stands last.
        newest = islice(reversed(self._tries.values()), MANY_ACCOUNTS)
        return all(now - tries[-1] < WITHIN for tries in newest)

    def note_told(self, *, now: datetime) -> None:
        """Note that coordinators know of it: no more of it today, in UTC."""
        self._told_on = now.date()
