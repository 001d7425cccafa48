"""A look-alike for each test, its clock held still, and who plays with it."""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

import aiohttp
import pytest
from telegram import Bot

from sandbox.clock import SandboxClock
from sandbox.lookalike import Lookalike
from sandbox.person import Person

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
async def telegram() -> AsyncIterator[Lookalike]:
    lookalike = await Lookalike.start(
        clock=SandboxClock(frozen_at=NOON), title="Try <me>", intro="Hello", hints=[("Code", "abc")]
    )
    yield lookalike
    await lookalike.stop()


@pytest.fixture
def alice(telegram: Lookalike) -> Person:
    return telegram.person("Alice")


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def bot(telegram: Lookalike) -> AsyncIterator[Bot]:
    """A bot by python-telegram-bot, facing the look-alike."""
    async with Bot(
        telegram.token, base_url=f"{telegram.url}/bot", base_file_url=f"{telegram.url}/file/bot"
    ) as ready:
        yield ready


class Api:
    """Bare requests to the Bot API: each answers with status and body."""

    def __init__(self, telegram: Lookalike, http: aiohttp.ClientSession) -> None:
        self._root = f"{telegram.url}/bot{telegram.token}"
        self._http = http

    async def __call__(self, method: str, **parameters: object) -> tuple[int, dict[str, object]]:
        async with self._http.post(f"{self._root}/{method}", json=parameters) as response:
            return response.status, await response.json()

    async def posts(
        self, method: str, files: Mapping[str, bytes], **parameters: object
    ) -> tuple[int, dict[str, object]]:
        """Send files along, in a multipart body."""
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in parameters.items():
            if value is not None:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, data in files.items():
            form.add_field(name, data, filename=f"{name}.bin", content_type="application/octet-stream")
        async with self._http.post(f"{self._root}/{method}", data=form) as response:
            return response.status, await response.json()

    async def ok(self, method: str, **parameters: object) -> object:
        status, body = await self(method, **parameters)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def refused(self, method: str, **parameters: object) -> str:
        """Call what must be refused with 400, and return Telegram's reason."""
        status, body = await self(method, **parameters)
        assert status == 400, body
        return str(body["description"]).removeprefix("Bad Request: ")


@pytest.fixture
def api(telegram: Lookalike, http: aiohttp.ClientSession) -> Api:
    return Api(telegram, http)
