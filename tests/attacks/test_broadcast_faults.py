"""A broadcast through everything that may go wrong on the way to Telegram: nobody is left out."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from sandbox.faults import Fault, Faults
from storage.outbox import Tally
from tests.attacks.broadcasts import A_WHILE, FASTER, Audience, Broadcast
from tests.attacks.processes import Forked
from tests.attacks.victim import WAIT_SECONDS, Victim, installed

SIZE, HITS = 60, 20
# Waits grow with each attempt, to an hour at most: so often at most is the clock moved on.
MOST_TURNS = 12
# Longer than the bot waits for an answer, also on a machine that has much to do.
PATIENCE_SECONDS = 60
ENGINES = pytest.mark.parametrize(
    "engine_name", ["sqlite", pytest.param("postgresql", marks=pytest.mark.proof)]
)


@pytest.fixture
async def victim(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Victim]:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    async with installed(tmp_path, url, "Forgotten Example", process=Forked, more=FASTER) as (victim, _):
        yield victim


async def tally(victim: Victim) -> Tally:
    async with victim.storage.view() as uow:
        return await uow.outbox.tally(now=victim.telegram.clock.now())


async def ends(victim: Victim, broadcast: Broadcast) -> None:
    """Let time pass until every message is written down as sent."""

    async def has_done_what_is_due() -> bool:
        left = await tally(victim)
        return (left.due, left.claimed) == (0, 0)

    for _ in range(MOST_TURNS):
        await victim.telegram.until(has_done_what_is_due, PATIENCE_SECONDS)
        if await broadcast.settled() == SIZE:
            return
        victim.telegram.clock.advance(A_WHILE)
    raise AssertionError("somebody is still waiting")


@ENGINES
@pytest.mark.parametrize(
    ("breaks", "may_come_twice"),
    [
        pytest.param(
            lambda faults: faults.reset("sendMessage", times=HITS, after_effect=True), True, id="replies lost"
        ),
        pytest.param(lambda faults: faults.reset("sendMessage", times=HITS), False, id="connections reset"),
        pytest.param(lambda faults: faults.error("sendMessage", times=HITS), False, id="bad gateways"),
        pytest.param(
            lambda faults: faults.error(
                "sendMessage", status=500, as_html=True, times=HITS, after_effect=True
            ),
            True,
            id="errors after the effect",
        ),
        pytest.param(lambda faults: faults.flood("sendMessage", times=3, retry_after=1), False, id="floods"),
    ],
)
async def test_nobody_is_left_out(victim: Victim, breaks: Callable[[Faults], Fault], may_come_twice: bool):
    audience = Audience(victim)
    await audience.gathers(SIZE)
    fault = breaks(victim.telegram.faults)

    broadcast = await audience.is_written_to()
    await ends(victim, broadcast)

    came = broadcast.came
    assert (came.lost, fault.is_live) == (0, False)
    assert came.total - SIZE == (fault.hits if may_come_twice else 0)


@ENGINES
@pytest.mark.parametrize("after_effect", [False, True], ids=["before the effect", "after the effect"])
async def test_nobody_is_left_out_whose_message_hangs_while_the_bot_is_killed(
    victim: Victim, after_effect: bool
):
    audience = Audience(victim)
    await audience.gathers(SIZE)
    hang = victim.telegram.faults.hang("sendMessage", times=HITS, after_effect=after_effect)
    broadcast = await audience.is_written_to()
    await victim.telegram.until(lambda: hang.hits == HITS, WAIT_SECONDS)

    victim.kill()
    victim.telegram.faults.lift(hang)
    # On PostgreSQL a dead one's claims hold until then.
    victim.telegram.clock.advance(A_WHILE)
    victim.start()
    await ends(victim, broadcast)

    assert broadcast.came.lost == 0


@pytest.mark.proof
async def test_nobody_is_left_out_whose_message_hangs_until_the_bot_gives_up(victim: Victim):
    audience = Audience(victim)
    await audience.gathers(SIZE)
    hang = victim.telegram.faults.hang("sendMessage", times=HITS, after_effect=True)

    async def has_given_up() -> bool:
        left = await tally(victim)
        return (left.claimed, left.later, left.sent) == (0, HITS, SIZE - HITS)

    broadcast = await audience.is_written_to()
    await victim.telegram.until(has_given_up, PATIENCE_SECONDS)
    victim.telegram.faults.lift(hang)
    await ends(victim, broadcast)

    assert broadcast.came.lost == 0
    assert broadcast.came.total - SIZE == hang.hits
