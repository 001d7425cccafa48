"""Processes that listen, or hold a lock, where a bot would, and never answer."""

import fcntl
import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bot.control.wire import short_way


@contextmanager
def bound(path: Path) -> Iterator[socket.socket]:
    """A socket with a name, at which nobody listens yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with short_way(path) as way, socket.socket(socket.AF_UNIX) as place:
        place.bind(way)
        yield place


@contextmanager
def listener(
    path: Path, *, uid: int | None = None, lock: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process, of another user where one is given, that listens and hangs."""
    with bound(path) as place:

        def become() -> None:
            if lock is not None:
                take(lock)
            if uid is not None:
                os.setuid(uid)
            place.listen()
            place.set_inheritable(True)

        process = hanging(become)
    with killed_at_last(process):
        yield process


@contextmanager
def holder(lock: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that holds a lock and hangs."""
    process = hanging(lambda: take(lock))
    with killed_at_last(process):
        yield process


@contextmanager
def killed_at_last(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.kill()
        process.wait()


def take(lock: Path) -> None:
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(descriptor, True)
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def hanging(become: Callable[[], None]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(["sleep", "600"], preexec_fn=become, close_fds=False)


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
