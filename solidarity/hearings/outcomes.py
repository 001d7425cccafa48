"""How a sitting ended, and what follows: custody status, deadline for an appeal, news for those concerned.

The status changes as it does after a file: by a difference that a coordinator confirms.
"""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from solidarity.changes import Change
from solidarity.errors import NoLongerSo
from solidarity.facts import FREE, facts_with, kind_of_change, reveal_facts
from solidarity.hearings.milestones import set_deadline
from solidarity.hearings.sitting_times import wall_start
from solidarity.hearings.told import OUTCOME
from solidarity.kept_changes import keep_differences
from solidarity.register import PrisonerRow
from solidarity.reminders import is_spoken_of, news_for, who_may_know
from storage.models import CustodyStatus, Difference, Hearing, HearingStatus, Outcome, Prisoner
from storage.unit_of_work import UnitOfWork

# What each outcome means for where somebody is; the others leave them where they are.
MEANS: dict[Outcome, CustodyStatus] = {
    Outcome.COLONY: CustodyStatus.CONVICTED,
    Outcome.PRISON: CustodyStatus.PRISON_REGIME,
    Outcome.OPEN_FACILITY: CustodyStatus.OPEN_FACILITY,
    Outcome.HOME_KHIMIYA: CustodyStatus.HOME_KHIMIYA,
    Outcome.TREATMENT: CustodyStatus.PSYCHIATRIC,
    Outcome.HOUSE_ARREST: CustodyStatus.HOUSE_ARREST,
    Outcome.RETRIAL: CustodyStatus.PRETRIAL,
    Outcome.FREED: CustodyStatus.RELEASED,
}
# Days to appeal, counted from the day after the verdict was read out (article 374 of the Code of Criminal
# Procedure). Who is in custody has them from the day on which they were handed the copy, which only those
# around them know. A rule of thumb and no legal advice: a coordinator sees and corrects the day.
APPEAL_DAYS: dict[Outcome, int] = dict.fromkeys(
    (Outcome.COLONY, Outcome.PRISON, Outcome.OPEN_FACILITY, Outcome.HOME_KHIMIYA, Outcome.TREATMENT), 10
)
SATURDAY, A_WEEK = 5, 7
# Nobody is told that nothing is known.
UNTOLD = (Outcome.UNKNOWN,)


def deadline_after(outcome: Outcome, sat_on: date) -> date | None:
    """Suggest the last day for an appeal, on a weekend the Monday after it; None where there is none."""
    days = APPEAL_DAYS.get(outcome)
    if days is None:
        return None
    last = sat_on + timedelta(days=days)
    return last if last.weekday() < SATURDAY else last + timedelta(days=A_WEEK - last.weekday())


def known_outcome(text: str) -> Outcome | None:
    """Return which outcome of the list a file's word is, or None for other words."""
    word = "_".join(text.casefold().replace("-", " ").replace("_", " ").split())
    return Outcome(word) if word in tuple(Outcome) else None


def require_begun(hearing: Hearing, *, now: datetime) -> None:
    """Refuse to say how a sitting ended that lies ahead or was cancelled.

    Raises:
        NoLongerSo: it is one of these.
    """
    if hearing.status is HearingStatus.CANCELLED or hearing.starts_at > now:
        raise NoLongerSo(str(hearing.id))


async def hold_hearing(
    uow: UnitOfWork, hearing: Hearing, outcome: Outcome, deadline: date | None, *, now: datetime
) -> Difference | None:
    """Note that a sitting was held and how it ended; said again, the newer outcome replaces the older.

    Guardians and family are told at once, but of a release, which they are told when its difference is
    confirmed, joy first. Returns the difference in custody status that waits now, or None.

    Args:
        deadline: the last day for an appeal, as a coordinator has seen it; None where there is none.

    Raises:
        NoLongerSo: it lies ahead or was cancelled.
    """
    require_begun(hearing, now=now)
    await uow.outbox.drop_waiting(hearing.id)
    if hearing.outcome not in (None, outcome):
        hearing.revision += 1
        await uow.posted.retire_about(hearing.id, revision=hearing.revision, now=now)
    hearing.status, hearing.outcome = HearingStatus.HELD, outcome
    await set_deadline(uow, hearing, deadline, now=now)
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    if prisoner is None:
        return None
    difference = await _keep_difference(uow, prisoner, outcome, wall_start(hearing).date(), now=now)
    if outcome is not Outcome.FREED or difference is None:
        await _tell(uow, hearing, prisoner, now=now)
    return difference


async def _tell(uow: UnitOfWork, hearing: Hearing, prisoner: Prisoner, *, now: datetime) -> None:
    if hearing.outcome in UNTOLD or not is_spoken_of(prisoner):
        return
    people = await who_may_know(uow, prisoner)
    await uow.outbox.queue(
        news_for(person, OUTCOME, hearing.id, now=now, revision=hearing.revision) for person in people
    )


def status_after(prisoner: Prisoner, outcome: Outcome) -> CustodyStatus | None:
    """Say which status an outcome gives somebody; None where nothing changes, or they are free or dead."""
    status = MEANS.get(outcome)
    is_done = prisoner.custody_status in (*FREE, CustodyStatus.DIED)
    return None if is_done or status is prisoner.custody_status else status


async def _keep_difference(
    uow: UnitOfWork, prisoner: Prisoner, outcome: Outcome, sat_on: date, *, now: datetime
) -> Difference | None:
    status = status_after(prisoner, outcome)
    if status is None:
        return None
    row = PrisonerRow(line=0, source_id="", names={}, custody_status=status, custody_day=sat_on)
    known = await reveal_facts(uow, prisoner)
    kind = kind_of_change(known, facts_with(known, row, today=now.date()))
    if kind is None:
        return None
    [difference] = await keep_differences(uow, [Change(kind, "", prisoner.id, row)], day=now.date())
    return difference


async def join_case(uow: UnitOfWork, earlier: Hearing) -> UUID:
    """Return the number under which a sitting and those that follow it are one case."""
    if earlier.case_id is None:
        earlier.case_id = uuid4()
        await uow.session.flush()
    return earlier.case_id
