"""aiogram as it is installed, with the loop of its own example, and with aiogram-broadcaster."""

import asyncio
from collections import Counter

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from aiogram_broadcaster import Broadcaster
from aiogram_broadcaster.contents import TextContent
from aiogram_broadcaster.intervals import SimpleInterval
from aiogram_broadcaster.utils.retry_after_handler import setup_retry_after_handler

from bench.load import BUTTONS, TEXT, as_fast_as_it_can, audience, given

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=data)] for text, data in BUTTONS]
)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# "20 messages per second (Limit: 30 messages per second)", says the example.
PAUSE_SECONDS = 0.05


async def send(bot: Bot, chat: int) -> None:
    await bot.send_message(
        chat,
        TEXT,
        parse_mode="HTML",
        reply_markup=KEYBOARD,
        protect_content=True,
        link_preview_options=NO_PREVIEW,
    )


async def loop(bot: Bot, chats: list[int]) -> None:
    for chat in chats:
        try:
            await send(bot, chat)
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
            await send(bot, chat)
        await asyncio.sleep(PAUSE_SECONDS)


async def broadcast(bot: Bot, chats: list[int]) -> None:
    """A mailer knows each chat once, so what follows to the same chats takes a second and a third one."""
    broadcaster = Broadcaster(bot)
    setup_retry_after_handler(broadcaster.event)
    content = TextContent(
        text=TEXT,
        parse_mode="HTML",
        reply_markup=KEYBOARD,
        protect_content=True,
        link_preview_options=NO_PREVIEW,
    )
    left = Counter(chats)
    while left:
        mailer = await broadcaster.create_mailer(
            left, content=content, interval=SimpleInterval(interval=PAUSE_SECONDS)
        )
        await mailer.start()
        left -= Counter(dict.fromkeys(left, 1))


WAYS = {"loop": loop, "broadcaster": broadcast}


async def main() -> None:
    asked = given()
    session = AiohttpSession(api=TelegramAPIServer.from_base(asked.url))
    async with Bot(asked.token, session=session) as bot:
        if asked.audience:
            await WAYS[asked.way](bot, audience(asked.audience))
        else:
            await as_fast_as_it_can(lambda chat: send(bot, chat), messages=asked.messages, most=asked.at_once)


if __name__ == "__main__":
    asyncio.run(main())
