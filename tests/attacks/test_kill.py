"""``kill -9`` right after any tap or message of the walk: it goes on, nothing lost, no effect doubled."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from solidarity.people import recognise, reveal_contacts
from tests.attacks.processes import Forked
from tests.attacks.strikes import Strikes
from tests.attacks.victim import Victim, installed
from tests.attacks.walk import Walk, Words

WORDS = Words(
    name="Forgotten Example",
    word="With pleasure",
    court="Example district court",
    contacts={
        "Name": "Alice Example",
        "Phone": "+375290000000",
        "E-mail": "alice@example.org",
        "Post": "Example street 1",
    },
)

EFFECTS = {
    "SELECT role, count(*) FROM role GROUP BY role ORDER BY role": [
        ("administrator", 1),
        ("coordinator", 2),
        ("relative", 1),
        ("supporter", 4),
    ],
    "SELECT count(*) FROM person": [(4,)],
    "SELECT state, rhythm_weeks FROM guardianship": [("active", 2)],
    "SELECT number FROM letter": [(1,)],
    "SELECT state FROM kinship": [("confirmed",)],
    "SELECT status, revision FROM hearing": [("cancelled", 3)],
    "SELECT count(*) FROM code": [(0,)],
    "SELECT kind, state FROM outbox WHERE state NOT IN ('sent', 'dropped')": [("letter", "queued")],
}


@pytest.fixture
async def victim(
    engine_name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[tuple[Victim, str]]:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    async with installed(tmp_path, url, WORDS.name, process=Forked) as victim:
        yield victim


async def rows(victim: Victim, query: str) -> list[tuple[object, ...]]:
    async with victim.storage.view() as uow:
        return [tuple(row) for row in await uow.session.execute(text(query))]


async def contacts(victim: Victim, user_id: int) -> list[str]:
    async with victim.storage.view() as uow:
        actor = await recognise(uow, user_id, now=victim.telegram.clock.now())
        assert actor is not None
        return list((await reveal_contacts(uow, actor)).values())


async def survive(victim: Victim, administrator_code: str, seed: int, *, share: float = 1.0) -> None:
    strikes = Strikes(victim, seed, share=share)
    walk = Walk(victim, WORDS, after=strikes)

    await walk.whole(administrator_code)

    assert strikes.count > 120 * share
    assert {query: await rows(victim, query) for query in EFFECTS} == EFFECTS
    assert await contacts(victim, walk.alice.user_id) == list(WORDS.contacts.values())


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_the_walk_survives_a_kill_after_many_a_step(victim: tuple[Victim, str]):
    await survive(*victim, seed=1, share=0.25)


@pytest.mark.proof
@pytest.mark.timeout(600)
async def test_the_walk_survives_a_kill_after_every_step(victim: tuple[Victim, str]):
    await survive(*victim, seed=1)


@pytest.mark.proof
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(2, 8))
async def test_the_walk_survives_kills_at_many_other_moments(victim: tuple[Victim, str], seed: int):
    await survive(*victim, seed)
