"""What a request says: one JSON object, or a form where a file goes along; and when it leaves."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from aiohttp.payload import BytesPayload, Payload
from telegram.request import RequestData

from handlers.answer import InlineButton, Keyboard

_when_leaving: ContextVar[Callable[[], None] | None] = ContextVar("when_leaving", default=None)


@contextmanager
def when_it_leaves(call: Callable[[], None]) -> Iterator[None]:
    """Call back at the moment at which the body of a request made in this block leaves."""
    token = _when_leaving.set(call)
    try:
        yield
    finally:
        _when_leaving.reset(token)


class _Watched(Payload):
    """A body that calls back when it is written."""

    def __init__(self, body: Payload, call: Callable[[], None]) -> None:
        super().__init__(body, headers=body.headers)
        self._body = body
        self._size = body.size
        self._call = call

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        return self._body.decode(encoding, errors)

    async def write(self, writer: AbstractStreamWriter) -> None:
        self._call()
        await self._body.write(writer)

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        self._call()
        await self._body.write_with_length(writer, content_length)

    async def close(self) -> None:
        await self._body.close()


def body_of(data: RequestData | None) -> Payload | None:
    """Make the body of a request; None where there is nothing to say."""
    if data is None or not (data.contains_files or data.parameters):
        return None
    body = _form(data) if data.contains_files else _json(data.parameters)
    call = _when_leaving.get()
    return body if call is None else _Watched(body, call)


def markup(keyboard: Keyboard | None) -> dict[str, Any] | None:
    """Say a keyboard as Telegram's ``InlineKeyboardMarkup``."""
    if keyboard is None:
        return None
    return {"inline_keyboard": [[_button(button) for button in row] for row in keyboard]}


def _button(button: InlineButton) -> dict[str, Any]:
    if button.copy_text is not None:
        return {"text": button.text, "copy_text": {"text": button.copy_text}}
    return {"text": button.text, "callback_data": button.callback_data}


def _json(parameters: Mapping[str, Any]) -> Payload:
    said = {name: value for name, value in parameters.items() if value is not None}
    # As ASCII, in which half an emoji is Telegram's to refuse and not an error here that would show the text.
    return BytesPayload(json.dumps(said).encode("ascii"), content_type="application/json")


def _form(data: RequestData) -> Payload:
    # Unquoted, since Telegram shows a file's name as it came.
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for name, (filename, content, mime_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    body = form()
    assert isinstance(body, Payload)
    return body
