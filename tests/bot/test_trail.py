"""What the running program writes into the trail by itself, and the daily word to coordinators."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.alarm.alarm import FILE, Alarm, State, write_state
from bot.alarm.shared_alarm import SharedAlarm
from bot.trail import DailyHead, note
from solidarity.audit import Act, By, newest_entries
from solidarity.people import agree, person_of
from storage.models import OutboxRow, RoleName
from storage.unit_of_work import Storage
from tests.storage.test_audit import unwritable
from tests.world import NOON


class Clock:
    def now(self):
        return NOON


@pytest.fixture
async def coordinator(storage: Storage):
    async with storage.unit() as uow:
        bob = await agree(uow, 700_000_001, language="en", now=NOON)
        person = await person_of(uow, bob.id)
        await uow.people.grant(person, RoleName.COORDINATOR, scope=None, granted_by=None, day=NOON.date())
    return bob


async def acts(storage: Storage) -> list[tuple[str, str]]:
    async with storage.view() as uow:
        return [(entry.act, entry.by) for entry in await newest_entries(uow, 10)]


async def kinds(storage: Storage) -> list[str]:
    async with storage.view() as uow:
        return sorted(
            await uow.session.scalars(OutboxRow.__table__.select().with_only_columns(OutboxRow.kind))
        )


async def test_what_was_done_already_is_noted_as_the_hosts_or_the_bots(storage: Storage) -> None:
    await note(storage, Act.SEALED)
    await note(storage, Act.KEY_ROTATED, by=By.BOT, count=7)
    assert await acts(storage) == [("sealed", "host"), ("key_rotated", "bot")]


async def test_a_trail_that_takes_nothing_keeps_nothing_from_being_sealed_and_the_log_says_so(
    storage: Storage,
) -> None:
    async with unwritable(storage):
        with capture_logs() as logged:
            await note(storage, Act.SEALED)
    assert await acts(storage) == []
    assert [(line["event"], line["kind"]) for line in logged] == [
        ("something was done that is not in the trail", "sealed")
    ]


async def test_the_daily_word_goes_out_once(storage: Storage, coordinator: object) -> None:
    head = DailyHead(storage, clock=Clock())  # type: ignore[arg-type]
    await head.run()
    assert await kinds(storage) == []
    await note(storage, Act.UNSEALED)
    await head.run()
    await head.run()
    assert await kinds(storage) == ["desk_audit_head"]


async def test_an_alarm_that_is_lifted_is_written_down_and_told(
    storage: Storage, coordinator: object, tmp_path: Path
) -> None:
    write_state(tmp_path / FILE, State.STANDS)
    alarm = Alarm(tmp_path)
    shared = SharedAlarm(storage, alarm, clock=Clock())  # type: ignore[arg-type]
    alarm.lift()
    await shared.settle()
    await shared.settle()
    assert await acts(storage) == [("alarm_lifted", "host")]
    assert await kinds(storage) == ["desk_host_act"]
    assert alarm.news is None


async def test_an_alarm_that_rises_is_not_the_hosts_act(storage: Storage, tmp_path: Path) -> None:
    alarm = Alarm(tmp_path)
    alarm.raise_for("rival")
    await SharedAlarm(storage, alarm, clock=Clock()).settle()  # type: ignore[arg-type]
    assert await acts(storage) == []
