"""What a person can be made to do over HTTP: each deed by its name, with what it needs."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.errors import SandboxError
from sandbox.messages import Message
from sandbox.person import Person


@dataclass(frozen=True)
class Body:
    """A JSON object that came in a request."""

    values: dict[str, object]

    def text(self, name: str, default: str | None = None) -> str:
        """A text; raises ``SandboxError`` when it is missing and there is no default."""
        value = self.values.get(name, default)
        if not isinstance(value, str):
            raise SandboxError(f"{name} must be a text")
        return value

    def number(self, name: str, default: float | None = None) -> float:
        """A number; raises ``SandboxError`` when it is missing and there is no default."""
        value = self.values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise SandboxError(f"{name} must be a number")
        return value

    def optional_integer(self, name: str) -> int | None:
        """A whole number, or ``None``."""
        return None if self.values.get(name) is None else int(self.number(name))

    def flag(self, name: str) -> bool:
        """True only for JSON's ``true``."""
        return self.values.get(name) is True

    def file(self) -> bytes:
        """The bytes in ``base64``; raises ``SandboxError`` when they cannot be read."""
        try:
            return base64.b64decode(self.text("base64"), validate=True)
        except binascii.Error:
            raise SandboxError("base64 cannot be read") from None


Deed = Callable[[Person, Body], Awaitable[object]]


async def _say(person: Person, body: Body) -> object:
    return await person.says(body.text("text"))


async def _tap(person: Person, body: Body) -> object:
    message_id = body.optional_integer("message_id")
    if "data" in body.values and message_id is not None:
        tap = await person.taps_data(message_id, body.text("data"))
    else:
        message = None if message_id is None else _message(person, message_id)
        tap = await person.taps(body.text("label"), message)
    return {"update_id": tap.update_id, "callback_id": tap.callback_id}


async def _photo(person: Person, body: Body) -> object:
    if "base64" in body.values:
        return await person.sends_photo(body.text("caption", ""), body.file())
    return await person.sends_photo(body.text("caption", ""))


async def _document(person: Person, body: Body) -> object:
    return await person.sends_document(body.text("name"), body.file(), body.text("caption", ""))


async def _sticker(person: Person, _: Body) -> object:
    return await person.sends_sticker()


async def _voice(person: Person, _: Body) -> object:
    return await person.sends_voice()


async def _location(person: Person, body: Body) -> object:
    return await person.sends_location(body.number("latitude", 0.0), body.number("longitude", 0.0))


async def _contact(person: Person, _: Body) -> object:
    return await person.sends_contact()


async def _forward(person: Person, body: Body) -> object:
    message_id = body.optional_integer("message_id")
    if message_id is None:
        return await person.forwards_from_stranger(body.text("text"))
    return await person.forwards(_message(person, message_id))


async def _edit(person: Person, body: Body) -> object:
    return await person.edits_message(_message(person, int(body.number("message_id"))), body.text("text"))


async def _delete(person: Person, body: Body) -> object:
    await person.deletes_message(_message(person, int(body.number("message_id"))))
    return None


async def _block(person: Person, _: Body) -> object:
    return await person.blocks()


async def _unblock(person: Person, _: Body) -> object:
    return await person.unblocks()


async def _deactivate(person: Person, _: Body) -> object:
    await person.deactivates()
    return None


async def _group(person: Person, body: Body) -> object:
    return (await person.adds_bot_to_group(body.text("title", "Group"))).chat_id


def _message(person: Person, message_id: int) -> Message:
    found = next((message for message in person.history if message.message_id == message_id), None)
    if found is None:
        raise SandboxError(f"there is no message {message_id}")
    return found


DEEDS: dict[str, Deed] = {
    "say": _say,
    "tap": _tap,
    "photo": _photo,
    "document": _document,
    "sticker": _sticker,
    "voice": _voice,
    "location": _location,
    "contact": _contact,
    "forward": _forward,
    "edit": _edit,
    "delete": _delete,
    "block": _block,
    "unblock": _unblock,
    "deactivate": _deactivate,
    "group": _group,
}
