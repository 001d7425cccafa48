"""Processes that listen where a bot would, and never answer."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bot.control_wire import short_way


@contextmanager
def bound(path: Path) -> Iterator[socket.socket]:
    """A socket with a name, at which nobody listens yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with short_way(path) as way, socket.socket(socket.AF_UNIX) as place:
        place.bind(way)
        yield place


@contextmanager
def listener(path: Path, *, uid: int | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A process, of another user where one is given, that listens and hangs."""
    with bound(path) as place:

        def become() -> None:
            if uid is not None:
                os.setuid(uid)
            place.listen()

        process = subprocess.Popen(["sleep", "600"], pass_fds=[place.fileno()], preexec_fn=become)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def crowd(path: Path) -> Iterator[None]:
    """So many who wait to be heard at a socket that no further one can connect."""
    with ExitStack() as waiting, short_way(path) as way:
        while True:
            link = waiting.enter_context(socket.socket(socket.AF_UNIX))
            link.setblocking(False)
            try:
                link.connect(way)
            except BlockingIOError:
                break
        yield
