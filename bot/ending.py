"""Ends the running processes of a data folder at once: asked first, then by force."""

import os
import signal
import socket
import struct
import time
from contextlib import suppress
from pathlib import Path

from bot.control_wire import FOLDER, short_way, write_line

ASKED_SECONDS = 0.2
ENDED_SECONDS = 0.5


def end_processes(data_dir: Path) -> tuple[int, list[Path]]:
    """End whoever listens in a data folder; returns how many have ended, and the sockets of the others.

    Only processes of the same user are ended by force, by the number that the kernel gives for their socket.
    """
    ended, left = 0, []
    for path in sorted((data_dir / FOLDER).glob("*.sock")):
        pid = _ask(path)
        if pid is None:
            continue
        if _has_ended(pid, seconds=ENDED_SECONDS):
            ended += 1
        else:
            left.append(path)
    return ended, left


def _ask(path: Path) -> int | None:
    """Ask one process to end, and return its number; None where nobody listens any more."""
    with short_way(path) as way, socket.socket(socket.AF_UNIX) as link:
        link.settimeout(ASKED_SECONDS)
        try:
            link.connect(way)
        except OSError:
            return None
        raw = link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        pid, uid, _ = struct.unpack("3i", raw)
        if uid not in (os.geteuid(), 0):
            return None
        with suppress(OSError):
            link.sendall(write_line({"request": "destroy"}))
            link.recv(1)
    return int(pid)


def _has_ended(pid: int, *, seconds: float) -> bool:
    # Zero is a process that this one cannot see, as in another container; whether it obeyed is not known.
    if pid <= 0 or pid == os.getpid():
        return False
    with suppress(OSError):
        os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if _is_over(pid):
            return True
        time.sleep(0.01)
    return _is_over(pid)


def _is_over(pid: int) -> bool:
    """Say whether a process works no more; one that its parent has not yet taken note of is over, too."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True
    return status.rpartition(")")[2].split()[:1] == ["Z"]
