"""Counts wrong codes per account in memory: a stranger's tries leave nothing in the database."""

from collections import OrderedDict
from datetime import datetime, timedelta

from solidarity.errors import TooManyCodes

MOST_WRONG = 5
WITHIN = timedelta(hours=1)
MOST_ACCOUNTS = 10_000


class WrongCodes:
    """At most five wrong codes an hour for one account; the oldest of ten thousand accounts is forgotten."""

    def __init__(self) -> None:
        self._tries: OrderedDict[int, list[datetime]] = OrderedDict()

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
