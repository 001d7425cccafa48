"""A person's hour, quiet hours and zone, turned into instants.

Quiet hours are read off the wall clock where the person lives, as their telephone shows it: an hour that a
change of clocks repeats is quiet both times, an hour that it leaves out is never met.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVENING = time(20)
BEFORE_QUIET = timedelta(hours=1)
ONE_DAY = timedelta(days=1)
NOON_HOUR = 12


@dataclass(frozen=True)
class Hours:
    """When a person wants to be written to.

    ``zone`` is a name of the IANA database; the times are wall time there. Quiet hours run from
    ``quiet_from`` (quiet already) to ``quiet_to`` (awake again) and may cross midnight; both equal means
    none.
    """

    zone: str
    hour: time
    quiet_from: time
    quiet_to: time


def local_instant(day_time: datetime, zone: str) -> datetime:
    """Say which instant, in UTC, a naive wall time in ``zone`` means.

    A wall time that comes twice is the first one; one that the clocks leave out is the first instant after
    the gap.

    Raises:
        ValueError: ``day_time`` is aware.
        zoneinfo.ZoneInfoNotFoundError: there is no such zone.
    """
    if day_time.tzinfo is not None:
        raise ValueError("a wall time carries no zone of its own")
    place = ZoneInfo(zone)
    instant = day_time.replace(tzinfo=place, fold=0).astimezone(UTC)
    if instant.astimezone(place).replace(tzinfo=None) == day_time.replace(fold=0):
        return instant
    return _end_of_gap(day_time, place)


def is_quiet(instant: datetime, hours: Hours) -> bool:
    """Say whether the aware ``instant`` lies in the person's quiet hours."""
    return _is_quiet_at(instant.astimezone(ZoneInfo(hours.zone)).time(), hours)


def within_waking_hours(instant: datetime, hours: Hours) -> datetime:
    """Return the aware ``instant`` unchanged if the person is awake, else the end of quiet hours in UTC."""
    while is_quiet(instant, hours):
        instant = _quiet_end_after(instant, hours)
    return instant


def at_their_hour(day: date, hours: Hours) -> datetime:
    """Return the person's hour on their calendar day ``day``, in UTC.

    An hour that lies in their own quiet hours gives way to the end of the quiet hours on that day.
    """
    wall = hours.quiet_to if _is_quiet_at(hours.hour, hours) else hours.hour
    return within_waking_hours(local_instant(datetime.combine(day, wall), hours.zone), hours)


def evening_before(instant: datetime, hours: Hours) -> datetime:
    """Return the evening of the calendar day before the aware ``instant``, where the person lives, in UTC.

    That is one hour before their quiet hours begin on that evening; 20:00 where they have none, or where
    theirs begin in the first half of the day and leave 20:00 free.
    """
    day = instant.astimezone(ZoneInfo(hours.zone)).date() - ONE_DAY
    wall = datetime.combine(day, EVENING)
    if hours.quiet_from != hours.quiet_to:
        before_quiet = _hour_before_quiet(day, hours)
        if before_quiet.hour >= NOON_HOUR or _is_quiet_at(EVENING, hours):
            wall = before_quiet
    return within_waking_hours(local_instant(wall, hours.zone), hours)


def _hour_before_quiet(day: date, hours: Hours) -> datetime:
    # Quiet hours that begin at midnight or soon after belong to the evening before it.
    after_midnight = datetime.combine(day + ONE_DAY, hours.quiet_from) - BEFORE_QUIET
    return after_midnight if after_midnight.date() == day else after_midnight - ONE_DAY


def _is_quiet_at(wall: time, hours: Hours) -> bool:
    if hours.quiet_from <= hours.quiet_to:
        return hours.quiet_from <= wall < hours.quiet_to
    return wall >= hours.quiet_from or wall < hours.quiet_to


def _quiet_end_after(instant: datetime, hours: Hours) -> datetime:
    place = ZoneInfo(hours.zone)
    wall = instant.astimezone(place)
    day = wall.date() if wall.time() < hours.quiet_to else wall.date() + ONE_DAY
    end = datetime.combine(day, hours.quiet_to)
    first = local_instant(end, hours.zone)
    # In a repeated hour the first pass of the wall time may already be over.
    return first if first > instant else end.replace(tzinfo=place, fold=1).astimezone(UTC)


def _end_of_gap(day_time: datetime, place: ZoneInfo) -> datetime:
    earlier = day_time.replace(tzinfo=place, fold=1, microsecond=0).astimezone(UTC)
    later = day_time.replace(tzinfo=place, fold=0, microsecond=0).astimezone(UTC)
    offset = later.astimezone(place).utcoffset()

    def has_changed(seconds: int) -> bool:
        return (earlier + timedelta(seconds=seconds)).astimezone(place).utcoffset() == offset

    span = int((later - earlier).total_seconds())
    return earlier + timedelta(seconds=bisect_left(range(span), True, key=has_changed))
