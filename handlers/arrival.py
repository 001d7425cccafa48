"""One update as plain values; what is not for a private chat, or not words or a tap, is named so."""

from dataclasses import dataclass

from telegram import Chat, Message, MessageOriginUser, Update, User

from locales import LANGUAGES


@dataclass(frozen=True)
class Borrowed:
    """A message that is not its sender's own: forwarded, or written through another bot; nobody reads it.

    `author` is the account that Telegram names as its origin, if it names one.
    """

    author: int | None
    is_file: bool


@dataclass(frozen=True)
class BotAccount:
    """This bot as Telegram knows it: what is published, so that people can compare."""

    number: int
    username: str


NO_ACCOUNT = BotAccount(0, "")


@dataclass(frozen=True)
class Arrival:
    """What came: words typed, a button tapped, or something else (`text` and `data` are None)."""

    update_id: int
    chat_id: int
    message_id: int | None
    text: str | None
    callback_id: str | None
    data: str | None
    language: str
    borrowed: Borrowed | None = None

    @property
    def is_tap(self) -> bool:
        return self.callback_id is not None

    @property
    def command(self) -> str | None:
        """The typed command without slash, bot name and words, in lower case."""
        if self.text is None or not self.text.startswith("/"):
            return None
        words = self.text[1:].split(maxsplit=1)
        return words[0].partition("@")[0].lower() if words else ""

    @property
    def words(self) -> str:
        """What stands after the command, or the whole text."""
        if self.text is None:
            return ""
        return self.text.partition(" ")[2].strip() if self.command is not None else self.text.strip()


def read_arrival(update: Update) -> Arrival | None:
    """Read an update; None where there is nothing to answer.

    Only what a person does in their own private chat is: who writes as a channel or an anonymous
    administrator, another bot, a business account or nobody at all is not heard, nor is an edited message.
    """
    query = update.callback_query
    if query is not None:
        message = query.message
        if message is None or not _is_own_chat(message.chat, query.from_user):
            return None
        return Arrival(
            update_id=update.update_id,
            chat_id=message.chat.id,
            message_id=message.message_id,
            text=None,
            callback_id=query.id,
            data=query.data,
            language=_language(query.from_user.language_code),
        )
    typed = update.message
    if typed is None or not _is_own_chat(typed.chat, typed.from_user) or not _is_from_themselves(typed):
        return None
    borrowed = _borrowed(typed)
    return Arrival(
        update_id=update.update_id,
        chat_id=typed.chat.id,
        message_id=typed.message_id,
        text=typed.text if borrowed is None else None,
        callback_id=None,
        data=None,
        language=_language(typed.from_user.language_code if typed.from_user else None),
        borrowed=borrowed,
    )


def _is_own_chat(chat: Chat, user: User | None) -> bool:
    is_person = user is not None and not user.is_bot and user.id == chat.id
    return chat.type == Chat.PRIVATE and is_person


def _is_from_themselves(message: Message) -> bool:
    on_behalf = (message.sender_chat, message.business_connection_id, message.sender_business_bot)
    return not any(on_behalf)


def _borrowed(message: Message) -> Borrowed | None:
    origin = message.forward_origin
    if origin is None and message.via_bot is None:
        return None
    author = origin.sender_user.id if isinstance(origin, MessageOriginUser) else None
    return Borrowed(author, is_file=message.document is not None)


def group_to_leave(update: Update) -> int | None:
    """Return the chat the bot was added to and must leave: everything but a private chat."""
    member = update.my_chat_member
    if member is None or member.chat.type == Chat.PRIVATE:
        return None
    is_there = member.new_chat_member.status in ("member", "administrator", "restricted")
    return member.chat.id if is_there else None


def _language(code: str | None) -> str:
    short = (code or "").split("-")[0].lower()
    return short if short in LANGUAGES else "en"
