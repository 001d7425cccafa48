"""Posting updates to a webhook: chats side by side, one chat in order, each update until it is taken."""

import asyncio
import json
from collections.abc import Iterator
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
        self._under_way: dict[object, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Post for ever; waits while there is no webhook, or nothing to post."""
        try:
            while True:
                seen = self._world.changes.version
                webhook = self._bot.webhook
                if webhook is not None:
                    for chat, update in list(self._next(webhook)):
                        self._under_way[chat] = asyncio.create_task(self._deliver(webhook, chat, update))
                await self._world.changes.after(seen)
        finally:
            for task in self._under_way.values():
                task.cancel()

    def _next(self, webhook: Webhook) -> Iterator[tuple[object, Waiting]]:
        """Name the first update of each chat that has none under way, as far as there are connections."""
        room = webhook.max_connections - len(self._under_way)
        busy = set(self._under_way)
        for update in self._bot.queue.waiting:
            chat = _chat_of(update)
            if room > 0 and chat not in busy:
                room -= 1
                busy.add(chat)
                yield chat, update

    async def _deliver(self, webhook: Webhook, chat: object, update: Waiting) -> None:
        try:
            if await self._post(webhook, update):
                self._retry_after = FIRST_RETRY_SECONDS
            else:
                wait, self._retry_after = (
                    self._retry_after,
                    min(self._retry_after * 2, LONGEST_RETRY_SECONDS),
                )
                await asyncio.sleep(wait)
        finally:
            del self._under_way[chat]
            self._world.changes.note()

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


def _chat_of(update: Waiting) -> object:
    """Return the chat an update is of; one that names none goes by itself."""
    body: object = update.body
    for key in ("callback_query", "message", "my_chat_member", "chat", "id"):
        if isinstance(body, dict):
            body = body.get(key, body)
    return body if isinstance(body, int) else update
