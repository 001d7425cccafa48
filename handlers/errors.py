"""The one place where a surprise is caught: rolled back, logged under a reference, told to the person."""

import secrets
from collections.abc import Awaitable, Callable

import structlog

from handlers.answer import Answer
from solidarity.work import DatabaseUnavailable

log = structlog.get_logger("poruch.handlers")

Excuse = Callable[[str, dict[str, str | int]], Awaitable[Answer]]


class Surprises:
    """Turns what nobody expected into a reference number; an absent database is let through."""

    async def caught(self, work: Callable[[], Awaitable[Answer]], excuse: Excuse) -> Answer:
        """Do the work, or log what went wrong and excuse it.

        Raises:
            DatabaseUnavailable: the update must be given again.
        """
        # One bad update must never stop the bot.
        try:
            return await work()
        except DatabaseUnavailable:
            raise
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("surprise", reference=reference)
            return await excuse("error-surprise", {"reference": reference})
