"""``kill -9`` while two hundred updates are in the bot's hands: each has its effect, and each its answer."""

import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from handlers.vocabulary import Step, write
from sandbox.person import Person
from tests.attacks.processes import Forked
from tests.attacks.victim import Victim, installed

# Each says something and agrees.
PEOPLE = 100
LONGEST_SECONDS = 60
# A message that is not there any more: the answer is a new one.
MISSING = 1
AGREE = write(Step("agree"))


@pytest.fixture(params=["polling", "webhook"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def victim(
    engine_name: str, mode: str, tmp_path: Path, request: pytest.FixtureRequest, unused_tcp_port: int
) -> AsyncIterator[Victim]:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    more = {
        "PORUCH_MODE": mode,
        "PORUCH_WEBHOOK_URL": f"http://127.0.0.1:{unused_tcp_port}/in/words",
        "PORUCH_WEBHOOK_SECRET": "a-secret-of-at-least-sixteen-signs",
        "PORUCH_LISTEN": f"127.0.0.1:{unused_tcp_port}",
    }
    async with installed(tmp_path, url, "Forgotten Example", process=Forked, more=more) as (victim, _):
        yield victim


async def count(victim: Victim, table: str) -> int:
    async with victim.storage.view() as uow:
        return int(await uow.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def is_answered(person: Person) -> bool:
    return any("Become a Guardian" in message.labels for message in person.visible if message.is_from_bot)


async def survive(victim: Victim, seed: int, *, kills: int) -> None:
    chance = random.Random(seed)
    people = [victim.telegram.person(f"Person {number}") for number in range(PEOPLE)]
    for person in people:
        await person.says("hello")
        await person.taps_data(MISSING, AGREE)

    for _ in range(kills):
        await victim.commits(chance.randint(1, max(PEOPLE // kills, 2)))
        victim.kill()
        victim.start()
    await victim.telegram.settled(LONGEST_SECONDS)
    await victim.telegram.until(everyone(people), LONGEST_SECONDS)

    assert await count(victim, "person") == PEOPLE
    assert await count(victim, "seen_update") >= PEOPLE


def everyone(people: list[Person]) -> Callable[[], bool]:
    return lambda: all(map(is_answered, people))


async def test_two_hundred_updates_outlive_kills(victim: Victim):
    await survive(victim, seed=1, kills=2)


@pytest.mark.proof
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(2, 7))
async def test_two_hundred_updates_outlive_many_kills(victim: Victim, seed: int):
    await survive(victim, seed, kills=20)
