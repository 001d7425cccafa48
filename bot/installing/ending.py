"""Ends the running processes of a data folder at once: asked first, then by force.

A process is found by the socket at which it listens and by the locks it holds: while it starts, or where it
hangs, it hears nobody. Whoever cannot be shown to have ended counts as running: only a socket that refuses or
is gone, and a lock that is free, are nobody's. On PostgreSQL, where several may run and none holds a lock, a
process that does not listen yet is not found.
"""

import errno
import os
import signal
import socket
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bot.control.wire import FOLDER, peer, way_to, write_line
from bot.host.run_lock import holders

ENDED_SECONDS = 0.5
LOOK_AGAIN_SECONDS = 0.01

Found = Iterator[tuple[Path, int | None]]


def end_processes(data_dir: Path) -> tuple[int, list[Path]]:
    """End whoever works on a data folder; returns how many have ended, and where the others were found.

    Only processes of root, of this user and of the owner of the folder of sockets are ended by force, by the
    number that the kernel gives for their socket or lock. Takes half a second for all together.
    """
    until = time.monotonic() + ENDED_SECONDS
    struck: dict[Path, int | None] = {}
    while there := {**dict(_strike_listeners(data_dir / FOLDER)), **dict(_strike_holders(data_dir))}:
        struck = there | struck
        if time.monotonic() >= until:
            break
        time.sleep(LOOK_AGAIN_SECONDS)
    alive = {struck[path] for path in there}
    return len(set(struck.values()) - alive - {None}), sorted(there)


def _strike_listeners(folder: Path) -> Found:
    """Strike whoever listens in a folder; gives sockets and their processes, None for one out of reach."""
    try:
        status = folder.lstat()
        if stat.S_ISLNK(status.st_mode):
            raise OSError(errno.ELOOP, "a link", str(folder))
        places = sorted(path for path in folder.iterdir() if path.suffix == ".sock")
    except FileNotFoundError:
        return
    except OSError:
        yield folder, None
        return
    for path in places:
        try:
            yield path, _strike_listener(path, {0, os.geteuid(), status.st_uid})
        except (ConnectionRefusedError, FileNotFoundError):
            continue
        except OSError:
            yield path, None


def _strike_listener(path: Path, owners: set[int]) -> int:
    """Ask one process to end, end it by force, and return its number.

    Raises:
        ConnectionRefusedError, FileNotFoundError: nobody listens there any more.
        OSError: whoever does cannot be reached, or is somebody else's.
    """
    with way_to(path) as way, socket.socket(socket.AF_UNIX) as link:
        # Whoever has no room for another visitor is not waited for.
        link.setblocking(False)
        link.connect(way)
        pid, uid = peer(link)
        if uid not in owners:
            raise PermissionError(errno.EPERM, "of another user", str(path))
        with suppress(OSError):
            link.sendall(write_line({"request": "destroy"}))
    _strike(pid)
    return pid


def _strike_holders(data_dir: Path) -> Found:
    """Strike whoever holds a lock; gives the locks and their processes, None for one that cannot be seen."""
    for path, pid in holders(data_dir).items():
        if pid is not None:
            _strike(pid)
        yield path, pid


def _strike(pid: int) -> None:
    # Zero is a process that this one cannot see, as in another container: it was only asked.
    if pid > 0 and pid != os.getpid():
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
