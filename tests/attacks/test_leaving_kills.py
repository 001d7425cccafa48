"""``kill -9`` around a leaving: the person is gone, and their chat is emptied, whenever it came."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from sandbox.person import Person
from tests.attacks.hands import Hands
from tests.attacks.processes import Forked
from tests.attacks.strikes import Strikes
from tests.attacks.victim import Victim, installed

A_MINUTE = timedelta(minutes=1)
REMAINS = ("person", "role", "draft", "posted", "button", "farewell", "hiding")


@pytest.fixture
async def victim(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Victim]:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    async with installed(tmp_path, url, "Forgotten Example", process=Forked) as (victim, _):
        yield victim


async def leave(victim: Victim, times: int) -> list[Person]:
    """Let so many people agree and leave, the bot killed at a moment of each leaving."""
    calm, strikes = Hands(victim.telegram, victim.rests), Strikes(victim, seed=times, share=1.0)
    people = [victim.telegram.person(f"Guest {number}") for number in range(times)]
    for person in people:
        await calm.joins(person)
        await calm.says(person, "/erase")
        await Hands(victim.telegram, strikes).taps(person, "Erase everything")
    # What Telegram did not answer before the last kill is tried again.
    victim.telegram.clock.advance(A_MINUTE)
    await victim.rests()
    assert strikes.count == times
    return people


async def remains(victim: Victim) -> dict[str, int]:
    """Count what is left of people: rows, keys of nobody but the one prisoner, and messages to delete."""
    async with victim.storage.view() as uow:
        counts = {table: await uow.session.scalar(text(f"SELECT count(*) FROM {table}")) for table in REMAINS}
        keys = await uow.session.scalar(text("SELECT count(*) FROM data_key"))
        return counts | {
            "data_key": keys - 1,
            "departed": await uow.session.scalar(text("SELECT count(*) FROM departed")),
        }


async def gone(victim: Victim, times: int) -> None:
    people = await leave(victim, times)

    assert await remains(victim) == dict.fromkeys(REMAINS, 0) | {"data_key": 0, "departed": times}
    assert [person.first_name for person in people if person.visible] == []


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_who_leaves_is_gone_whenever_the_bot_is_killed(victim: Victim):
    await gone(victim, 8)


@pytest.mark.proof
@pytest.mark.timeout(600)
async def test_fifty_who_leave_are_gone_whenever_the_bot_is_killed(victim: Victim):
    await gone(victim, 50)
