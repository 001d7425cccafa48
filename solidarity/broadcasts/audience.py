"""What a broadcast says and to whom, and who that is today: asked when it is sent and again for each message.

Somebody whose name is not for everybody is spoken of by a ready text to those alone who stand by them, and to
coordinators, however wide the audience was chosen.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from solidarity.access import Actor
from solidarity.errors import NobodyAddressed, NoLongerSo
from solidarity.reminders import STANDING, is_hidden, is_spoken_of, is_within_reach
from storage.audiences import FREE, Circle, Recipient
from storage.audiences import Audience as Audience
from storage.models import AudienceRole, BroadcastKind, Hearing, Openness, Prisoner, Publicity, RoleName
from storage.unit_of_work import UnitOfWork

LANGUAGES = ("be", "ru", "en")
# What becomes of those in whose language there is no text, where they do not get one in another.
LEAVE_OUT = "out"
OF_PRISONERS = (BroadcastKind.TRANSFER, BroadcastKind.RELEASE)


@dataclass(frozen=True)
class Said:
    """What a broadcast says, and to whom.

    Attributes:
        texts: own words by language, in Telegram's HTML as they are sent.
        missing: `LEAVE_OUT`, or the language in which they are written to for whom there is no text.
        about: the prisoner or sitting of a ready text.
        when: the wall time of a letter evening, as ISO.
        court: that of a ready text's sitting as it was sent; None until then.
        why: the reason for which it pierces quiet hours; None where it does not.
    """

    kind: BroadcastKind
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    audience: Audience = field(default_factory=Audience)
    missing: str | None = None
    about: UUID | None = None
    when: str | None = None
    court: str | None = field(default=None, repr=False)
    why: str | None = field(default=None, repr=False)

    def language_for(self, language: str) -> str | None:
        """Return in which language somebody is written to; None where they are left out."""
        if self.kind is not BroadcastKind.OWN or language in self.texts:
            return language
        return self.missing if self.missing in self.texts else None


@dataclass(frozen=True)
class Reach:
    """How many a broadcast reaches: in all, and by the language they chose; and how many it leaves out."""

    recipients: tuple[Recipient, ...] = field(repr=False)
    by_language: Mapping[str, int]
    without_text: int

    @property
    def count(self) -> int:
        return len(self.recipients)


def write_said(said: Said) -> str:
    """Return what a broadcast says as it is sealed, and as its digest is made."""
    return json.dumps(said_to_dict(said), ensure_ascii=False, sort_keys=True)


def said_to_dict(said: Said) -> dict[str, Any]:
    """Return it as plain values, for JSON."""
    audience = {name: _plain(value) for name, value in asdict(said.audience).items()}
    return {**{name: _plain(value) for name, value in vars(said).items()}, "audience": audience}


def _plain(value: Any) -> Any:
    return value.hex if isinstance(value, UUID) else value


def said_from_dict(body: Mapping[str, Any]) -> Said:
    """Read what `said_to_dict` gave."""
    audience = dict(body["audience"])
    for name in ("prisoner", "hearing"):
        audience[name] = _id(audience[name])
    return Said(
        BroadcastKind(body["kind"]),
        texts=body["texts"],
        audience=Audience(**audience | {"role": AudienceRole(audience["role"])}),
        missing=body["missing"],
        about=_id(body["about"]),
        when=body["when"],
        court=body.get("court"),
        why=body["why"],
    )


def _id(text: str | None) -> UUID | None:
    return None if text is None else UUID(hex=text)


async def said_by(uow: UnitOfWork, broadcast_id: UUID) -> Said | None:
    """Open what a broadcast says; None where that is gone, or the row was changed by hand."""
    said = await uow.broadcasts.reveal(broadcast_id)
    return None if said is None else said_from_dict(json.loads(said))


async def about_hearing(uow: UnitOfWork, hearing_id: UUID) -> list[UUID]:
    """Return the broadcasts whose ready text is about a sitting, as long as their words are kept."""
    texts = await uow.broadcasts.texts_of(await uow.broadcasts.naming())
    return [one for one, text in texts.items() if _hearing_in(text) == hearing_id]


async def hearings_told_by(uow: UnitOfWork, broadcast_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return of which sitting each of some broadcasts speaks, for those that speak of one."""
    texts = await uow.broadcasts.texts_of(broadcast_ids)
    found = {one: _hearing_in(text) for one, text in texts.items()}
    return {one: hearing_id for one, hearing_id in found.items() if hearing_id is not None}


def _hearing_in(text: str) -> UUID | None:
    said = said_from_dict(json.loads(text))
    return said.about if said.kind is BroadcastKind.HEARING else None


async def prisoner_spoken_of(uow: UnitOfWork, said: Said) -> tuple[Prisoner | None, Hearing | None]:
    """Return of whom a ready text speaks, and of which sitting.

    Raises:
        NoLongerSo: it is not so any more: they are gone, silenced, free, or not; the sitting does not stand.
    """
    hearing = None
    if said.kind is BroadcastKind.HEARING:
        hearing = None if said.about is None else await uow.hearings.get(said.about)
        if hearing is None or hearing.status not in STANDING:
            raise NoLongerSo(str(said.about))
    elif said.kind not in OF_PRISONERS:
        return None, None
    prisoner_id = said.about if hearing is None else hearing.prisoner_id
    prisoner = None if prisoner_id is None else await uow.prisoners.get(prisoner_id)
    if prisoner is None or not is_spoken_of(prisoner) or not _is_so(said.kind, prisoner):
        raise NoLongerSo(str(said.about))
    return prisoner, hearing


def _is_so(kind: BroadcastKind, prisoner: Prisoner) -> bool:
    if kind is BroadcastKind.RELEASE:
        return prisoner.custody_status in FREE
    return kind is not BroadcastKind.TRANSFER or is_within_reach(prisoner)


async def _close_to(uow: UnitOfWork, said: Said) -> Circle | None:
    """Return whose people alone may be told, of a hidden one's sitting the family; None means everybody."""
    prisoner, hearing = await prisoner_spoken_of(uow, said)
    if prisoner is None:
        return None
    is_closed = hearing is not None and hearing.openness is Openness.CLOSED
    is_for_all = prisoner.publicity is Publicity.PUBLIC and not is_closed
    return None if is_for_all else Circle(prisoner.id, hearing is not None and is_hidden(prisoner))


async def reach_of(uow: UnitOfWork, said: Said) -> Reach:
    """Find everybody whom a broadcast reaches as things stand.

    Raises:
        NoLongerSo: what its ready text says is not so any more.
    """
    coordinators = [one.id for one in await uow.people.with_role(RoleName.COORDINATOR)]
    close_to = await _close_to(uow, said)
    people = await uow.audiences.people(said.audience, coordinators=coordinators, close_to=close_to)
    reached = tuple(one for one in people if said.language_for(one.language) is not None)
    languages = Counter(one.language for one in people)
    without = sum(
        n for one, n in languages.items() if said.kind is BroadcastKind.OWN and one not in said.texts
    )
    return Reach(reached, languages, without)


def require_somebody(reach: Reach) -> None:
    """Refuse an audience of nobody.

    Raises:
        NobodyAddressed: it is one.
    """
    if not reach.count:
        raise NobodyAddressed("audience")


async def cities(uow: UnitOfWork) -> list[str]:
    """Return the towns by which an audience can be chosen, in order."""
    return await uow.audiences.cities()


async def is_addressed(uow: UnitOfWork, actor: Actor, said: Said) -> bool:
    """Say whether somebody belongs to those whom a broadcast is for, and what it says is still so."""
    if said.language_for(actor.language) is None:
        return False
    try:
        close_to = await _close_to(uow, said)
    except NoLongerSo:
        return False
    coordinators = [actor.id] if actor.is_coordinator else []
    return await uow.audiences.has(actor.id, said.audience, coordinators=coordinators, close_to=close_to)
