"""Ends the running processes of a data folder at once: asked first, then by force.

Whoever cannot be shown to have ended counts as running: only a socket that refuses, or is gone, is nobody's.
"""

import os
import select
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path

from bot.control_wire import FOLDER, peer, way_to, write_line

CONNECTED_SECONDS = 0.2
ENDED_SECONDS = 0.5


def end_processes(data_dir: Path) -> tuple[int, list[Path]]:
    """End whoever listens in a data folder; returns how many have ended, and the sockets of the others.

    Only processes of root, of this user and of the owner of the folder of sockets are ended by force, by the
    number that the kernel gives for their socket. Takes half a second for all together.
    """
    folder = data_dir / FOLDER
    try:
        owners = {0, os.geteuid(), folder.lstat().st_uid}
        places = sorted(path for path in folder.iterdir() if path.suffix == ".sock")
    except FileNotFoundError:
        return 0, []
    except OSError:
        return 0, [folder]
    if folder.is_symlink():
        return 0, [folder]
    ended, left = 0, []
    struck = {}
    for path in places:
        try:
            struck[path] = _strike(path, owners)
        except (ConnectionRefusedError, FileNotFoundError):
            continue
        except OSError:
            left.append(path)
    until = time.monotonic() + ENDED_SECONDS
    for path, pid in struck.items():
        if _is_over(pid, until=until):
            ended += 1
        else:
            left.append(path)
    return ended, left


def _strike(path: Path, owners: set[int]) -> int:
    """Ask one process to end, end it by force, and return its number.

    Raises:
        ConnectionRefusedError, FileNotFoundError: nobody listens there any more.
        OSError: whoever does cannot be reached, or is somebody else's.
    """
    with way_to(path) as way, socket.socket(socket.AF_UNIX) as link:
        link.settimeout(CONNECTED_SECONDS)
        link.connect(way)
        pid, uid = peer(link)
        if uid not in owners:
            raise PermissionError(f"{path} is of another user")
        with suppress(OSError):
            link.sendall(write_line({"request": "destroy"}))
    if _is_another(pid):
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    return pid


def _is_another(pid: int) -> bool:
    # Zero is a process that this one cannot see, as in another container; whether it obeyed is not known.
    return pid > 0 and pid != os.getpid()


def _is_over(pid: int, *, until: float) -> bool:
    """Wait for a process's end; one that its parent has not yet taken note of is over, too."""
    if not _is_another(pid):
        return False
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    try:
        watch = select.poll()
        watch.register(process, select.POLLIN)
        return bool(watch.poll(max(0.0, until - time.monotonic()) * 1000))
    finally:
        os.close(process)
