"""The one place where a surprise is caught: rolled back, logged under a reference, told to the person."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog

from handlers.answer import Answer, Showing
from handlers.arrival import Arrival
from locales import Words
from solidarity.work import DatabaseUnavailable

log = structlog.get_logger("poruch.handlers")

Values = dict[str, str | int]


class Excuse(Protocol):
    """Says a sentence above the current screen, or above the menu in its place."""

    async def __call__(self, key: str, values: Values, /, *, at_menu: bool) -> Answer:
        """Return what to answer."""
        ...


class Surprises:
    """Turns what nobody expected into a reference number; an absent database is let through."""

    async def caught(self, arrival: Arrival, work: Callable[[], Awaitable[Answer]], excuse: Excuse) -> Answer:
        """Do the work, or log what went wrong and excuse it.

        Where the screen cannot be drawn either, it gives way to the menu, and where nothing can, to a line.

        Raises:
            DatabaseUnavailable: the update must be given again.
        """
        values: Values = {"reference": secrets.token_hex(4)}
        # One bad update must never stop the bot.
        try:
            return await work()
        except DatabaseUnavailable:
            raise
        except Exception:
            log.exception("surprise", **values)
        for at_menu in (False, True):
            try:
                return await excuse("error-surprise", values, at_menu=at_menu)
            except DatabaseUnavailable:
                raise
            except Exception:
                log.exception("the screen cannot be shown", at_menu=at_menu, **values)
        return _plain_excuse(arrival, Words(arrival.language).say("error-surprise", **values))


def _plain_excuse(arrival: Arrival, line: str) -> Answer:
    """Say it to somebody of whom nothing can be read: over the tap, or where they wrote."""
    if arrival.is_tap:
        return Answer(arrival.chat_id, arrival.callback_id, toast=line)
    written = [] if arrival.message_id is None else [arrival.message_id]
    return Answer(arrival.chat_id, showing=Showing(line), delete=written)
