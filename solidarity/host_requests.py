"""What takes two, where there is no second coordinator: the host's command line is the other person."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from solidarity.audit import Act, record_of_host
from solidarity.errors import NoLongerSo
from solidarity.people import reveal_contacts_of
from solidarity.pseudonyms import pseudonym
from solidarity.requests import approve_as, checked_reason
from solidarity.second_person import coordinators_at_work, whom
from storage.models import RequestKind, RequestState
from storage.unit_of_work import UnitOfWork

SHORTEST_NUMBER = 6


@dataclass(frozen=True)
class HostCard:
    """A waiting request as the operator may see it: people by their English pseudonyms."""

    request_id: UUID
    kind: RequestKind
    asker: str
    person: str | None
    why: str | None = field(repr=False)


async def waiting_with_number(uow: UnitOfWork, number: str, *, now: datetime) -> HostCard:
    """Return the one waiting request whose number begins so.

    Raises:
        NoLongerSo: none waits that does, or more than one.
    """
    wanted = number.strip().casefold()
    found = [
        request
        for request in await uow.requests.open_at(now)
        if request.state is RequestState.WAITING and request.id.hex.startswith(wanted)
    ]
    if len(wanted) < SHORTEST_NUMBER or len(found) != 1:
        raise NoLongerSo("request number")
    (request,) = found
    person = await whom(uow, request)
    return HostCard(
        request.id,
        request.kind,
        pseudonym(request.requested_by.bytes, "en"),
        None if person is None else pseudonym(person.bytes, "en"),
        await uow.requests.reveal_why(request),
    )


async def approve_on_host(uow: UnitOfWork, request_id: UUID, *, now: datetime) -> None:
    """Agree to a coordinator's request as the second person; all coordinators are told.

    Raises:
        NoLongerSo: it does not wait any more, is not needed, or who asked is kept from their desk.
    """
    request = await uow.requests.get(request_id)
    at_work = await coordinators_at_work(uow, now=now)
    if request is None or request.requested_by not in at_work.people:
        raise NoLongerSo(str(request_id))
    await approve_as(uow, request, None, now=now)


async def reveal_contacts_on_host(
    uow: UnitOfWork, person_id: UUID, *, why: str, now: datetime
) -> dict[str, str]:
    """Open somebody's contact details for the operator; all coordinators are told that it was done.

    Raises:
        ReasonRefused, TextTooLong: there is no reason for it. It is not kept: the trail holds no free words.
        NotForYou: nobody has this id.
    """
    checked_reason(why)
    contacts = await reveal_contacts_of(uow, person_id)
    await record_of_host(uow, Act.CONTACT_REVEALED, about=person_id, count=len(contacts), now=now)
    return contacts
