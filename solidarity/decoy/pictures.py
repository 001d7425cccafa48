"""What a decoy desk's pictures are drawn from: public sittings, and letters that nobody wrote.

How many letters are written is a desk's to know. As many are drawn as the seeming Guardians of public
prisoners would have written up to the last letter that the desk names, which is the same each time.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import cast
from uuid import UUID

from solidarity.decoy.noun import DecoyNoun
from solidarity.decoy.nouns import NOUNS
from storage.coverage import Written
from storage.hearings import Hearings
from storage.models import Hearing, HearingStatus

SEEMING_RHYTHM = timedelta(weeks=4)
APART = timedelta(days=11)


class DecoyPictures(DecoyNoun):
    """What pictures may show of the public."""

    async def sittings(
        self, *, since: datetime, until: datetime, prisoner_ids: Collection[UUID] | None = None
    ) -> list[Hearing]:
        """Give public sittings, where they seem to have been moved to, without what seems cancelled."""
        found = await self._true.pictures.sittings(since=since, until=until, prisoner_ids=prisoner_ids)
        public = cast(Hearings, NOUNS["hearings"](self._unit))
        ids = {one.id for one in found} | {UUID(hex=key) for key in await self._unit.memory() if _is_id(key)}
        copies = [await public.get(hearing_id) for hearing_id in sorted(ids)]
        return [
            one
            for one in copies
            if one is not None
            and one.status is not HearingStatus.CANCELLED
            and since <= one.starts_at < until
        ]

    async def letters_by_day(self, *, since: date, keeper_id: UUID | None) -> Mapping[date, int]:
        """Give letters that go with what the desk says of Guardians and of the last letter."""
        await self._true.pictures.letters_by_day(since=since, keeper_id=keeper_id)
        coverage = NOUNS["coverage"](self._unit)
        return _seeming_letters(await coverage.today(keeper_id=keeper_id), since)


def _seeming_letters(rows: Iterable[Written], since: date) -> Mapping[date, int]:
    letters = Counter[date]()
    for row in rows:
        for writer in range(row.guardians if row.last_on is not None else 0):
            day = cast(date, row.last_on) - APART * writer
            while day >= since:
                letters[day] += 1
                day -= SEEMING_RHYTHM
    return letters


def _is_id(key: str) -> bool:
    try:
        return UUID(hex=key).hex == key
    except ValueError:
        return False
