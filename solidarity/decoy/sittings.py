"""Sittings as a decoy desk is told of them: of public prisoners alone, and as they seem to have become."""

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from solidarity.decoy.noun import DecoyNoun, is_public
from solidarity.hearings.sitting_times import WALL
from storage.models import Confidence, Court, Hearing, HearingStatus, Openness, Outcome

# What a decoy remembers of a sitting that seems to have been held, and of how open one seems to be.
HELD, OPENNESS = "held:", "openness"


class Hearings(DecoyNoun):
    """Sittings of public prisoners, and what seems to have become of them here."""

    async def get(self, hearing_id: UUID) -> Hearing | None:
        found = await self._true.hearings.get(hearing_id)
        return None if found is None else await self._public(found)

    async def ahead(self, *, now: datetime, prisoner_ids: Collection[UUID] | None = None) -> list[Hearing]:
        found = await self._true.hearings.ahead(now=now, prisoner_ids=prisoner_ids)
        copies = [await self._public(one) for one in found]
        return [one for one in copies if one is not None and one.status is not HearingStatus.CANCELLED]

    async def reveal_details(self, hearing: Hearing) -> dict[str, str]:
        public = await self.get(hearing.id)
        if public is None:
            return {}
        mine = f"{hearing.id.hex}:"
        noted = {
            key.removeprefix(mine): said
            for key, said in (await self._unit.memory()).items()
            if key.startswith(mine) and key != mine + OPENNESS
        }
        return {**await self._true.hearings.reveal_details(public), **noted}

    async def at(self, prisoner_id: UUID, starts_at: datetime) -> list[Hearing]:
        found = await self._true.hearings.at(prisoner_id, starts_at)
        return [copy for copy in [await self._public(one) for one in found] if copy is not None]

    async def told(self, hearing_id: UUID) -> dict[UUID, int]:
        await self._true.hearings.told(hearing_id)
        return {}

    async def unheard_of(self, *, since: datetime, now: datetime) -> list[Hearing]:
        found = await self._true.hearings.unheard_of(since=since, now=now)
        copies = [await self._public(one) for one in found]
        return [one for one in copies if one is not None and one.outcome is None]

    async def of_case(self, case_id: UUID) -> list[Hearing]:
        found = await self._true.hearings.of_case(case_id)
        return [copy for copy in [await self._public(one) for one in found] if copy is not None]

    async def _public(self, hearing: Hearing) -> Hearing | None:
        prisoner = await self._true.prisoners.get(hearing.prisoner_id)
        if prisoner is None or not is_public(prisoner):
            return None
        memory = await self._unit.memory()
        copy, became = hearing.apart(), memory.get(hearing.id.hex)
        copy.openness = Openness(memory.get(f"{hearing.id.hex}:{OPENNESS}", copy.openness))
        if became == HearingStatus.CANCELLED:
            copy.status = HearingStatus.CANCELLED
        elif became == Confidence.CONFIRMED:
            copy.confidence = Confidence.CONFIRMED
        elif became is not None and became.startswith(HELD):
            copy.status, copy.outcome = HearingStatus.HELD, Outcome(became.removeprefix(HELD))
        elif became is not None:
            _move(copy, became)
        return copy


class Courts(DecoyNoun):
    """The courts at which public prisoners have a date ahead, and no others."""

    async def latest(self, *, limit: int, offset: int = 0) -> list[Court]:
        found = await self._true.courts.latest(limit=limit, offset=offset)
        return [
            one.apart() for one in found if await self._true.courts.reveal_name(one) in await self._public()
        ]

    async def get(self, court_id: UUID) -> Court | None:
        found = await self._true.courts.get(court_id)
        return None if found is None else found.apart()

    async def reveal_name(self, court: Court) -> str:
        name = await self._true.courts.reveal_name(court)
        return name if name in await self._public() else ""

    async def _public(self) -> set[str]:
        hearings = Hearings(self._unit)
        ahead = await hearings.ahead(now=self._unit.now)
        return {(await hearings.reveal_details(one)).get("court", "") for one in ahead}


class Milestones(DecoyNoun):
    """Days that only family and coordinators know of."""

    async def of_hearing(self, hearing_id: UUID) -> None:
        await self._true.milestones.of_hearing(hearing_id)


def _move(hearing: Hearing, wall: str) -> None:
    starts = datetime.strptime(wall, WALL).replace(tzinfo=ZoneInfo(hearing.zone))
    hearing.starts_local, hearing.starts_at = wall, starts.astimezone(UTC)
    hearing.status, hearing.revision = HearingStatus.MOVED, hearing.revision + 1
