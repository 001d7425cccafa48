"""How a command and a running process talk: one line of JSON each way, over a socket in the data folder.

A request is ``{"request": NAME, …}``, an answer ``{"done": true, …}`` or ``{"done": false, "line": …}``; each
ends with a line feed and has at most 4,096 bytes. A process listens at ``control/PID.sock``.
"""

import errno
import json
import os
import socket
import stat
import struct
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

LARGEST_BYTES = 4096
FOLDER = "control"
OPENED = Path("/proc/self/fd")
_LONGEST_PATH_BYTES = 100

Value = str | int | bool | None
Values = Mapping[str, Value]


class NotUnderstoodError(Exception):
    """What came over the socket is not a line of ours."""

    is_safe_to_log = True


class Refused(Exception):
    """A request was understood and not done; the text is the one line for the operator."""

    is_safe_to_log = False


def write_line(values: Values) -> bytes:
    """Write a request or an answer.

    Raises:
        ValueError: it would be longer than the other side reads.
    """
    line = json.dumps(values).encode() + b"\n"
    if len(line) > LARGEST_BYTES:
        raise ValueError("a line of the control socket has at most 4,096 bytes")
    return line


def read_line(line: bytes) -> Values:
    """Read what ``write_line`` wrote.

    Raises:
        NotUnderstoodError: it is no object of plain values, or is cut short.
    """
    if not line.endswith(b"\n"):
        raise NotUnderstoodError("cut short")
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise NotUnderstoodError("not JSON") from None
    if not isinstance(values, dict) or any(isinstance(each, dict | list | float) for each in values.values()):
        raise NotUnderstoodError("not an object of plain values")
    return values


def peer(connection: socket.socket) -> tuple[int, int]:
    """Return the process and the user on the other side, as the kernel knows them since it listened.

    The process is 0 where this one cannot see it.
    """
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    pid, uid, _ = struct.unpack("3i", credentials)
    return int(pid), int(uid)


def peer_uid(connection: socket.socket) -> int:
    """Return the user on the other side, as `peer`."""
    return peer(connection)[1]


@contextmanager
def short_way(path: Path) -> Iterator[str]:
    """Give a name for a socket's place that fits the 108 bytes an address has, while the block lasts."""
    if len(os.fsencode(path)) <= _LONGEST_PATH_BYTES:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield str(OPENED / str(folder) / path.name)
    finally:
        os.close(folder)


@contextmanager
def way_to(path: Path) -> Iterator[str]:
    """Give a name for the very socket that lies at a place, also where another is put there meanwhile.

    Raises:
        ConnectionRefusedError, FileNotFoundError: there is none, so that nobody can be reached.
        OSError: it, or its folder, is a link or cannot be looked at.
    """
    flags = os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC
    with ExitStack() as closing:
        folder = os.open(path.parent, flags | os.O_DIRECTORY)
        closing.callback(os.close, folder)
        place = os.open(path.name, flags, dir_fd=folder)
        closing.callback(os.close, place)
        mode = os.fstat(place).st_mode
        if stat.S_ISLNK(mode):
            raise OSError(errno.ELOOP, "a link", str(path))
        if not stat.S_ISSOCK(mode):
            raise ConnectionRefusedError(errno.ECONNREFUSED, "no socket", str(path))
        way = OPENED / str(place)
        if not way.is_socket():
            raise OSError(errno.ENOSYS, "/proc is not mounted", str(path))
        yield str(way)
