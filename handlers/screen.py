"""What a conversation shows: plain values, made into Telegram's forms in one place."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from handlers.answer import Showing
from handlers.arrival import NO_ACCOUNT, Borrowed, BotAccount
from handlers.clocks import clock_of
from handlers.tries import WrongCodes
from locales import Words
from solidarity.access import Actor
from solidarity.people import reveal_phrase
from solidarity.work import Posted, UnitOfWork


@dataclass(frozen=True)
class Button:
    """A label and what a tap on it does; verb ``go:NAME`` only turns to another screen."""

    label: str
    verb: str
    target: UUID | None = None
    argument: str = ""


@dataclass(frozen=True)
class CopyButton:
    """A label that copies a text on the person's own device."""

    label: str
    copies: str


Row = Sequence[Button | CopyButton]


@dataclass(frozen=True)
class Screen:
    """Text in Telegram's HTML and rows of buttons."""

    text: str
    rows: Sequence[Row] = ()


@dataclass(frozen=True)
class LastWords:
    """What is still said to somebody who is no longer known after this turn."""

    toast: str | None = None
    showing: Showing | None = None


@dataclass
class View:
    """What a screen is drawn from."""

    uow: UnitOfWork
    actor: Actor
    now: datetime
    words: Words
    target: UUID | None = None
    argument: str = ""
    # The update has had its effect before: what is shown once only is not shown again.
    is_repeat: bool = False

    def say(self, key: str, **values: str | int) -> str:
        return self.words.say(key, **values)

    def button(
        self, key: str, verb: str, target: UUID | None = None, argument: str = "", **values: str | int
    ) -> Button:
        """Make a button whose label is the sentence ``button-KEY``."""
        return Button(self.words.say(f"button-{key}", **values), verb, target, argument)

    def back(self, screen: str = "menu", target: UUID | None = None, argument: str = "") -> Button:
        return self.button("back", f"go:{screen}", target, argument)

    def clock(self, zone: str) -> str:
        """Say by whose clock a time is meant, as it stands beside the time."""
        return clock_of(self.words, zone)

    async def under_phrase(self, text: str) -> str:
        """Open a text with the person's phrase, by which a message is known to be ours."""
        phrase = await reveal_phrase(self.uow, self.actor.id)
        return "\n\n".join([self.say("cover-line", phrase=phrase), text])


@dataclass
class Turn(View):
    """One update of one person inside its unit of work; a handler calls one rule and says where to go."""

    posted: Posted | None = None
    text: str = ""
    chat_id: int = 0
    # The message that was typed, or tapped.
    message_id: int | None = None
    # What a route worked out before this unit of work began.
    prepared: Any = None
    wrong_codes: WrongCodes = field(default_factory=WrongCodes)
    # Who this bot is, and a message that somebody else wrote.
    account: BotAccount = NO_ACCOUNT
    borrowed: Borrowed | None = None
    # A sentence that stands above the next screen.
    hint: str | None = None
    # The tap is answered and the message left as it is: taps on a keypad must show nothing.
    keep_screen: bool = False
    # A file that is sent below the screen.
    file: Showing | None = None
    # What is done in a unit of its own, once this one is committed and the answer said.
    afterwards: Callable[[UnitOfWork], Awaitable[None]] | None = None
    # The person is a stranger from here on: no screen is drawn, only this is said.
    last_words: LastWords | None = None

    def go(self, screen: str, target: UUID | None = None, argument: str = "") -> None:
        """Turn the message that was tapped, or the person's place, to another screen."""
        if self.posted is None:
            raise RuntimeError("a turn has a message to turn")
        self.posted.screen, self.posted.target, self.posted.argument = screen, target, argument
