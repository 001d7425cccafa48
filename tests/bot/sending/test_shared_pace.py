"""Parts of one rate: never more together, nobody starved, and a silence that one was told kept by all."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from time import monotonic
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot import tasks
from bot.sending import shared_pace as shared_pace_module
from bot.sending.shared_pace import SharedPace, fair_part
from bot.telegram_api.pace import Pace
from storage.errors import DatabaseUnavailable
from storage.models import Sender
from storage.unit_of_work import Storage

WITHIN_SECONDS = 10
RATE = 30
CHATS = count()


@pytest.mark.parametrize(
    ("wants", "others", "part"),
    [
        pytest.param(30, [], 30, id="who sends alone has all"),
        pytest.param(30, [1, 1], 28, id="who rests leaves nearly all to who does not"),
        pytest.param(30, [30], 15, id="two who have much share it"),
        pytest.param(1, [30, 30], 1, id="who wants little gets it"),
        pytest.param(30, [30, 5], 12, id="what one does not want the others share"),
        pytest.param(30, [30] * 40, 0, id="more processes than messages"),
        pytest.param(0, [30], 0, id="who leaves wants nothing"),
    ],
)
def test_a_fair_part(wants: int, others: list[int], part: int):
    assert fair_part(RATE, wants, others) == part


@given(st.integers(1, 1000), st.lists(st.integers(0, 1000), min_size=1, max_size=12))
def test_fair_parts_are_together_no_more_than_the_rate(rate: int, wants: list[int]):
    parts = [fair_part(rate, each, wants[:i] + wants[i + 1 :]) for i, each in enumerate(wants)]

    assert sum(parts) <= rate
    assert all(part <= want for part, want in zip(parts, wants, strict=True))


class Process:
    """A process that sends; it wants what it is told to want."""

    def __init__(self, storage: Storage) -> None:
        self.id = uuid4()
        self.pace = Pace(RATE)
        self.rings = 0
        self.shared = SharedPace(storage, self.pace, process_id=self.id, ring=self._ring)

    def _ring(self) -> None:
        self.rings += 1

    async def agrees(self, wants: int = RATE) -> int:
        """Agree with the others once; returns the part that we have from now on."""
        self.pace.wants = lambda _: wants
        await self.shared._renew()
        return self.part

    @property
    def part(self) -> int:
        """How many messages may leave now."""
        now, sent = monotonic(), 0
        while self.pace.ready_at(chat := next(CHATS), now) <= now:
            self.pace.take(chat, now)
            self.pace.sent(chat, now)
            sent += 1
        self.pace._left.clear()
        return sent


@pytest.fixture
def engine_name() -> str:
    return "postgresql"


@pytest.fixture
def process(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Process]:
    monkeypatch.setattr(shared_pace_module, "COUNTS_ON_SECONDS", 0.2)
    return lambda: Process(storage)


async def parts(storage: Storage) -> int:
    async with storage.view() as uow:
        return sum([each.part for each in await uow.session.scalars(select(Sender))])


def counts_no_more(process: Process) -> None:
    """Let the seconds have passed in which a larger part was used."""
    process.shared._larger.clear()


def test_who_was_given_no_part_sends_nothing(process: Callable[[], Process]):
    assert process().part == 0


async def test_who_sends_alone_has_the_whole_rate(process: Callable[[], Process]):
    assert await process().agrees() == RATE


async def test_a_second_process_waits_until_the_first_has_made_room(
    process: Callable[[], Process], storage: Storage
):
    first, second = process(), process()
    await first.agrees()
    at_first = await second.agrees()
    made_room = await first.agrees()
    at_once = await second.agrees()

    counts_no_more(first)
    await first.agrees()
    afterwards = await second.agrees()

    assert (at_first, made_room, at_once, afterwards) == (0, 15, 0, 15)
    assert await parts(storage) == RATE


async def test_who_rests_gives_what_it_had_to_who_does_not(process: Callable[[], Process]):
    first, second = process(), process()
    await first.agrees(wants=2)

    assert await second.agrees() == RATE - 2


async def test_who_dies_is_not_counted_once_its_part_has_ended(
    process: Callable[[], Process], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shared_pace_module, "BUSY_LASTS", timedelta())
    await process().agrees()
    monkeypatch.undo()

    assert await process().agrees() == RATE


async def test_a_part_that_was_not_renewed_in_time_is_not_used(process: Callable[[], Process]):
    one = process()
    await one.agrees()
    over = monotonic() + shared_pace_module.BUSY_LASTS.total_seconds()

    assert one.pace.ready_at(1, over) == float("inf")


async def test_processes_that_all_ask_at_once_get_no_more_than_there_is(
    process: Callable[[], Process], storage: Storage
):
    many = [process() for _ in range(5)]

    for _ in range(3):
        await asyncio.gather(*(each.agrees() for each in many))
        assert await parts(storage) <= RATE


async def test_a_silence_that_one_was_told_is_kept_by_all(process: Callable[[], Process]):
    first, second = process(), process()
    await first.agrees()
    first.pace.hold(20, monotonic())
    await first.agrees()

    await second.agrees()

    assert 18 < second.pace.held_until - monotonic() <= 20
    assert first.rings == 1


async def test_a_silence_outlives_the_process_that_was_told(
    process: Callable[[], Process], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shared_pace_module, "BUSY_LASTS", timedelta())
    dead, other = process(), process()
    dead.pace.hold(20, monotonic())
    await dead.agrees()

    await other.agrees()

    assert other.pace.held_until - monotonic() > 18


async def test_a_silence_heard_of_again_widens_no_window(process: Callable[[], Process]):
    first, second = process(), process()
    first.pace.hold(20, monotonic())
    for _ in range(5):
        await first.agrees()
        await second.agrees()

    assert second.pace._guard == pytest.approx(first.pace._guard)


async def test_who_is_short_asks_at_once(
    process: Callable[[], Process], storage: Storage, monkeypatch: pytest.MonkeyPatch
):
    for resting in ("REST_EVERY_SECONDS", "BUSY_EVERY_SECONDS"):
        monkeypatch.setattr(shared_pace_module, resting, WITHIN_SECONDS**3)
    one = process()
    task = asyncio.ensure_future(one.shared.run())

    while await parts(storage) < RATE:
        chat, now = next(CHATS), monotonic()
        if one.pace.ready_at(chat, now) <= now:
            one.pace.take(chat, now)
        await asyncio.sleep(0)

    one.shared.stop()
    await task


async def test_who_stops_leaves_its_part_after_what_is_under_way(process: Callable[[], Process]):
    first, second = process(), process()
    await first.agrees()
    first.shared.stop()
    await first.shared.run()

    assert await second.agrees() == 0


async def test_a_silence_is_told_to_the_others_also_after_a_failure(
    process: Callable[[], Process], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tasks, "FIRST_WAIT_SECONDS", 0.01)
    renew, first, rung = SharedPace._renew, process(), asyncio.Event()
    calls = count(1)
    first.shared._ring = rung.set

    async def fails_once(shared: SharedPace) -> None:
        if next(calls) == 1:
            raise KeyError("a surprise")
        await renew(shared)
        # Telegram tells us to wait.
        first.pace.hold(5.0, asyncio.get_running_loop().time())

    monkeypatch.setattr(SharedPace, "_renew", fails_once)
    stopping = asyncio.Event()
    running = asyncio.create_task(tasks.keep_running("pace", first.shared.run, stopping=stopping))

    async with asyncio.timeout(WITHIN_SECONDS):
        await rung.wait()

    stopping.set()
    first.shared.stop()
    await running


async def test_a_silence_that_could_not_be_told_is_told_later(process: Callable[[], Process]):
    first = process()
    await first.agrees()
    agree, first.shared._agree = first.shared._agree, _is_away
    first.pace.hold(5.0, monotonic())
    with pytest.raises(DatabaseUnavailable):
        await first.shared._renew()

    first.shared._agree = agree
    await first.shared._renew()

    assert first.rings == 1


async def _is_away(*_: object, **__: object) -> None:
    raise DatabaseUnavailable("away")


@pytest.mark.parametrize("is_cancelled", [True, False])
async def test_who_is_stopped_lets_go_of_the_pace_however_it_ends(
    process: Callable[[], Process], is_cancelled: bool
):
    first, at_it, goes_on, stopping = process(), asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def agree(*_: object, **__: object) -> None:
        at_it.set()
        await goes_on.wait()
        raise KeyError("a surprise")

    first.shared._agree = agree
    running = asyncio.create_task(tasks.keep_running("pace", first.shared.run, stopping=stopping))
    await at_it.wait()

    stopping.set()
    first.shared.stop()
    if is_cancelled:
        running.cancel()
    goes_on.set()

    await asyncio.wait({running})
    assert first.pace.when_held == Pace(RATE).when_held
