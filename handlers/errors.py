"""The one place where a surprise is caught: rolled back, logged under a reference, told to the person."""

import secrets
from collections.abc import Awaitable, Callable

import structlog

from handlers.answer import Answer, Showing
from handlers.arrival import Arrival
from locales import Words
from solidarity.work import DatabaseUnavailable

log = structlog.get_logger("poruch.handlers")

Excuse = Callable[[str, dict[str, str | int]], Awaitable[Answer]]


class Surprises:
    """Turns what nobody expected into a reference number; an absent database is let through."""

    async def caught(self, arrival: Arrival, work: Callable[[], Awaitable[Answer]], excuse: Excuse) -> Answer:
        """Do the work, or log what went wrong and excuse it; plainly where not even the screen can be drawn.

        Raises:
            DatabaseUnavailable: the update must be given again.
        """
        values: dict[str, str | int] = {"reference": secrets.token_hex(4)}
        # One bad update must never stop the bot.
        try:
            return await work()
        except DatabaseUnavailable:
            raise
        except Exception:
            log.exception("surprise", **values)
        try:
            return await excuse("error-surprise", values)
        except DatabaseUnavailable:
            raise
        except Exception:
            log.exception("the current screen cannot be shown", **values)
            return _plain_excuse(arrival, Words(arrival.language).say("error-surprise", **values))


def _plain_excuse(arrival: Arrival, line: str) -> Answer:
    """Say it to somebody of whom nothing can be read: over the tap, or where they wrote."""
    if arrival.is_tap:
        return Answer(arrival.chat_id, arrival.callback_id, toast=line)
    written = [] if arrival.message_id is None else [arrival.message_id]
    return Answer(arrival.chat_id, showing=Showing(line), delete=written)
