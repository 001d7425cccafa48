"""How prisoners are written to: counted by the database beforehand, and looked up by an index."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
)

from storage.models import (
    Coverage,
    Guardianship,
    GuardianshipState,
    Letter,
    Portfolio,
    Prisoner,
    Publicity,
)
from storage.prisoners import NOT_SUGGESTED
from storage.repository import Repository

CLOSED = 2
_COLUMNS = ("prisoner_id", "languages", "tier", "points", "heard")
_MAY_BE_WRITTEN_TO = (
    Prisoner.custody_status.not_in(NOT_SUGGESTED),
    Prisoner.is_silenced.in_((False,)),
)
_MAY_BE_SUGGESTED = (Prisoner.publicity != Publicity.HIDDEN, *_MAY_BE_WRITTEN_TO)
# Whose guardian fell silent is offered to others as if there were none.
_WRITES = (Guardianship.state == GuardianshipState.ACTIVE) & Guardianship.offered_on.is_(None)
_KEY = (Coverage.tier, Coverage.points, Coverage.heard)


class Step(NamedTuple):
    """A guardianship of this rhythm, last heard of on `since` or later, counts for so many points."""

    rhythm_weeks: int
    since: date
    points: int


class Counting(NamedTuple):
    """What counts for how much today; the rules say it, the database only adds."""

    # For each rhythm from the most points to the fewest; what fits none counts for nothing.
    steps: Sequence[Step]
    # Each day on or after which there was a letter makes a prisoner heard of by one more.
    silences: Sequence[date]
    # Letters from this day on count, each for so many points, up to so many letters.
    recent_since: date
    points_a_letter: int
    most_letters: int
    # Applications from this day on count as guardianships.
    applied_since: date
    # From how many guardians on which tier is reached, the highest number first.
    tiers: Sequence[tuple[int, int]]


class Support(NamedTuple):
    """How one prisoner was written to when it was last counted; numbers for the order, shown to nobody."""

    prisoner_id: UUID
    tier: int
    points: int
    heard: int


class Written(NamedTuple):
    """How one prisoner is written to today: by how many Guardians, and when last by anybody."""

    prisoner_id: UUID
    facility_code: str | None
    is_public: bool
    guardians: int
    last_on: date | None


class CoverageOfAll(Repository):
    """Queries about how prisoners are written to."""

    async def some_prisoners(self, *, after: UUID | None, limit: int) -> list[UUID]:
        """Return the ids of so many prisoners, in their order, after one of them."""
        query = select(Prisoner.id).order_by(Prisoner.id).limit(limit)
        return list(await self.session.scalars(query if after is None else query.where(Prisoner.id > after)))

    async def count_anew(self, prisoner_ids: Collection[UUID], counting: Counting) -> None:
        """Count how some prisoners are written to, by one statement."""
        await self.session.flush()
        insert = self.insert(Coverage).from_select(_COLUMNS, _counted(prisoner_ids, counting))
        renewed = {name: insert.excluded[name] for name in _COLUMNS[1:]}
        await self.session.execute(insert.on_conflict_do_update(index_elements=["prisoner_id"], set_=renewed))

    async def of(self, prisoner_id: UUID) -> Support | None:
        """Return how one prisoner was written to when it was last counted."""
        row = (await self.session.execute(_supports().where(Coverage.prisoner_id == prisoner_id))).first()
        return None if row is None else Support(*row)

    async def today(self, *, keeper_id: UUID | None) -> list[Written]:
        """Return how everybody who may be written to is, also who is hidden: fewest Guardians first.

        Of those who have as many, who was never written to comes first, then who waits longest.

        Args:
            keeper_id: whose portfolio; None for everybody's.
        """
        guardians = (
            select(Guardianship.prisoner_id, func.count().label("number"))
            .where(_WRITES)
            .group_by(Guardianship.prisoner_id)
            .subquery()
        )
        letters = (
            select(Letter.prisoner_id, func.max(Letter.written_on).label("last_on"))
            .group_by(Letter.prisoner_id)
            .subquery()
        )
        number = func.coalesce(guardians.c.number, 0)
        public = Prisoner.publicity == Publicity.PUBLIC
        query = (
            select(Prisoner.id, Prisoner.facility_code, public, number, letters.c.last_on)
            .outerjoin(guardians, guardians.c.prisoner_id == Prisoner.id)
            .outerjoin(letters, letters.c.prisoner_id == Prisoner.id)
            .where(*_MAY_BE_WRITTEN_TO)
            .order_by(number, letters.c.last_on.is_not(None), letters.c.last_on, Prisoner.id)
        )
        if keeper_id is not None:
            kept = exists().where(Portfolio.prisoner_id == Prisoner.id, Portfolio.person_id == keeper_id)
            query = query.where(kept)
        return [Written(*row) for row in await self.session.execute(query)]

    async def least(
        self,
        *,
        languages: Collection[str],
        leave_out: Collection[UUID],
        public_only: bool,
        beginning: UUID,
        limit: int,
    ) -> list[Support]:
        """Return some of those who have least and match, all equal.

        Whether somebody may be suggested is asked of today's data and not of what was counted.

        Args:
            languages: at least one of a prisoner's must be among these, unless none of theirs is known.
            beginning: where among the ids the search begins, so that different people get different ones.
        """
        asked = (*_MAY_BE_SUGGESTED, *([Prisoner.publicity == Publicity.PUBLIC] if public_only else []))
        fitting = (
            Coverage.tier < CLOSED,
            _reads(languages),
            Coverage.prisoner_id.not_in(leave_out),
            exists().where(Prisoner.id == Coverage.prisoner_id, *asked).correlate(Coverage),
        )
        first = (await self.session.execute(_supports().where(*fitting).order_by(*_KEY).limit(1))).first()
        if first is None:
            return []
        equal = [column == value for column, value in zip(_KEY, first[1:], strict=True)]
        found: list[Support] = []
        for part in (Coverage.prisoner_id >= beginning, Coverage.prisoner_id < beginning):
            query = _supports().where(*equal, part, *fitting[1:]).order_by(Coverage.prisoner_id)
            rows = await self.session.execute(query.limit(limit - len(found)))
            found += [Support(*row) for row in rows]
            if len(found) == limit:
                break
        return found

    async def public_in_order(self, *, beginning: UUID, limit: int, offset: int = 0) -> list[UUID]:
        """Return public prisoners who may be suggested, those who have least first.

        Args:
            beginning: which of those equal stands first, so that different people get different ones.
        """
        query = (
            select(Coverage.prisoner_id)
            .join(Prisoner, Prisoner.id == Coverage.prisoner_id)
            .where(Coverage.tier < CLOSED, Prisoner.publicity == Publicity.PUBLIC, *_MAY_BE_SUGGESTED)
            .order_by(*_KEY, Coverage.prisoner_id < beginning, Coverage.prisoner_id)
        )
        return list(await self.session.scalars(query.limit(limit).offset(offset)))


def _supports() -> Select[UUID, int, int, int]:
    return select(Coverage.prisoner_id, *_KEY)


def _reads(languages: Collection[str]) -> ColumnElement[bool]:
    known = literal(",") + Coverage.languages + literal(",")
    return or_(Coverage.languages == "", *(known.contains(f",{language},") for language in languages))


def _counted(prisoner_ids: Collection[UUID], counting: Counting) -> Select[Any]:
    promises = _promises(prisoner_ids, counting)
    guardians = func.coalesce(promises.c.guardians, 0)
    of_prisoner = Letter.prisoner_id == Prisoner.id
    recent: ScalarSelect[int] = (
        select(func.count()).where(of_prisoner, Letter.written_on >= counting.recent_since).scalar_subquery()
    )
    last: ScalarSelect[date] = select(func.max(Letter.written_on)).where(of_prisoner).scalar_subquery()
    tiers = [(guardians >= number, tier) for number, tier in counting.tiers]
    letters = case((recent > counting.most_letters, counting.most_letters), else_=recent)
    heard = [case((last >= day, 1), else_=0) for day in counting.silences]
    return (
        select(
            Prisoner.id,
            Prisoner.languages,
            case((not_(and_(*_MAY_BE_SUGGESTED)), CLOSED), *tiers, else_=0),
            cast(func.coalesce(promises.c.points, 0) + letters * counting.points_a_letter, Integer),
            sum(heard[1:], start=heard[0]),
        )
        .outerjoin(promises, promises.c.prisoner_id == Prisoner.id)
        .where(Prisoner.id.in_(prisoner_ids))
    )


def _promises(prisoner_ids: Collection[UUID], counting: Counting) -> Subquery:
    last = (
        select(func.max(Letter.written_on)).where(Letter.guardianship_id == Guardianship.id).scalar_subquery()
    )
    begun = func.coalesce(Guardianship.started_on, Guardianship.applied_on)
    since = func.coalesce(last, begun)
    points = case(
        *(
            ((Guardianship.rhythm_weeks == step.rhythm_weeks) & (since >= step.since), step.points)
            for step in counting.steps
        ),
        else_=0,
    )
    is_recent = Guardianship.applied_on >= counting.applied_since
    counts = _WRITES | ((Guardianship.state == GuardianshipState.APPLIED) & is_recent)
    return (
        select(
            Guardianship.prisoner_id,
            func.count().label("guardians"),
            func.sum(points).label("points"),
        )
        .where(Guardianship.prisoner_id.in_(prisoner_ids), counts)
        .group_by(Guardianship.prisoner_id)
        .subquery()
    )
