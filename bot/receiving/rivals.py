"""When conflicts over this bot's updates are no accident any more: pure, by a monotonic clock."""

from math import inf

# Two polls that nothing came to.
LASTS_SECONDS = 50.0
# A process that just ended may still have been asking.
START_SECONDS = 50.0
CALM_SECONDS = 600.0


class Rivals:
    """Counts somebody else's signs; instants are seconds of one monotonic clock."""

    def __init__(self) -> None:
        self._began = inf
        self._first: float | None = None
        self._last = -inf

    def begin(self, now: float) -> None:
        """Note when we began to ask; for a moment whoever asked before us may not have ended."""
        self._began = now

    def seen(self, now: float) -> bool:
        """Note a conflict; says whether they have lasted for longer than two poll timeouts.

        Ten minutes without any make an accident of what was before.
        """
        if now < self._began + START_SECONDS:
            return False
        if self._first is None or now - self._last > CALM_SECONDS:
            self._first = now
        self._last = now
        return now - self._first > LASTS_SECONDS
