"""A running process hears the other commands here: its own user and root, one request at a time.

Whoever else reaches the socket is not answered; what is not understood, too long or too slow is dropped. Of
two processes with one number, as in two containers on one data folder, the second adds a word to its name.
"""

import asyncio
import os
import secrets
import socket
import stat
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path

import structlog

from bot.control.wire import (
    FOLDER,
    LARGEST_BYTES,
    NotUnderstoodError,
    Refused,
    Values,
    peer_uid,
    read_line,
    short_way,
    write_line,
)
from bot.host.refusals import InstallationError, in_one_line

log = structlog.stdlib.get_logger("poruch.control")

READ_WITHIN_SECONDS = 5.0
FINISH_WITHIN_SECONDS = 5.0
MOST_OPEN = 8

Handle = Callable[[Values], Awaitable[Values]]


class Control:
    """Serves requests by name; a handler answers with plain values or raises ``Refused``."""

    def __init__(
        self, data_dir: Path, handlers: Mapping[str, Handle], *, read_seconds: float = READ_WITHIN_SECONDS
    ) -> None:
        self._folder = data_dir / FOLDER
        self._handlers = handlers
        self._read_seconds = read_seconds
        self._one_at_a_time = asyncio.Lock()
        self._serving: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._path: Path | None = None

    async def start(self) -> None:
        """Listen in the data folder, and clear away what dead processes left there.

        Raises:
            InstallationError: the folder cannot be used, or is not ours alone.
        """
        with in_one_line():
            _own_folder(self._folder)
            _remove_stale(self._folder)
            listening, self._path = _listen(self._folder)
        try:
            self._server = await asyncio.start_unix_server(self._accept, sock=listening, limit=LARGEST_BYTES)
        except BaseException:
            listening.close()
            raise

    async def stop(self) -> None:
        """Hear nothing more; what is being answered to others gets five seconds."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)
            self._path = None
        if self._server is not None:
            self._server.close()
            self._server = None
        # A request may be what ends the process.
        others = self._serving - {asyncio.current_task()}
        if others:
            _, late = await asyncio.wait(others, timeout=FINISH_WITHIN_SECONDS)
            for task in late:
                task.cancel()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._serving) >= MOST_OPEN or not is_heard(peer_uid(writer.get_extra_info("socket"))):
            log.warning("somebody was not heard at the control socket")
            writer.close()
            return
        task = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(self._read_seconds):
                line = await reader.readline()
            if not line:
                # Another process that starts only looks whether this one is there.
                return
            request = read_line(line)
            async with self._one_at_a_time:
                answer = await self._answer(request)
            writer.write(write_line(answer))
            async with asyncio.timeout(self._read_seconds):
                await writer.drain()
        # The reader says ValueError where a line is too long.
        except (NotUnderstoodError, OSError, TimeoutError, ValueError) as error:
            log.warning("a request was dropped", kind=type(error).__name__)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _answer(self, request: Values) -> Values:
        handle = self._handlers.get(str(request.get("request")))
        if handle is None:
            return {"done": False, "line": "the running bot is of another release and does not know this"}
        try:
            with in_one_line():
                return {"done": True, **await handle(request)}
        except (InstallationError, Refused) as refusal:
            return {"done": False, "line": str(refusal)}
        except Exception:
            log.exception("a request failed")
            return {"done": False, "line": "the running bot could not do it; its log says why"}


def is_heard(uid: int) -> bool:
    """Say whether a user may ask this process: itself and root."""
    return uid in (os.geteuid(), 0)


def _own_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise InstallationError(f"{folder} is not a folder of this user; remove it and start again")
    folder.chmod(0o700)


def _remove_stale(folder: Path) -> None:
    for path in folder.glob("*.sock"):
        with short_way(path) as way, socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.settimeout(1.0)
                probe.connect(way)
            except ConnectionRefusedError:
                path.unlink(missing_ok=True)
            except OSError:
                continue


def _listen(folder: Path) -> tuple[socket.socket, Path]:
    """Bind under a hidden name and give the socket its own once it listens: one that refuses is dead."""
    hidden = folder / f".{secrets.token_hex(8)}"
    listening = socket.socket(socket.AF_UNIX)
    try:
        with short_way(hidden) as way:
            listening.bind(way)
        # Before it listens, so that nobody can connect under another mode.
        hidden.chmod(0o600)
        listening.listen(MOST_OPEN)
        listening.setblocking(False)
        path = folder / f"{os.getpid()}.sock"
        if path.exists():
            path = folder / f"{os.getpid()}-{secrets.token_hex(4)}.sock"
        hidden.rename(path)
    except BaseException:
        listening.close()
        hidden.unlink(missing_ok=True)
        raise
    return listening, path
