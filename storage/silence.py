"""Cuts a PostgreSQL connection whose server has gone silent, so that whoever waits for it is told.

A server that stands still, or a network that swallows packets, answers neither its own `statement_timeout`
nor a cancelled query. The end of the socket reaches the driver as a lost connection.
"""

import asyncio
import os
import socket
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

# Longer than the server's own limit for one statement, which leaves the connection usable.
SILENCE_SECONDS = 12.0
_TIMER = "cut at"


def cut_when_silent(engine: Engine) -> None:
    """Cut each connection of an asynchronous psycopg engine on which one step takes too long."""

    def begin(connection: Connection, *_: Any) -> None:
        if connection.invalidated:
            return
        _stop(connection.info)
        driver = connection.connection.driver_connection
        connection.info[_TIMER] = asyncio.get_running_loop().call_later(SILENCE_SECONDS, _cut, driver)

    def end(connection: Connection, *_: Any) -> None:
        _stop(connection.info)

    def given_back(_: Any, record: Any, *__: Any) -> None:
        _stop(record.info)

    for name in ("before_cursor_execute", "commit", "rollback"):
        event.listen(engine, name, begin)
    event.listen(engine, "after_cursor_execute", end)
    for name in ("checkin", "invalidate"):
        event.listen(engine, name, given_back)


def _stop(info: dict[Any, Any]) -> None:
    timer = info.pop(_TIMER, None)
    if timer is not None:
        timer.cancel()


def _cut(driver: Any) -> None:
    if driver.closed:
        return
    # A second handle on the same socket: closing the first under the driver would leave it waiting for ever.
    with socket.socket(fileno=os.dup(driver.fileno())) as handle:
        handle.shutdown(socket.SHUT_RDWR)
