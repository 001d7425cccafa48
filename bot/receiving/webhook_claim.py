"""Tells Telegram where to post updates, and looks whether they are still posted there.

A webhook that is not ours raises the alarm and is left alone until the operator has lifted it. One that is
gone, or that Telegram posts to with another secret, is set anew, and raises the alarm where that goes on.
"""

import asyncio
from datetime import datetime
from time import monotonic

import structlog
from telegram import Bot, WebhookInfo
from telegram.error import TelegramError

from bot.alarm.alarm import Alarm
from bot.configuration.webhook import WebhookAt
from bot.receiving.rivals import Rivals
from bot.receiving.updates import WANTED
from bot.tasks import Backoff, pause

log = structlog.stdlib.get_logger("poruch.webhook")

LOOK_EVERY_SECONDS = 20.0
MOST_CONNECTIONS = 40


class WebhookClaim:
    """Keeps the webhook of this bot ours; at the end it is left there, for other processes."""

    def __init__(self, bot: Bot, webhook: WebhookAt, *, alarm: Alarm) -> None:
        self._bot = bot
        self._webhook = webhook
        self._alarm = alarm
        self._rivals = Rivals()
        self._is_set = False
        self._last_error: datetime | None = None
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Set the webhook, and look after it until stopped."""
        self._rivals.begin(monotonic())
        backoff = Backoff()
        while not self._stopping.is_set():
            wait = LOOK_EVERY_SECONDS
            try:
                await self._look()
            except TelegramError as error:
                wait = backoff.grow()
                log.warning("the webhook could not be seen to", kind=type(error).__name__)
            else:
                backoff.reset()
            await pause(wait, unless=self._stopping)

    def stop(self) -> None:
        """Look no more."""
        self._stopping.set()

    async def _look(self) -> None:
        info = await self._bot.get_webhook_info()
        is_foreign = info.url not in ("", self._webhook.url)
        if is_foreign and not self._alarm.may_take_back:
            self._alarm.raise_for("a webhook is set that is not ours")
            return
        if self._is_set and not is_foreign:
            if not self._was_changed(info):
                self._alarm.is_well()
                return
            log.warning("somebody else changed this bot's webhook")
            if self._rivals.seen(monotonic()):
                self._alarm.raise_for("another program changes this bot's webhook")
        await self._set(info)

    def _was_changed(self, info: WebhookInfo) -> bool:
        has_another_secret = (
            info.last_error_date != self._last_error and "401" in (info.last_error_message or "")
        )  # fmt: skip
        return info.url != self._webhook.url or has_another_secret

    async def _set(self, info: WebhookInfo) -> None:
        await self._bot.set_webhook(
            self._webhook.url,
            secret_token=self._webhook.secret,
            allowed_updates=WANTED,
            max_connections=MOST_CONNECTIONS,
        )
        self._is_set, self._last_error = True, info.last_error_date
        log.info("the webhook is set")
