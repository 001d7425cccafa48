"""Posting updates to a bot's webhook: one after the other, each until it is taken."""

import asyncio
import json
from contextlib import suppress

import aiohttp

from sandbox.bots import BotAccount, Webhook
from sandbox.state import World
from sandbox.updates import Waiting

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header.
FIRST_RETRY_SECONDS = 0.1
LONGEST_RETRY_SECONDS = 5.0
ANSWER_WITHIN = aiohttp.ClientTimeout(total=60)


class WebhookPoster:
    """Deliver one bot's updates for as long as it has a webhook; ``run`` is cancelled to end it."""

    def __init__(self, world: World, bot: BotAccount, session: aiohttp.ClientSession) -> None:
        self._world = world
        self._bot = bot
        self._session = session
        self._retry_after = FIRST_RETRY_SECONDS

    async def run(self) -> None:
        """Post for ever; waits while there is no webhook, or nothing to post."""
        while True:
            seen = self._world.changes.version
            webhook, waiting = self._bot.webhook, self._bot.queue.waiting
            if webhook is None or not waiting:
                await self._world.changes.after(seen)
            elif await self._post(webhook, waiting[0]):
                self._retry_after = FIRST_RETRY_SECONDS
            else:
                await asyncio.sleep(self._retry_after)
                self._retry_after = min(self._retry_after * 2, LONGEST_RETRY_SECONDS)

    async def _post(self, webhook: Webhook, update: Waiting) -> bool:
        reason = await self._refusal(webhook, update)
        if reason is None:
            with suppress(ValueError):
                self._bot.queue.waiting.remove(update)
        else:
            webhook.last_error_date = int(self._world.clock.now().timestamp())
            webhook.last_error_message = reason
        self._world.changes.note()
        return reason is None

    async def _refusal(self, webhook: Webhook, update: Waiting) -> str | None:
        """Say why the update was not taken, in Telegram's words; ``None`` when it was."""
        headers = {"Content-Type": "application/json"}
        if webhook.secret_token:
            headers[SECRET_HEADER] = webhook.secret_token
        try:
            async with self._session.post(
                webhook.url,
                data=json.dumps(update.body),
                headers=headers,
                timeout=ANSWER_WITHIN,
                allow_redirects=False,
            ) as response:
                await response.read()
        except aiohttp.ClientConnectionError:
            return "Connection refused"
        except TimeoutError:
            return "Read timeout expired"
        except (aiohttp.ClientError, ValueError):
            return "Wrong response from the webhook"
        if 200 <= response.status < 300:
            return None
        return f"Wrong response from the webhook: {response.status} {response.reason}"
