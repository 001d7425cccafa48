"""The one harmless list of commands that Telegram shows to everybody."""

import structlog
from telegram import Bot, BotCommand
from telegram.error import TelegramError

from locales import LANGUAGES, Words

log = structlog.stdlib.get_logger("poruch.commands")

COMMANDS = ("menu", "help", "privacy", "hide")
DEFAULT_LANGUAGE = "en"


def wanted_commands(language: str | None) -> tuple[BotCommand, ...]:
    """Return the list as it is to be shown in a language."""
    words = Words(language or DEFAULT_LANGUAGE)
    return tuple(BotCommand(name, words.say(f"command-{name}")) for name in COMMANDS)


async def publish_commands(bot: Bot) -> None:
    """Set the list in every language and by default where it differs; a failure is only logged."""
    try:
        for language in (None, *LANGUAGES):
            # Asked first: reading the texts takes longer than it takes to ask for updates beside this.
            known = await bot.get_my_commands(language_code=language)
            wanted = wanted_commands(language)
            if known != wanted:
                await bot.set_my_commands(wanted, language_code=language)
    except TelegramError as error:
        log.warning("the command list was not set", kind=type(error).__name__)
