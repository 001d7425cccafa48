"""The buttons under the bot's own messages: opaque tokens, and what each of them does."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Executable, FromClause, Table, bindparam, delete, select

from storage.drawing import drawn
from storage.given import OverRows, insertion
from storage.models import Button
from storage.repository import Repository

TOKEN_BYTES = 12
TOKENS_AT_ONCE = 256
_tokens: list[bytes] = []
# A process made of this one would give the same tokens again.
os.register_at_fork(after_in_child=_tokens.clear)
_BUTTONS = cast(Table, Button.__table__)
_STOP = delete(_BUTTONS).where(_BUTTONS.c.posted_id == bindparam("posted"))
BUTTON_COLUMNS = ("token", "posted_id", "verb", "target", "argument", "expires_at")


def _instead(given: FromClause, is_postgresql: bool) -> Executable:
    new = insertion(_BUTTONS, is_postgresql=is_postgresql).from_select(BUTTON_COLUMNS, select(*given.c))
    return cast(Executable, new.add_cte(_STOP.cte("stopped")))


# On PostgreSQL one way there and back does both; SQLite, which knows of none, deletes nothing in between.
_INSTEAD = OverRows({name: _BUTTONS.c[name].type for name in BUTTON_COLUMNS}, _instead)


@dataclass(frozen=True)
class Action:
    """What a button does: a verb, with the thing and the small word it is about."""

    verb: str
    target: UUID | None = None
    argument: str = ""


def new_token() -> bytes:
    """Return the random token of one new button."""
    if not _tokens:
        _tokens.extend(drawn(TOKENS_AT_ONCE, size=TOKEN_BYTES))
    return _tokens.pop()


class Buttons(Repository):
    """Queries about buttons."""

    async def replace_buttons(
        self, posted_id: UUID, actions: Iterable[Action], *, expires_at: datetime, keep: bool = False
    ) -> list[bytes]:
        """Make new tokens for a message's buttons, in order; the old ones stop working.

        Args:
            keep: let a button that does the same keep its token, where the same screen is only shown again.
        """
        actions = list(actions)
        old = await self._buttons_of(posted_id) if keep else {}
        left = {action: old[action] for action in actions if action in old}
        kept = list(left.values())
        # Of several that do the same, the first keeps the token.
        tokens = [left.pop(action) if action in left else new_token() for action in actions]
        new = [
            button_row(token, action, posted_id, expires_at)
            for token, action in zip(tokens, actions, strict=True)
            if token != old.get(action)
        ]
        if self.is_postgresql and new and not kept:
            await self.over(_INSTEAD, new, posted=posted_id)
            return tokens
        stop = _STOP.where(_BUTTONS.c.token.not_in(kept)) if kept else _STOP
        await self.session.execute(stop, {"posted": posted_id})
        await self.insert_new(Button, BUTTON_COLUMNS, new)
        return tokens

    async def _buttons_of(self, posted_id: UUID) -> dict[Action, bytes]:
        rows = await self.session.scalars(select(Button).where(Button.posted_id == posted_id))
        return {_action_of(row): row.token for row in rows}

    async def forget_buttons(self, *, now: datetime) -> None:
        """Delete buttons that no tap can use any more."""
        await self.session.execute(delete(Button).where(Button.expires_at <= now))


def button_row(token: bytes, action: Action, posted_id: UUID, expires_at: datetime) -> tuple[Any, ...]:
    """Return a button's row, a value for each of `BUTTON_COLUMNS`."""
    return token, posted_id, action.verb, action.target, action.argument, expires_at


def _action_of(button: Button) -> Action:
    return Action(button.verb, button.target, button.argument)
