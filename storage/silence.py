"""Cuts a PostgreSQL connection whose server has gone silent, so that whoever waits for it is told.

A server that stands still, or a network that swallows packets, answers neither its own `statement_timeout`
nor a cancelled query. The end of the socket reaches the driver as a lost connection.
"""

import asyncio
import os
import socket
from contextlib import suppress
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

# Longer than the server's own limit for one statement, which leaves the connection usable.
SILENCE_SECONDS = 12.0
# Between two looks at what is under way: a timer for each step would cost a good part of the step.
LOOKS = 10


class _Watch:
    """The steps that are under way on an engine's connections, and since when."""

    def __init__(self) -> None:
        self._since: dict[Any, float] = {}
        self._looking: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def begin(self, connection: Connection, *_: Any) -> None:
        """Note that a step begins, and see to it that somebody looks."""
        if connection.invalidated:
            return
        loop = asyncio.get_running_loop()
        self._since[connection.connection.driver_connection] = loop.time()
        if self._looking is None or self._loop is not loop:
            self._loop = loop
            self._look_later(loop)

    def end(self, connection: Connection, *_: Any) -> None:
        """Note that a step is over."""
        self._since.pop(connection.connection.driver_connection, None)

    def given_back(self, driver: Any, *_: Any) -> None:
        """Note that nothing is under way on a connection that is nobody's."""
        self._since.pop(driver, None)

    def _look_later(self, loop: asyncio.AbstractEventLoop) -> None:
        self._looking = loop.call_later(SILENCE_SECONDS / LOOKS, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        self._looking = None
        silent = [each for each, since in self._since.items() if loop.time() - since >= SILENCE_SECONDS]
        for driver in silent:
            # One that cannot be cut now, where no file can be opened, is looked at again.
            with suppress(OSError):
                _cut(driver)
                del self._since[driver]
        if self._since:
            self._look_later(loop)


def cut_when_silent(engine: Engine) -> None:
    """Cut each connection of an asynchronous psycopg engine on which one step takes too long."""
    watch = _Watch()

    def given_back(_: Any, record: Any, *__: Any) -> None:
        watch.given_back(record.driver_connection)

    for name in ("before_cursor_execute", "commit", "rollback"):
        event.listen(engine, name, watch.begin)
    event.listen(engine, "after_cursor_execute", watch.end)
    for name in ("checkin", "invalidate"):
        event.listen(engine, name, given_back)


def _cut(driver: Any) -> None:
    if driver.closed:
        return
    # A second handle on the same socket: closing the first under the driver would leave it waiting for ever.
    with socket.socket(fileno=os.dup(driver.fileno())) as handle:
        handle.shutdown(socket.SHUT_RDWR)
