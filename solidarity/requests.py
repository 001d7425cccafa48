"""What takes two coordinators: one asks with a reason, another one decides, each at their own open desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from solidarity.access import Actor, require
from solidarity.agreed import CHECKS, DONE_BY, ENDED_BY
from solidarity.audit import Act, record, record_of_host
from solidarity.errors import NoLongerSo, NotForYou, TooManyRequests
from solidarity.people import person_of
from solidarity.reminders import news_for
from solidarity.request_cards import RequestCard, card_of
from solidarity.second_person import WAITS_FOR, coordinators_at_work, deciders, may_decide
from solidarity.typed_errors import ReasonRefused, TextTooLong
from storage.models import Kinship, Request, RequestKind, RequestState
from storage.unit_of_work import UnitOfWork

OPENS_FOR = timedelta(hours=24)
SHORTEST_REASON, LONGEST_REASON = 2, 200
MOST_OPEN = 10
WAITING, DECIDED = "desk_request_waiting", "desk_request_decided"


@dataclass(frozen=True)
class RequestsWaiting:
    """How many requests of colleagues wait for a decision, and how many of one's own to be opened."""

    to_decide: int
    ready: int


async def ask(
    uow: UnitOfWork,
    actor: Actor,
    kind: str,
    about_id: UUID | None,
    *,
    argument: str = "",
    why: str,
    now: datetime,
) -> None:
    """Ask for what takes two, and tell whoever may decide it; the same thing asked twice waits once.

    Raises:
        DeskClosed: the asker's desk is not open.
        NotForYou: no such kind, or nothing of it to be asked for.
        NoLongerSo: it is not needed any more.
        ReasonRefused: no reason in it.
        TextTooLong: more than 200 characters.
        TooManyRequests: ten wait already.
    """
    require(actor, "desk.ask", now=now)
    if kind not in CHECKS or about_id is None:
        raise NotForYou(kind)
    wanted = RequestKind(kind)
    await CHECKS[wanted](uow, actor, about_id, argument, now)
    reason = checked_reason(why)
    mine = [one for one in await uow.requests.open_at(now) if one.requested_by == actor.id]
    if any((one.kind, one.about_id, one.argument) == (wanted, about_id, argument) for one in mine):
        return
    if len(mine) >= MOST_OPEN:
        raise TooManyRequests(MOST_OPEN)
    await _add(uow, actor.id, wanted, about_id, argument, reason, now=now)


async def ask_to_confirm(uow: UnitOfWork, tie: Kinship, *, given_by: UUID | None, now: datetime) -> None:
    """Ask for a second coordinator where somebody redeemed a relative's words; who gave them is the first.

    Where nobody is who gave them, a coordinator asks by hand from the prisoner's card.
    """
    at_work = await coordinators_at_work(uow, now=now)
    if given_by is not None and given_by in at_work.people and given_by != tie.person_id:
        await _add(uow, given_by, RequestKind.KINSHIP, tie.id, "", None, now=now)


async def _add(
    uow: UnitOfWork,
    asker: UUID,
    kind: RequestKind,
    about_id: UUID,
    argument: str,
    why: str | None,
    *,
    now: datetime,
) -> None:
    request = await uow.requests.add(
        kind,
        requested_by=asker,
        about_id=about_id,
        argument=argument,
        why=why,
        asked_at=now,
        expires_at=now + WAITS_FOR,
    )
    await uow.outbox.queue(
        news_for(person, WAITING, request.id, now=now, useful_until=request.expires_at)
        for person in await deciders(uow, request, now=now)
    )
    await record(uow, Act.REQUEST_MADE, by=asker, about=about_id, kind=kind, now=now)


def checked_reason(typed: str) -> str:
    """Return a reason as it is kept.

    Raises:
        ReasonRefused: fewer than two characters, or nothing but signs.
        TextTooLong: more than 200 characters.
    """
    reason = " ".join(typed.split())
    if len(reason) > LONGEST_REASON:
        raise TextTooLong(LONGEST_REASON)
    if len(reason) < SHORTEST_REASON or not any(sign.isalnum() for sign in reason):
        raise ReasonRefused("a request needs a reason")
    return reason


async def requests_at_desk(uow: UnitOfWork, actor: Actor, *, now: datetime) -> list[RequestCard]:
    """Return what this coordinator may decide, and what they asked for themselves, the oldest first."""
    waiting = await uow.requests.open_at(now)
    if not waiting:
        return []
    at_work = await coordinators_at_work(uow, now=now)
    cards = []
    for request in waiting:
        try:
            is_theirs = request.state is RequestState.WAITING and await may_decide(
                uow, request, actor.id, at_work
            )
            if is_theirs or request.requested_by == actor.id:
                cards.append(await card_of(uow, actor, request))
        except NotForYou:
            # What it is about has gone meanwhile.
            continue
    return cards


async def count_requests(uow: UnitOfWork, actor: Actor, *, now: datetime) -> RequestsWaiting:
    """Count the requests that wait for this coordinator."""
    cards = await requests_at_desk(uow, actor, now=now)
    ready = sum(card.is_mine and card.is_approved for card in cards)
    return RequestsWaiting(to_decide=sum(not card.is_mine for card in cards), ready=ready)


async def request_card(
    uow: UnitOfWork, actor: Actor, request_id: UUID | None, *, now: datetime
) -> RequestCard:
    """Return one request to who asked for it, or who may decide it.

    Raises:
        NotForYou: it is neither, or there is none.
        NoLongerSo: it is over.
    """
    request = await _known(uow, request_id)
    if request.requested_by != actor.id:
        await _require_second(uow, request, actor, now=now)
    _require_open(request, now=now)
    if request.state is RequestState.APPROVED and request.requested_by != actor.id:
        raise NoLongerSo(str(request.id))
    return await card_of(uow, actor, request)


async def approve(uow: UnitOfWork, actor: Actor, request_id: UUID | None, *, now: datetime) -> None:
    """Agree to a colleague's request: it is done at once, or theirs to open once within 24 hours.

    Raises:
        DeskClosed: this coordinator's own desk is not open.
        NotForYou: they asked themselves, are whom it is about, or are no second person for who asked.
        NoLongerSo: it was decided or withdrawn, ran out, or is not needed any more.
    """
    await approve_as(uow, await _to_decide(uow, actor, request_id, now=now), actor.id, now=now)


async def approve_as(uow: UnitOfWork, request: Request, by: UUID | None, *, now: datetime) -> None:
    """Write down an approval and do what follows from it; `by` None is the host.

    Raises:
        NoLongerSo: it does not wait any more, or is not needed.
    """
    _require_waiting(request, now=now)
    if request.kind in DONE_BY:
        await uow.requests.change(request, RequestState.OPENED, expires_at=now, by=by, at=now)
        await DONE_BY[request.kind](uow, request, by, now)
    else:
        await uow.requests.change(request, RequestState.APPROVED, expires_at=now + OPENS_FOR, by=by, at=now)
    await _tell_asker(uow, request, now=now)
    act, about, kind = Act.REQUEST_APPROVED, request.about_id, request.kind
    if by is None:
        await record_of_host(uow, act, about=about, kind=kind, now=now)
    else:
        await record(uow, act, by=by, about=about, kind=kind, now=now)


async def decline(uow: UnitOfWork, actor: Actor, request_id: UUID | None, *, now: datetime) -> None:
    """Refuse a colleague's request; they are told, without a reason.

    Raises:
        DeskClosed, NotForYou, NoLongerSo: as for `approve`.
    """
    request = await _to_decide(uow, actor, request_id, now=now)
    await uow.requests.change(request, RequestState.DECLINED, expires_at=now, by=actor.id, at=now)
    if request.kind in ENDED_BY:
        await ENDED_BY[request.kind](uow, request)
    await _tell_asker(uow, request, now=now)
    await record(uow, Act.REQUEST_REFUSED, by=actor.id, about=request.about_id, kind=request.kind, now=now)


async def withdraw(uow: UnitOfWork, actor: Actor, request_id: UUID | None, *, now: datetime) -> None:
    """Take one's own request back, also one that was approved.

    Raises:
        NotForYou: it is somebody else's, or there is none.
        NoLongerSo: it is over.
    """
    require(actor, "desk.requests", now=now)
    request = await own_request(uow, actor, request_id, now=now)
    await uow.requests.change(request, RequestState.WITHDRAWN, expires_at=now, by=None, at=now)
    await record(uow, Act.REQUEST_WITHDRAWN, by=actor.id, about=request.about_id, kind=request.kind, now=now)


async def own_request(uow: UnitOfWork, actor: Actor, request_id: UUID | None, *, now: datetime) -> Request:
    """Return a request to who asked for it, while it stands.

    Raises:
        NotForYou: it is somebody else's, or there is none.
        NoLongerSo: it is over.
    """
    request = await _known(uow, request_id)
    if request.requested_by != actor.id:
        raise NotForYou(str(request_id))
    _require_open(request, now=now)
    return request


async def is_waiting(uow: UnitOfWork, request_id: UUID) -> bool:
    """Say whether nobody has decided a request or taken it back."""
    request = await uow.requests.get(request_id)
    return request is not None and request.state is RequestState.WAITING


async def is_decided(uow: UnitOfWork, person_id: UUID, request_id: UUID) -> bool:
    """Say whether somebody still has to hear that their request was decided: not once they have opened it."""
    request = await uow.requests.get(request_id)
    if request is None or request.requested_by != person_id:
        return False
    if request.state is RequestState.OPENED:
        return request.kind in DONE_BY
    return request.state in (RequestState.APPROVED, RequestState.DECLINED)


async def _tell_asker(uow: UnitOfWork, request: Request, *, now: datetime) -> None:
    asker = await person_of(uow, request.requested_by)
    # What ended just now is still news for as long as an approval would be.
    until = max(request.expires_at, now + OPENS_FOR)
    await uow.outbox.queue([news_for(asker, DECIDED, request.id, now=now, useful_until=until)])


async def _known(uow: UnitOfWork, request_id: UUID | None) -> Request:
    request = None if request_id is None else await uow.requests.get(request_id)
    if request is None:
        raise NotForYou(str(request_id))
    return request


async def _to_decide(uow: UnitOfWork, actor: Actor, request_id: UUID | None, *, now: datetime) -> Request:
    require(actor, "desk.approve", now=now)
    request = await _known(uow, request_id)
    await _require_second(uow, request, actor, now=now)
    _require_waiting(request, now=now)
    return request


async def _require_second(uow: UnitOfWork, request: Request, actor: Actor, *, now: datetime) -> None:
    at_work = await coordinators_at_work(uow, now=now)
    if not await may_decide(uow, request, actor.id, at_work):
        raise NotForYou(str(request.id))


def _require_open(request: Request, *, now: datetime) -> None:
    if request.state not in (RequestState.WAITING, RequestState.APPROVED) or request.expires_at <= now:
        raise NoLongerSo(str(request.id))


def _require_waiting(request: Request, *, now: datetime) -> None:
    _require_open(request, now=now)
    if request.state is not RequestState.WAITING:
        raise NoLongerSo(str(request.id))
