"""Messages as both sides see them, and as the Bot API writes them down."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from sandbox.formatting import Formatted
from sandbox.keyboards import Button, Keyboard


@dataclass
class Media:
    """What a message carries besides words: its kind, Telegram's object, and the file's id if it has one."""

    kind: str
    payload: object
    file_id: str | None = None
    name: str | None = None


@dataclass
class Message:
    """One message of one chat; it stays here after it was deleted, so that a test can ask."""

    message_id: int
    chat_id: int
    sender: dict[str, object]
    is_from_bot: bool
    date: datetime
    content: Formatted
    media: Media | None = None
    markup: dict[str, object] | None = None
    edit_date: datetime | None = None
    deleted_at: datetime | None = None
    protect_content: bool = False
    is_silent: bool = False
    forward_origin: dict[str, object] | None = None
    reply_to: "Message | None" = None
    service: dict[str, object] | None = None
    earlier: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words shown: of the message, or under its document or picture."""
        return self.content.text

    @property
    def is_visible(self) -> bool:
        """True until it is deleted."""
        return self.deleted_at is None

    @property
    def keyboard(self) -> Keyboard:
        """The rows of inline buttons, as Telegram keeps them."""
        return cast("Keyboard", (self.markup or {}).get("inline_keyboard", []))

    @property
    def buttons(self) -> list[Button]:
        """All inline buttons, row after row."""
        return [button for row in self.keyboard for button in row]

    @property
    def labels(self) -> list[str]:
        """The words on the inline buttons, row after row."""
        return [str(button["text"]) for button in self.buttons]

    def data_of(self, label: str) -> str | None:
        """The callback data of the button so labelled; ``None`` if there is none."""
        found = (button.get("callback_data") for button in self.buttons if button["text"] == label)
        return cast("str | None", next(found, None))


def api_message(message: Message, chat: dict[str, object]) -> dict[str, object]:
    """Write a message as the Bot API gives it; ``chat`` is its chat, written likewise."""
    body: dict[str, object] = {
        "message_id": message.message_id,
        "from": message.sender,
        "chat": chat,
        "date": int(message.date.timestamp()),
    }
    body.update(_content(message))
    if message.edit_date is not None:
        body["edit_date"] = int(message.edit_date.timestamp())
    if message.protect_content:
        body["has_protected_content"] = True
    if message.forward_origin is not None:
        body["forward_origin"] = message.forward_origin
    if message.reply_to is not None:
        body["reply_to_message"] = api_message(message.reply_to, chat)
    if message.keyboard:
        body["reply_markup"] = message.markup
    return body


def inaccessible_message(message_id: int, chat: dict[str, object]) -> dict[str, object]:
    """Write a message that Telegram no longer shows to bots."""
    return {"chat": chat, "message_id": message_id, "date": 0}


def _content(message: Message) -> dict[str, object]:
    body: dict[str, object] = dict(message.service or {})
    words, entities = ("text", "entities") if message.media is None else ("caption", "caption_entities")
    if message.media is not None:
        body[message.media.kind] = message.media.payload
    if message.text:
        body[words] = message.text
        if message.content.entities:
            body[entities] = list(message.content.entities)
    return body
