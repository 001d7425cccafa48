"""A stock bot of python-telegram-bot that keeps nothing: each tap is answered, and its screen edited."""

import asyncio
import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bench.load import TEXT

KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton(text, callback_data=text)] for text in ("Settings", "Help")]
)


async def greet(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(TEXT, parse_mode="HTML", reply_markup=KEYBOARD)


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer()
    await query.edit_message_text(f"{query.data}\n{TEXT}", parse_mode="HTML", reply_markup=KEYBOARD)


async def main(url: str, token: str) -> None:
    bot = Application.builder().token(token).base_url(f"{url}/bot").build()
    bot.add_handler(MessageHandler(filters.TEXT, greet))
    bot.add_handler(CallbackQueryHandler(echo))
    async with bot:
        await bot.start()
        assert bot.updater is not None
        await bot.updater.start_polling()
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        await bot.updater.stop()
        await bot.stop()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
