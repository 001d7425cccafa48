"""Whom a supporter is shown next, and who may be offered to anybody at all."""

from collections.abc import Collection
from uuid import UUID

from solidarity.access import Actor
from solidarity.coverage import Candidate, Cover, Tier, beginning, least_covered
from solidarity.errors import NobodyToSuggest, NotForYou
from solidarity.reminders import is_within_reach
from storage.guardianships import STANDING
from storage.models import Prisoner, Publicity
from storage.prisoners import NOT_SUGGESTED
from storage.unit_of_work import UnitOfWork

# Among so many equals it is drawn whom a person sees.
CANDIDATES = 50


async def suggest(
    uow: UnitOfWork,
    actor: Actor,
    *,
    languages: Collection[str],
    shown: Collection[UUID],
    public_only: bool = False,
) -> UUID:
    """Choose whom to show a supporter next, the least covered first; when all were shown it begins again.

    Whom is all that is told: nothing of who else writes to them, or how many do.

    Args:
        public_only: only those whose name is public: whoever writes once is told no other.

    Raises:
        NobodyToSuggest: nobody matches.
    """
    mine = {g.prisoner_id for g in await uow.guardianships.of_person(actor.id, *STANDING)}
    mine |= {k.prisoner_id for k in await uow.kinships.standing_of(actor.id)}
    for leave_out in (mine | set(shown), mine):
        chosen = await _least(uow, actor, languages=languages, leave_out=leave_out, public_only=public_only)
        if chosen is not None:
            return chosen
    raise NobodyToSuggest(str(actor.id))


async def _least(
    uow: UnitOfWork,
    actor: Actor,
    *,
    languages: Collection[str],
    leave_out: Collection[UUID],
    public_only: bool,
) -> UUID | None:
    seed, today = actor.id.bytes, actor.today
    start = beginning(seed=seed, today=today)
    found = await uow.coverage.least(
        languages=languages,
        leave_out=leave_out,
        public_only=public_only,
        beginning=start,
        limit=CANDIDATES,
    )
    candidates = [Candidate(s.prisoner_id, Cover(Tier(s.tier), s.points, s.heard)) for s in found]
    ranked = least_covered(candidates, seed=seed, today=today)
    return ranked[0].prisoner_id if ranked else None


async def require_suggestible(uow: UnitOfWork, prisoner_id: UUID | None) -> Prisoner:
    """Return a prisoner who may be offered: not hidden, free, dead, silenced, unknown or endangered by post.

    Raises:
        NotForYou: one of these.
    """
    prisoner = None if prisoner_id is None else await uow.prisoners.get(prisoner_id)
    if prisoner is None or prisoner.publicity is Publicity.HIDDEN or not is_within_reach(prisoner):
        raise NotForYou(str(prisoner_id))
    if prisoner.custody_status in NOT_SUGGESTED:
        raise NotForYou(str(prisoner_id))
    return prisoner
