"""Tasks that nobody waits for, waits that grow, and loops that start again after a failure."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Any, Protocol

import structlog

log = structlog.stdlib.get_logger("poruch.tasks")

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0
STOP_WITHIN_SECONDS = 15.0


class Backoff:
    """Waits of 1 second, doubled with each failure, 30 at most."""

    def __init__(self) -> None:
        self._next = FIRST_WAIT_SECONDS

    def grow(self) -> float:
        """Return how many seconds to wait now; the next wait is twice as long."""
        wait, self._next = self._next, min(self._next * 2, LONGEST_WAIT_SECONDS)
        return wait

    def reset(self) -> None:
        self._next = FIRST_WAIT_SECONDS


async def pause(seconds: float, *, unless: asyncio.Event) -> None:
    """Wait for so many real seconds, or until the event is set."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await unless.wait()


class Calm:
    """Calls something at once, and then for however many calls no more often than every so many seconds."""

    def __init__(self, call: Callable[[], None], *, seconds: float) -> None:
        self._call = call
        self._seconds = seconds
        self._next_at = 0.0
        self._is_waiting = False

    def __call__(self) -> None:
        """Call it now, or soon; needs a running loop."""
        if self._is_waiting:
            return
        loop = asyncio.get_running_loop()
        if loop.time() >= self._next_at:
            self._go()
        else:
            self._is_waiting = True
            loop.call_at(self._next_at, self._go)

    def _go(self) -> None:
        self._is_waiting = False
        self._next_at = asyncio.get_running_loop().time() + self._seconds
        self._call()


class Tasks:
    """Tasks that run by themselves: held until they end, and what fails in them is logged."""

    def __init__(self, lane: str) -> None:
        self._lane = lane
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def __len__(self) -> int:
        return len(self._running)

    async def any_ends(self, *, seconds: float) -> None:
        """Wait until one of them has ended, for so many seconds at most."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)

    async def finish(self, *, seconds: float) -> None:
        """Let what runs come to its end; after so many seconds the rest is cancelled."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        left = set(self._running)
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a task failed", lane=self._lane, exc_info=task.exception())


async def keep_running(
    lane: str, loop: Callable[[], Coroutine[Any, Any, None]], *, stopping: asyncio.Event
) -> None:
    """Run a loop until it returns; one that fails is logged and started again after a wait."""
    backoff = Backoff()
    while True:
        task = asyncio.create_task(loop())
        started = task.get_loop().time()
        await _to_its_end(task)
        error = None if task.cancelled() else task.exception()
        if error is None or stopping.is_set():
            return
        if task.get_loop().time() - started > LONGEST_WAIT_SECONDS:
            backoff.reset()
        wait = backoff.grow()
        log.error("a loop failed and is started again", lane=lane, seconds=wait, exc_info=error)
        await pause(wait, unless=stopping)


async def _to_its_end(task: asyncio.Task[None]) -> None:
    try:
        await asyncio.wait({task})
    except asyncio.CancelledError:
        task.cancel()
        await asyncio.wait({task})
        raise


class Loop(Protocol):
    """What runs until it is told to stop."""

    async def run(self) -> None: ...

    def stop(self) -> None: ...


class Loops:
    """The loops of one state of the program, each kept running until all are stopped."""

    def __init__(self, loops: Mapping[str, Loop]) -> None:
        """Take the loops by their names."""
        self._loops = loops
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [
            asyncio.create_task(keep_running(lane, loop.run, stopping=self._stopping))
            for lane, loop in self._loops.items()
        ]

    async def stop(self) -> None:
        """Tell the loops to end and wait for them; after fifteen seconds they are cancelled."""
        self._stopping.set()
        for loop in self._loops.values():
            loop.stop()
        tasks, self._tasks = self._tasks, []
        if tasks:
            await asyncio.wait(tasks, timeout=STOP_WITHIN_SECONDS)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
