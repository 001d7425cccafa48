"""The world of the sandbox: people, bots, chats and their messages, and what Telegram would refuse."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sandbox.bots import BotAccount
from sandbox.changes import Changes
from sandbox.clock import SandboxClock
from sandbox.errors import bad_request, forbidden
from sandbox.files import FileCabinet, StoredFile
from sandbox.formatting import Formatted
from sandbox.messages import Media, Message, api_message
from sandbox.taps import Tap

DELETE_WITHIN = timedelta(hours=48)
INACCESSIBLE_AFTER = timedelta(hours=48)
FIRST_USER_ID = 5_000_000_001


@dataclass
class Account:
    """A person's Telegram account."""

    user_id: int
    first_name: str
    language_code: str
    last_name: str = ""
    username: str = ""
    is_deactivated: bool = False

    def api_user(self) -> dict[str, object]:
        """The person as they stand in updates."""
        return {"id": self.user_id, "is_bot": False, **self._names(), "language_code": self.language_code}

    def api_chat(self) -> dict[str, object]:
        """The private chat with this person."""
        return {"id": self.user_id, "type": "private", **self._names()}

    def _names(self) -> dict[str, object]:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {key: value for key, value in names.items() if value}


@dataclass
class Chat:
    """One bot's chat with a person, or a group the bot was brought into."""

    bot: BotAccount
    chat_id: int
    person: Account
    title: str | None = None
    is_blocked: bool = False
    is_left: bool = False
    messages: dict[int, Message] = field(default_factory=dict)

    def api_chat(self) -> dict[str, object]:
        """The chat as the Bot API writes it."""
        if self.title is None:
            return self.person.api_chat()
        return {"id": self.chat_id, "type": "group", "title": self.title}

    def api_message(self, message: Message) -> dict[str, object]:
        """A message of this chat as the Bot API writes it."""
        return api_message(message, self.api_chat())

    @property
    def visible(self) -> list[Message]:
        """The messages that were not deleted, oldest first."""
        return [message for message in self.messages.values() if message.is_visible]


class World:
    """Everything that Telegram's servers would know."""

    def __init__(self, clock: SandboxClock, *, edit_window: timedelta | None = None) -> None:
        self.clock = clock
        self.edit_window = edit_window
        self.changes = Changes()
        self.files = FileCabinet()
        self.bots: dict[str, BotAccount] = {}
        self.people: dict[int, Account] = {}
        self.chats: dict[tuple[int, int], Chat] = {}
        self.taps: dict[str, Tap] = {}
        self.closing = asyncio.Event()

    def add_bot(self, token: str, username: str) -> BotAccount:
        """Register a bot; its id is what stands before the colon of its token."""
        number, _, secret = token.partition(":")
        if not number.isdecimal() or not secret:
            raise ValueError("a bot token is a number, a colon and a secret")
        self.bots[token] = bot = BotAccount(token, username, username, int(number))
        return bot

    def add_person(
        self, first_name: str, language_code: str, user_id: int | None, names: Mapping[str, str]
    ) -> Account:
        """Register a person under this id, or the next free one."""
        if user_id is None:
            user_id = max([FIRST_USER_ID - 1, *self.people]) + 1
        if user_id in self.people:
            raise ValueError(f"there is a person with the id {user_id} already")
        account = Account(
            user_id, first_name, language_code, names.get("last_name", ""), names.get("username", "")
        )
        self.people[user_id] = account
        self.changes.note()
        return account

    def open_chat(self, bot: BotAccount, person: Account) -> Chat:
        """The person's private chat with the bot, begun now if it was not."""
        return self.chats.setdefault((bot.bot_id, person.user_id), Chat(bot, person.user_id, person))

    def open_group(self, bot: BotAccount, person: Account, title: str) -> Chat:
        """A new group to which this person brought the bot."""
        chat_id = -(len(self.chats) + 1_000_001)
        self.chats[bot.bot_id, chat_id] = chat = Chat(bot, chat_id, person, title)
        return chat

    def chat_for(self, bot: BotAccount, chat_id: int | str) -> Chat:
        """The chat a bot names; raises ``ApiError`` when it has none, or may not begin one."""
        if isinstance(chat_id, str):
            raise bad_request("chat not found")
        chat = self.chats.get((bot.bot_id, chat_id))
        if chat is None and chat_id in self.people:
            raise forbidden("bot can't initiate conversation with a user")
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def open_to(self, bot: BotAccount, chat_id: int | str) -> Chat:
        """The chat a bot may write to; raises ``ApiError`` when it is blocked, left or gone."""
        chat = self.chat_for(bot, chat_id)
        if chat.is_left:
            raise forbidden("bot is not a member of the group chat")
        if chat.title is None and chat.person.is_deactivated:
            raise forbidden("user is deactivated")
        if chat.is_blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def write(self, chat: Chat, sender: Account | None, content: Formatted, **more: Any) -> Message:
        """Add a message of ``sender``, or of the bot when there is none; ``more`` is as in ``Message``."""
        chat.bot.last_message_id += 1
        by = chat.bot.api_user() if sender is None else sender.api_user()
        number, now = chat.bot.last_message_id, self.clock.now()
        message = Message(number, chat.chat_id, by, sender is None, now, content, **more)
        chat.messages[message.message_id] = message
        self.changes.note()
        return message

    def delete(self, message: Message) -> None:
        """Take a message out of sight; it stays here, marked."""
        message.deleted_at = self.clock.now()
        self.changes.note()

    def is_deletable(self, message: Message) -> bool:
        """True while a bot may delete it: for 48 hours, whoever wrote it."""
        return self.clock.now() - message.date <= DELETE_WITHIN

    def is_editable(self, message: Message) -> bool:
        """True while a bot may edit it: its own, without limit unless the sandbox sets one."""
        is_in_time = self.edit_window is None or self.clock.now() - message.date <= self.edit_window
        return message.is_from_bot and message.forward_origin is None and is_in_time


def media_of(file: StoredFile) -> Media:
    """What a message with this file carries."""
    return Media(file.kind, file.api_media(), file.file_id, file.upload.name)
