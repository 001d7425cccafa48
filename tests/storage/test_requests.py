"""A request is believed as it was marked, and only so."""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from storage.columns import EPOCH, MILLISECOND
from storage.models import Person, Request, RequestKind, RequestState
from storage.unit_of_work import Storage, UnitOfWork
from tests.world import NOON

LATER = NOON + timedelta(hours=72)
MALLORYS = UUID(int=666)


async def add(uow: UnitOfWork, alice: Person, **changes: Any) -> Request:
    given: dict[str, Any] = {
        "requested_by": alice.id,
        "about_id": UUID(int=1),
        "argument": "",
        "why": "They asked for it.",
        "asked_at": NOON,
        "expires_at": LATER,
    }
    return await uow.requests.add(changes.pop("kind", RequestKind.CONTACT), **(given | changes))


@pytest.fixture
async def request_id(storage: Storage, alice: Person) -> UUID:
    async with storage.unit() as uow:
        request = await add(uow, alice)
        await uow.requests.change(request, RequestState.APPROVED, expires_at=LATER, by=MALLORYS, at=NOON)
        return request.id


async def write(storage: Storage, request_id: UUID, column: str, value: Any) -> None:
    async with storage.unit() as uow:
        statement = text(f"UPDATE request SET {column} = :value WHERE id = :id")
        await uow.session.execute(statement, {"value": value, "id": request_id.bytes})


async def test_a_request_is_found_as_it_was_left(storage: Storage, request_id: UUID):
    async with storage.view() as uow:
        request = await uow.requests.get(request_id)
        assert request is not None
        assert (request.state, request.decided_by) == (RequestState.APPROVED, MALLORYS)
        assert await uow.requests.reveal_why(request) == "They asked for it."


def ms(hours: int) -> int:
    return (NOON + timedelta(hours=hours) - EPOCH) // MILLISECOND


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "name"),
        ("kind", "nothing of ours"),
        ("about_id", b"another subject."),
        ("about_id", b"short"),
        ("argument", "public"),
        ("why", None),
        ("why", b"another cell"),
        ("state", "waiting"),
        ("state", "nothing of ours"),
        ("asked_at", ms(1)),
        ("asked_at", -1),
        ("decided_by", None),
        ("decided_by", b"somebody else's."),
        ("decided_at", ms(1)),
        ("decided_at", None),
        ("decided_at", 2**62),
        ("expires_at", ms(100)),
        ("expires_at", 2**62),
        ("mac", b""),
        ("mac", b"\0" * 32),
    ],
)
async def test_a_request_that_was_changed_by_hand_is_none_and_is_logged(
    storage: Storage, request_id: UUID, caplog: pytest.LogCaptureFixture, column: str, value: Any
):
    await write(storage, request_id, column, value)

    with caplog.at_level(logging.ERROR, "poruch.marks"):
        async with storage.unit() as uow:
            assert await uow.requests.get(request_id) is None
            assert await uow.requests.open_at(NOON) == []

    assert "a request is not marked by this installation" in caplog.text


async def test_a_request_given_to_somebody_else_by_hand_is_none(
    storage: Storage, request_id: UUID, mallory: Person
):
    await write(storage, request_id, "requested_by", mallory.id.bytes)

    async with storage.view() as uow:
        assert await uow.requests.get(request_id) is None


async def test_a_mark_of_another_request_is_none_of_this(storage: Storage, request_id: UUID, alice: Person):
    async with storage.unit() as uow:
        other = await add(uow, alice)
    await write(storage, request_id, "mac", other.mac)

    async with storage.view() as uow:
        assert await uow.requests.get(request_id) is None
        assert [one.id for one in await uow.requests.open_at(NOON)] == [other.id]


async def test_what_ran_out_or_was_settled_is_not_open(storage: Storage, alice: Person):
    async with storage.unit() as uow:
        await add(uow, alice, expires_at=NOON)
        declined = await add(uow, alice)
        await uow.requests.change(declined, RequestState.DECLINED, expires_at=LATER, by=MALLORYS, at=NOON)

    async with storage.view() as uow:
        assert await uow.requests.open_at(NOON) == []


async def test_what_was_opened_since_is_counted_and_nothing_else(storage: Storage, alice: Person):
    async with storage.unit() as uow:
        for kind, state, at in (
            (RequestKind.CONTACT, RequestState.OPENED, NOON),
            (RequestKind.CONTACT, RequestState.OPENED, NOON - timedelta(hours=25)),
            (RequestKind.CONTACT, RequestState.WITHDRAWN, NOON),
            (RequestKind.NAME, RequestState.OPENED, NOON),
        ):
            request = await add(uow, alice, kind=kind)
            await uow.requests.change(request, state, expires_at=at, by=MALLORYS, at=NOON)

    async with storage.view() as uow:
        since = NOON - timedelta(hours=24)
        assert await uow.requests.count_used(alice.id, RequestKind.CONTACT, since=since) == 1


async def test_mallory_gains_no_further_reveal_by_changing_a_row(
    storage: Storage, request_id: UUID, alice: Person
):
    await write(storage, request_id, "state", "declined")

    async with storage.view() as uow:
        assert await uow.requests.count_used(alice.id, RequestKind.CONTACT, since=NOON) == 1


async def test_who_leaves_is_in_no_request_any_more(
    storage: Storage, alice: Person, mallory: Person, request_id: UUID
):
    async with storage.unit() as uow:
        about = await add(uow, alice, about_id=mallory.id)
        tie = await add(uow, alice, about_id=UUID(int=7), kind=RequestKind.KINSHIP)
        approved = await add(uow, alice)
        await uow.requests.change(approved, RequestState.APPROVED, expires_at=LATER, by=mallory.id, at=NOON)
        declined = await add(uow, alice)
        await uow.requests.change(declined, RequestState.DECLINED, expires_at=LATER, by=mallory.id, at=NOON)
    await write(storage, request_id, "decided_by", mallory.id.bytes)

    async with storage.unit() as uow:
        await uow.requests.forget_person(mallory.id, ties={UUID(int=7)})

    async with storage.view() as uow:
        assert await uow.requests.get(about.id) is None
        assert await uow.requests.get(tie.id) is None
        assert await uow.requests.get(request_id) is None
        kept = [await uow.requests.get(one.id) for one in (approved, declined)]
        assert [(one.state, one.decided_by) for one in kept if one is not None] == [
            (RequestState.WITHDRAWN, None),
            (RequestState.DECLINED, None),
        ]
        left = await uow.session.scalar(
            text("SELECT count(*) FROM request WHERE decided_by = :id"), {"id": mallory.id.bytes}
        )
    assert left == 0
