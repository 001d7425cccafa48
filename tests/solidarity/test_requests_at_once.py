"""Two who decide or open at the same instant: one of them is the first, and the other finds it done."""

import asyncio
from collections.abc import Awaitable
from typing import Any
from uuid import UUID

import pytest

from solidarity.access import Actor
from solidarity.desk import open_desk
from solidarity.errors import NoLongerSo, SolidarityError, TooManyReveals
from solidarity.people import actor_of, agree, person_of, set_contact
from solidarity.requests import approve, ask
from solidarity.reveals import open_request
from storage.models import RoleName
from storage.unit_of_work import Storage
from tests.world import NOON


@pytest.fixture
async def staff(storage: Storage) -> list[Actor]:
    found = []
    async with storage.unit() as uow:
        for chat_id in (700_000_001, 700_000_002, 700_000_003):
            person = await person_of(uow, (await agree(uow, chat_id, language="en", now=NOON)).id)
            await uow.people.grant(person, RoleName.COORDINATOR, scope=None, granted_by=None, day=NOON.date())
            await open_desk(uow, await actor_of(uow, person, now=NOON), is_right=True, now=NOON)
            found.append(await actor_of(uow, person, now=NOON))
    return found


async def asked(storage: Storage, asker: Actor, number: int) -> UUID:
    async with storage.unit() as uow:
        person = await agree(uow, 700_100_000 + number, language="en", now=NOON)
        await set_contact(uow, person, "phone", "+000 00 000-00-00")
        await ask(uow, asker, "contact", person.id, why="To call back.", now=NOON)
        (request,) = await uow.requests.open_about(person.id, now=NOON)
        return request.id


async def approved(storage: Storage, asker: Actor, second: Actor, number: int) -> UUID:
    request_id = await asked(storage, asker, number)
    async with storage.unit() as uow:
        await approve(uow, second, request_id, now=NOON)
    return request_id


async def outcomes(*deeds: Awaitable[Any]) -> list[Any]:
    return [
        type(one) if isinstance(one, SolidarityError) else None
        for one in await asyncio.gather(*deeds, return_exceptions=True)
    ]


async def test_of_two_who_approve_at_once_one_finds_it_decided(storage: Storage, staff: list[Actor]):
    bob, carol, eve = staff
    request_id = await asked(storage, bob, 1)

    async def approves(actor: Actor) -> None:
        async with storage.unit() as uow:
            await approve(uow, actor, request_id, now=NOON)

    assert sorted(await outcomes(approves(carol), approves(eve)), key=str) == [NoLongerSo, None]


async def test_what_is_opened_twice_at_once_is_shown_once(storage: Storage, staff: list[Actor]):
    bob, carol, _ = staff
    request_id = await approved(storage, bob, carol, 1)

    async def opens() -> None:
        async with storage.unit() as uow:
            await open_request(uow, bob, request_id, now=NOON)

    assert sorted(await outcomes(opens(), opens()), key=str) == [NoLongerSo, None]


async def test_two_opened_at_once_are_not_both_the_fifth_of_the_day(storage: Storage, staff: list[Actor]):
    bob, carol, _ = staff
    requests = [await approved(storage, bob, carol, number) for number in range(6)]

    async def opens(request_id: UUID) -> None:
        async with storage.unit() as uow:
            await open_request(uow, bob, request_id, now=NOON)

    for request_id in requests[:4]:
        await opens(request_id)

    assert sorted(await outcomes(opens(requests[4]), opens(requests[5])), key=str) == [TooManyReveals, None]
