"""What is not said by a person in their own private chat executes nothing, polled or posted."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.clock import HandClock
from bot.configuration.settings import load_settings
from sandbox.clock import SandboxClock
from sandbox.lookalike import Lookalike
from solidarity.colleagues import GROUP
from storage.models import Base
from storage.unit_of_work import Storage
from tests.stories.story import Story
from tests.stories.test_webhook import SECRET
from tests.world import NOON

Raw = dict[str, Any]
NUMBER = 900_001
GROUP_CHAT = {"id": -1_001_234, "type": "supergroup", "title": "A group"}
CHANNEL = {"id": -1_005_678, "type": "channel", "title": "A channel"}
ANONYMOUS = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
A_BOT = {"id": 7_777_777, "is_bot": True, "first_name": "Inline"}
HIDDEN = {"type": "hidden_user", "date": 1, "sender_user_name": "Bob"}
# What running processes write down of themselves, whatever comes.
OWN_ROWS = {"lease", "process", "sender", "installation"}
# What may follow in a chat where nothing is shown.
SILENT = {"deleteMessage", "deleteMessages", "answerCallbackQuery"}


@pytest.fixture(params=["polled", "posted"])
async def story(
    request: pytest.FixtureRequest, storage: Storage, data_dir: Path, tmp_path: Path, unused_tcp_port: int
) -> AsyncIterator[Story]:
    clock, telegram_clock = HandClock(frozen_at=NOON), SandboxClock(frozen_at=NOON)
    telegram_clock.on_move(clock.set)
    async with await Lookalike.start(clock=telegram_clock) as telegram:
        environment = {
            "PORUCH_TOKEN": telegram.token,
            "PORUCH_TELEGRAM_API_URL": telegram.url,
            "PORUCH_DATA_DIR": str(data_dir),
        }
        if request.param == "posted":
            environment |= {
                "PORUCH_MODE": "webhook",
                "PORUCH_WEBHOOK_URL": f"http://127.0.0.1:{unused_tcp_port}/in/words",
                "PORUCH_WEBHOOK_SECRET": SECRET,
                "PORUCH_LISTEN": f"127.0.0.1:{unused_tcp_port}",
            }
        story = Story(telegram, storage, load_settings(environment, tmp_path), clock)
        await story.poruch.start()
        yield story
        await story.poruch.stop()


def private(account: Raw) -> Raw:
    return {"id": account["id"], "type": "private", "first_name": account["first_name"]}


def message(account: Raw, words: str, **more: Any) -> Raw:
    said = {"message_id": NUMBER, "date": 1, "chat": private(account), "from": account, "text": words, **more}
    return {key: value for key, value in said.items() if value is not None}


def tap(account: Raw, data: str, standing: Raw, **more: Any) -> Raw:
    tapped = {"id": "77", "from": account, "chat_instance": "1", "data": data, "message": standing, **more}
    return {"callback_query": {key: value for key, value in tapped.items() if value is not None}}


def odd_messages(account: Raw, words: str) -> dict[str, Raw]:
    def said(kind: str = "message", **more: Any) -> Raw:
        return {kind: message(account, words, **more)}

    on_business = {"business_connection_id": "b1"}
    return {
        "a group": said(chat={**GROUP_CHAT, "type": "group"}),
        "a supergroup": said(chat=GROUP_CHAT),
        "a channel's post": said("channel_post", chat=CHANNEL, sender_chat=CHANNEL, **{"from": None}),
        "a changed post": said("edited_channel_post", chat=CHANNEL, sender_chat=CHANNEL, edit_date=2),
        "an anonymous administrator": said(chat=GROUP_CHAT, sender_chat=GROUP_CHAT, **{"from": ANONYMOUS}),
        "somebody as a channel": said(sender_chat=CHANNEL),
        "a forwarded command": said(forward_origin=HIDDEN),
        "a command forwarded from themselves": said(
            forward_origin={"type": "user", "date": 1, "sender_user": account}
        ),
        "a command forwarded from a channel": said(
            forward_origin={"type": "channel", "date": 1, "chat": CHANNEL, "message_id": 4}
        ),
        "a command through a bot": said(via_bot=A_BOT),
        "an edited message": said("edited_message", edit_date=2),
        "a business message": said("business_message", **on_business),
        "a changed business message": said("edited_business_message", edit_date=2, **on_business),
        "a message on a business account": said(**on_business),
        "nobody": said(**{"from": None}),
        "a bot": said(**{"from": {**account, "is_bot": True}}),
        "somebody else in this chat": said(**{"from": {**account, "id": 4_242}}),
    }


def odd_taps(account: Raw, data: str, standing_id: int) -> dict[str, Raw]:
    standing = {"message_id": standing_id, "date": 1, "chat": private(account), "text": "…"}

    def tapped(standing: Raw | None = standing, **more: Any) -> Raw:
        return tap(account, data, standing, **more)

    return {
        "a tap in a group": tapped({**standing, "chat": GROUP_CHAT}),
        "a tap in a channel": tapped({**standing, "chat": CHANNEL}),
        "a tap without a message": tapped(None, inline_message_id="i1"),
        "a tap of a bot": tapped(**{"from": {**account, "is_bot": True}}),
        "a tap of nobody": tapped(**{"from": None}),
        "a tap of somebody else": tapped(**{"from": {**account, "id": 4_242}}),
        "an inline query": {"inline_query": {"id": "1", "from": account, "query": data, "offset": ""}},
        "a poll": {"poll": {"id": "1", "question": data}},
    }


async def contents(storage: Storage) -> dict[str, list[str]]:
    async with storage.view() as uow:
        return {
            table.name: sorted(map(repr, await uow.session.execute(text(f"SELECT * FROM {table.name}"))))
            for table in Base.metadata.sorted_tables
            if table.name not in OWN_ROWS
        }


async def comes(story: Story, updates: dict[str, Raw]) -> dict[str, str]:
    """Let updates come, and name what the bot then did and what changed, by what came."""
    did = {}
    for name, raw in updates.items():
        before, calls = await contents(story.storage), len(story.telegram.calls)
        story.telegram.inject(dict(raw))
        await story.telegram.settled()
        # Whoever is answered after it: everything before has had its effect.
        await story.mallory.says("/start")
        told = [c for c in list(story.telegram.calls)[calls:] if c.chat != story.mallory.person.user_id]
        shown = {c.method for c in told if c.chat is not None} - SILENT
        after = await contents(story.storage)
        changed = [table for table in before if before[table] != after[table]]
        if shown or changed:
            did[name] = f"{sorted(shown)} {changed}"
    return did


@pytest.mark.parametrize("words", ["/hide", "/settings"])
async def test_nothing_that_a_known_person_did_not_say_themselves_executes(story: Story, words: str):
    await story.alice.agrees()
    await story.alice.says("/menu")
    account = story.alice.person.account.api_user()
    last = story.alice.person.last
    assert last is not None

    taps = odd_taps(account, str(last.data_of("I am in danger")), last.message_id)
    assert await comes(story, {**odd_messages(account, words), **taps}) == {}
    # The same, said and tapped by themselves, does something.
    assert await comes(story, {"themselves": {"message": message(account, words)}}) != {}


async def test_nobody_agrees_by_what_they_did_not_tap_themselves(story: Story):
    account = story.vera.person.account.api_user()
    agreeing = "n:agree:en:0::"

    assert await comes(story, {**odd_messages(account, "/start"), **odd_taps(account, agreeing, 5)}) == {}
    assert await story.count("person") == 0
    standing = {"message_id": 5, "date": 1, "chat": private(account), "text": "…"}
    await comes(story, {"themselves": tap(account, agreeing, standing)})
    assert await story.count("person") == 1


async def test_a_group_is_left_and_coordinators_are_told_once_a_day(story: Story):
    await story.becomes_coordinator(story.bob)
    for title in ("One", "Two", "Three"):
        group = await story.mallory.person.adds_bot_to_group(title)
        await story.telegram.until(lambda group=group: group.is_left)
    await story.idle()

    # Where the trail stands may be told as well.
    said = [await story.bob.opens() for _ in range(story.bob.pushes)]
    assert sum("into a group or a channel. It left at once" in each for each in said) == 1
    async with story.storage.view() as uow:
        kinds = list(await uow.session.scalars(text("SELECT kind FROM outbox")))
    assert kinds.count(GROUP) == 1

    await story.pass_time(days=1)
    await story.mallory.person.adds_bot_to_group("Four")
    await story.telegram.until(lambda: story.bob.pushes == 1)
