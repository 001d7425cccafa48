"""How often a Guardian is reminded to write, and at which instant."""

from datetime import date, datetime, timedelta

from solidarity.hours import Hours, at_their_hour, within_waking_hours

RHYTHMS = (2, 4, 8)
IN_A_FEW_DAYS = timedelta(days=3)


def next_letter_on(last: date | None, *, joined: date, rhythm_weeks: int) -> date:
    """Say on which day a Guardian is next reminded to write.

    Counted from the last letter they reported, or from the day they joined when there is none: a new Guardian
    hears how to write when they are accepted, and is not reminded before their rhythm has passed once. Days
    are calendar days where the Guardian lives; ``hours.at_their_hour`` makes an instant of them. The day may
    already have passed.

    Args:
        rhythm_weeks: weeks between letters: 2, 4 or 8.

    Raises:
        ValueError: ``rhythm_weeks`` is none of these.

    Source: writing guides of PEN ("at least every couple of months") and Black & Pink ("monthly is good"),
    letter nights of NYC ABC ("every two weeks").
    """
    if rhythm_weeks not in RHYTHMS:
        raise ValueError(f"{rhythm_weeks} weeks is no rhythm")
    return (joined if last is None else last) + timedelta(weeks=rhythm_weeks)


def put_off(today: date) -> date:
    """Say when somebody is reminded again who answered *In 3 days*."""
    return today + IN_A_FEW_DAYS


def resumes_on(rhythm_on: date, *, paused_until: date) -> date:
    """Say when a Guardian is reminded after a pause: on its last day, or when their rhythm asks for it."""
    return max(rhythm_on, paused_until)


def due_at(on: date, hours: Hours, *, now: datetime) -> datetime:
    """Make an instant of a day: the person's hour, never in quiet hours, and never before ``now``."""
    return within_waking_hours(max(at_their_hour(on, hours), now), hours)
