"""Nobody is reminded of a time that no longer holds; who was told is told anew; each reminder once."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from storage.database import Database, open_postgresql, open_sqlite
from storage.keyring import Purpose
from storage.keys import Keys
from storage.unit_of_work import Storage
from tests.attacks.hearing_changes import Ground, HearingChanges, people_and_prisoners
from tests.world import RING

STEPS, STEPS_ON_POSTGRESQL = 20_000, 4_000
AN_EXAMPLE = 40
MOST_EXAMPLES = 20
NO_STEPS = ("read",)


def steps_of(done: Counter[str]) -> int:
    return done.total() - sum(done[name] for name in NO_STEPS)


def _run(database: Database, *, steps: int, is_proof: bool) -> Counter[str]:
    loop = asyncio.new_event_loop()
    storage, done = Storage(database, Keys(RING)), Counter[str]()
    try:
        while steps_of(done) < steps:
            left = steps - steps_of(done)
            _run_round(loop, storage, done, examples=max(left // AN_EXAMPLE, 8), is_proof=is_proof)
    finally:
        loop.run_until_complete(database.close())
        loop.close()
    return done


def _run_round(
    loop: asyncio.AbstractEventLoop, storage: Storage, done: Counter[str], *, examples: int, is_proof: bool
) -> None:
    """Try some examples in one transaction: the longer it is, the dearer is each savepoint in it."""
    opening = storage.database.session()
    session = loop.run_until_complete(opening.__aenter__())
    try:
        uow = storage._work(session, locks=True)
        people, prisoners = loop.run_until_complete(people_and_prisoners(uow))
        ground = Ground(loop, storage, session, people, prisoners, done)
        run_state_machine_as_test(
            type("Machine", (HearingChanges,), {"ground": ground}),
            settings=settings(
                max_examples=min(examples, MOST_EXAMPLES),
                stateful_step_count=AN_EXAMPLE,
                deadline=None,
                # Rounds after one another shall not try the same.
                derandomize=not is_proof,
                database=None,
                # Each step costs a unit of work: to look for the shortest way takes minutes.
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        loop.run_until_complete(session.rollback())
        loop.run_until_complete(opening.__aexit__(None, None, None))


@contextmanager
def _one_machine(database: Database) -> Iterator[HearingChanges]:
    """A machine that is led by hand."""
    loop = asyncio.new_event_loop()
    storage = Storage(database, Keys(RING))
    opening = storage.database.session()
    session = loop.run_until_complete(opening.__aenter__())
    try:
        uow = storage._work(session, locks=True)
        people, prisoners = loop.run_until_complete(people_and_prisoners(uow))
        ground = Ground(loop, storage, session, people, prisoners)
        yield type("Machine", (HearingChanges,), {"ground": ground})()
    finally:
        loop.run_until_complete(session.rollback())
        loop.run_until_complete(opening.__aexit__(None, None, None))
        loop.run_until_complete(database.close())
        loop.close()


def _database(engine_name: str, request: pytest.FixtureRequest, data_dir: Path) -> Database:
    if engine_name == "postgresql":
        return open_postgresql(request.getfixturevalue("new_postgresql"))
    request.getfixturevalue("new_sqlite")
    return open_sqlite(data_dir, RING.primary(Purpose.DBK).key)


def test_nobody_is_left_with_a_wrong_date(
    engine_name: str, request: pytest.FixtureRequest, data_dir: Path
) -> None:
    done = _run(_database(engine_name, request, data_dir), steps=200, is_proof=False)

    assert steps_of(done) >= 200
    assert done["read"] > 0


@pytest.mark.parametrize("answered", ["while away", "when back"])
def test_who_leaves_with_news_on_their_way_and_comes_back_reads_it_once(
    answered: str, engine_name: str, request: pytest.FixtureRequest, data_dir: Path
) -> None:
    with _one_machine(_database(engine_name, request, data_dir)) as machine:
        machine.announces(of="shown", ahead=24 * 8)
        machine.hands_over()
        machine.steps_down(name="alice", of="shown")
        if answered == "while away":
            machine.is_answered()
        machine.comes_back(name="alice", of="shown")
        machine.is_answered()
        machine.delivers()
        machine.moves(number=0, ahead=24 * 20)
        machine.teardown()

        read = [one.kind for one in machine.read if one.name == "alice"]
    assert read == ["hearing_new", "hearing_moved"]


@pytest.mark.proof
@pytest.mark.timeout(3000)
@pytest.mark.parametrize(
    ("engine_name", "steps"),
    [("sqlite", STEPS), ("postgresql", STEPS_ON_POSTGRESQL)],
    indirect=["engine_name"],
)
def test_nobody_is_left_with_a_wrong_date_in_many_steps(
    engine_name: str, steps: int, request: pytest.FixtureRequest, data_dir: Path
) -> None:
    done = _run(_database(engine_name, request, data_dir), steps=steps, is_proof=True)

    assert steps_of(done) >= steps
    assert min(done[name] for name in ("moves", "cancels", "dies", "hands_over")) >= steps // 400
    assert done["read"] >= steps // 20
