"""A broadcast that is sent, or asked for, twice at the same instant: as by two taps in two processes."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from solidarity.access import Actor
from solidarity.broadcasts.life import pause, take_back
from solidarity.broadcasts.sending import ask_to_send, send_draft
from solidarity.desk import open_desk
from solidarity.errors import SolidarityError
from solidarity.people import actor_of, agree, person_of
from solidarity.restrictions import freeze
from storage.models import BroadcastState, RoleName
from storage.unit_of_work import Storage, UnitOfWork
from tests.world import NOON

from .broadcasting import drafts_own


@pytest.fixture
async def staff(storage: Storage) -> list[UUID]:
    found = []
    async with storage.unit() as uow:
        for number in range(8):
            person = await person_of(
                uow, (await agree(uow, 700_000_001 + number, language="en", now=NOON)).id
            )
            if number < 2:
                await uow.people.grant(
                    person, RoleName.COORDINATOR, scope=None, granted_by=None, day=NOON.date()
                )
                await open_desk(uow, await actor_of(uow, person, now=NOON), is_right=True, now=NOON)
            found.append(person.id)
        await agree(uow, 700_000_100, language="ru", now=NOON)
    return found


async def taps(uow: UnitOfWork, person_id: UUID) -> Actor:
    """Read who taps, as each tap does first."""
    return await actor_of(uow, await person_of(uow, person_id), now=NOON)


async def drafts(storage: Storage, person_id: UUID, **by: Any) -> None:
    async with storage.unit() as uow:
        await drafts_own(
            uow, await taps(uow, person_id), texts={"ru": "Слова", "en": "Words"}, now=NOON, **by
        )


async def outcomes(*deeds: Any) -> list[bool]:
    done = await asyncio.gather(*deeds, return_exceptions=True)
    for one in done:
        if isinstance(one, BaseException) and not isinstance(one, SolidarityError):
            raise one
    return sorted(one is None for one in done)


async def made(storage: Storage) -> list[BroadcastState]:
    async with storage.view() as uow:
        return [one.state for one in await uow.broadcasts.newest(limit=9)]


async def test_what_is_sent_twice_at_once_goes_out_once(storage: Storage, staff: list[UUID]):
    await drafts(storage, staff[0], language="ru")

    async def sends() -> None:
        async with storage.unit() as uow:
            await send_draft(uow, await taps(uow, staff[0]), "1", now=NOON)

    assert await outcomes(sends(), sends()) == [False, True]
    assert await made(storage) == [BroadcastState.GOING]


async def test_what_is_asked_for_twice_at_once_waits_once(storage: Storage, staff: list[UUID]):
    await drafts(storage, staff[0])

    async def asks() -> None:
        async with storage.unit() as uow:
            await ask_to_send(uow, await taps(uow, staff[0]), "9", why="All should know", now=NOON)

    assert await outcomes(asks(), asks()) == [False, True]
    assert await made(storage) == [BroadcastState.ASKED]


@pytest.mark.parametrize("act", [pause, take_back])
async def test_a_freeze_and_a_colleagues_act_at_once_end_in_nothing_that_goes_out(
    storage: Storage, staff: list[UUID], act: Any
):
    await drafts(storage, staff[0], language="ru")
    async with storage.unit() as uow:
        sent = await send_draft(uow, await taps(uow, staff[0]), "1", now=NOON)
        assert sent is not None

    async def freezes() -> None:
        async with storage.unit() as uow:
            await freeze(uow, await taps(uow, staff[1]), staff[0], now=NOON)

    async def acts() -> None:
        async with storage.unit() as uow:
            await act(uow, await taps(uow, staff[0]), sent.id, now=NOON)

    await outcomes(freezes(), acts())

    assert await made(storage) != [BroadcastState.GOING]
