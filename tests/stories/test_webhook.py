"""The bot where Telegram posts updates to it: the same stories, also with two processes on one database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest

from bot.assembly import Poruch, assemble
from bot.clock import HandClock
from bot.configuration.settings import Settings, load_settings
from bot.control.client import ask_each
from bot.receiving.webhook import SECRET_HEADER
from bot.telegram_api.pace import Pace
from sandbox.bots import Webhook
from sandbox.clock import SandboxClock
from sandbox.lookalike import Lookalike
from storage.unit_of_work import Storage
from tests.stories.story import CHEAP, PIN, UNLIMITED, Story, begin
from tests.world import NOON

SECRET = "a-secret-of-at-least-sixteen-signs"


@pytest.fixture
async def telegram() -> AsyncIterator[Lookalike]:
    async with await Lookalike.start(clock=SandboxClock(frozen_at=NOON)) as telegram:
        yield telegram


@pytest.fixture
def clock(telegram: Lookalike) -> HandClock:
    clock = HandClock(frozen_at=NOON)
    telegram.clock.on_move(clock.set)
    return clock


@pytest.fixture
def settings_at(
    telegram: Lookalike, data_dir: Path, tmp_path: Path, unused_tcp_port: int
) -> Callable[[int], Settings]:
    """The settings of a process that listens on a port; Telegram knows of one address only."""

    def settings_at(port: int) -> Settings:
        environment = {
            "PORUCH_TOKEN": telegram.token,
            "PORUCH_TELEGRAM_API_URL": telegram.url,
            "PORUCH_DATA_DIR": str(data_dir),
            "PORUCH_MODE": "webhook",
            "PORUCH_WEBHOOK_URL": f"http://127.0.0.1:{unused_tcp_port}/in/words",
            "PORUCH_WEBHOOK_SECRET": SECRET,
            "PORUCH_LISTEN": f"127.0.0.1:{port}",
        }
        return load_settings(environment, tmp_path)

    return settings_at


@pytest.fixture
async def story(
    storage: Storage,
    telegram: Lookalike,
    clock: HandClock,
    settings_at: Callable[[int], Settings],
    unused_tcp_port: int,
) -> AsyncIterator[Story]:
    story = Story(telegram, storage, settings_at(unused_tcp_port), clock)
    await begin(story.poruch)
    yield story
    await story.poruch.stop()


async def test_people_are_served_as_with_polling(story: Story):
    await story.family_and_guardian(weeks=2)
    await story.pass_until(story.at_ten(15))

    opened = await story.alice.opens()

    assert "Forgotten Example" in opened
    assert story.telegram.calls.of("getUpdates") == []


async def test_what_is_posted_while_nobody_listens_is_posted_again(story: Story):
    await story.alice.agrees()
    await story.poruch.stop()
    await story.alice.person.says("/menu")

    await story.restart()

    assert "Become a Guardian" in story.alice.labels


async def test_mallory_who_knows_the_address_but_not_the_secret_posts_in_vain(story: Story):
    await story.alice.agrees()
    before = len(story.telegram.calls)
    chat = {"id": story.alice.person.user_id, "type": "private", "first_name": "Alice"}
    forged = {
        "update_id": 1,
        "message": {
            "message_id": 900,
            "date": 1,
            "chat": chat,
            "from": {**chat, "is_bot": False},
            "text": "/erase",
        },
    }

    async with aiohttp.ClientSession() as http:
        statuses = [
            (await http.post(story.poruch.settings.webhook_url, json=forged, headers=headers)).status
            for headers in ({}, {SECRET_HEADER: "mallory-guesses-sixteen-signs"})
        ]

    assert statuses == [401, 401]
    assert len(story.telegram.calls) == before
    assert await story.count("person") == 1


async def test_a_thiefs_webhook_raises_the_alarm_here_as_well(story: Story, monkeypatch: pytest.MonkeyPatch):
    await story.alice.agrees()
    await story.poruch.stop()
    account = next(iter(story.telegram.world.bots.values()))
    account.webhook = Webhook("https://mallory.example.org/in")
    story.poruch = story._assembled()
    await story.poruch.start()

    async def stands() -> bool:
        [status] = await ask_each(story.poruch.settings.data_dir, "status")
        return bool(status["alarm"])

    await story.telegram.until(stands)

    assert account.webhook.url == "https://mallory.example.org/in"


@pytest.fixture
async def second(
    story: Story,
    clock: HandClock,
    settings_at: Callable[[int], Settings],
    unused_tcp_port_factory: Callable[[], int],
) -> AsyncIterator[Poruch]:
    """Another process on the same database."""
    second = assemble(
        settings_at(unused_tcp_port_factory()),
        clock=clock,
        storage=Storage(story.storage.database, story.storage.keys),
        pin_cost=CHEAP,
        limits=UNLIMITED,
        pace=Pace(chat_gap_seconds=0.02),
    )
    await second.start()
    yield second
    await second.stop()


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_an_update_posted_to_two_processes_at_once_has_one_effect(story: Story, second: Poruch):
    await story.becomes_coordinator(story.bob)
    await story.desk_is_open(story.bob)
    await story.bob.says("/lock")
    await story.bob.says("/desk")
    account = next(iter(story.telegram.world.bots.values()))
    urls = ["http://{}:{}/in/words".format(*one.settings.listen) for one in (story.poruch, second)]
    statuses = []

    async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as http:
        for digit in PIN:
            # For this one tap Telegram posts nothing by itself.
            account.webhook = None
            tap = await story.bob.person.taps(digit)
            raw = account.queue.past[tap.update_id]
            answers = await asyncio.gather(*(http.post(url, json=raw) for url in urls * 3))
            statuses += [answer.status for answer in answers]
            account.queue.waiting.clear()
            account.webhook = Webhook(story.poruch.settings.webhook_url, SECRET)
    await story.bob.taps("OK")

    # A digit that counted twice would make another PIN.
    assert "Inbox" in story.bob.labels
    assert set(statuses) == {200}
