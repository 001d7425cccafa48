"""The alarm: somebody else seems to hold the token; nothing is shown to anybody until the operator lifts it.

What this process knows, kept in the data folder for the next one. The file also says whether the database,
which other machines look at, knows it: a sealed program has none.
"""

import os
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import structlog

log = structlog.stdlib.get_logger("poruch.alarm")

FILE = "alarm"


class State(StrEnum):
    """How the alarm stands here; the database does not know yet of `raised` and `lifted`."""

    QUIET = ""
    RAISED = "raised"
    STANDS = "stands"
    LIFTED = "lifted"


class Alarm:
    """Whether the alarm stands; the listener, where there is one, is called at each change."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE
        self._state = read_state(self._path)
        self.listener: Callable[[], None] | None = None
        # What the operator has seen may be undone: a webhook that stands there is taken down once.
        self._may_take_back = self._state is State.LIFTED
        if self.stands:
            log.error("the alarm stands; nothing is sent until: poruch lift alarm")

    @property
    def stands(self) -> bool:
        return self._state in (State.RAISED, State.STANDS)

    @property
    def news(self) -> bool | None:
        """Whether it stands, where the database does not know that yet; None otherwise."""
        return self.stands if self._state in (State.RAISED, State.LIFTED) else None

    @property
    def may_take_back(self) -> bool:
        """Whether it was lifted and nothing went well since: what is foreign is known to the operator."""
        return self._may_take_back and not self.stands

    def raise_for(self, reason: str) -> None:
        """Let nothing more be shown to anybody, from this instant on; said twice it is said once."""
        if not self.stands:
            log.error("alarm: nothing is sent until: poruch lift alarm", reason=reason)
            self._turn(State.RAISED)

    def lift(self) -> None:
        """Let everything go on, at the operator's word; also of what only other processes have seen."""
        self._may_take_back = True
        log.warning("the alarm was lifted")
        self._turn(State.LIFTED)

    def told(self, news: bool) -> None:
        """Note that the database knows the news, unless they are old already."""
        if self.news is news:
            self._turn(State.STANDS if news else State.QUIET)

    def heed(self, stands: bool) -> None:
        """Follow what the database says; the operator, or a process elsewhere, told it."""
        if self.news is not None or stands is self.stands:
            return
        if stands:
            log.error("the alarm was raised by another process; nothing is sent until: poruch lift alarm")
        else:
            self._may_take_back = True
            log.warning("the alarm was lifted elsewhere")
        self._turn(State.STANDS if stands else State.QUIET)

    def is_well(self) -> None:
        """Note that updates come undisturbed: whatever is foreign from here on is new."""
        self._may_take_back = False

    def _turn(self, state: State) -> None:
        self._state = state
        try:
            write_state(self._path, state)
        except OSError as error:
            log.error("the alarm could not be written down", kind=type(error).__name__)
        if self.listener is not None:
            self.listener()


def read_state(path: Path) -> State:
    """Read how the alarm stands; what cannot be read or understood counts as raised."""
    try:
        return State(path.read_text(encoding="ascii").strip() or State.RAISED)
    except FileNotFoundError:
        return State.QUIET
    except (OSError, ValueError):
        return State.RAISED


def write_state(path: Path, state: State) -> None:
    """Write how the alarm stands, so that a power cut leaves the old word or the new one.

    Raises:
        OSError: it cannot be written.
    """
    if state is State.QUIET:
        path.unlink(missing_ok=True)
        return
    new = path.with_name(f".{FILE}-{os.getpid()}")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(state)
        file.flush()
        os.fsync(descriptor)
    new.replace(path)
