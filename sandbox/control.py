"""The sandbox's powers over HTTP, under ``/sandbox``: for the page, and for tests of another process."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

from aiohttp import web

from sandbox.clock import SandboxClock
from sandbox.deeds import DEEDS, Body
from sandbox.errors import ApiError, SandboxError
from sandbox.faults import KINDS, Fault, Faults
from sandbox.files import is_picture
from sandbox.journal import Journal
from sandbox.person import Person
from sandbox.state import World
from sandbox.view import Json, Notes, calls_view, clock_view, fault_view, person_view

HEARTBEAT_SECONDS = 15.0
BREATH_SECONDS = 0.03
JOURNAL_SHOWN = 200
LONGEST_WAIT_SECONDS = 60.0

Answer = Callable[[web.Request], Awaitable[object]]


class Sandbox(Protocol):
    """What is controlled from here."""

    clock: SandboxClock
    world: World

    @property
    def people(self) -> list[Person]: ...
    @property
    def calls(self) -> Journal: ...
    @property
    def faults(self) -> Faults: ...
    def person(self, first_name: str, language_code: str = "en", user_id: int | None = None) -> Person: ...
    def redeliver(self, update_id: int, token: str | None = None) -> None: ...
    def inject(self, raw: Json, *, numbered: bool = True, token: str | None = None) -> int: ...
    async def settled(self, timeout: float = 10.0) -> None: ...  # noqa: ASYNC109


class Control:
    """Answer requests under ``/sandbox``."""

    def __init__(self, sandbox: Sandbox, notes: Notes) -> None:
        self._sandbox = sandbox
        self._notes = notes

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Put the control requests on a server."""
        router.add_get("/sandbox/state", _json(self._state))
        router.add_get("/sandbox/events", self._events)
        router.add_get("/sandbox/files/{file_id}", self._file)
        router.add_get("/sandbox/people", _json(self._people))
        router.add_post("/sandbox/people", _json(self._add_person))
        router.add_post("/sandbox/people/{user_id:-?[0-9]+}/{deed}", _json(self._do))
        router.add_get("/sandbox/clock", _json(self._clock))
        router.add_post("/sandbox/clock", _json(self._move_clock))
        router.add_get("/sandbox/faults", _json(self._faults))
        router.add_post("/sandbox/faults", _json(self._add_fault))
        router.add_delete("/sandbox/faults", _json(self._lift_faults))
        router.add_get("/sandbox/journal", _json(self._journal))
        router.add_post("/sandbox/redeliver", _json(self._redeliver))
        router.add_post("/sandbox/inject", _json(self._inject))
        router.add_post("/sandbox/settled", _json(self._settled))

    async def _state(self, request: web.Request) -> object:
        return {
            "version": self._sandbox.world.changes.version,
            **self._notes.view(),
            "bots": [bot.api_user() for bot in self._sandbox.world.bots.values()],
            "clock": await self._clock(request),
            "faults": await self._faults(request),
            "people": await self._people(request),
        }

    async def _people(self, request: web.Request) -> object:
        with_deleted = "deleted" in request.query
        people = self._sandbox.people
        return [person_view(self._sandbox.world, person, with_deleted=with_deleted) for person in people]

    async def _add_person(self, request: web.Request) -> object:
        body = await _body(request)
        name, language = body.text("first_name").strip(), body.text("language_code", "en").strip()
        if not name or len(name) > 64 or not 1 <= len(language) <= 10:
            raise SandboxError("a name of up to 64 letters and a language code are needed")
        person = self._sandbox.person(name, language, body.optional_integer("user_id"))
        return person_view(self._sandbox.world, person)

    async def _do(self, request: web.Request) -> object:
        user_id, deed = int(request.match_info["user_id"]), DEEDS.get(request.match_info["deed"])
        person = next((one for one in self._sandbox.people if one.user_id == user_id), None)
        if person is None or deed is None:
            raise SandboxError("there is no such person, or nothing of that name to do")
        return await deed(person, await _body(request))

    async def _clock(self, _: web.Request) -> object:
        return clock_view(self._sandbox.clock)

    async def _move_clock(self, request: web.Request) -> object:
        body, clock = await _body(request), self._sandbox.clock
        if body.flag("reset"):
            clock.reset()
        elif "set" in body.values:
            clock.set(datetime.fromisoformat(body.text("set")))
        else:
            clock.advance(timedelta(seconds=body.number("advance_seconds")))
        return clock_view(clock)

    async def _faults(self, _: web.Request) -> object:
        return [fault_view(fault) for fault in self._sandbox.faults.live]

    async def _add_fault(self, request: web.Request) -> object:
        """Switch a fault on; ``times`` 0 means until it is lifted."""
        body = await _body(request)
        kind = body.text("kind")
        if kind not in KINDS:
            raise SandboxError(f"kind must be one of {', '.join(KINDS)}")
        fault = Fault(
            kind,
            body.text("method") if body.values.get("method") is not None else None,
            body.optional_integer("chat"),
            int(body.number("times", 1)) or None,
            after_effect=body.flag("after_effect"),
            retry_after=int(body.number("retry_after", 5)),
            status=int(body.number("status", 502)),
            as_html=body.flag("as_html"),
            seconds=body.number("seconds", 1.0),
        )
        return fault_view(self._sandbox.faults.add(fault))

    async def _lift_faults(self, request: web.Request) -> object:
        self._sandbox.faults.lift()
        return await self._faults(request)

    async def _journal(self, request: web.Request) -> object:
        method, calls = request.query.get("method"), list(self._sandbox.calls)
        meant = [call for call in calls if method is None or call.method.lower() == method.lower()]
        return {"counts": dict(self._sandbox.calls.counts), "calls": calls_view(meant[-JOURNAL_SHOWN:])}

    async def _redeliver(self, request: web.Request) -> object:
        update_id = int((await _body(request)).number("update_id"))
        try:
            self._sandbox.redeliver(update_id)
        except KeyError:
            raise SandboxError(f"there was no update {update_id}") from None
        return update_id

    async def _inject(self, request: web.Request) -> object:
        body = await _body(request)
        raw = body.values.get("update")
        if not isinstance(raw, dict):
            raise SandboxError("update must be an object")
        return self._sandbox.inject(raw)

    async def _settled(self, request: web.Request) -> object:
        body = await _body(request)
        try:
            await self._sandbox.settled(min(body.number("timeout", 10.0), LONGEST_WAIT_SECONDS))
        except TimeoutError:
            return False
        return True

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = self._sandbox.world.files.by_id.get(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        headers = {"X-Content-Type-Options": "nosniff"}
        if is_picture(file.upload.data):
            return web.Response(body=file.upload.data, content_type="image/png", headers=headers)
        headers["Content-Disposition"] = "attachment"
        return web.Response(body=file.upload.data, content_type="application/octet-stream", headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        world = self._sandbox.world
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        with contextlib.suppress(ConnectionResetError):
            while not world.closing.is_set():
                seen = world.changes.version
                await response.write(f"data: {seen}\n\n".encode())
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(HEARTBEAT_SECONDS):
                        await world.changes.after(seen)
                # What changes together is told together.
                await asyncio.sleep(BREATH_SECONDS)
        return response


def _json(answer: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response({"ok": True, "result": await answer(request)})
        except (SandboxError, ApiError, ValueError, OverflowError) as error:
            return web.json_response({"ok": False, "description": str(error)}, status=400)

    return handler


async def _body(request: web.Request) -> Body:
    # A page from elsewhere cannot send this type without asking first.
    if request.content_type != "application/json":
        raise SandboxError("the body must be application/json")
    try:
        values = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise SandboxError("the body is not JSON") from None
    if not isinstance(values, dict):
        raise SandboxError("the body must be an object")
    return Body(values)
