"""A written broadcast is sent: by one coordinator, or where own words go to many, by two.

Own words to more than 50 people or to more than a fifth of all take a second coordinator; what one
coordinator sent alone within a day counts together, so that an audience cut into pieces needs one as well.
So does a ready text about a sitting that the same coordinator claims: a court is named in own words.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from solidarity.access import Actor, require
from solidarity.audit import Act, record
from solidarity.broadcasts.audience import (
    LEAVE_OUT,
    Reach,
    Said,
    prisoner_spoken_of,
    reach_of,
    require_somebody,
    write_said,
)
from solidarity.broadcasts.drafts import DIALOGUE, BroadcastDraft, require_draft
from solidarity.broadcasts.life import BroadcastChange, digest_of, start
from solidarity.broadcasts.ready import court_of
from solidarity.errors import AudienceChanged, LanguagesMissing
from solidarity.requests import ask
from solidarity.typed_errors import TextEmpty
from storage.models import Broadcast, BroadcastKind, BroadcastState, RequestKind
from storage.unit_of_work import UnitOfWork

MOST_ALONE = 50
# More than one in so many of all.
PART_OF_ALL = 5
A_DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Outlook:
    """What a coordinator has written, whom it reaches now, and whether a colleague has to agree."""

    draft: BroadcastDraft
    reach: Reach
    takes_two: bool


async def outlook(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Outlook:
    """Look at what is written as it would be sent now.

    Raises:
        NoLongerSo: nothing is begun, or what its ready text says is not so any more.
    """
    draft = await require_draft(uow, actor, now=now)
    reach = await reach_of(uow, draft.said)
    return Outlook(draft, reach, await _takes_two(uow, actor, draft.said, reach, now=now))


async def _takes_two(uow: UnitOfWork, actor: Actor, said: Said, reach: Reach, *, now: datetime) -> bool:
    if said.kind is not BroadcastKind.OWN and not await _is_own_claim(uow, actor, said):
        return False
    alone = await uow.broadcasts.sent_alone(actor.id, said.kind, since=now - A_DAY)
    reached = alone + reach.count
    return reached > MOST_ALONE or reached * PART_OF_ALL > await uow.audiences.count_all()


async def _is_own_claim(uow: UnitOfWork, actor: Actor, said: Said) -> bool:
    _, hearing = await prisoner_spoken_of(uow, said)
    return hearing is not None and hearing.reported_by == actor.id


async def send_draft(uow: UnitOfWork, actor: Actor, shown: str, *, now: datetime) -> Broadcast | None:
    """Send what is written; None where a colleague has to agree first, and nothing was done.

    Args:
        shown: the number of people that the coordinator was shown.

    Raises:
        DeskClosed: the desk is not open.
        NoLongerSo: nothing is begun, or what its ready text says is not so any more.
        TextEmpty: it says nothing.
        LanguagesMissing: nobody has said what becomes of those for whom there is no text.
        NobodyAddressed: it would reach nobody.
        AudienceChanged: it would reach more or fewer than were shown.
    """
    require(actor, "desk.broadcasts", now=now)
    seen = await _ready(uow, actor, shown, now=now)
    if seen.takes_two:
        return None
    broadcast = await _make(uow, actor, seen.draft, now=now)
    await start(uow, broadcast, seen.draft.said, now=now)
    count, kind = broadcast.recipients, BroadcastChange.SENT
    await record(uow, Act.BROADCAST_CHANGED, by=actor.id, about=broadcast.id, kind=kind, count=count, now=now)
    return broadcast


async def seems_sendable(uow: UnitOfWork, actor: Actor, shown: str, *, now: datetime) -> bool:
    """Refuse what `send_draft` would refuse, and say whether it would go out without a colleague.

    Raises:
        NoLongerSo, TextEmpty, LanguagesMissing, NobodyAddressed, AudienceChanged: as `send_draft`.
    """
    return not (await _ready(uow, actor, shown, now=now)).takes_two


async def ask_to_send(uow: UnitOfWork, actor: Actor, shown: str, *, why: str, now: datetime) -> None:
    """Ask a colleague to agree to what is written: to its words, audience and time as they stand now.

    Raises:
        DeskClosed, NoLongerSo, TextEmpty, LanguagesMissing, NobodyAddressed, AudienceChanged: as
            `send_draft`.
        ReasonRefused, TextTooLong, TooManyRequests: as `requests.ask`.
    """
    require(actor, "desk.broadcasts", now=now)
    seen = await _ready(uow, actor, shown, now=now)
    broadcast = await _make(uow, actor, seen.draft, now=now)
    digest = await digest_of(uow, broadcast)
    await ask(uow, actor, RequestKind.BROADCAST, broadcast.id, argument=digest, why=why, now=now)


async def _ready(uow: UnitOfWork, actor: Actor, shown: str, *, now: datetime) -> Outlook:
    seen = await outlook(uow, actor, now=now)
    said = seen.draft.said
    says_nothing = said.kind is BroadcastKind.OWN and not said.texts
    if says_nothing or (said.kind is BroadcastKind.EVENING and said.when is None):
        raise TextEmpty("broadcast")
    is_settled = said.missing == LEAVE_OUT or said.missing in said.texts
    if seen.reach.without_text and not is_settled:
        raise LanguagesMissing("broadcast")
    require_somebody(seen.reach)
    if str(seen.reach.count) != shown:
        raise AudienceChanged("broadcast")
    return seen


async def _make(uow: UnitOfWork, actor: Actor, draft: BroadcastDraft, *, now: datetime) -> Broadcast:
    await uow.drafts.drop(actor.id, DIALOGUE)
    broadcast = Broadcast(
        made_by=actor.id,
        kind=draft.said.kind,
        state=BroadcastState.ASKED,
        is_urgent=draft.said.why is not None,
        made_at=now,
        starts_at=draft.starts_at(uow.home_zone, now=now),
    )
    return await uow.broadcasts.add(broadcast, said=write_said(await _as_it_stands(uow, draft.said)))


async def _as_it_stands(uow: UnitOfWork, said: Said) -> Said:
    """Return what is to be sent with the court as the coordinator has seen it."""
    _, hearing = await prisoner_spoken_of(uow, said)
    return said if hearing is None else replace(said, court=await court_of(uow, hearing))
