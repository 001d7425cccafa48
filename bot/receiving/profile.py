"""What Telegram shows of this bot, looked at each hour: who has the token can make it say anything.

Of what was shown only checksums are kept. What was changed is said to the coordinators and to the log; the
list of commands, which is ours, is set anew.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from hashlib import sha256

import structlog
from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.clock import Clock
from locales import LANGUAGES
from solidarity.colleagues import PROFILE, tell_once_a_day
from solidarity.work import DatabaseUnavailable, Storage
from storage.installation import get_profile, note_profile

log = structlog.stdlib.get_logger("poruch.alarm")

LOOK_EVERY = timedelta(hours=1)
TRY_AGAIN = timedelta(minutes=5)
COMMANDS = "commands"

# None stands for everybody whose language is another.
IN_LANGUAGES = (None, *LANGUAGES)

Profile = Mapping[str, str]
Wanted = Callable[[str | None], tuple[BotCommand, ...]]
Publish = Callable[[Bot], Awaitable[None]]


class ProfileWatch:
    """The one that looks; what it saw last stands in the database, for whoever looks next."""

    def __init__(self, storage: Storage, bot: Bot, *, clock: Clock, wanted: Wanted, publish: Publish) -> None:
        """Take what it looks at and with.

        Args:
            wanted: gives the list of commands that is ours, in a language or by default.
            publish: sets it where another stands.
        """
        self._wanted = wanted
        self._publish = publish
        self._storage = storage
        self._bot = bot
        self._clock = clock
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Look now and each hour, until stopped."""
        look_at = self._clock.now()
        while not self._stopping.is_set():
            now = self._clock.now()
            if now >= look_at or look_at - now > LOOK_EVERY:
                look_at = now + (LOOK_EVERY if await self._look_if_possible() else TRY_AGAIN)
            await self._clock.wait_until(look_at, wake=self._stopping)

    def stop(self) -> None:
        """Look no more."""
        self._stopping.set()

    async def _look_if_possible(self) -> bool:
        try:
            await self.look()
        except (TelegramError, DatabaseUnavailable) as error:
            log.warning("what Telegram shows of this bot could not be seen", kind=type(error).__name__)
            return False
        return True

    async def look(self) -> None:
        """Compare what is shown with what was, and tell where it differs.

        Raises:
            TelegramError, DatabaseUnavailable: nothing was compared, or nobody told.
        """
        seen, wanted = await _shown(self._bot), self._commands()
        async with self._storage.view() as uow:
            known = json.loads(await get_profile(uow.session) or "{}")
        changed = sorted(what for what in seen if _was_changed(what, seen, known, wanted))
        after = json.dumps({**seen, **wanted}, sort_keys=True)
        if after != json.dumps(known, sort_keys=True) or changed:
            async with self._storage.unit() as uow:
                await note_profile(uow.session, after)
                if changed:
                    await tell_once_a_day(uow, PROFILE, now=self._clock.now())
        if changed:
            log.error("somebody has changed what Telegram shows of this bot", kind=", ".join(changed))
        if any(seen[what] != wanted[what] for what in wanted):
            await self._publish(self._bot)

    def _commands(self) -> Profile:
        return {
            f"{COMMANDS} {language or ''}": _checksum(_plain(self._wanted(language)))
            for language in IN_LANGUAGES
        }


def _was_changed(what: str, seen: Profile, known: Profile, wanted: Profile) -> bool:
    # A command list that is not ours yet may be the release's before this one.
    return what in known and seen[what] not in (known[what], wanted.get(what))


async def _shown(bot: Bot) -> Profile:
    shown: dict[str, object] = {"username": (await bot.get_me()).username}
    for language in IN_LANGUAGES:
        code = language or ""
        shown[f"name {code}"] = (await bot.get_my_name(language)).name
        shown[f"description {code}"] = (await bot.get_my_description(language)).description
        shown[f"short description {code}"] = (await bot.get_my_short_description(language)).short_description
        shown[f"{COMMANDS} {code}"] = _plain(await bot.get_my_commands(language_code=language))
    return {what: _checksum(value) for what, value in shown.items()}


def _plain(commands: tuple[BotCommand, ...]) -> list[list[str]]:
    return [[one.command, one.description] for one in commands]


def _checksum(value: object) -> str:
    return sha256(json.dumps(value).encode()).hexdigest()[:16]
