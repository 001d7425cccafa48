"""Hearings, and who was told which of their revisions."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, bindparam, case, delete, or_, select, update

from storage.kinships import FAMILY_OF, PRISONERS_OF
from storage.models import (
    Attendance,
    CustodyStatus,
    Following,
    Hearing,
    HearingStatus,
    Openness,
    Prisoner,
    Publicity,
    Told,
)
from storage.repository import Repository, once_a_view

SOURCE_INDEX_BYTES = 16
AT_ONCE = 500
STANDING = (HearingStatus.SCHEDULED, HearingStatus.MOVED)
# Not a list: that would be written into the statement anew each time.
STANDS = or_(*(Hearing.status == status for status in STANDING))
# Of whom everybody may know that there is a sitting, and whether they are let in.
_PUBLIC = select(Prisoner.id).where(
    Prisoner.publicity == Publicity.PUBLIC,
    Prisoner.custody_status != CustodyStatus.DIED,
    Prisoner.is_silenced.in_((False,)),
)
IS_FOR_ALL = (Hearing.openness == Openness.OPEN) & Hearing.prisoner_id.in_(_PUBLIC)
MAY_BE_ATTENDED = (Hearing.openness != Openness.CLOSED) & Hearing.prisoner_id.in_(_PUBLIC)
_ASKED = Following.person_id == bindparam("person")
# Who knows somebody hidden by an alias would learn the name from court and date.
HIDDEN = select(Prisoner.id).where(Prisoner.publicity == Publicity.HIDDEN)
# What concerns a person, what they asked for, and where they will be.
_FOR_PERSON = or_(
    Hearing.prisoner_id.in_(FAMILY_OF),
    Hearing.prisoner_id.in_(PRISONERS_OF) & Hearing.prisoner_id.not_in(HIDDEN),
    IS_FOR_ALL
    & or_(
        Hearing.prisoner_id.in_(select(Following.prisoner_id).where(_ASKED)),
        Hearing.city.in_(select(Following.city).where(_ASKED)),
    ),
    MAY_BE_ATTENDED
    & Hearing.id.in_(select(Attendance.hearing_id).where(Attendance.person_id == bindparam("person"))),
)

# Every menu asks this: it is built once.
_AHEAD_FOR = (
    select(Hearing)
    .where(Hearing.starts_at >= bindparam("now"), STANDS, _FOR_PERSON)
    .order_by(Hearing.starts_at, Hearing.id)
)


@dataclass(frozen=True, slots=True)
class Heard:
    """Which revision of a sitting somebody was sent, and until when that is remembered."""

    hearing_id: UUID
    person_id: UUID
    revision: int
    keep_until: datetime


class Hearings(Repository):
    """Queries about court sittings."""

    def source_index(self, source_id: str) -> bytes:
        return self.blind.of("hearing", "source_id", "exact", source_id, size=SOURCE_INDEX_BYTES)

    async def get(self, hearing_id: UUID) -> Hearing | None:
        return await self.session.get(Hearing, hearing_id, with_for_update=self.locks)

    async def get_by_source(self, source_id: str) -> Hearing | None:
        return await self.session.scalar(
            select(Hearing).where(Hearing.source_index == self.source_index(source_id))
        )

    async def by_sources(self, source_ids: Iterable[str]) -> dict[str, Hearing]:
        """Return the sittings known under some sources' ids, by that id; unknown ids are left out."""
        ids = {self.source_index(source_id): source_id for source_id in source_ids}
        indexes = list(ids)
        found: dict[str, Hearing] = {}
        for start in range(0, len(indexes), AT_ONCE):
            part = indexes[start : start + AT_ONCE]
            query = select(Hearing).where(Hearing.source_index.in_(part)).order_by(Hearing.id)
            for hearing in await self.session.scalars(query.with_for_update() if self.locks else query):
                found[ids[hearing.source_index or b""]] = hearing
        return found

    async def add(self, hearing: Hearing, *, details: Mapping[str, str], source_id: str | None) -> Hearing:
        hearing.id = uuid4()
        if source_id is not None:
            hearing.source_index = self.source_index(source_id)
        await self.describe(hearing, details)
        self.session.add(hearing)
        await self.session.flush()
        return hearing

    async def describe(self, hearing: Hearing, details: Mapping[str, str]) -> None:
        """Seal court, room, judge, stage, source and outcome."""
        await self.vault.seal(hearing, details=json.dumps(dict(details), ensure_ascii=False, sort_keys=True))

    async def reveal_details(self, hearing: Hearing) -> dict[str, str]:
        details: dict[str, str] = json.loads(await self.vault.reveal(hearing, "details") or "{}")
        return details

    async def ahead(self, *, now: datetime, prisoner_ids: Collection[UUID] | None = None) -> list[Hearing]:
        """Return sittings still to come, next first, of some prisoners or of all (None)."""
        if prisoner_ids is not None and not prisoner_ids:
            return []
        query = select(Hearing).where(Hearing.starts_at >= now, STANDS)
        if prisoner_ids is not None:
            query = query.where(Hearing.prisoner_id.in_(prisoner_ids))
        return list(await self.session.scalars(query.order_by(Hearing.starts_at, Hearing.id)))

    async def ahead_for(self, person_id: UUID, *, now: datetime) -> list[Hearing]:
        """Return the sittings to come that a person is told of, next first.

        Of prisoners they stand by; open ones of public prisoners that they asked for; and where they will be.
        """
        return list(await self.session.scalars(_AHEAD_FOR, {"person": person_id, "now": now}))

    async def open_ahead(
        self,
        *,
        now: datetime,
        prisoner_id: UUID | None = None,
        city: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Hearing]:
        """Return open sittings of public prisoners to come, next first: all, of one of them, or in a city."""
        query = select(Hearing).where(Hearing.starts_at >= now, STANDS, IS_FOR_ALL)
        if prisoner_id is not None:
            query = query.where(Hearing.prisoner_id == prisoner_id)
        if city is not None:
            query = query.where(Hearing.city == city)
        ordered = query.order_by(Hearing.starts_at, Hearing.id)
        return list(await self.session.scalars(ordered.limit(limit).offset(offset)))

    async def cities(self) -> list[str]:
        """Return the cities in which sittings are or were, by the alphabet."""
        return await self._cities()

    async def cities_for_all(self) -> list[str]:
        """Return those in which there are or were sittings of which anybody may know."""
        return await self._cities(IS_FOR_ALL)

    async def _cities(self, *conditions: ColumnElement[bool]) -> list[str]:
        query = select(Hearing.city).where(Hearing.city.is_not(None), *conditions).distinct()
        return sorted(city for city in await self.session.scalars(query) if city is not None)

    async def at(self, prisoner_id: UUID, starts_at: datetime) -> list[Hearing]:
        """Return the sittings of a prisoner that stand and begin at an instant."""
        query = select(Hearing).where(
            Hearing.prisoner_id == prisoner_id, Hearing.starts_at == starts_at, STANDS
        )
        query = query.order_by(Hearing.id)
        return list(await self.session.scalars(query.with_for_update() if self.locks else query))

    async def unheard_of(self, *, since: datetime, now: datetime) -> list[Hearing]:
        """Return sittings begun since an instant of which nobody has said what became, the latest first."""
        query = select(Hearing).where(Hearing.starts_at >= since, Hearing.starts_at < now, STANDS)
        return list(await self.session.scalars(query.order_by(Hearing.starts_at.desc(), Hearing.id)))

    async def of_case(self, case_id: UUID) -> list[Hearing]:
        """Return all sittings of one case, the first first."""
        query = select(Hearing).where(Hearing.case_id == case_id)
        return list(await self.session.scalars(query.order_by(Hearing.starts_at, Hearing.id)))

    async def forget_reporter(self, person_id: UUID) -> None:
        """Let the dates that somebody claimed stand without them."""
        claimed = update(Hearing).where(Hearing.reported_by == person_id)
        await self.session.execute(claimed.values(reported_by=None))

    async def among(self, hearing_ids: Collection[UUID]) -> list[Hearing]:
        """Return which of some sittings there are, in a fixed order."""
        query = select(Hearing).where(Hearing.id.in_(hearing_ids)).order_by(Hearing.id)
        return list(await self.session.scalars(query.with_for_update() if self.locks else query))

    async def note_told(self, heard: Iterable[Heard]) -> None:
        """Remember who was sent which revisions; an older one never overwrites a newer."""
        newest: dict[tuple[UUID, UUID], Heard] = {}
        for each in heard:
            key = (each.hearing_id, each.person_id)
            newest[key] = max(each, newest.get(key, each), key=lambda one: one.revision)
        if newest:
            insert = self.insert(Told)
            is_newer = insert.excluded.revision > Told.revision
            changes = {
                "revision": case((is_newer, insert.excluded.revision), else_=Told.revision),
                "keep_until": insert.excluded.keep_until,
            }
            upsert = insert.on_conflict_do_update(index_elements=["hearing_id", "person_id"], set_=changes)
            await self.session.execute(upsert, [asdict(each) for each in newest.values()])

    @once_a_view
    async def told(self, hearing_id: UUID) -> dict[UUID, int]:
        """Return who was told of a hearing, with the newest revision each was sent."""
        query = select(Told.person_id, Told.revision).where(Told.hearing_id == hearing_id)
        return dict((await self.session.execute(query)).all())

    async def told_until(self, hearing_id: UUID) -> datetime | None:
        """Return until when it is remembered, at the longest, that anybody was told; or None."""
        query = select(Told.keep_until).where(Told.hearing_id == hearing_id)
        return await self.session.scalar(query.order_by(Told.keep_until.desc()).limit(1))

    async def told_to(self, person_id: UUID) -> dict[UUID, int]:
        """Return which hearings somebody was told of, with the newest revision they were sent."""
        query = select(Told.hearing_id, Told.revision).where(Told.person_id == person_id)
        return dict((await self.session.execute(query)).all())

    async def of_prisoner(self, prisoner_id: UUID) -> list[UUID]:
        """Return the ids of all sittings kept about a prisoner, those past too."""
        return list(await self.session.scalars(select(Hearing.id).where(Hearing.prisoner_id == prisoner_id)))

    async def forget_told(self, *, now: datetime) -> None:
        await self.session.execute(delete(Told).where(Told.keep_until <= now))
