"""The way to Telegram, which stays while the program is sealed and opened; nothing in it knows a person."""

from math import ceil

from telegram.error import InvalidToken, TelegramError

from bot.alarm.alarm import Alarm
from bot.host.refusals import InstallationError
from bot.telegram_api.client import make_bot
from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace

FEWEST_CONNECTIONS = 64
# What leaves while a slow answer is under way needs connections of its own.
ANSWERED_WITHIN_SECONDS = 0.15


class Connection:
    """One bot account, the pace at which it may write, what it does in chats, and the alarm over it."""

    def __init__(self, token: str, api_url_root: str, pace: Pace, *, alarm: Alarm) -> None:
        connections = max(FEWEST_CONNECTIONS, ceil(pace.per_second * ANSWERED_WITHIN_SECONDS))
        self.bot = make_bot(token, api_url_root, connections=connections)
        self.pace = pace
        self.alarm = alarm
        self.messages = Messages(self.bot, self.pace)

    async def meet_telegram(self) -> None:
        """Open the connections and ask Telegram who we are.

        Raises:
            InstallationError: the token is refused, or Telegram does not answer.
        """
        try:
            await self.bot.initialize()
        except InvalidToken:
            line = "the token is refused by Telegram; copy it again from @BotFather into PORUCH_TOKEN"
        except TelegramError:
            line = "Telegram cannot be reached; check the network and PORUCH_TELEGRAM_API_URL"
        else:
            return
        raise InstallationError(line)

    async def close(self) -> None:
        """Close the connections."""
        await self.bot.shutdown()
