"""python-telegram-bot works against the look-alike as against Telegram."""

import asyncio

import pytest
from telegram import (
    Bot,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    MenuButtonCommands,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from sandbox.person import PIXEL


@pytest.fixture
async def chat(alice) -> int:
    await alice.says("/start")
    return alice.user_id


async def test_a_conversation(bot: Bot, alice, chat):
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])
    sent = await bot.send_message(chat, "<b>Well?</b>", parse_mode="HTML", reply_markup=markup)
    tap = await alice.taps("Yes")

    updates = await bot.get_updates(offset=tap.update_id)
    await updates[0].callback_query.answer("Noted")
    await bot.edit_message_text("Done", chat, sent.message_id)

    assert (tap.answer_text, alice.last.text, alice.last.labels) == ("Noted", "Done", [])


async def test_files_go_up_and_come_down(bot: Bot, alice, chat):
    sent = await bot.send_document(chat, b"paper", caption="For you", filename="envelope.pdf")
    again = await bot.send_document(chat, sent.document.file_id)
    picture = await bot.send_photo(chat, PIXEL)

    file = await bot.get_file(again.document.file_id)

    assert bytes(await file.download_as_bytearray()) == b"paper"
    assert (sent.document.file_name, sent.caption) == ("envelope.pdf", "For you")
    assert (picture.photo[0].width, picture.photo[0].height) == (1, 1)


async def test_a_file_gives_way_to_another(bot: Bot, telegram, alice, chat):
    sent = await bot.send_photo(chat, PIXEL, caption="Seen")
    media = InputMediaDocument(b"nothing", filename="0.txt", caption="…")

    edited = await bot.edit_message_media(media, chat, sent.message_id)

    assert (edited.document.file_name, edited.caption, edited.photo) == ("0.txt", "…", ())
    assert telegram.world.files.by_id[alice.last.media.file_id].upload.data == b"nothing"
    [call] = telegram.calls.of("editMessageMedia")
    assert call.parameters["media"]["caption"] == "…"


async def test_refusals_become_its_errors(bot: Bot, telegram, alice, chat):
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(404, "x")
    telegram.faults.flood("sendMessage", retry_after=3)
    with pytest.raises(RetryAfter):
        await bot.send_message(chat, "x")
    telegram.faults.error("sendMessage", as_html=True)
    with pytest.raises(NetworkError):
        await bot.send_message(chat, "x")
    await alice.blocks()

    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(chat, "x")


async def test_two_pollers_conflict(bot: Bot, telegram):
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.until(lambda: next(iter(telegram.world.bots.values())).poll)

    async with Bot(telegram.token, base_url=f"{telegram.url}/bot") as thief:
        second = await thief.get_updates(timeout=0)

    assert second == ()
    with pytest.raises(Conflict):
        await first


async def test_a_wrong_token_is_refused(telegram):
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", base_url=f"{telegram.url}/bot"):
            pass


async def test_what_a_bot_says_of_itself(bot: Bot, alice, chat):
    await bot.set_my_commands([("menu", "Menu")])
    await bot.set_my_commands([("hide", "Hide")], scope=BotCommandScopeChat(chat))
    await bot.set_my_name("Notes")
    await bot.set_my_description("A notebook.", language_code="be")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())

    assert [command["command"] for command in alice.commands] == ["hide"]
    assert [command.command for command in await bot.get_my_commands()] == ["menu"]
    assert (await bot.get_my_name()).name == "Notes"
    assert (await bot.get_my_description("be")).description == "A notebook."
    assert (await bot.get_chat_menu_button()).type == "commands"
    assert (await bot.get_chat(chat)).first_name == "Alice"


async def test_a_bad_command_is_refused(bot: Bot):
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([("Bad Name", "x")])
