"""``kill -9`` again and again while a broadcast goes out: everybody is written to, hardly anybody twice."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.attacks.broadcasts import A_WHILE, FASTER, WITHIN_SECONDS, Audience, Broadcast
from tests.attacks.processes import Forked
from tests.attacks.victim import Victim, installed

# What may be handed over and not yet settled: so many come twice after a kill at most (rule 3).
IN_FLIGHT = 100


@pytest.fixture
async def victim(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Victim]:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    async with installed(tmp_path, url, "Forgotten Example", process=Forked, more=FASTER) as (
        victim,
        _,
    ):
        yield victim


async def is_killed(victim: Victim, broadcast: Broadcast, moments: list[int]) -> list[int]:
    """Kill the bot each time so many messages more were sent; returns how many were in flight then."""
    calls = victim.telegram.calls.counts
    in_flight, known = [], 0
    for moment in moments:
        aim, met = calls["sendMessage"] + moment, calls["getMe"] + 1
        await victim.telegram.until(lambda aim=aim: calls["sendMessage"] >= aim, WITHIN_SECONDS)
        victim.kill()
        settled = await broadcast.settled()
        victim.telegram.clock.advance(A_WHILE)
        victim.start()
        # By then Telegram has read whatever the dead one had sent off.
        await victim.telegram.until(lambda met=met: calls["getMe"] >= met, WITHIN_SECONDS)
        unsettled = broadcast.came.total - settled
        in_flight.append(unsettled - known)
        known = unsettled
    return in_flight


async def survives(victim: Victim, *, broadcasts: int, size: int, kills: int) -> None:
    chance, audience = random.Random(size), Audience(victim)
    await audience.gathers(size)
    twice, in_flight = 0, list[int]()
    for _ in range(broadcasts):
        broadcast = await audience.is_written_to()
        # Together fewer than there are messages, so that every kill meets a broadcast that is under way.
        in_flight += await is_killed(
            victim, broadcast, [chance.randrange(1, size // kills) for _ in range(kills)]
        )
        await broadcast.ends()
        assert broadcast.came.lost == 0
        twice += broadcast.came.total - size

    assert len(in_flight) == broadcasts * kills
    assert max(in_flight) <= IN_FLIGHT
    assert twice <= sum(in_flight)
    print(f"{len(in_flight)} kills, 0 lost, {twice} twice, at most {max(in_flight)} in flight")


# On PostgreSQL each kill costs the wait for the dead one's claims.
@pytest.mark.parametrize("engine_name", ["sqlite", pytest.param("postgresql", marks=pytest.mark.proof)])
async def test_a_broadcast_survives_a_handful_of_kills(victim: Victim):
    await survives(victim, broadcasts=1, size=120, kills=4)


@pytest.mark.proof
@pytest.mark.timeout(1800)
async def test_ten_broadcasts_to_a_thousand_survive_ten_kills_each(victim: Victim):
    await survives(victim, broadcasts=10, size=1_000, kills=10)
