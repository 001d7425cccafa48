"""``kill -9`` right after any tap or message of the walk: it goes on, nothing lost, no effect doubled."""

import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from sandbox.clock import SandboxClock
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from storage.models import CustodyStatus, Prisoner, Publicity
from tests.attacks.victim import PIN, Victim
from tests.world import NOON

NAME = "Forgotten Example"
# How many requests to Telegram the bot gets done after an update before it is killed.
MOST_REQUESTS = 3


class Walk:
    """The walk, each step followed by a kill at a moment that the seed chooses."""

    def __init__(self, victim: Victim, seed: int) -> None:
        self._victim = victim
        self._random = random.Random(seed)
        self.kills = 0

    async def _struck(self, act: Awaitable[object]) -> None:
        await act
        await self._victim.requests(self._random.randrange(MOST_REQUESTS + 1))
        self._victim.kill()
        self.kills += 1
        self._victim.start()
        # Like a person who waits until the bot has answered.
        await self._victim.telegram.settled(timeout=20)

    async def says(self, person: Person, words: str) -> None:
        await self._struck(person.says(words))

    async def taps(self, person: Person, *labels: str) -> None:
        for label in labels:
            part = label.strip("…")
            fits: Callable[[str], bool] = part.__eq__ if part == label else lambda one, p=part: p in one
            seen = await self._victim.sees(person, fits)
            await self._struck(person.taps(seen))

    async def joins(self, person: Person, code: str = "") -> None:
        await self.says(person, f"/start {code}".strip())
        await self.taps(person, "English", "No", "I agree")
        await self._victim.sees(person, "Settings".__eq__)

    async def opens_desk(self, person: Person) -> None:
        await self.says(person, "/desk")
        for asked in ("Choose a PIN", "once more"):
            await self._victim.reads(person, asked)
            for digit in PIN:
                tap = await person.taps(digit)
                await self._victim.telegram.until(lambda tap=tap: tap.is_answered, timeout=20)
            await self.taps(person, "OK")
        await self._victim.sees(person, "Inbox".__eq__)

    async def whole(self, administrator_code: str) -> None:
        alice, bob = self._victim.alice, self._victim.bob
        await self.joins(alice)
        await self.taps(alice, "Become a Guardian", "Done", "Every 2 weeks", "I'll write", "Send")
        await self._victim.reads(alice, "Sent.")
        await self.joins(bob, administrator_code)
        await self.opens_desk(bob)
        await self.taps(bob, "Inbox", f"{NAME}…", "Accept", "Back", "Prisoners")
        await self.says(bob, NAME)
        await self.taps(bob, f"{NAME}…", "Add a hearing")
        await self.says(bob, "10.12.2026 14:30")
        await self.says(bob, "Example district court")
        await self.taps(bob, "Save")
        await self._victim.sees(alice, "Open".__eq__)
        await self.says(alice, "/mine")
        await self.taps(alice, f"{NAME}…", "I wrote")
        await self._victim.reads(alice, "Letters so far: 1")


@pytest.fixture
async def victim(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Victim]:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    async with await Lookalike.start(clock=SandboxClock(frozen_at=NOON)) as telegram:
        with Victim(telegram, tmp_path, NOON, url) as victim:
            yield victim


async def counts(victim: Victim) -> dict[str, int]:
    storage = await victim.open()
    async with storage.view() as uow:
        found = {
            table: await uow.session.scalar(text(f"SELECT count(*) FROM {table}"))
            for table in ("person", "guardianship", "letter", "hearing", "code")
        }
        waiting = await uow.session.scalar(text("SELECT count(*) FROM outbox WHERE kind = 'letter'"))
    await storage.database.close()
    return found | {"letter reminders": waiting}


async def survive(victim: Victim, seed: int) -> None:
    code = victim.install()
    storage = await victim.open()
    async with storage.unit() as uow:
        prisoner = await uow.prisoners.add(
            Prisoner(custody_status=CustodyStatus.PRETRIAL, publicity=Publicity.PUBLIC), source_id="1"
        )
        await uow.prisoners.describe(
            prisoner, names={"en": NAME}, alias=None, born=None, interests=None, case_details={}
        )
    await storage.database.close()
    victim.start()
    walk = Walk(victim, seed)

    await walk.whole(code)

    # Everything that is due at this instant has gone out: the acceptance and the announcement.
    await victim.telegram.until(lambda: _pushes(victim.alice) >= 2, timeout=20)
    victim.kill()
    assert await counts(victim) == {
        "person": 2, "guardianship": 1, "letter": 1, "hearing": 1, "code": 0, "letter reminders": 1,
    }  # fmt: skip
    assert walk.kills > 25
    # Only what was in flight when the process died may stand there twice.
    texts = Counter(m.text for m in victim.alice.history if m.labels == ["Open"])
    assert sum(texts.values()) <= 2 + walk.kills


def _pushes(person: Person) -> int:
    return sum(1 for message in person.history if message.labels == ["Open"])


@pytest.mark.timeout(300)
@pytest.mark.parametrize("engine_name", ["sqlite", pytest.param("postgresql", marks=pytest.mark.proof)])
async def test_the_walk_survives_a_kill_after_every_step(victim: Victim):
    await survive(victim, seed=1)


@pytest.mark.proof
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(2, 5))
async def test_the_walk_survives_kills_at_many_other_moments(victim: Victim, seed: int):
    await survive(victim, seed)
