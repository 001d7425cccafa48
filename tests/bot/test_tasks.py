import asyncio

import pytest
from structlog.testing import capture_logs

from bot import tasks as tasks_module
from bot.tasks import Backoff, Calm, Tasks, keep_running, pause


def test_waits_double_up_to_half_a_minute() -> None:
    backoff = Backoff()

    waits = [backoff.grow() for _ in range(7)]

    assert waits == [1, 2, 4, 8, 16, 30, 30]


def test_after_a_success_waits_begin_anew() -> None:
    backoff = Backoff()
    backoff.grow()

    backoff.reset()

    assert backoff.grow() == 1


async def test_a_pause_ends_with_its_event() -> None:
    event = asyncio.Event()
    event.set()

    await asyncio.wait_for(pause(60, unless=event), timeout=1)


async def test_many_calls_become_one_at_once_and_one_soon() -> None:
    calls: list[float] = []
    again = asyncio.Event()
    loop = asyncio.get_running_loop()

    def call() -> None:
        calls.append(loop.time())
        if len(calls) == 2:
            again.set()

    calm = Calm(call, seconds=0.05)
    for _ in range(100):
        calm()
    assert len(calls) == 1

    await asyncio.wait_for(again.wait(), timeout=5)

    assert len(calls) == 2
    assert calls[1] - calls[0] >= 0.05


async def test_a_failed_task_is_logged_and_forgotten() -> None:
    tasks = Tasks("answers")

    async def fail() -> None:
        raise KeyError("Mallory")

    with capture_logs() as logged:
        await asyncio.wait({tasks.start(fail())})
        await asyncio.sleep(0)

    assert len(tasks) == 0
    assert [(each["event"], each["lane"]) for each in logged] == [("a task failed", "answers")]


async def test_what_does_not_end_in_time_is_cancelled() -> None:
    tasks = Tasks("answers")
    endless, short = tasks.start(asyncio.Event().wait()), tasks.start(asyncio.sleep(0))

    await tasks.finish(seconds=0.01)

    assert (endless.cancelled(), short.cancelled(), len(tasks)) == (True, False, 0)


async def test_a_loop_that_fails_is_logged_and_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks_module, "FIRST_WAIT_SECONDS", 0.001)
    runs: list[str] = []

    async def loop() -> None:
        runs.append("run")
        if len(runs) < 3:
            raise RuntimeError("surprise")

    with capture_logs() as logged:
        await keep_running("delivery", loop, stopping=asyncio.Event())

    assert len(runs) == 3
    assert [each["lane"] for each in logged] == ["delivery", "delivery"]


async def test_a_loop_that_fails_while_stopping_is_left() -> None:
    stopping = asyncio.Event()
    stopping.set()

    async def loop() -> None:
        raise RuntimeError("surprise")

    await asyncio.wait_for(keep_running("delivery", loop, stopping=stopping), timeout=1)


async def test_who_gives_up_on_a_loop_ends_it() -> None:
    began, ended = asyncio.Event(), asyncio.Event()

    async def loop() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    kept = asyncio.ensure_future(keep_running("delivery", loop, stopping=asyncio.Event()))
    await began.wait()
    kept.cancel()
    await asyncio.wait({kept})

    assert ended.is_set()
