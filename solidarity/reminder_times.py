"""When people are reminded of a hearing, and how pressing a message is.

Seven days and one day ahead at the person's own hour, three hours ahead exactly. Where that third instant
would fall into quiet hours, the one-day reminder stands for it too; only a hearing entered after that, and
somebody who does without the one-day reminder, has one on the evening before instead.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from solidarity.hours import Hours, at_their_hour, evening_before, is_quiet, local_instant

ReminderKind = Literal["7d", "1d", "3h", "eve"]
# What people can do without; the evening before stands for the last.
SWITCHES: tuple[ReminderKind, ...] = ("7d", "1d", "3h")
SWITCH_OF = {"hearing_7d": "7d", "hearing_1d": "1d", "hearing_3h": "3h", "hearing_eve": "3h"}
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
    "hearing_outcome": "today",
    "milestone_7d": "this_week",
    "milestone_1d": "today",
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
    "desk_family_waits": "today",
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


def hearing_reminders(
    starts_at: datetime, *, hours: Hours, now: datetime, off: Collection[str] = ()
) -> list[HearingReminder]:
    """Plan one person's reminders of a hearing, in order of their due times.

    Only what is still ahead of ``now`` and before the start: a hearing entered late has fewer, perhaps none.
    Days are counted back on the calendar of the person's own zone, which may differ from the court's. Each
    kind comes at most once, never in quiet hours.

    Args:
        starts_at: aware instant of the start.
        now: aware instant of planning.
        off: which of `SWITCHES` the person does without.
    """
    start = starts_at.astimezone(UTC)
    due = [(kind, at) for kind, at in _slots(start, hours, now, off) if now < at < start]
    ends = [*(at for _, at in due), start][1:]
    return [HearingReminder(kind, at, end) for (kind, at), end in zip(due, ends, strict=True)]


def milestone_reminders(day: date, *, hours: Hours, now: datetime) -> list[tuple[str, datetime, datetime]]:
    """Plan one person's reminders of a day that must not be missed: kind, when due, and until when it helps.

    Seven days and one day ahead at their hour; the last of them helps until the day itself is over.
    """
    week_ahead, day_ahead = at_their_hour(day - A_WEEK, hours), at_their_hour(day - ONE_DAY, hours)
    over = local_instant(datetime.combine(day + ONE_DAY, time()), hours.zone)
    planned = [("7d", week_ahead, day_ahead), ("1d", day_ahead, over)]
    return [one for one in planned if one[1] > now]


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


def _slots(
    start: datetime, hours: Hours, now: datetime, off: Collection[str]
) -> list[tuple[ReminderKind, datetime]]:
    day = start.astimezone(ZoneInfo(hours.zone)).date()
    week_ahead, day_ahead = at_their_hour(day - A_WEEK, hours), at_their_hour(day - ONE_DAY, hours)
    shortly = start - SHORTLY
    slots: list[tuple[ReminderKind, datetime]] = [] if "7d" in off else [("7d", week_ahead)]
    if is_quiet(shortly, hours):
        if "1d" not in off and day_ahead > now:
            slots.append(("1d", day_ahead))
        elif "3h" not in off:
            slots.append(("eve", evening_before(start, hours)))
        return slots
    # A late hour of the day before may come after three hours ahead of a sitting just past midnight.
    if "1d" not in off and (day_ahead < shortly or "3h" in off):
        slots.append(("1d", day_ahead))
    if "3h" not in off:
        slots.append(("3h", shortly))
    return slots
