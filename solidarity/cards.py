"""What one person may read about one prisoner, opened together; whether they may is asked before."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.addresses import Place, place_of, source_in_words
from solidarity.envelopes import Envelope
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.hearings.drafts import HearingDraft
from solidarity.hours import local_instant
from solidarity.naming import name_for
from solidarity.paper import envelope_for
from solidarity.possible import Writer
from solidarity.post import Post, post_for
from storage.models import Confidence, CustodyStatus, Hearing, HearingStatus, Kinship, Openness
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Card:
    """A prisoner as one person may know them; `name` is the alias where the name is not for them."""

    id: UUID
    name: str
    status: CustodyStatus
    status_on: date | None
    is_silenced: bool
    post: Post
    place: Place | None
    detained_on: date | None
    interests: str | None
    # The whole address; None where no place is known, it is closed, or the name is not for this person.
    envelope: Envelope | None

    @property
    def is_written_to(self) -> bool:
        """Whether an envelope is offered: where a letter is neither impossible nor dangerous."""
        return self.envelope is not None and not self.is_silenced and self.post.letter.is_reminded_of


async def card_for(
    uow: UnitOfWork, actor: Actor, prisoner_id: UUID, *, writer: Writer = Writer.STRANGER
) -> Card:
    """Open what a person may read about a prisoner they have to do with.

    Args:
        writer: whose letters it speaks of; a Guardian's are a stranger's.

    Raises:
        NotForYou: there is no such prisoner.
    """
    prisoner = await uow.prisoners.get(prisoner_id)
    if prisoner is None:
        raise NotForYou(str(prisoner_id))
    place = await place_of(uow, prisoner.facility_code, actor.language, today=actor.today)
    details = await uow.prisoners.reveal_case(prisoner)
    return Card(
        id=prisoner.id,
        name=await name_for(uow, actor, prisoner),
        status=prisoner.custody_status,
        status_on=prisoner.custody_on,
        is_silenced=prisoner.is_silenced,
        post=await post_for(uow, prisoner, writer, today=actor.today),
        place=place,
        detained_on=_day(details.get("detained_on")),
        interests=await uow.prisoners.reveal_interests(prisoner),
        envelope=await envelope_for(uow, actor, prisoner, place),
    )


@dataclass(frozen=True)
class HearingCard:
    """A sitting as one person may know it; empty texts are not known."""

    name: str
    starts_at: datetime
    zone: str
    court: str
    room: str
    openness: Openness
    confidence: Confidence
    status: HearingStatus
    source: str
    # Whether this person says that they will be there.
    is_attending: bool


async def hearing_card(uow: UnitOfWork, actor: Actor, hearing: Hearing) -> HearingCard:
    """Open what a person may read about a sitting that concerns them.

    Raises:
        NotForYou: its prisoner is gone.
    """
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    if prisoner is None:
        raise NotForYou(str(hearing.id))
    details = await uow.hearings.reveal_details(hearing)
    return HearingCard(
        name=await name_for(uow, actor, prisoner),
        starts_at=hearing.starts_at,
        zone=hearing.zone,
        court=details.get("court", ""),
        room=details.get("room", ""),
        openness=hearing.openness,
        confidence=hearing.confidence,
        status=hearing.status,
        source=source_in_words(details.get("source", "")),
        is_attending=hearing.id in await uow.attendances.of_person(actor.id),
    )


async def drafted_card(uow: UnitOfWork, actor: Actor, draft: HearingDraft) -> HearingCard:
    """Write what people will read of a sitting that is only drafted; of somebody hidden, by their alias.

    Raises:
        NotForYou: there is no such prisoner.
        NoLongerSo: date or court is not said yet.
    """
    prisoner = None if draft.prisoner_id is None else await uow.prisoners.get(draft.prisoner_id)
    if prisoner is None:
        raise NotForYou(str(draft.prisoner_id))
    if draft.starts is None or draft.court is None:
        raise NoLongerSo(str(actor.id))
    return HearingCard(
        name=await name_for(uow, actor, prisoner, at_desk=True),
        starts_at=local_instant(draft.starts, uow.home_zone),
        zone=uow.home_zone,
        court=draft.court,
        room="",
        openness=Openness.UNKNOWN,
        confidence=Confidence.REPORTED,
        status=HearingStatus.SCHEDULED,
        source="",
        is_attending=False,
    )


async def silence_since(uow: UnitOfWork, actor: Actor, prisoner_id: UUID) -> int | None:
    """Return how many days ago anybody last reported a letter to a prisoner; None where nobody ever did."""
    last = await uow.letters.last_written_on(prisoner_id)
    return None if last is None else max((actor.today - last).days, 0)


async def family_cards(uow: UnitOfWork, actor: Actor) -> list[tuple[Kinship, Card]]:
    """Open the cards of everybody a person is linked to as family, in the order of the links.

    Raises:
        NotForYou: they are linked to nobody.
    """
    ties = sorted(await uow.kinships.of_person(actor.id), key=lambda tie: (tie.since, tie.id))
    if not ties:
        raise NotForYou("family")
    return [(tie, await card_for(uow, actor, tie.prisoner_id, writer=Writer.RELATIVE)) for tie in ties]


async def card_of_family(uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None) -> Card:
    """Open the card of one person somebody is linked to as family.

    Raises:
        NotForYou: they are not linked to them.
    """
    if prisoner_id not in {tie.prisoner_id for tie in await uow.kinships.of_person(actor.id)}:
        raise NotForYou(str(prisoner_id))
    return await card_for(uow, actor, prisoner_id, writer=Writer.RELATIVE)


def require_audible(card: Card) -> None:
    """Refuse to speak of a prisoner about whom everything is silent.

    Raises:
        NoLongerSo: they are silenced.
    """
    if card.is_silenced:
        raise NoLongerSo("silenced")


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
