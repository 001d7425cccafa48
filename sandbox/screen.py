"""What a person sees of their chat with a bot."""

from sandbox.bots import BotAccount
from sandbox.errors import NoSuchButtonError
from sandbox.keyboards import Button
from sandbox.messages import Message
from sandbox.state import Account, World
from sandbox.waiting import until


class Screen:
    """One account's view of its chat with one bot."""

    def __init__(self, world: World, bot: BotAccount, account: Account) -> None:
        self._world = world
        self._bot = bot
        self.account = account

    @property
    def user_id(self) -> int:
        """The account's number, which is also the number of the chat."""
        return self.account.user_id

    @property
    def first_name(self) -> str:
        """The name the person gave themselves."""
        return self.account.first_name

    @property
    def chat_key(self) -> tuple[int, int]:
        """The bot's number and the chat's."""
        return self._bot.bot_id, self.user_id

    @property
    def has_blocked(self) -> bool:
        """True while the person blocks the bot."""
        chat = self._world.chats.get(self.chat_key)
        return chat is not None and chat.is_blocked

    @property
    def commands(self) -> list[dict[str, str]]:
        """The command list that the app offers in this chat."""
        return self._bot.commands_for(self.user_id, self.account.language_code)

    @property
    def history(self) -> list[Message]:
        """All messages of the chat with the bot, deleted ones too, oldest first."""
        chat = self._world.chats.get(self.chat_key)
        return [] if chat is None else list(chat.messages.values())

    @property
    def visible(self) -> list[Message]:
        """The messages on the screen, oldest first."""
        return [message for message in self.history if message.is_visible]

    chat = visible

    @property
    def last(self) -> Message | None:
        """The newest message of the bot's that is still there."""
        return next((message for message in reversed(self.visible) if message.is_from_bot), None)

    def buttons(self, message: Message | None = None) -> list[str]:
        """The words on the buttons of a message, or of the bot's last one."""
        message = message or self.last
        return [] if message is None else message.labels

    async def sees(self, words: str, *, seconds: float = 10.0) -> Message:
        """Wait for a visible message of the bot's with these words, in its text or on a button."""

        def found() -> Message | None:
            shown = (one for one in reversed(self.visible) if one.is_from_bot)
            return next((one for one in shown if words in one.text or words in one.labels), None)

        message = await until(
            self._world.changes,
            found,
            seconds=seconds,
            complaint=lambda: f"{self.first_name} does not see {words!r}, but {self._screen()}",
        )
        assert message is not None
        return message

    def _screen(self) -> str:
        return repr([(message.text, message.labels) for message in self.visible if message.is_from_bot])

    def _find(self, label: str, message: Message | None) -> tuple[Message, Button]:
        candidates = [message] if message is not None else reversed(self.visible)
        for candidate in candidates:
            for button in candidate.buttons:
                if candidate.is_visible and button["text"] == label:
                    return candidate, button
        raise NoSuchButtonError(f"{self.first_name} has no button {label!r}, but {self._screen()}")
