"""What a request asks for, from the query, a form, a multipart body or JSON, with Telegram's own leniency."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from aiohttp import web

from sandbox.errors import bad_request
from sandbox.files import Upload

# Values that forms carry as JSON.
STRUCTURED = {
    "allowed_updates",
    "caption_entities",
    "commands",
    "entities",
    "link_preview_options",
    "media",
    "menu_button",
    "message_ids",
    "reply_markup",
    "reply_parameters",
    "scope",
}
# Before the name under which a file comes along elsewhere in the body.
ATTACHED = "attach://"
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


@dataclass
class Parameters:
    """The named values of one request, and its files."""

    values: dict[str, object] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """A text; numbers are taken as their digits. Raises ``ApiError`` for a lone surrogate."""
        value = self.values.get(name)
        if value is None:
            return default
        text = value if isinstance(value, str) else json.dumps(value)
        try:
            text.encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return text

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; what is none counts as absent, as with Telegram."""
        value = self.values.get(name)
        if isinstance(value, timedelta):
            return int(value.total_seconds())
        if isinstance(value, (int, float)):
            return int(value)
        try:
            return int(float(value)) if isinstance(value, str) else default
        except (ValueError, OverflowError):
            return default

    def flag(self, name: str) -> bool:
        """True for ``true``, ``yes``, ``1`` and their like."""
        return self.text(name).strip().lower() in {"true", "yes", "1", "on"}

    def structure(self, name: str, *, called: str | None = None) -> object:
        """An object or a list, given as such or as JSON; raises ``ApiError`` when it cannot be read.

        Args:
            called: what the refusal calls it, where that is not its name.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {called or name.replace('_', ' ')} JSON object") from None

    def chat_id(self, name: str = "chat_id") -> int | str:
        """The chat's number, or its name when it is not a number; raises ``ApiError`` when absent."""
        text = self.text(name).strip()
        if not text:
            raise bad_request(f"{name} is empty")
        return int(text) if text.removeprefix("-").isdecimal() else text

    def upload(self, name: str) -> Upload | None:
        """The file sent under this name, or attached from elsewhere in the body by ``attach://``."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith(ATTACHED):
            return self.files.get(value.removeprefix(ATTACHED))
        return self.files.get(name)

    def plain(self) -> dict[str, object]:
        """All values as a journal keeps them: JSON read where it can be, files by name only."""
        kept: dict[str, object] = {name: f"<file {file.name}>" for name, file in self.files.items()}
        return {**kept, **{name: _readable(name, value) for name, value in self.values.items()}}


async def read_parameters(request: web.Request) -> Parameters:
    """Read a request; raises ``ApiError`` (400) for a body that cannot be read."""
    values: dict[str, object] = dict(request.query)
    if request.content_type == "application/json":
        return Parameters({**values, **await _json_object(request)})
    if request.content_type not in FORMS:
        return Parameters(values)
    try:
        form = await request.post()
    except ValueError:
        raise bad_request("can't parse the request body") from None
    files: dict[str, Upload] = {}
    for name, part in form.items():
        if isinstance(part, web.FileField):
            with part.file:
                files[name] = Upload(part.filename, part.content_type, part.file.read())
        else:
            values[name] = part.decode() if isinstance(part, (bytes, bytearray)) else part
    return Parameters(values, files)


async def _json_object(request: web.Request) -> Mapping[str, object]:
    raw = await request.read()
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise bad_request("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("JSON object expected")
    return body


def _readable(name: str, value: object) -> object:
    if name == "chat_id" and isinstance(value, str) and value.removeprefix("-").isdecimal():
        return int(value)
    if name in STRUCTURED and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
