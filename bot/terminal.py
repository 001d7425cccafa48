"""A line typed while the program goes on: hidden at a terminal, as it comes from anywhere else."""

import asyncio
import os
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_LINE_BYTES = 1024


async def hidden_line(prompt: str) -> bytes | None:
    """Wait for one line of standard input without holding up the loop; None where none can come.

    At a terminal the prompt is shown on stderr and the typing is not; what was half typed when the wait was
    cancelled is dropped. A program in the background is not asked: reading there would stop it.
    """
    if sys.stdin is None or sys.stdin.closed:
        return None
    descriptor = sys.stdin.fileno()
    if not os.isatty(descriptor):
        return await _line(descriptor)
    if os.tcgetpgrp(descriptor) != os.getpgrp():
        return None
    with _unseen(descriptor):
        print(prompt, end="", file=sys.stderr, flush=True)  # noqa: T201
        try:
            return await _line(descriptor)
        except asyncio.CancelledError:
            # Otherwise whoever reads this terminal next, such as the shell, would show it.
            termios.tcflush(descriptor, termios.TCIFLUSH)
            raise
        finally:
            print(file=sys.stderr, flush=True)  # noqa: T201


async def _line(descriptor: int) -> bytes | None:
    content = b""
    while not content.endswith(b"\n") and len(content) <= LONGEST_LINE_BYTES:
        await _readable(descriptor)
        # One by one: what follows the line is not ours.
        more = os.read(descriptor, 1)
        if not more:
            break
        content += more
    return content or None


async def _readable(descriptor: int) -> None:
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    try:
        loop.add_reader(descriptor, ready.set)
    except PermissionError:
        # A file or the null device: it can always be read.
        return
    try:
        await ready.wait()
    finally:
        loop.remove_reader(descriptor)


@contextmanager
def _unseen(descriptor: int) -> Iterator[None]:
    """Let a terminal not show what is typed."""
    before = termios.tcgetattr(descriptor)
    quiet = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    termios.tcsetattr(descriptor, termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
