"""How much one account may do in a minute: counted in memory, before anything is read or written.

Each process counts what it takes itself, and forgets it when it ends.
"""

from array import array
from collections import OrderedDict
from datetime import datetime, timedelta
from enum import Enum, auto

UNKNOWN_PER_MINUTE = 20
KNOWN_PER_MINUTE = 30
# A PIN is seven taps, and whoever chooses one types it three times.
KEYS_PER_MINUTE = 60
# Whoever is in a hurry may have tapped a lot before they hide.
LEFT_FOR_HIDING = 3
WITHIN = timedelta(minutes=1)
MOST_ACCOUNTS = 5_000


class Verdict(Enum):
    """What is to become of something that an account does."""

    TAKEN = auto()
    # It has no effect; what was typed is deleted.
    UNHEARD = auto()
    # Not even that: deleting for somebody who floods us would keep others waiting.
    DROPPED = auto()


class _Account:
    """What one account did lately; the instants are seconds."""

    __slots__ = ("is_known", "keys", "taken", "unheard")

    def __init__(self) -> None:
        self.taken, self.keys, self.unheard = array("d"), array("d"), array("d")
        self.is_known = False


class Limits:
    """At most so many actions in any minute of one account; of the least recent accounts nothing is kept."""

    def __init__(
        self, *, unknown: int | None = UNKNOWN_PER_MINUTE, known: int | None = KNOWN_PER_MINUTE
    ) -> None:
        """Begin with nobody.

        Args:
            unknown: how often an account may act in a minute under which nobody has been seen lately.
            known: how often others may; None counts nothing.
        """
        self._unknown = unknown
        self._known = known
        self._accounts: OrderedDict[int, _Account] = OrderedDict()

    def __len__(self) -> int:
        return len(self._accounts)

    def ask(self, chat_id: int, *, now: datetime, hides: bool = False) -> Verdict:
        """Count an action, and say whether it may have its effect.

        Args:
            hides: the account's person hides, for which a little is left also when the minute is used up.
        """
        at = now.timestamp()
        account = self._at_hand(chat_id, at)
        most = self._known if account.is_known else self._unknown
        if most is None:
            return Verdict.TAKEN
        account.taken, account.unheard = _recent(account.taken, at), _recent(account.unheard, at)
        if len(account.taken) < most + (LEFT_FOR_HIDING if hides else 0):
            account.taken.append(at)
            return Verdict.TAKEN
        if len(account.unheard) < most:
            account.unheard.append(at)
            return Verdict.UNHEARD
        return Verdict.DROPPED

    def spare(self, chat_id: int, *, now: datetime) -> None:
        """Let an account's last action, a key on a keypad, not count, as long as there are not too many."""
        at = now.timestamp()
        account = self._accounts.get(chat_id)
        if account is None or not account.taken:
            return
        account.keys = _recent(account.keys, at)
        if len(account.keys) < KEYS_PER_MINUTE:
            account.keys.append(at)
            account.taken.pop()

    def take_back(self, chat_id: int) -> None:
        """Forget an account's last action: it will be given again."""
        account = self._accounts.get(chat_id)
        if account is not None and account.taken:
            account.taken.pop()

    def note(self, chat_id: int, *, is_known: bool) -> None:
        """Note whether somebody is seen under an account that has just acted."""
        if chat_id in self._accounts:
            self._accounts[chat_id].is_known = is_known

    def _at_hand(self, chat_id: int, at: float) -> _Account:
        self._accounts.setdefault(chat_id, _Account())
        self._accounts.move_to_end(chat_id)
        while len(self._accounts) > MOST_ACCOUNTS or self._is_idle(next(iter(self._accounts)), chat_id, at):
            self._accounts.popitem(last=False)
        return self._accounts[chat_id]

    def _is_idle(self, oldest: int, newest: int, at: float) -> bool:
        account = self._accounts[oldest]
        lately = (account.taken, account.keys, account.unheard)
        return oldest != newest and not any(_recent(each, at) for each in lately)


def _recent(instants: "array[float]", at: float) -> "array[float]":
    # A clock that was set back must not close anybody out until it has caught up.
    return array("d", (each for each in instants if 0 <= at - each < WITHIN.total_seconds()))
