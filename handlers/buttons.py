"""Turns a screen's buttons into Telegram's keyboard: behind each label an opaque token, nothing else."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from handlers.answer import InlineButton, Keyboard
from handlers.fitting import fit_label
from handlers.screen import Button, Row
from solidarity.work import Action, UnitOfWork

PREFIX = "b:"
TOKEN_LENGTH = 12


async def keyboard(
    uow: UnitOfWork, posted_id: UUID, rows: Sequence[Row], *, expires_at: datetime, keep: bool = False
) -> Keyboard:
    """Store what each button of a message does and return the keyboard; its older buttons stop working.

    Args:
        keep: buttons that do the same as before go on working, where the same screen is only shown again.
    """
    actions = actions_of(rows)
    return keyboard_of(
        rows, await uow.posted.replace_buttons(posted_id, actions, expires_at=expires_at, keep=keep)
    )


def actions_of(rows: Sequence[Row]) -> list[Action]:
    """Say what each button of a screen does, in order."""
    return [Action(b.verb, b.target, b.argument) for row in rows for b in row if isinstance(b, Button)]


def keyboard_of(rows: Sequence[Row], tokens: Iterable[bytes]) -> Keyboard:
    """Return the keyboard of a screen, with a token behind each button that does something."""
    left = iter(tokens)
    return [
        [
            InlineButton(fit_label(b.label), PREFIX + _text(next(left)))
            if isinstance(b, Button)
            else InlineButton(fit_label(b.label), copy_text=b.copies)
            for b in row
        ]
        for row in rows
    ]


def read_token(data: str | None) -> bytes | None:
    """Return the token a tap carried, or None when it is not written as we write them."""
    if data is None or not data.startswith(PREFIX):
        return None
    try:
        token = urlsafe_b64decode(data[len(PREFIX) :].encode())
    except (NotBase64, ValueError):
        return None
    # Decoding forgives much: whatever another spelling means, it is none of our buttons.
    return token if len(token) == TOKEN_LENGTH and PREFIX + _text(token) == data else None


def _text(token: bytes) -> str:
    return urlsafe_b64encode(token).decode()
