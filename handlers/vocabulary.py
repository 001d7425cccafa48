"""The buttons of somebody of whom nothing is kept: a closed vocabulary that says all within 64 bytes.

What a button carries can only lead to what anybody may see; its one effect can be *I agree*.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from handlers.answer import InlineButton, Keyboard
from handlers.fitting import fit_label
from handlers.screen import CopyButton, Screen
from solidarity.access import named

BEFORE = ("first", "where", "safer", "notice", "more", "agree", "clear")
LOOKING = ("look", "people", "one", "places", "place", "post", "advice")
# What each step counts as.
ACTION_OF = {
    **dict.fromkeys(BEFORE, named("newcomer")),
    **dict.fromkeys(LOOKING, named("newcomer.look")),
    "agree": named("newcomer.agree"),
}
SHAPE = re.compile(
    r"n:(?P<name>[a-z]{3,6}):(?P<language>be|ru|en):(?P<page>[0-9]{1,3})"
    r":(?P<thing>[A-Za-z0-9_-]{22})?:(?P<code>[A-Za-z0-9_-]{22})?"
)
LAST_PAGE = 999


@dataclass(frozen=True)
class Step:
    """Where a newcomer's button leads, and the token of the code they came with."""

    name: str = "first"
    language: str = "en"
    code: UUID | None = None
    page: int = 0
    thing: UUID | None = None

    def to(self, name: str, *, page: int = 0, thing: UUID | None = None) -> str:
        """Return the data of a button that leads from here to another screen; language and code go along."""
        return write(Step(name, self.language, self.code, min(page, LAST_PAGE), thing))


def write(step: Step) -> str:
    """Put a step into a button's data: at most 64 ASCII characters."""
    return f"n:{step.name}:{step.language}:{step.page}:{_token(step.thing)}:{_token(step.code)}"


def read(data: str | None) -> Step | None:
    """Read a button's data; None for anything that `write` would not have written."""
    found = SHAPE.fullmatch(data or "")
    if found is None or found["name"] not in ACTION_OF:
        return None
    step = Step(found["name"], found["language"], _id(found["code"]), int(found["page"]), _id(found["thing"]))
    return step if write(step) == data else None


def keyboard(screen: Screen) -> Keyboard:
    """Return the keyboard of a screen whose buttons' verbs are written steps."""
    return [
        [
            InlineButton(fit_label(b.label), copy_text=b.copies)
            if isinstance(b, CopyButton)
            else InlineButton(fit_label(b.label), b.verb)
            for b in row
        ]
        for row in screen.rows
    ]


def _token(value: UUID | None) -> str:
    return "" if value is None else urlsafe_b64encode(value.bytes).decode().rstrip("=")


def _id(token: str | None) -> UUID | None:
    return None if token is None else UUID(bytes=urlsafe_b64decode(token + "=="))
