"""One update as plain values; what is not for a private chat, or not words or a tap, is named so.

Read from the JSON itself, and no more of it than is used: the library makes an object of all that is in an
update, which takes a third of what the door takes, and refuses the whole for anything in it that it does not
know.
"""

from dataclasses import dataclass
from typing import Any

from locales import LANGUAGES

Json = dict[str, Any]

PRIVATE = "private"
# What a message has that somebody sends as somebody else.
ON_BEHALF = ("sender_chat", "business_connection_id", "sender_business_bot")


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


def read_arrival(update: Json) -> Arrival | None:
    """Read an update as Telegram sent it; None where there is nothing to answer.

    Only what a person does in their own private chat is: who writes as a channel or an anonymous
    administrator, another bot, a business account or nobody at all is not heard, nor is an edited message.

    Raises:
        LookupError, TypeError, AttributeError: something that is read here is missing or malformed.
    """
    if (query := update.get("callback_query")) is not None:
        return _read_tap(update, query)
    if (typed := update.get("message")) is not None:
        return _read_typed(update, typed)
    return None


def _read_tap(update: Json, query: Json) -> Arrival | None:
    message, sender = query.get("message"), query["from"]
    if message is None or not _is_own_chat(message["chat"], sender):
        return None
    return Arrival(
        update_id=update["update_id"],
        chat_id=message["chat"]["id"],
        message_id=message["message_id"],
        text=None,
        callback_id=query["id"],
        data=query.get("data"),
        language=_language(sender.get("language_code")),
    )


def _read_typed(update: Json, typed: Json) -> Arrival | None:
    sender = typed.get("from")
    if not _is_own_chat(typed["chat"], sender) or any(typed.get(other) is not None for other in ON_BEHALF):
        return None
    borrowed = _borrowed(typed)
    return Arrival(
        update_id=update["update_id"],
        chat_id=typed["chat"]["id"],
        message_id=typed["message_id"],
        text=typed.get("text") if borrowed is None else None,
        callback_id=None,
        data=None,
        language=_language(sender.get("language_code") if sender else None),
        borrowed=borrowed,
    )


def _is_own_chat(chat: Json, sender: Json | None) -> bool:
    is_person = sender is not None and not sender["is_bot"] and sender["id"] == chat["id"]
    return chat["type"] == PRIVATE and is_person


def _borrowed(typed: Json) -> Borrowed | None:
    origin = typed.get("forward_origin")
    if origin is None and typed.get("via_bot") is None:
        return None
    author = origin["sender_user"]["id"] if origin is not None and origin["type"] == "user" else None
    return Borrowed(author, is_file=typed.get("document") is not None)


def group_to_leave(update: Json) -> int | None:
    """Return the chat the bot was added to and must leave: everything but a private chat."""
    member = update.get("my_chat_member")
    if member is None or member["chat"]["type"] == PRIVATE:
        return None
    is_there = member["new_chat_member"]["status"] in ("member", "administrator", "restricted")
    number: int = member["chat"]["id"]
    return number if is_there else None


def _language(code: str | None) -> str:
    short = (code or "").split("-")[0].lower()
    return short if short in LANGUAGES else "en"
