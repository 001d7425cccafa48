"""Hears HTTP on one address: a few exact paths, and nothing of who called in any log."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from aiohttp import web

log = structlog.stdlib.get_logger("poruch.listening")

LARGEST_BODY_BYTES = 1024 * 1024
FINISH_WITHIN_SECONDS = 5.0

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Listening:
    """Serves until stopped; what is under way then has five seconds."""

    def __init__(self, listen: tuple[str, int], handlers: Mapping[str, Handle]) -> None:
        self._host, self._port = listen
        self._handlers = handlers
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Listen until stopped.

        Raises:
            OSError: the address is in use, or not this machine's.
        """
        app = web.Application(client_max_size=LARGEST_BODY_BYTES)
        for path, handle in self._handlers.items():
            app.router.add_route("*", path, handle)
        app.on_response_prepare.append(_say_nothing_of_the_server)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=FINISH_WITHIN_SECONDS)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
            log.info("listening")
            await self._stopping.wait()
        finally:
            await runner.cleanup()

    def stop(self) -> None:
        """Hear nothing more."""
        self._stopping.set()


async def _say_nothing_of_the_server(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.pop("Server", None)
