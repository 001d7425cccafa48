"""What two coordinators agreed on is opened by who asked: once, at their own open desk, within a day."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from solidarity.access import Actor, require
from solidarity.audit import Act, record
from solidarity.codes import give_staff_code
from solidarity.errors import NoLongerSo, NotForYou, TooManyReveals
from solidarity.people import reveal_contacts_of
from solidarity.requests import own_request
from solidarity.second_person import coordinators_at_work, may_decide
from storage.models import CodeKind, Request, RequestKind, RequestState
from storage.unit_of_work import UnitOfWork

SHOWN_FOR = timedelta(seconds=60)
# A code must be written down or told to somebody.
CODE_SHOWN_FOR = timedelta(minutes=10)
REVEALS_A_DAY = 5
A_DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Revealed:
    """What is shown once, in lines by what each is; empty where there is nothing to show."""

    kind: RequestKind
    lines: Mapping[str, str] = field(repr=False)

    @property
    def shown_for(self) -> timedelta:
        return CODE_SHOWN_FOR if self.kind is RequestKind.ROLE else SHOWN_FOR


async def open_request(uow: UnitOfWork, actor: Actor, request_id: UUID | None, *, now: datetime) -> Revealed:
    """Open what was approved, once.

    Where somebody left no contact details, nothing is shown and none of the five a day is used up.

    Raises:
        DeskClosed: the asker's desk is not open.
        NotForYou: it is somebody else's request, or there is none.
        NoLongerSo: it is not approved, was opened, or ran out; or who approved it may not decide any more.
        TooManyReveals: five people's contact details were opened within a day.
    """
    require(actor, "desk.requests", now=now)
    # One coordinator opens one thing after another: two at once must not both be the fifth of the day.
    await uow.desks.get(actor.id)
    request = await own_request(uow, actor, request_id, now=now)
    await _require_agreed(uow, request, now=now)
    if request.kind is RequestKind.CONTACT:
        used = await uow.requests.count_used(actor.id, RequestKind.CONTACT, since=now - A_DAY)
        if used >= REVEALS_A_DAY:
            raise TooManyReveals(REVEALS_A_DAY)
    revealed = Revealed(request.kind, await REVEALED_BY[request.kind](uow, request, now))
    state = RequestState.OPENED if revealed.lines else RequestState.WITHDRAWN
    by, at = request.decided_by, request.decided_at
    await uow.requests.change(request, state, expires_at=now, by=by, at=at)
    # What cannot be written down is not shown: this fails the unit, and with it the reveal. A code that is
    # given is written down where it is made.
    if request.kind in RECORDED_AS:
        act, count = RECORDED_AS[request.kind], len(revealed.lines)
        await record(uow, act, by=actor.id, about=request.about_id, count=count, now=now)
    return revealed


async def _require_agreed(uow: UnitOfWork, request: Request, *, now: datetime) -> None:
    """Refuse what is not approved by somebody who may still decide it; None is the host.

    Raises:
        NoLongerSo: it is so.
    """
    if request.state is not RequestState.APPROVED or request.kind not in REVEALED_BY:
        raise NoLongerSo(str(request.id))
    at_work = await coordinators_at_work(uow, now=now)
    is_one_of_them = request.requested_by in at_work.people
    by = request.decided_by
    if not is_one_of_them or (by is not None and not await may_decide(uow, request, by, at_work)):
        raise NoLongerSo(str(request.id))


async def _contacts(uow: UnitOfWork, request: Request, now: datetime) -> Mapping[str, str]:
    return await reveal_contacts_of(uow, request.about_id)


async def _names(uow: UnitOfWork, request: Request, now: datetime) -> Mapping[str, str]:
    prisoner = await uow.prisoners.get(request.about_id)
    if prisoner is None:
        raise NotForYou(str(request.about_id))
    return await uow.prisoners.reveal_names(prisoner)


async def _code(uow: UnitOfWork, request: Request, now: datetime) -> Mapping[str, str]:
    given = await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=request.requested_by, now=now)
    return {"code": given.words}


REVEALED_BY: dict[RequestKind, Callable[[UnitOfWork, Request, datetime], Awaitable[Mapping[str, str]]]] = {
    RequestKind.CONTACT: _contacts,
    RequestKind.NAME: _names,
    RequestKind.ROLE: _code,
}
RECORDED_AS = {
    RequestKind.CONTACT: Act.CONTACT_REVEALED,
    RequestKind.NAME: Act.NAME_REVEALED,
}
