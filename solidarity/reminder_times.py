"""When people are reminded of a hearing, and how pressing a message is.

Seven days and one day ahead at the person's own hour, three hours ahead exactly. Where that third instant
would fall into quiet hours, the one-day reminder stands for it too; only a hearing entered after that has a
reminder on the evening before instead.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from solidarity.hours import Hours, at_their_hour, evening_before, is_quiet

ReminderKind = Literal["7d", "1d", "3h", "eve"]
Grade = Literal["today", "this_week", "when_you_have_time"]

SHORTLY = timedelta(hours=3)
A_WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
SOON = timedelta(days=2)

GRADES: dict[str, Grade] = {
    "letter": "when_you_have_time",
    "letter_impossible": "this_week",
    "letter_possible": "when_you_have_time",
    "hearing_new": "this_week",
    "hearing_7d": "this_week",
    "hearing_1d": "today",
    "hearing_3h": "today",
    "hearing_eve": "today",
    "hearing_moved": "today",
    "hearing_changed": "today",
    "hearing_cancelled": "today",
    "application_accepted": "this_week",
    "application_declined": "when_you_have_time",
    "application_waiting": "this_week",
    "application_asked": "this_week",
    "application_answered": "this_week",
    "guardianship_handed_over": "when_you_have_time",
    "prisoner_moved": "this_week",
    "prisoner_verdict": "this_week",
    "prisoner_released": "today",
    "prisoner_died": "this_week",
    "prisoner_incommunicado": "this_week",
    "prisoner_heard_of": "this_week",
    "new_person": "when_you_have_time",
    "danger": "today",
    "kinship_confirmed": "this_week",
    "desk_request_waiting": "today",
    "desk_request_decided": "today",
    "desk_duress": "today",
    "desk_pin_wrong": "today",
    "desk_pin_forgotten": "today",
    "stay": "this_week",
    "broadcast": "this_week",
    "desk_audit_head": "when_you_have_time",
    "desk_digest": "when_you_have_time",
    "desk_host_act": "this_week",
    "desk_restricted": "today",
    "desk_rights_forged": "today",
    "desk_account_moved": "today",
    "desk_passed_on": "this_week",
    "desk_wrong_codes": "this_week",
    "desk_group": "this_week",
    "desk_profile": "today",
    "desk_alarm": "today",
    "desk_rules_forged": "today",
}


@dataclass(frozen=True)
class HearingReminder:
    """One reminder of one hearing for one person.

    It is sent at ``due_at`` or later, and helps nobody from ``useful_until`` on: the next one is due then, or
    the sitting begins. Both are aware, in UTC.
    """

    kind: ReminderKind
    due_at: datetime
    useful_until: datetime


def hearing_reminders(starts_at: datetime, *, hours: Hours, now: datetime) -> list[HearingReminder]:
    """Plan one person's reminders of a hearing, in order of their due times.

    Only what is still ahead of ``now`` and before the start: a hearing entered late has fewer, perhaps none.
    Days are counted back on the calendar of the person's own zone, which may differ from the court's. Each
    kind comes at most once, never in quiet hours.

    Args:
        starts_at: aware instant of the start.
        now: aware instant of planning.
    """
    start = starts_at.astimezone(UTC)
    due = [(kind, at) for kind, at in _slots(start, hours, now) if now < at < start]
    ends = [*(at for _, at in due), start][1:]
    return [HearingReminder(kind, at, end) for (kind, at), end in zip(due, ends, strict=True)]


def grade_of(kind: str, *, starts_in: timedelta | None = None) -> Grade:
    """Say how pressing a neutral push of this kind is; ``when_you_have_time`` is sent without a sound.

    Args:
        starts_in: for ``hearing_new``: the time left until the sitting; within two days it is for today.

    Raises:
        ValueError: there is no such kind.
    """
    if kind not in GRADES:
        raise ValueError(f"no grade for {kind}")
    if kind == "hearing_new" and starts_in is not None and starts_in <= SOON:
        return "today"
    return GRADES[kind]


def _slots(start: datetime, hours: Hours, now: datetime) -> list[tuple[ReminderKind, datetime]]:
    day = start.astimezone(ZoneInfo(hours.zone)).date()
    week_ahead, day_ahead = at_their_hour(day - A_WEEK, hours), at_their_hour(day - ONE_DAY, hours)
    shortly = start - SHORTLY
    slots: list[tuple[ReminderKind, datetime]] = [("7d", week_ahead)]
    if is_quiet(shortly, hours):
        slots.append(("1d", day_ahead) if day_ahead > now else ("eve", evening_before(start, hours)))
        return slots
    # A late hour of the day before may come after three hours ahead of a sitting just past midnight.
    if day_ahead < shortly:
        slots.append(("1d", day_ahead))
    slots.append(("3h", shortly))
    return slots
