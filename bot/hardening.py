"""Keeps a process that holds keys from leaving its memory behind (docs/decisions/0012)."""

import ctypes
import resource
import sys

_PR_SET_DUMPABLE = 4


def keep_memory_here() -> None:
    """Write no core dump when this process crashes, and let no other of the same user read its memory.

    Holds for the life of the process. Root may read it all the same, and swap may hold parts of it.

    Raises:
        OSError: the system refuses.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return
    # The limit does not bind a core that the kernel pipes to a program; this flag does.
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the process cannot be kept from dumping its memory")
