"""Each process does its part: who takes updates, who sends, who tidies; and on SQLite there is only all."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.alarm.alarm import Alarm
from bot.assembly import assemble
from bot.clock import HandClock
from bot.configuration.settings import Settings
from bot.host.refusals import InstallationError
from bot.program import Poruch
from bot.roles import Role, require_role
from bot.single_job import Terms
from bot.telegram_api.connection import Connection
from bot.telegram_api.pace import Pace
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from storage.unit_of_work import Storage
from tests.bot.conftest import Kept
from tests.bot.ground import put, queue, row, states
from tests.world import NOON

SHORT = Terms(timedelta(seconds=1))

Begin = Callable[[Role], Awaitable[Poruch]]


@pytest.fixture
def settings(telegram: Lookalike, data_dir: Path) -> Settings:
    return Settings(data_dir=data_dir, token=telegram.token, telegram_api_url=telegram.url)


@pytest.fixture
async def begin(
    settings: Settings, clock: HandClock, storage: Storage, telegram: Lookalike
) -> AsyncIterator[Begin]:
    storage.on_commit(telegram.world.changes.note)
    begun: list[Poruch] = []

    async def begin(role: Role) -> Poruch:
        begun.append(assemble(settings, role=role, clock=clock, storage=storage, terms=SHORT))
        await begun[-1].start()
        return begun[-1]

    yield begin
    for each in begun:
        await each.stop()


async def is_sent(storage: Storage) -> bool:
    return (await states(storage)) == {"one": "dropped"}


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_three_processes_do_what_one_does(
    begin: Begin, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    posted_id = await put(storage, alice_id, message_id=alice.history[0].message_id, delete_at=NOON)
    await queue(storage, alice_id, kind="nothing_known")
    for role in (Role.INTAKE, Role.DELIVERY, Role.CLOCK):
        await begin(role)

    await alice.says("/menu")

    async def are_done() -> bool:
        return await is_sent(storage) and await row(storage, posted_id) is None

    await alice.sees("Become a Guardian")
    assert await telegram.until(are_done)


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_who_only_delivers_takes_no_updates_and_tidies_nothing(
    begin: Begin, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    posted_id = await put(storage, alice_id, message_id=alice.history[0].message_id, delete_at=NOON)
    await begin(Role.DELIVERY)

    await queue(storage, alice_id, kind="nothing_known")
    await telegram.until(lambda: is_sent(storage))

    assert set(telegram.calls.counts) == {"getMe"}
    assert await row(storage, posted_id) is not None


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_what_one_process_commits_another_sends_at_once(
    settings: Settings, begin: Begin, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    await begin(Role.DELIVERY)
    others_own = Storage(storage.database, storage.keys)
    elsewhere = assemble(settings, role=Role.INTAKE, clock=HandClock(NOON), storage=others_own, terms=SHORT)
    await elsewhere.start()

    await queue(others_own, alice_id, kind="nothing_known")
    await telegram.until(lambda: is_sent(storage))

    await elsewhere.stop()


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_of_two_who_take_updates_one_asks_telegram_and_the_other_follows_it(
    begin: Begin, telegram: Lookalike, alice: Person
) -> None:
    first = await begin(Role.INTAKE)
    await telegram.until(lambda: telegram.calls.of("getUpdates"))
    await begin(Role.INTAKE)
    await alice.says("/start")
    await alice.sees("Беларуская")

    await first.stop()
    await alice.says("/menu")
    await telegram.until(lambda: len([each for each in alice.visible if each.is_from_bot]) > 1)

    assert [call.status for call in telegram.calls.of("getUpdates") if call.status == 409] == []


@pytest.mark.parametrize("role", [Role.INTAKE, Role.DELIVERY, Role.CLOCK])
def test_on_sqlite_a_part_of_the_work_is_refused(settings: Settings, role: Role) -> None:
    with pytest.raises(InstallationError, match="on SQLite one process does everything"):
        require_role(role, settings)


def test_on_sqlite_one_process_does_everything(settings: Settings) -> None:
    require_role(Role.ALL, settings)


@pytest.mark.parametrize(
    ("role", "polls"), [(Role.INTAKE, True), (Role.DELIVERY, False), (Role.CLOCK, False)]
)
async def test_of_sealed_processes_only_those_answer_that_take_updates(
    settings: Settings, telegram: Lookalike, role: Role, polls: bool
) -> None:
    sealed = assemble(settings, role=role)._sealed_bot
    connection = Connection(telegram.token, telegram.url, Pace(), alarm=Alarm(settings.data_dir))
    await connection.meet_telegram()
    bot = sealed(connection)
    await bot.start()
    if polls:
        await telegram.until(lambda: telegram.calls.of("getUpdates"))
    await bot.stop()
    await bot.sweep()
    await connection.close()

    assert bool(telegram.calls.of("getUpdates")) == polls
