"""`poruch approve` and `poruch contact`: the operator as the second person, written down and told."""

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from solidarity.desk import open_desk
from solidarity.people import actor_of, agree, person_of, set_contact
from solidarity.pseudonyms import pseudonym
from solidarity.requests import ask
from solidarity.reveals import open_request
from storage.models import AuditEntry, OutboxRow, Request, RequestState, RoleName
from storage.unit_of_work import UnitOfWork

from .conftest import Run, at_home

WHY = "To call back."


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def alice(installed: Path) -> UUID:
    async def join(uow: UnitOfWork) -> UUID:
        alice = await agree(uow, 700_000_001, language="en", now=now())
        await set_contact(uow, alice, "phone", "+000 00 000-00-00")
        return alice.id

    return at_home(join)


@pytest.fixture
def bob(installed: Path) -> UUID:
    async def join(uow: UnitOfWork) -> UUID:
        person = await person_of(uow, (await agree(uow, 700_000_002, language="en", now=now())).id)
        day = now().date()
        await uow.people.grant(person, RoleName.COORDINATOR, scope=None, granted_by=None, day=day)
        return person.id

    return at_home(join)


@pytest.fixture
def request_id(alice: UUID, bob: UUID) -> UUID:
    async def asks(uow: UnitOfWork) -> UUID:
        person = await person_of(uow, bob)
        await open_desk(uow, await actor_of(uow, person, now=now()), is_right=True, now=now())
        actor = await actor_of(uow, person, now=now())
        await ask(uow, actor, "contact", alice, why=WHY, now=now())
        (request,) = await uow.requests.open_about(alice, now=now())
        return request.id

    return at_home(asks)


def last_act() -> dict[str, object]:
    async def look(uow: UnitOfWork) -> dict[str, object]:
        entries = await uow.session.scalars(select(AuditEntry.entry).order_by(AuditEntry.number))
        found: dict[str, object] = json.loads(list(entries)[-1])
        return found

    return at_home(look)


def told(person_id: UUID) -> list[str]:
    async def look(uow: UnitOfWork) -> list[str]:
        rows = await uow.session.scalars(select(OutboxRow.kind).where(OutboxRow.person_id == person_id))
        return sorted(rows)

    return at_home(look)


def state_of(request_id: UUID) -> RequestState:
    async def look(uow: UnitOfWork) -> RequestState:
        return (await uow.session.get_one(Request, request_id)).state

    return at_home(look)


def test_the_operator_approves_what_the_one_coordinator_asked_for(
    poruch: Run, bob: UUID, request_id: UUID
) -> None:
    ended = poruch("approve", "--yes", request_id.hex[:8])

    assert (ended.code, ended.err) == (0, "")
    assert state_of(request_id) is RequestState.APPROVED
    assert (last_act()["act"], last_act()["by"]) == ("request_approved", "host")
    assert "desk_host_act" in told(bob)
    assert "desk_request_decided" in told(bob)

    async def opens(uow: UnitOfWork) -> dict[str, str]:
        actor = await actor_of(uow, await person_of(uow, bob), now=now())
        return dict((await open_request(uow, actor, request_id, now=now())).lines)

    assert at_home(opens) == {"phone": "+000 00 000-00-00"}


def test_the_operator_sees_who_asks_for_whom_and_why_before(
    poruch: Run, alice: UUID, bob: UUID, request_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("no\n"))

    ended = poruch("approve", request_id.hex[:8])

    assert ended.code == 1
    assert pseudonym(bob.bytes, "en") in ended.out
    assert pseudonym(alice.bytes, "en") in ended.out
    assert WHY in ended.out
    assert "nothing was approved" in ended.err
    assert state_of(request_id) is RequestState.WAITING


@pytest.mark.parametrize("number", ["00000000", "", "abcd"])
def test_a_number_of_nothing_is_refused(poruch: Run, request_id: UUID, number: str) -> None:
    assert "no request with this number waits" in poruch("approve", "--yes", number).refusal


def test_what_was_approved_is_not_approved_again(poruch: Run, request_id: UUID) -> None:
    poruch("approve", "--yes", request_id.hex)

    assert "no request with this number waits" in poruch("approve", "--yes", request_id.hex).refusal


def test_contact_details_are_printed_written_down_and_told(poruch: Run, alice: UUID, bob: UUID) -> None:
    ended = poruch("contact", pseudonym(alice.bytes, "en"), "--why", WHY)

    assert (ended.code, ended.out, ended.err) == (0, "Phone: +000 00 000-00-00\n", "")
    assert (last_act()["act"], last_act()["by"]) == ("contact_revealed", "host")
    assert told(bob) == ["desk_host_act"]


def test_who_left_none_is_said_so(poruch: Run, bob: UUID) -> None:
    ended = poruch("contact", pseudonym(bob.bytes, "en"), "--why", WHY)

    assert ended.out == "This person has left no contact details.\n"


@pytest.mark.parametrize("why", ["", "x", "x" * 201])
def test_without_a_reason_nothing_is_shown(poruch: Run, alice: UUID, why: str) -> None:
    before = last_act()

    assert "a reason is needed" in poruch("contact", pseudonym(alice.bytes, "en"), "--why", why).refusal
    assert last_act() == before


def test_nobody_is_found_by_a_made_up_pseudonym(poruch: Run, alice: UUID) -> None:
    assert "nobody has the pseudonym" in poruch("contact", "Made Up", "--why", WHY).refusal
