"""What a decoy desk is told of each noun: what is public, in as many questions as a true desk asks.

Whatever is not written down here is answered with nothing, without asking: lists are empty, and a screen that
needs more than an empty list has nothing to show. Rows are handed out as copies, so that whoever changes one
changes nothing.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from solidarity.decoy.noun import DecoyNoun, is_public
from solidarity.decoy.sittings import Courts, Hearings, Milestones
from storage.audiences import Audience, Circle, Recipient
from storage.coverage import Written
from storage.digests import Those
from storage.models import (
    Broadcast,
    BroadcastKind,
    CardChange,
    Difference,
    DifferenceKind,
    Facility,
    Guardianship,
    Kinship,
    Person,
    Prisoner,
    Publicity,
    Request,
    WordChange,
)

MOST_GUARDIANS = 2
# The languages of the few people whom a decoy desk could write to.
SEEMING = ("be", "be", "ru", "be", "ru", "be", "ru")


class _Prisoners(DecoyNoun):
    async def get(self, prisoner_id: UUID) -> Prisoner | None:
        found = await self._true.prisoners.get(prisoner_id)
        if found is None or not is_public(found):
            return None
        copy = found.apart()
        copy.publicity = Publicity((await self._unit.memory()).get(prisoner_id.hex, found.publicity))
        return copy

    async def named(self, text: str) -> list[Prisoner]:
        found = await self._true.prisoners.named(text, is_public=True)
        return [one.apart() for one in found if is_public(one)]

    async def hidden(self) -> list[Prisoner]:
        return []

    async def unspoken(self) -> list[Prisoner]:
        await self._true.prisoners.unspoken()
        return []

    async def reveal_names(self, prisoner: Prisoner) -> dict[str, str]:
        public = await self.get(prisoner.id)
        return {} if public is None else await self._true.prisoners.reveal_names(public)

    async def reveal_alias(self, prisoner: Prisoner) -> str | None:
        # It may lead to what was once hidden behind it.
        return None


class _Attendances(DecoyNoun):
    async def count(self, hearing_id: UUID) -> int:
        await self._true.attendances.count(hearing_id)
        return 0

    async def people(self, hearing_id: UUID) -> list[Person]:
        await self._true.attendances.people(hearing_id)
        return []


class _Followings(DecoyNoun):
    async def askers(self, hearing_id: UUID) -> list[Person]:
        await self._true.followings.askers(hearing_id)
        return []


class _Guardianships(DecoyNoun):
    async def waiting(self) -> list[Guardianship]:
        await self._true.guardianships.waiting()
        return []

    async def guardians_of(self, prisoner_id: UUID) -> Sequence[Person]:
        """Give as many placeholders as somebody so public might well have: one or two, always the same."""
        await self._true.guardianships.guardians_of(prisoner_id)
        return [Person()] * _seeming_guardians(prisoner_id)


class _Coverage(DecoyNoun):
    async def today(self, *, keeper_id: UUID | None) -> list[Written]:
        """Give the public ones as anybody finds them, with as many Guardians as their cards say."""
        owner = None if keeper_id is None else self._unit.owner(keeper_id)
        found = await self._true.coverage.today(keeper_id=owner)
        if owner is not None:
            return []
        seeming = [
            one._replace(guardians=_seeming_guardians(one.prisoner_id)) for one in found if one.is_public
        ]
        return sorted(seeming, key=lambda one: (one.guardians, one.last_on or date.min, one.prisoner_id))

    async def public_in_order(self, *, beginning: UUID, limit: int, offset: int = 0) -> list[UUID]:
        """Give whom anybody may see, in no telling order: who is written to least is a desk's to know."""
        await self._true.coverage.public_in_order(beginning=beginning, limit=limit, offset=offset)
        return [one.id for one in await self._true.prisoners.public(limit=limit, offset=offset)]


class _Digests(DecoyNoun):
    async def quiet(self, person_id: UUID, *, limit: int) -> Those:
        await self._true.digests.quiet(self._unit.owner(person_id), limit=limit)
        return Those(0, ())

    async def unheard(self, person_id: UUID, *, since: date, limit: int) -> Those:
        await self._true.digests.unheard(self._unit.owner(person_id), since=since, limit=limit)
        return Those(0, ())

    async def nobodys(self, person_id: UUID, *, limit: int) -> Those:
        await self._true.digests.nobodys(self._unit.owner(person_id), limit=limit)
        return Those(0, ())


class _Kinships(DecoyNoun):
    async def of_person(self, person_id: UUID) -> list[Kinship]:
        return []

    async def family_of(self, prisoner_id: UUID) -> Sequence[Person]:
        """Give one placeholder: family is what everybody has."""
        await self._true.kinships.family_of(prisoner_id)
        return [Person()]


class _Differences(DecoyNoun):
    async def counts(self) -> dict[DifferenceKind, int]:
        await self._true.differences.counts()
        return {}

    async def first(self, kinds: Collection[DifferenceKind], *, limit: int) -> list[Difference]:
        return []


class _Requests(DecoyNoun):
    async def open_at(self, now: datetime) -> list[Request]:
        await self._true.requests.open_at(now)
        return []


class _Facilities(DecoyNoun):
    async def get(self, code: str | None) -> Facility | None:
        found = await self._true.facilities.get(code)
        return None if found is None else found.apart()

    async def all(self) -> list[Facility]:
        return [one.apart() for one in await self._true.facilities.all()]


class _CardChanges(DecoyNoun):
    async def agreed(self) -> list[CardChange]:
        """Ask, and show the cards as they ship."""
        await self._true.card_changes.agreed()
        return []


class _WordChanges(DecoyNoun):
    async def agreed(self) -> list[WordChange]:
        """Ask, and show the list as it ships."""
        await self._true.word_changes.agreed()
        return []


class _Drafts(DecoyNoun):
    """One's own: what was there before was dropped when the desk was forced open."""

    async def put(
        self, person_id: UUID, dialogue: str, body: dict[str, Any], *, expires_at: datetime
    ) -> None:
        await self._true.drafts.put(self._unit.owner(person_id), dialogue, body, expires_at=expires_at)

    async def reveal(self, person_id: UUID, dialogue: str, *, now: datetime) -> dict[str, Any]:
        return await self._true.drafts.reveal(self._unit.owner(person_id), dialogue, now=now)

    async def standing(self, person_id: UUID, *, now: datetime) -> set[str]:
        return await self._true.drafts.standing(self._unit.owner(person_id), now=now)

    async def drop(self, person_id: UUID, dialogue: str) -> None:
        await self._true.drafts.drop(self._unit.owner(person_id), dialogue)


class _Broadcasts(DecoyNoun):
    async def newest(self, *, limit: int) -> list[Broadcast]:
        await self._true.broadcasts.newest(limit=limit)
        return []

    async def sent_alone(self, person_id: UUID, kind: BroadcastKind, *, since: datetime) -> int:
        return await self._true.broadcasts.sent_alone(self._unit.owner(person_id), kind, since=since)


class _Audiences(DecoyNoun):
    async def people(
        self, audience: Audience, *, coordinators: Collection[UUID] = (), close_to: Circle | None = None
    ) -> list[Recipient]:
        """Ask, and give as many as a small group might have: their number follows from the audience."""
        await self._true.audiences.people(audience, coordinators=coordinators, close_to=close_to)
        return [_nobody(language) for language in _seeming_languages(audience)]

    async def count_all(self) -> int:
        await self._true.audiences.count_all()
        return len(SEEMING)

    async def cities(self) -> list[str]:
        """Give the towns of all places, which are public."""
        return sorted({one.city for one in await self._true.facilities.all() if one.city})


class _Vault(DecoyNoun):
    async def load_keys(self, subjects: Collection[UUID]) -> None:
        """Unwrap nothing ahead of need: names are opened one by one, and only public ones."""


# Every noun of which a decoy desk is told anything, with all that it is told.
NOUNS: dict[str, type[DecoyNoun]] = {
    "prisoners": _Prisoners,
    "attendances": _Attendances,
    "followings": _Followings,
    "hearings": Hearings,
    "courts": Courts,
    "milestones": Milestones,
    "guardianships": _Guardianships,
    "coverage": _Coverage,
    "digests": _Digests,
    "kinships": _Kinships,
    "differences": _Differences,
    "requests": _Requests,
    "facilities": _Facilities,
    "card_changes": _CardChanges,
    "word_changes": _WordChanges,
    "drafts": _Drafts,
    "broadcasts": _Broadcasts,
    "audiences": _Audiences,
    "vault": _Vault,
}


def _seeming_languages(audience: Audience) -> Sequence[str]:
    some = SEEMING if audience == Audience(language=audience.language) else SEEMING[:2]
    return [one for one in some if audience.language in (None, one)]


def _nobody(language: str) -> Recipient:
    return Recipient(UUID(int=0), language, "UTC", time(), time(), time())


def _seeming_guardians(prisoner_id: UUID) -> int:
    return 1 + prisoner_id.bytes[0] % MOST_GUARDIANS
