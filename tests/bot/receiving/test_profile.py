"""Somebody who has the token changes what Telegram shows of the bot: coordinators and the log hear of it."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs
from telegram import Bot, BotCommand

from bot.receiving.profile import ProfileWatch
from bot.telegram_api.client import QuietBot, make_bot
from bot.telegram_api.command_list import publish_commands, wanted_commands
from sandbox.lookalike import Lookalike
from solidarity.colleagues import PROFILE
from storage.models import RoleName
from storage.unit_of_work import Storage
from tests.bot.watched import WatchedClock
from tests.world import NOON

Change = Callable[[Bot], Awaitable[object]]


@pytest.fixture
async def thief(telegram: Lookalike) -> AsyncIterator[Bot]:
    async with make_bot(telegram.token, telegram.url) as thief:
        yield thief


@pytest.fixture
async def bob(kept, alice, storage: Storage) -> None:
    """Somebody who coordinates."""
    person_id = await kept(alice)
    async with storage.unit() as uow:
        person = await uow.people.get(person_id)
        assert person is not None
        await uow.people.grant(person, RoleName.COORDINATOR, scope=None, granted_by=None, day=NOON.date())


def new_watch(storage: Storage, bot: Bot, clock: WatchedClock) -> ProfileWatch:
    return ProfileWatch(storage, bot, clock=clock, wanted=wanted_commands, publish=publish_commands)


@pytest.fixture
def watch(storage: Storage, bot: QuietBot, clock: WatchedClock, bob: None) -> ProfileWatch:
    return new_watch(storage, bot, clock)


async def told(storage: Storage) -> list[str]:
    async with storage.view() as uow:
        return list(await uow.session.scalars(text("SELECT kind FROM outbox")))


CHANGES: dict[str, Change] = {
    "its name": lambda thief: thief.set_my_name("Official help"),
    "its name in Russian": lambda thief: thief.set_my_name("Помощь", language_code="ru"),
    "its description": lambda thief: thief.set_my_description("Write to @mallory instead"),
    "its short description": lambda thief: thief.set_my_short_description("moved"),
    "its commands": lambda thief: thief.set_my_commands([BotCommand("pay", "Send money")]),
    "its commands, gone": lambda thief: thief.delete_my_commands(),
    "its commands in Belarusian": lambda thief: thief.set_my_commands(
        [BotCommand("pay", "Send money")], language_code="be"
    ),
}


@pytest.mark.parametrize("what", CHANGES)
async def test_whatever_is_changed_is_told_once(watch: ProfileWatch, thief: Bot, storage: Storage, what: str):
    await watch.look()
    await CHANGES[what](thief)
    with capture_logs() as logs:
        await watch.look()
        await watch.look()

    assert await told(storage) == [PROFILE]
    assert [one["log_level"] for one in logs] == ["error"]


async def test_the_list_of_commands_is_ours_again(watch: ProfileWatch, thief: Bot, bot: QuietBot):
    await publish_commands(bot)
    await watch.look()
    ours = await bot.get_my_commands()
    await thief.set_my_commands([BotCommand("pay", "Send money")])
    await watch.look()

    assert await bot.get_my_commands() == ours
    assert {one.command for one in ours} == {"menu", "help", "privacy", "hide"}


async def test_another_user_name_is_told(watch: ProfileWatch, telegram: Lookalike, storage: Storage):
    await watch.look()
    telegram.world.bots[telegram.token].username = "official_help_bot"
    await watch.look()

    assert await told(storage) == [PROFILE]


async def test_nothing_is_told_of_the_first_look_nor_of_commands_that_we_set_ourselves(
    watch: ProfileWatch, bot: QuietBot, storage: Storage, monkeypatch: pytest.MonkeyPatch
):
    await watch.look()
    await watch.look()
    # A later release has other words for its commands.
    monkeypatch.setattr("bot.telegram_api.command_list.COMMANDS", ("menu", "help"))
    await watch.look()
    await watch.look()

    assert [one.command for one in await bot.get_my_commands()] == ["menu", "help"]
    assert await told(storage) == []


async def test_whoever_looks_next_knows_what_was_seen_last(
    watch: ProfileWatch, thief: Bot, bot: QuietBot, storage: Storage, clock: WatchedClock
):
    await watch.look()
    await thief.set_my_description("Write to @mallory instead")
    await new_watch(storage, bot, clock).look()

    assert await told(storage) == [PROFILE]


async def test_of_what_was_shown_only_checksums_are_kept(watch: ProfileWatch, thief: Bot, storage: Storage):
    await thief.set_my_name("Official help")
    await watch.look()
    async with storage.view() as uow:
        kept = str(await uow.session.scalar(text("SELECT profile FROM installation")))

    assert len(kept) > 200
    assert "Official" not in kept
    assert "sandbox" not in kept
