"""`poruch upgrade` marks everybody's rights once, with the release that brings the marks."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import TypeVar

import pytest
from sqlalchemy import delete, update

from bot.configuration.settings import Settings
from bot.host.unsealing import read_secret
from bot.installing.installation import open_installation
from bot.installing.upgrading import mark_rights
from storage import schema
from storage.errors import ForgedRow
from storage.models import Desk, Person, RoleName
from storage.unit_of_work import Storage, UnitOfWork
from tests.world import new_person

Result = TypeVar("Result")


def inside(settings: Settings, work: Callable[[Storage], Awaitable[Result]]) -> Result:
    async def do() -> Result:
        storage = await open_installation(settings, read_secret(settings))
        try:
            return await work(storage)
        finally:
            await storage.database.close()

    return asyncio.run(do())


async def somebody_of_before(storage: Storage) -> None:
    """Keep a coordinator as the release before wrote one: without a mark."""
    async with storage.unit() as uow:
        person = await uow.people.add(new_person(), chat_id=7_000_000_101, phrase="x")
        day = date(2026, 11, 1)
        await uow.people.grant(person, RoleName.COORDINATOR, scope=None, granted_by=None, day=day)
        await uow.session.execute(update(Person).values(rights=None))


async def roles(uow: UnitOfWork) -> list[RoleName]:
    person = await uow.people.get_by_chat(7_000_000_101)
    assert person is not None
    return [role.role for role in await uow.people.roles_of(person)]


async def desk_of_them(uow: UnitOfWork) -> Desk | None:
    person = await uow.people.get_by_chat(7_000_000_101)
    assert person is not None
    return await uow.desks.get(person.id)


async def marked_from(storage: Storage, before: str) -> list[RoleName]:
    async with storage.database.writer.begin() as connection:
        await mark_rights(connection, storage.keys, before)
    async with storage.view() as uow:
        return await roles(uow)


def test_who_was_kept_before_has_their_rights_after_the_upgrade(settings: Settings) -> None:
    async def upgraded(storage: Storage) -> list[RoleName]:
        await somebody_of_before(storage)
        return await marked_from(storage, "0007")

    assert inside(settings, upgraded) == [RoleName.COORDINATOR]


@pytest.mark.parametrize("has_row", [True, False])
def test_a_desk_of_before_is_marked_as_it_stands_and_one_never_opened_is_made(
    settings: Settings, has_row: bool
) -> None:
    async def upgraded(storage: Storage) -> tuple[bool, bool]:
        await somebody_of_before(storage)
        async with storage.unit() as uow:
            await uow.session.execute(
                update(Desk).values(mac=None, wrong_tries=3) if has_row else delete(Desk)
            )
            before = await desk_of_them(uow)
        await marked_from(storage, "0007")
        async with storage.view() as uow:
            after = await desk_of_them(uow)
            return before is None, after is not None and after.wrong_tries == (3 if has_row else 0)

    assert inside(settings, upgraded) == (True, True)


@pytest.mark.parametrize("before", schema.REVISIONS[schema.REVISIONS.index("0008") :])
def test_neither_a_mark_nor_a_desk_is_made_later(settings: Settings, before: str) -> None:
    async def upgraded(storage: Storage) -> list[Desk | None]:
        found = []
        async with storage.unit() as uow:
            person = await uow.people.add(new_person(), chat_id=7_000_000_101, phrase="x")
            day = date(2026, 11, 1)
            await uow.people.grant(person, RoleName.COORDINATOR, scope=None, granted_by=None, day=day)
        for change in (update(Desk).values(mac=None), delete(Desk)):
            async with storage.unit() as uow:
                await uow.session.execute(change)
            await marked_from(storage, before)
            async with storage.view() as uow:
                found.append(await desk_of_them(uow))
        return found

    assert inside(settings, upgraded) == [None, None]


@pytest.mark.parametrize("before", schema.REVISIONS[schema.REVISIONS.index("0008") :])
def test_a_mark_that_is_missing_later_is_a_forged_one(settings: Settings, before: str) -> None:
    async def upgraded(storage: Storage) -> None:
        await somebody_of_before(storage)
        with pytest.raises(ForgedRow):
            await marked_from(storage, before)

    inside(settings, upgraded)
