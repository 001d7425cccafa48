"""Updates that Telegram posts, one a request; 200 says that the update's effect is committed or refused.

Whoever does not show the secret learns nothing, and nothing of theirs is read. While the database is away
the answer is 503, upon which Telegram posts the same update again.
"""

import asyncio
import hmac
import json
from typing import Any

import structlog
from aiohttp import web

from bot.receiving.intake import Intake
from bot.receiving.listening import LARGEST_BODY_BYTES

log = structlog.stdlib.get_logger("poruch.webhook")

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header.
READ_WITHIN_SECONDS = 10.0
# Each is posted by itself: only what the same person does next waits for it. Less than a stop leaves us.
ANSWERED_WITHIN_SECONDS = 4.0
OK, UNAUTHORIZED, NOT_ALLOWED, TOO_SLOW, TOO_LARGE, AGAIN = 200, 401, 405, 408, 413, 503
UNREADABLE = object()


class Webhook:
    """The handler of the one path that Telegram posts to."""

    def __init__(self, intake: Intake, *, secret: str) -> None:
        self._intake = intake
        self._secret = secret.encode()

    async def hear(self, request: web.Request) -> web.Response:
        """Take what was posted; every answer is a status and nothing more."""
        return web.Response(status=await self._status(request))

    async def _status(self, request: web.Request) -> int:
        if request.method != "POST":
            return NOT_ALLOWED
        if not self._knows_the_secret(request):
            self._intake.counts["uninvited"] += 1
            return UNAUTHORIZED
        if (request.content_length or 0) > LARGEST_BODY_BYTES:
            return TOO_LARGE
        try:
            async with asyncio.timeout(READ_WITHIN_SECONDS):
                raw = _parsed(await request.read())
        except web.HTTPRequestEntityTooLarge:
            return TOO_LARGE
        except TimeoutError:
            return TOO_SLOW
        if raw is UNREADABLE:
            # Posted again it would be no better.
            self._intake.counts["bad"] += 1
            log.warning("what was posted is no JSON")
            return OK
        taken = await self._intake.take([raw], answered_within=ANSWERED_WITHIN_SECONDS)
        return OK if taken else AGAIN

    def _knows_the_secret(self, request: web.Request) -> bool:
        given = request.headers.get(SECRET_HEADER, "")
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._secret)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return UNREADABLE
