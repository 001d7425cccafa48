"""When a sitting starts: wall times as courts say them and people type them, and the instants they mean."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

from solidarity.hours import local_instant
from solidarity.typed_errors import DatePassed, DateTooFar, DateUnclear, DayUnclear
from storage.models import Hearing

WALL = "%Y-%m-%d %H:%M"
TYPED = ("%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M", "%Y-%m-%d %H:%M")
FARTHEST = timedelta(days=3 * 366)
KEPT_AFTER_SITTING = timedelta(days=7)


def read_typed_start(text: str) -> datetime:
    """Read ``ДД.ММ.ГГГГ ГГ:ХХ`` as a wall time.

    Raises:
        DateUnclear: it is not a date and a time in this form.
    """
    for form in TYPED:
        try:
            return datetime.strptime(" ".join(text.split()), form)  # noqa: DTZ007 - a wall time has no zone of its own
        except ValueError:
            continue
    raise DateUnclear("typed start")


def read_typed_day(text: str) -> date:
    """Read ``ДД.ММ.ГГГГ`` as a day.

    Raises:
        DayUnclear: it is no day in this form.
    """
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone of its own
        except ValueError:
            continue
    raise DayUnclear("typed day")


def start_instant(starts: datetime, zone: str, *, now: datetime) -> datetime:
    """Return the instant of a wall time, which must lie ahead.

    Raises:
        DateUnclear: no such zone.
        DateTooFar: a date beyond three years.
        DatePassed: it has begun already.
    """
    try:
        instant = local_instant(starts, zone)
    except (ZoneInfoNotFoundError, ValueError, OverflowError) as error:
        raise DateUnclear(zone) from error
    if instant <= now:
        raise DatePassed(starts.isoformat())
    if instant > now + FARTHEST:
        raise DateTooFar(starts.isoformat())
    return instant


def wall_start(hearing: Hearing) -> datetime:
    """Return the wall time at which a sitting starts, where its court is."""
    return datetime.strptime(hearing.starts_local, WALL)  # noqa: DTZ007 - a wall time has no zone of its own
