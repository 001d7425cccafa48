"""Faults that can be switched on: what goes wrong between a bot and Telegram."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal

Kind = Literal["flood", "error", "hang", "reset", "slow"]
KINDS: tuple[Kind, ...] = ("flood", "error", "hang", "reset", "slow")


@dataclass(eq=False)
class Fault:
    """One fault, and which calls it hits.

    Args:
        method: only this method, in any case of letters; ``None`` means all but getUpdates.
        chat: only calls for this chat.
        times: how many calls it hits; ``None`` means all until it is lifted.
        after_effect: the call takes effect first, and only its answer is lost or wrong.
        retry_after: seconds, for ``flood``.
        status: the HTTP status, for ``error``; with ``as_html`` the body is a page as proxies send it.
        seconds: the latency, for ``slow``.

    Raises:
        ValueError: ``status`` is no HTTP status.
    """

    kind: Kind
    method: str | None = None
    chat: int | None = None
    times: int | None = 1
    after_effect: bool = False
    retry_after: int = 5
    status: int = 502
    as_html: bool = False
    seconds: float = 1.0
    hits: int = 0
    lifted: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        HTTPStatus(self.status)

    @property
    def is_live(self) -> bool:
        """True while it may hit another call."""
        return not self.lifted.is_set() and (self.times is None or self.hits < self.times)

    def hits_call(self, method: str, chat: int | None) -> bool:
        """True when a call of this method for this chat is meant."""
        if self.method is None:
            is_meant = method.lower() != "getupdates"
        else:
            is_meant = method.lower() == self.method.lower()
        return self.is_live and is_meant and self.chat in (None, chat)


class Faults:
    """The faults that are switched on, first come first served."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._faults: list[Fault] = []
        self._changed = changed

    @property
    def live(self) -> list[Fault]:
        """The faults that may still hit a call."""
        return [fault for fault in self._faults if fault.is_live]

    def add(self, fault: Fault) -> Fault:
        """Switch a fault on; returns it, so that it can be lifted or asked how often it hit."""
        self._faults = [*self.live, fault]
        self._changed()
        return fault

    def flood(
        self,
        method: str | None = None,
        *,
        retry_after: int = 5,
        times: int | None = 1,
        chat: int | None = None,
    ) -> Fault:
        """Answer 429 with ``retry_after`` seconds."""
        return self.add(Fault("flood", method, chat, times, retry_after=retry_after))

    def error(
        self,
        method: str | None = None,
        *,
        status: int = 502,
        as_html: bool = False,
        times: int | None = 1,
        chat: int | None = None,
        after_effect: bool = False,
    ) -> Fault:
        """Answer 500, 502 or another status, as JSON or as a proxy's page."""
        return self.add(Fault("error", method, chat, times, after_effect, status=status, as_html=as_html))

    def hang(
        self,
        method: str | None = None,
        *,
        times: int | None = 1,
        chat: int | None = None,
        after_effect: bool = False,
    ) -> Fault:
        """Answer nothing until the fault is lifted or the client gives up; lifted, go on as usual."""
        return self.add(Fault("hang", method, chat, times, after_effect))

    def reset(
        self,
        method: str | None = None,
        *,
        times: int | None = 1,
        chat: int | None = None,
        after_effect: bool = False,
    ) -> Fault:
        """Close the connection instead of answering."""
        return self.add(Fault("reset", method, chat, times, after_effect))

    def slow(
        self, method: str | None = None, *, seconds: float, times: int | None = None, chat: int | None = None
    ) -> Fault:
        """Let this many seconds of real time pass before the call takes effect."""
        return self.add(Fault("slow", method, chat, times, seconds=seconds))

    def lift(self, fault: Fault | None = None) -> None:
        """Switch one fault off, or all; calls that hang go on."""
        for one in list(self._faults) if fault is None else [fault]:
            one.lifted.set()
        self._changed()

    def take(self, method: str, chat: int | None) -> list[Fault]:
        """The faults that hit this call: every slow one, and the first of the others."""
        meant = [fault for fault in self._faults if fault.hits_call(method, chat)]
        taken = [fault for fault in meant if fault.kind == "slow"]
        taken += [fault for fault in meant if fault.kind != "slow"][:1]
        for fault in taken:
            fault.hits += 1
        return taken
