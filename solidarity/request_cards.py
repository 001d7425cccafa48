"""A request as a coordinator may see it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.naming import name_for
from solidarity.proposals import (
    BroadcastProposal,
    CardProposal,
    WordProposal,
    broadcast_proposal,
    card_proposal,
    word_proposal,
)
from solidarity.pseudonyms import pseudonym
from solidarity.second_person import whom
from storage.models import Request, RequestKind, RequestState
from storage.unit_of_work import UnitOfWork

Proposal = CardProposal | WordProposal | BroadcastProposal
OF_PRISONERS = (RequestKind.NAME, RequestKind.PUBLICITY)


@dataclass(frozen=True)
class RequestCard:
    """A request as a coordinator may see it: people by pseudonym, a prisoner as they may call them.

    `why` is None where words were redeemed and nobody typed a reason.
    """

    request_id: UUID
    kind: RequestKind
    argument: str
    asker: str
    person: str | None
    prisoner: str | None
    why: str | None = field(repr=False)
    until: datetime
    is_mine: bool
    is_approved: bool
    change: Proposal | None = None


async def card_of(uow: UnitOfWork, actor: Actor, request: Request) -> RequestCard:
    """Open a request for a coordinator; whether they may see it is asked before.

    Raises:
        NotForYou: what it is about is gone.
    """
    person = await whom(uow, request)
    return RequestCard(
        request.id,
        request.kind,
        request.argument,
        pseudonym(request.requested_by.bytes, actor.language),
        None if person is None else pseudonym(person.bytes, actor.language),
        await _prisoner(uow, actor, request),
        await uow.requests.reveal_why(request),
        request.expires_at,
        request.requested_by == actor.id,
        request.state is RequestState.APPROVED,
        await _change(uow, request),
    )


async def _change(uow: UnitOfWork, request: Request) -> Proposal | None:
    if request.kind is RequestKind.RULE_CARD:
        return await card_proposal(uow, request.about_id)
    if request.kind is RequestKind.RISKY_WORD:
        return await word_proposal(uow, request.about_id)
    # Once it was started nobody decides about it any more, and its words may be gone.
    if request.kind is RequestKind.BROADCAST and request.state is RequestState.WAITING:
        return await broadcast_proposal(uow, request.about_id)
    return None


async def _prisoner(uow: UnitOfWork, actor: Actor, request: Request) -> str | None:
    prisoner_id = request.about_id if request.kind in OF_PRISONERS else None
    if request.kind is RequestKind.KINSHIP:
        tie = await uow.kinships.get(request.about_id)
        prisoner_id = None if tie is None else tie.prisoner_id
    prisoner = None if prisoner_id is None else await uow.prisoners.get(prisoner_id)
    return None if prisoner is None else await name_for(uow, actor, prisoner, at_desk=True)
