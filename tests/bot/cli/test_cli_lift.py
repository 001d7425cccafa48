"""`poruch lift`: an alarm, with a bot that runs and without one; what keeps people away."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update

from bot.alarm.alarm import FILE, Alarm
from bot.clock import Clock
from bot.control.listener import Control
from bot.control.wire import Refused, Values
from solidarity.people import actor_of, person_of
from solidarity.pseudonyms import pseudonym
from solidarity.restrictions import flag_custody, freeze
from storage.models import Restriction, RoleName
from storage.unit_of_work import UnitOfWork
from tests.world import new_person

from .conftest import NOW, Run, at_home


def test_where_no_bot_runs_the_next_one_finds_it_lifted(poruch: Run, installed: Path) -> None:
    Alarm(installed / "data").raise_for("a test")

    ended = poruch("lift", "alarm")

    assert (ended.code, ended.out) == (0, "No bot runs here; the next one begins with the alarm lifted.\n")
    assert not Alarm(installed / "data").stands


def test_without_an_installation_nothing_is_written(poruch: Run, folder: Path) -> None:
    assert "nothing is installed" in poruch("lift", "alarm").refusal
    assert list(folder.iterdir()) == []


@asynccontextmanager
async def running(data_dir: Path, answer: Values | Refused) -> AsyncIterator[list[Values]]:
    """Stand for a running bot that answers so; gives what it was asked."""
    asked: list[Values] = []

    async def lift(request: Values) -> Values:
        asked.append(request)
        if isinstance(answer, Refused):
            raise answer
        return answer

    control = Control(data_dir, {"lift-alarm": lift})
    await control.start()
    try:
        yield asked
    finally:
        await control.stop()


@pytest.mark.parametrize(
    ("stood", "line"), [(True, "The alarm is lifted; the bot sends again.\n"), (False, "No alarm stood.\n")]
)
async def test_a_running_bot_is_asked(poruch: Run, installed: Path, stood: bool, line: str) -> None:
    async with running(installed / "data", {"stood": stood}) as asked:
        ended = await asyncio.to_thread(poruch, "lift", "alarm")

    assert (ended.code, ended.out, len(asked)) == (0, line, 1)
    assert not (installed / "data" / FILE).exists()


async def test_a_bot_that_cannot_lift_it_is_no_success(poruch: Run, installed: Path) -> None:
    async with running(installed / "data", Refused("the bot says no")):
        ended = await asyncio.to_thread(poruch, "lift", "alarm")

    assert "the bot says no" in ended.refusal


async def two_coordinators(uow: UnitOfWork) -> tuple[UUID, UUID]:
    bob, carol = [await uow.people.add(new_person(), chat_id=chat, phrase="x") for chat in (1, 2)]
    for person in (bob, carol):
        await uow.people.grant(person, RoleName.COORDINATOR, scope=None, granted_by=None, day=NOW.date())
    return bob.id, carol.id


def restricted(rule: Callable[..., Awaitable[None]]) -> tuple[str, ...]:
    """Let a coordinator keep a colleague away just now; returns the colleague's pseudonym."""

    async def do(uow: UnitOfWork) -> tuple[str, ...]:
        bob_id, carol_id = await two_coordinators(uow)
        now = Clock().now()
        bob = await actor_of(uow, await person_of(uow, bob_id), now=now)
        await rule(uow, bob, carol_id, now=now)
        return tuple(pseudonym(carol_id.bytes, "en").split())

    return at_home(do)


async def kept_away(uow: UnitOfWork) -> list[bool]:
    person = await uow.people.get_by_chat(2)
    assert person is not None
    carol = await actor_of(uow, person, now=Clock().now())
    return [carol.is_suspended, carol.is_frozen, carol.is_in_custody, carol.is_coordinator]


@pytest.mark.parametrize(("word", "rule"), [("freeze", freeze), ("custody", flag_custody)])
def test_the_host_lifts_what_a_coordinator_has_set(
    poruch: Run, installed: Path, word: str, rule: Callable[..., Awaitable[None]]
) -> None:
    name = restricted(rule)

    ended = poruch("lift", word, *name)

    assert ended.code == 0
    assert at_home(kept_away) == [False, False, False, True]


def test_nothing_is_lifted_where_nothing_stands(poruch: Run, installed: Path) -> None:
    name = restricted(freeze)

    assert "nothing of this kind stands" in poruch("lift", "custody", *name).refusal
    assert at_home(kept_away)[1]


def test_nobody_is_called_so(poruch: Run, installed: Path) -> None:
    assert "nobody has the pseudonym" in poruch("lift", "freeze", "no", "such").refusal


def test_rights_that_were_changed_by_hand_are_set_right_without_any_role(
    poruch: Run, installed: Path
) -> None:
    name = restricted(freeze)

    async def spoil(uow: UnitOfWork) -> None:
        await uow.session.execute(update(Restriction).values(until=None))

    at_home(spoil)
    refused = poruch("lift", "freeze", *name)
    ended = poruch("lift", "forgery", *name)

    assert refused.code == 1
    assert ended.code == 0
    assert at_home(kept_away) == [False, False, False, False]
    assert "as this program wrote them" in poruch("lift", "forgery", *name).refusal
