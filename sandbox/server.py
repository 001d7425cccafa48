"""The Bot API over HTTP: who calls, what goes wrong on the way, and Telegram's answer."""

import asyncio
import contextlib
import inspect
from http import HTTPStatus

from aiohttp import web

from sandbox.bots import BotAccount
from sandbox.errors import ApiError, too_many_requests
from sandbox.faults import Fault, Faults
from sandbox.journal import Call, Journal
from sandbox.limits import FloodLimits
from sandbox.methods import METHODS, NEW_MESSAGES, canonical_name
from sandbox.methods.request import ApiRequest
from sandbox.parameters import Parameters, read_parameters
from sandbox.state import World

UNAUTHORIZED = ApiError(401, "Unauthorized")
NOT_FOUND = ApiError(404, "Not Found")
# The status of what was cut off; no client gets to see it.
CUT = 499
TOO_LARGE = ApiError(413, "Request Entity Too Large")


class BotApi:
    """Serve ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

    def __init__(self, world: World, limits: FloodLimits) -> None:
        self.world = world
        self.limits = limits
        self.calls = Journal()
        self.faults = Faults(world.changes.note)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Put the Bot API on a server."""
        router.add_route("*", "/bot{token:[^/]+}/{method:[^/]+}", self._call)
        router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._download)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        bot = self.world.bots.get(request.match_info["token"])
        if bot is None:
            return _refusal(UNAUTHORIZED)
        method = canonical_name(request.match_info["method"])
        if method is None:
            return _refusal(NOT_FOUND)
        try:
            parameters = await read_parameters(request)
        except ApiError as error:
            return _refusal(error)
        except web.HTTPRequestEntityTooLarge:
            return _refusal(TOO_LARGE)
        call = self._noted(method, bot, parameters)
        response = await self._through_faults(request, ApiRequest(self.world, bot, parameters), call)
        call.status = 0 if response.status == CUT else response.status
        self.world.changes.note()
        return response

    def _noted(self, method: str, bot: BotAccount, parameters: Parameters) -> Call:
        plain = parameters.plain()
        chat = plain.get("chat_id")
        tap = self.world.taps.get(str(plain.get("callback_query_id")))
        if tap is not None:
            chat = tap.chat_id
        call = Call(
            method, plain, self.world.clock.now(), bot.bot_id, chat if isinstance(chat, int) else None
        )
        self.calls.note(call)
        self.world.changes.note()
        return call

    async def _through_faults(
        self, request: web.Request, asked: ApiRequest, call: Call
    ) -> web.StreamResponse:
        faults = self.faults.take(call.method, call.chat)
        call.fault = faults[-1].kind if faults else None
        for fault in faults:
            if not fault.after_effect and (faulty := await self._suffer(fault, request)) is not None:
                return faulty
        response = await self._answer(asked, call)
        for fault in faults:
            if fault.after_effect and (faulty := await self._suffer(fault, request)) is not None:
                return faulty
        return response

    async def _answer(self, asked: ApiRequest, call: Call) -> web.StreamResponse:
        try:
            if call.method in NEW_MESSAGES:
                self.limits.take(asked.bot.bot_id, call.chat, self.world.clock.now())
            outcome = METHODS[call.method](asked)
            call.result = await outcome if inspect.isawaitable(outcome) else outcome
        except ApiError as error:
            call.description = error.description
            return _refusal(error)
        return web.json_response({"ok": True, "result": call.result})

    async def _suffer(self, fault: Fault, request: web.Request) -> web.StreamResponse | None:
        """Do to a request what the fault says; ``None`` when it goes on after that."""
        if fault.kind == "slow":
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(fault.seconds):
                    await self.world.closing.wait()
        elif fault.kind == "hang":
            await _first(fault.lifted, self.world.closing)
        elif fault.kind == "flood":
            return _refusal(too_many_requests(fault.retry_after))
        elif fault.kind == "error":
            return _broken(fault)
        if fault.kind == "reset" or self.world.closing.is_set():
            return _cut(request)
        return None

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] not in self.world.bots:
            return _refusal(UNAUTHORIZED)
        file = self.world.files.by_path.get(request.match_info["path"])
        if file is None:
            return _refusal(NOT_FOUND)
        return web.Response(body=file.upload.data, content_type="application/octet-stream")


def _refusal(error: ApiError) -> web.Response:
    return web.json_response(error.body(), status=error.code)


def _broken(fault: Fault) -> web.Response:
    reason = HTTPStatus(fault.status).phrase
    if fault.as_html:
        page = f"<html><head><title>{fault.status} {reason}</title></head><body>{reason}</body></html>"
        return web.Response(text=page, status=fault.status, content_type="text/html")
    return _refusal(ApiError(fault.status, reason))


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=CUT)


async def _first(*events: asyncio.Event) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
