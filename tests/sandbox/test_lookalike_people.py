"""What people do, what the bot hears of it, and how taps are answered."""

import asyncio
from datetime import timedelta

import pytest

from sandbox.errors import NoSuchButtonError, SandboxError

BUTTONS = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]}
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def newest(api) -> dict[str, object]:
    return (await api.ok("getUpdates", offset=-1))[0]


@pytest.fixture
async def asked(api, alice):
    """Alice has started the bot and was asked a question with two buttons."""
    await alice.says("/start")
    await api.ok("sendMessage", chat_id=alice.user_id, text="Well?", reply_markup=BUTTONS)
    return alice.last


async def test_a_command_is_marked_as_one(api, alice):
    await alice.says("/start CODE")

    message = (await newest(api))["message"]
    assert (message["text"], message["chat"]["type"]) == ("/start CODE", "private")
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_a_tap_carries_its_data_and_message_and_learns_its_answer(api, alice, asked):
    tap = await alice.taps("Yes")

    query = (await newest(api))["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("y", asked.message_id)
    await api.ok("answerCallbackQuery", callback_query_id=query["id"], text="Noted", show_alert=True)
    await tap.answered
    assert (tap.answer_text, tap.is_alert) == ("Noted", True)
    assert 0 <= tap.answered_after_seconds < 5


async def test_a_tap_is_answered_once(api, alice, asked):
    tap = await alice.taps("No")
    await api.ok("answerCallbackQuery", callback_query_id=tap.callback_id)

    assert await api.refused("answerCallbackQuery", callback_query_id=tap.callback_id) == TOO_OLD


async def test_after_15_seconds_no_answer_is_taken(api, telegram, alice, asked):
    tap = await alice.taps("No")
    telegram.clock.advance(timedelta(seconds=16))

    assert await api.refused("answerCallbackQuery", callback_query_id=tap.callback_id) == TOO_OLD
    assert not tap.is_answered


async def test_a_tap_under_an_old_message_shows_the_bot_nothing_of_it(api, telegram, alice, asked):
    telegram.clock.advance(timedelta(hours=49))

    await alice.taps("Yes")

    message = (await newest(api))["callback_query"]["message"]
    assert message["date"] == 0
    assert "text" not in message


async def test_forged_data_arrives_as_it_was_forged(api, alice, asked):
    await alice.taps_data(asked, "admin")

    assert (await newest(api))["callback_query"]["data"] == "admin"


async def test_there_is_no_tapping_what_is_not_on_the_screen(api, alice, asked):
    await api.ok("deleteMessage", chat_id=alice.user_id, message_id=asked.message_id)

    with pytest.raises(NoSuchButtonError, match="Alice has no button 'Yes'"):
        await alice.taps("Yes")


async def test_a_copy_button_copies_and_tells_the_bot_nothing(api, alice, asked):
    copy = {"inline_keyboard": [[{"text": "Copy", "copy_text": {"text": "220030"}}]]}
    await api.ok("sendMessage", chat_id=alice.user_id, text="Address", reply_markup=copy)

    assert await alice.copies("Copy") == "220030"
    with pytest.raises(SandboxError):
        await alice.taps("Copy")


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        ("sends_photo", "photo"),
        ("sends_sticker", "sticker"),
        ("sends_voice", "voice"),
        ("sends_location", "location"),
        ("sends_contact", "contact"),
    ],
)
async def test_everything_people_send_arrives(api, alice, deed, kind):
    await getattr(alice, deed)()

    assert kind in (await newest(api))["message"]


async def test_a_document_can_be_downloaded(api, telegram, http, alice):
    await alice.sends_document("list.csv", b"a,b", "See here")

    message = (await newest(api))["message"]
    file = await api.ok("getFile", file_id=message["document"]["file_id"])
    async with http.get(f"{telegram.url}/file/bot{telegram.token}/{file['file_path']}") as response:
        assert await response.read() == b"a,b"
    assert (message["document"]["file_name"], message["caption"]) == ("list.csv", "See here")


async def test_a_message_of_another_bot_can_be_forwarded_here(api, telegram, alice):
    telegram.add_bot("42:other", "other_bot")
    elsewhere = alice.towards("42:other")
    await elsewhere.says("hello")

    await alice.forwards(elsewhere.visible[0])

    assert (await newest(api))["message"]["forward_origin"]["type"] == "user"


async def test_a_protected_message_cannot_be_forwarded_by_a_person(api, alice, asked):
    await api.ok("sendMessage", chat_id=alice.user_id, text="x", protect_content=True)

    with pytest.raises(SandboxError, match="protected"):
        await alice.forwards(alice.last)


async def test_an_edited_message_is_an_update_of_its_own(api, alice):
    await alice.says("one")

    await alice.edits_message(alice.visible[0], "two")

    assert (await newest(api))["edited_message"]["text"] == "two"


async def test_blocking_and_unblocking_are_told(api, alice, asked):
    await alice.blocks()
    blocked = (await newest(api))["my_chat_member"]["new_chat_member"]["status"]
    await alice.unblocks()

    assert (blocked, (await newest(api))["my_chat_member"]["new_chat_member"]["status"]) == (
        "kicked",
        "member",
    )


async def test_who_blocks_a_bot_cannot_write_to_it(alice, asked):
    await alice.blocks()

    with pytest.raises(SandboxError):
        await alice.says("hello")


async def test_a_bot_in_a_group_can_leave_it(api, alice):
    group = await alice.adds_bot_to_group("Friends")

    await api.ok("leaveChat", chat_id=group.chat_id)

    status, body = await api("sendMessage", chat_id=group.chat_id, text="x")
    assert (status, body["description"]) == (403, "Forbidden: bot is not a member of the group chat")


async def test_waiting_for_words_ends_as_soon_as_they_stand_there(api, alice):
    await alice.says("/start")
    waiting = asyncio.create_task(alice.sees("Well?"))

    await api.ok("sendMessage", chat_id=alice.user_id, text="Well?")

    assert (await waiting).text == "Well?"


async def test_waiting_in_vain_says_what_is_there_instead(alice, asked):
    with pytest.raises(TimeoutError, match=r"Alice does not see 'Ill', but .*Well\?"):
        await alice.sees("Ill", seconds=0.05)
