"""python-telegram-bot as it is installed, and with its own rate limiter."""

import asyncio
import logging

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, ExtBot

from bench.load import BUTTONS, TEXT, as_fast_as_it_can, audience, given

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)] for text, data in BUTTONS])
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# "stock" keeps the default, and gives up at a 429.
RETRIES = {"stock": 0, "retrying": 20}


async def send(bot: Bot, chat: int) -> None:
    await bot.send_message(
        chat,
        TEXT,
        parse_mode="HTML",
        reply_markup=KEYBOARD,
        protect_content=True,
        link_preview_options=NO_PREVIEW,
    )


async def send_or_give_up(bot: Bot, chat: int) -> None:
    try:
        await send(bot, chat)
    except RetryAfter:
        return


async def main() -> None:
    asked = given()
    base_url = f"{asked.url}/bot"
    if not asked.audience:
        async with Bot(asked.token, base_url=base_url) as bot:
            await as_fast_as_it_can(lambda chat: send(bot, chat), messages=asked.messages, most=asked.at_once)
        return
    # It would write a traceback for each 429.
    logging.disable()
    limiter = AIORateLimiter(overall_max_rate=asked.per_second, max_retries=RETRIES[asked.way])
    async with ExtBot(asked.token, base_url=base_url, rate_limiter=limiter) as bot:
        await asyncio.gather(*(send_or_give_up(bot, chat) for chat in audience(asked.audience)))


if __name__ == "__main__":
    asyncio.run(main())
