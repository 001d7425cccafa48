"""One update as plain values; what is not for a private chat, or not words or a tap, is named so."""

from dataclasses import dataclass

from telegram import Chat, Update

from locales import LANGUAGES


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
    """Read an update; None where there is nothing to answer."""
    query = update.callback_query
    if query is not None:
        if query.message is None or query.message.chat.type != Chat.PRIVATE:
            return None
        return Arrival(
            update_id=update.update_id,
            chat_id=query.message.chat.id,
            message_id=query.message.message_id,
            text=None,
            callback_id=query.id,
            data=query.data,
            language=_language(query.from_user.language_code),
        )
    message = update.message
    if message is None or message.chat.type != Chat.PRIVATE or message.from_user is None:
        return None
    return Arrival(
        update_id=update.update_id,
        chat_id=message.chat.id,
        message_id=message.message_id,
        text=message.text,
        callback_id=None,
        data=None,
        language=_language(message.from_user.language_code),
    )


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
