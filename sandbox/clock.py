"""The look-alike's own clock: real time with an offset, or an instant held still until it is moved."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Listener = Callable[[datetime], None]


class SandboxClock:
    """Tell and move the time that Telegram's side of the sandbox lives in."""

    def __init__(self, *, offset: timedelta = timedelta(), frozen_at: datetime | None = None) -> None:
        self._offset = offset
        self._frozen_at = None if frozen_at is None else _aware(frozen_at)
        self._listeners: list[Listener] = []

    @property
    def offset(self) -> timedelta:
        """How far this clock is ahead of real time."""
        if self._frozen_at is None:
            return self._offset
        return self._frozen_at - datetime.now(UTC)

    @property
    def is_frozen(self) -> bool:
        """True while only ``advance`` and ``set`` move the time."""
        return self._frozen_at is not None

    def now(self) -> datetime:
        """Say what time it is here, aware and in UTC."""
        return self._frozen_at if self._frozen_at is not None else datetime.now(UTC) + self._offset

    def advance(self, by: timedelta) -> None:
        """Move the time on (or back, when ``by`` is negative) and tell the listeners."""
        if self._frozen_at is not None:
            self._frozen_at += by
        else:
            self._offset += by
        self._tell()

    def set(self, instant: datetime) -> None:
        """Move to this aware instant; a running clock runs on from it. A naive one raises ``ValueError``."""
        instant = _aware(instant)
        if self._frozen_at is not None:
            self._frozen_at = instant
        else:
            self._offset = instant - datetime.now(UTC)
        self._tell()

    def reset(self) -> None:
        """Go back to real time, running."""
        self._offset, self._frozen_at = timedelta(), None
        self._tell()

    def on_move(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with the new time after each move; returns what ends that, once or more."""
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener(self.now())


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("the sandbox clock takes aware instants only")
    return instant.astimezone(UTC)
