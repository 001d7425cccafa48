"""A person with Telegram on their phone: what they can do in the chat with a bot, and what they see there."""

import asyncio
import re
from datetime import UTC, datetime

from sandbox.errors import SandboxError
from sandbox.files import Upload
from sandbox.formatting import Entity, Formatted, utf16_length
from sandbox.messages import Media, Message, inaccessible_message
from sandbox.screen import Screen
from sandbox.state import INACCESSIBLE_AFTER, Chat, media_of
from sandbox.taps import Tap

# The smallest PNG there is: one transparent pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6300010000000500010d0a2db40000000049454e44ae426082"
)
_ENTITY_PATTERNS = {
    "bot_command": re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])"),
    "mention": re.compile(r"(?<!\w)@[a-zA-Z0-9_]{4,32}\b"),
    "url": re.compile(r"https?://[^\s<>]+"),
}


class Person(Screen):
    """One person, facing one bot. What they do returns the number of the update it makes."""

    def towards(self, token: str) -> "Person":
        """The same person, facing another bot."""
        return Person(self._world, self._world.bots[token], self.account)

    # What they write.

    async def says(self, text: str, *, reply_to: Message | None = None, group: Chat | None = None) -> int:
        """Send a text; the first one begins the chat."""
        return self._send(Formatted(text, _entities(text)), reply_to=reply_to, group=group)

    async def sends_photo(self, caption: str | None = None, data: bytes = PIXEL) -> int:
        """Send a picture."""
        return self._send_file("photo", Upload("photo.png", "image/png", data), caption)

    async def sends_document(
        self,
        name: str,
        data: bytes,
        caption: str | None = None,
        mime_type: str = "application/octet-stream",
    ) -> int:
        """Send a file."""
        return self._send_file("document", Upload(name, mime_type, data), caption)

    async def sends_sticker(self) -> int:
        """Send a sticker."""
        return self._send_file("sticker", Upload("sticker.webp", "image/webp", b"RIFF"))

    async def sends_voice(self) -> int:
        """Send a voice message of a second."""
        return self._send_file("voice", Upload("voice.ogg", "audio/ogg", b"OggS"))

    async def sends_location(self, latitude: float = 0.0, longitude: float = 0.0) -> int:
        """Send a place on the map."""
        place = {"latitude": latitude, "longitude": longitude}
        return self._send(Formatted(""), media=Media("location", place))

    async def sends_contact(self, phone_number: str = "+10000000000", first_name: str = "Mallory") -> int:
        """Send somebody's telephone number."""
        contact = {"phone_number": phone_number, "first_name": first_name}
        return self._send(Formatted(""), media=Media("contact", contact))

    async def forwards(self, message: Message) -> int:
        """Forward a message to the bot; a protected one raises ``SandboxError``, as the app refuses."""
        if message.protect_content:
            raise SandboxError("a protected message cannot be forwarded")
        origin = message.forward_origin or {
            "type": "user",
            "date": int(message.date.timestamp()),
            "sender_user": message.sender,
        }
        return self._send(message.content, media=message.media, forward_origin=origin)

    async def forwards_from_stranger(self, text: str, name: str = "Mallory") -> int:
        """Forward words of somebody who hides their account."""
        date = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())
        origin = {"type": "hidden_user", "date": date, "sender_user_name": name}
        return self._send(Formatted(text, _entities(text)), forward_origin=origin)

    async def edits_message(self, message: Message, text: str) -> int:
        """Change a message of their own."""
        if message.is_from_bot:
            raise SandboxError("people edit their own messages only")
        chat = self._own_chat()
        message.earlier.append(message.text)
        message.content, message.edit_date = Formatted(text, _entities(text)), self._world.clock.now()
        return self._queue("edited_message", chat.api_message(message))

    async def deletes_message(self, message: Message) -> None:
        """Delete a message on both sides; bots are told nothing of it."""
        self._world.delete(message)

    # What they tap.

    async def taps(self, label: str, message: Message | None = None) -> Tap:
        """Tap the newest visible button with these words; raises ``NoSuchButtonError`` if there is none."""
        message, button = self._find(label, message)
        data = button.get("callback_data")
        if not isinstance(data, str):
            raise SandboxError(f"the button {label!r} tells the bot nothing")
        return await self.taps_data(message, data)

    async def taps_data(self, message: Message | int, data: str) -> Tap:
        """Send a callback query with any data, for any message, as forged clients do."""
        chat, world = self._own_chat(), self._world
        message_id = message if isinstance(message, int) else message.message_id
        tap = Tap(
            callback_id=str(10**18 + len(world.taps)),
            bot_id=self._bot.bot_id,
            chat_id=chat.chat_id,
            message_id=message_id,
            data=data,
            tapped_at=world.clock.now(),
            answered=asyncio.get_running_loop().create_future(),
        )
        world.taps[tap.callback_id] = tap
        query: dict[str, object] = {
            "id": tap.callback_id,
            "from": self.account.api_user(),
            "message": self._as_bots_see(chat, message_id),
            "chat_instance": str(self.user_id),
            "data": data,
        }
        tap.update_id = self._queue("callback_query", query)
        return tap

    async def copies(self, label: str, message: Message | None = None) -> str:
        """Tap a button that copies a text, and say what was copied."""
        _, button = self._find(label, message)
        copied = button.get("copy_text")
        if not isinstance(copied, dict):
            raise SandboxError(f"the button {label!r} copies nothing")
        return str(copied["text"])

    # What they do to the bot.

    async def blocks(self) -> int:
        """Block the bot."""
        return self._become_member("member", "kicked")

    async def unblocks(self) -> int:
        """Let the bot write again."""
        return self._become_member("kicked", "member")

    async def deactivates(self) -> None:
        """Delete the account; bots are told nothing of it."""
        self.account.is_deactivated = True
        self._world.changes.note()

    async def adds_bot_to_group(self, title: str = "Group") -> Chat:
        """Make a group and bring the bot into it; returns the group."""
        group = self._world.open_group(self._bot, self.account, title)
        self._queue("my_chat_member", self._membership(group, "left", "member"))
        service: dict[str, object] = {"new_chat_members": [self._bot.api_user()]}
        self._send(Formatted(""), group=group, service=service)
        return group

    def _become_member(self, old: str, new: str) -> int:
        chat = self._world.open_chat(self._bot, self.account)
        chat.is_blocked = new == "kicked"
        return self._queue("my_chat_member", self._membership(chat, old, new))

    def _membership(self, chat: Chat, old: str, new: str) -> dict[str, object]:
        def member(status: str) -> dict[str, object]:
            until_date = {"until_date": 0} if status == "kicked" else {}
            return {"user": self._bot.api_user(), "status": status, **until_date}

        return {
            "chat": chat.api_chat(),
            "from": self.account.api_user(),
            "date": int(self._world.clock.now().timestamp()),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }

    def _as_bots_see(self, chat: Chat, message_id: int) -> dict[str, object]:
        message = chat.messages.get(message_id)
        if message is None or not message.is_visible:
            return inaccessible_message(message_id, chat.api_chat())
        if self._world.clock.now() - message.date > INACCESSIBLE_AFTER:
            return inaccessible_message(message_id, chat.api_chat())
        return chat.api_message(message)

    def _send_file(self, kind: str, upload: Upload, caption: str | None = None) -> int:
        file = self._world.files.keep(kind, upload)
        text = caption or ""
        return self._send(Formatted(text, _entities(text)), media=media_of(file))

    def _send(self, content: Formatted, *, group: Chat | None = None, **more: object) -> int:
        chat = group or self._own_chat()
        message = self._world.write(chat, self.account, content, **more)
        return self._queue("message", chat.api_message(message))

    def _own_chat(self) -> Chat:
        chat = self._world.open_chat(self._bot, self.account)
        if self.account.is_deactivated or chat.is_blocked:
            raise SandboxError(f"{self.first_name} has left, or has blocked the bot")
        return chat

    def _queue(self, kind: str, payload: dict[str, object]) -> int:
        update_id = self._bot.queue.add(kind, payload)
        self._world.changes.note()
        return update_id


def _entities(text: str) -> tuple[Entity, ...]:
    found: list[Entity] = []
    for kind, pattern in _ENTITY_PATTERNS.items():
        for match in pattern.finditer(text):
            offset = utf16_length(text[: match.start()])
            found.append({"type": kind, "offset": offset, "length": utf16_length(match.group())})
    return tuple(found)
