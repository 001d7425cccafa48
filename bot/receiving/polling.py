"""Updates from Telegram by long polling.

The next request acknowledges a batch, so it waits until the door has taken every update of it; meanwhile what
waits behind the batch is looked at, so that no tap is left without its answer. Where the database is away the
batch is given again.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.alarm.alarm import Alarm
from bot.receiving.intake import Intake
from bot.receiving.rivals import Rivals
from bot.receiving.taps import Taps
from bot.receiving.updates import WANTED, callback_id_of, number_of
from bot.tasks import Backoff, pause
from bot.telegram_api.client import outcome_of
from solidarity.outbox import Later

log = structlog.stdlib.get_logger("poruch.polling")

# Telegram shows the first hundred that wait: half of them are left to be seen behind a batch.
BATCH = 50
SEEN = 100
POLL_SECONDS = 25
READ_SECONDS = 10.0
LOOK_EVERY_SECONDS = 1.0
LOOK_BEHIND_EVERY_SECONDS = 0.4


class Polling:
    """The one that asks Telegram for updates."""

    def __init__(self, bot: Bot, intake: Intake, *, taps: Taps, alarm: Alarm, own_url: str | None) -> None:
        """Take the door, and the alarm for whoever else gets our updates; `own_url` is our own webhook."""
        self._bot = bot
        self._alarm = alarm
        self._own_url = own_url
        self._rivals = Rivals()
        self._intake = intake
        self._taps = taps
        self._stopping = asyncio.Event()
        self._polling: asyncio.Future[list[Any]] | None = None
        self._offset: int | None = None

    async def run(self) -> None:
        """Take updates until stopped."""
        silence, no_database = Backoff(), Backoff()
        self._rivals.begin(monotonic())
        while not self._stopping.is_set():
            batch = await self._poll(silence)
            if batch is None:
                continue
            if await self._take(batch):
                no_database.reset()
            else:
                await self._without_database(no_database.grow())
        await self._acknowledge()

    def stop(self) -> None:
        """Ask for nothing more; what has been given is still taken."""
        self._stopping.set()
        if self._polling is not None:
            self._polling.cancel()

    async def _poll(self, silence: Backoff) -> list[Any] | None:
        """Ask once; None where nothing can be done with the answer."""
        self._polling = asyncio.ensure_future(self._get_updates(POLL_SECONDS))
        try:
            batch = await self._polling
        except asyncio.CancelledError:
            if self._stopping.is_set():
                return None
            raise
        except TelegramError as error:
            if isinstance(error, Conflict):
                await self._meet_rival(error)
            await pause(_say_why(error) or silence.grow(), unless=self._stopping)
            return None
        finally:
            self._polling = None
        silence.reset()
        self._alarm.is_well()
        return batch

    async def _meet_rival(self, error: Conflict) -> None:
        """Raise the alarm for a foreign webhook, and for a second program once it is no accident any more."""
        if self._rivals.seen(monotonic()):
            self._alarm.raise_for("another program gets this bot's updates")
        if "webhook" not in error.message.lower():
            return
        with suppress(TelegramError):
            url = (await self._bot.get_webhook_info()).url
            if url == self._own_url or (url and self._alarm.may_take_back):
                await self._bot.delete_webhook()
                log.warning("a webhook was taken down")
            elif url:
                self._alarm.raise_for("a webhook is set that is not ours")

    async def _get_updates(self, seconds: int, limit: int = BATCH) -> list[Any]:
        # Not `Bot.get_updates`: one update that it cannot parse would lose all of them, for ever.
        batch = await self._bot._post(
            "getUpdates",
            {"offset": self._offset, "limit": limit, "timeout": seconds, "allowed_updates": WANTED},
            read_timeout=seconds + READ_SECONDS,
        )
        if not isinstance(batch, list):
            raise NetworkError("the answer is not Telegram's")
        return batch

    async def _take(self, batch: list[Any]) -> bool:
        """Take a batch, watching what comes behind it; False where some of it must be given again."""
        is_over = asyncio.Event()
        looking = asyncio.create_task(self._look_behind(is_over))
        try:
            if not await self._intake.take(batch):
                return False
        finally:
            is_over.set()
            await asyncio.wait({looking}, timeout=LOOK_EVERY_SECONDS)
            # Two requests for updates at once would be refused.
            looking.cancel()
        numbers = [number for raw in batch if (number := number_of(raw)) is not None]
        if batch and not numbers:
            # It cannot be acknowledged; without a pause we would be given it at once again.
            await pause(LOOK_EVERY_SECONDS, unless=self._stopping)
        # Once all is acknowledged no offset is needed: numbers restart at random after a quiet week.
        self._offset = max(numbers) + 1 if numbers else None
        return True

    async def _without_database(self, seconds: float) -> None:
        """Wait, but leave no tap without its answer: what comes meanwhile is looked at, not taken."""
        until = monotonic() + seconds
        while (rest := until - monotonic()) > 0 and not self._stopping.is_set():
            await pause(min(rest, LOOK_EVERY_SECONDS), unless=self._stopping)
            await self._look(self._taps.give_up)

    async def _look_behind(self, is_over: asyncio.Event) -> None:
        """Find the taps that come while a batch is taken; their turn comes with the next one."""
        while not is_over.is_set():
            await pause(LOOK_BEHIND_EVERY_SECONDS, unless=is_over)
            if not is_over.is_set():
                await self._look(self._taps.watch)

    async def _look(self, found: Callable[[str], None]) -> None:
        """Name every tap that waits, without taking or acknowledging anything."""
        with suppress(TelegramError):
            for callback_id in filter(None, map(callback_id_of, await self._get_updates(0, limit=SEEN))):
                found(callback_id)

    async def _acknowledge(self) -> None:
        if self._offset is not None:
            with suppress(TelegramError):
                await self._get_updates(0, limit=1)


def _say_why(error: TelegramError) -> float | None:
    """Log in a calm line why no updates come; return the wait in seconds that Telegram named, if it did."""
    match error:
        case Conflict():
            reason = "a webhook is set" if "webhook" in error.message.lower() else "another program polls"
            log.warning("somebody else gets this bot's updates", reason=reason)
        case InvalidToken():
            log.error("the token is refused by Telegram")
        case RetryAfter():
            outcome = outcome_of(error)
            if isinstance(outcome, Later) and outcome.after is not None:
                return outcome.after.total_seconds()
        case _:
            log.warning("no updates from Telegram", kind=type(error).__name__)
    return None
