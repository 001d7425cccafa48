"""A month as a keyboard, and the hours at which courts sit: a date is chosen without typing."""

from datetime import date, time, timedelta
from uuid import UUID

from handlers.screen import Button, Row, View

DAYS_OF_WEEK = 7
BLANK = "·"
FIRST_HOUR, LAST_HOUR, AN_HOUR, A_STEP = 9, 17, 60, 30
IN_A_ROW = 4
FARTHEST_MONTHS = 36


def month_rows(view: View, argument: str, *, turn: str, choose: str, target: UUID | None = None) -> list[Row]:
    """Draw a month from Monday to Sunday; days that have passed cannot be chosen.

    Args:
        argument: the month to show as ``2026-12``; today's where it is none, or lies behind.
        turn: the screen that shows another month, which is its argument.
        choose: the screen that is turned to with a day as its argument.
    """
    first = _month(argument, view.actor.today)

    def stays(label: str) -> Button:
        return Button(label, f"go:{turn}", target, f"{first:%Y-%m}")

    def cell(day: date) -> Button:
        if day.month != first.month or day < view.actor.today:
            return stays(BLANK)
        return Button(str(day.day), f"go:{choose}", target, day.isoformat())

    def other(months: int, sign: str) -> Button:
        month = _shifted(first, months)
        is_shown = month == _month(f"{month:%Y-%m}", view.actor.today)
        return Button(sign, f"go:{turn}", target, f"{month:%Y-%m}") if is_shown else stays(BLANK)

    rows: list[Row] = [
        [other(-1, "‹"), stays(view.words.month(first)), other(1, "›")],
        [stays(name) for name in view.words.weekdays()],
    ]
    monday = first - timedelta(days=first.weekday())
    while monday < _shifted(first, 1):
        week = [monday + timedelta(days=step) for step in range(DAYS_OF_WEEK)]
        # On an old telephone weeks that are over would push the coming ones off the screen.
        if week[-1] >= view.actor.today:
            rows.append([cell(day) for day in week])
        monday += timedelta(days=DAYS_OF_WEEK)
    return rows


def _month(argument: str, today: date) -> date:
    this = today.replace(day=1)
    try:
        wished = date.fromisoformat(f"{argument}-01")
    except ValueError:
        return this
    return min(max(wished, this), _shifted(this, FARTHEST_MONTHS))


def _shifted(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def hour_rows(day: date, verb: str, target: UUID | None = None) -> list[Row]:
    """Offer the hours of a court's day, each half an hour; the button's argument is the whole start."""
    steps = range(FIRST_HOUR * AN_HOUR, LAST_HOUR * AN_HOUR + A_STEP, A_STEP)
    hours = [time(minutes // AN_HOUR, minutes % AN_HOUR) for minutes in steps]
    buttons = [Button(f"{hour:%H:%M}", verb, target, f"{day} {hour:%H:%M}") for hour in hours]
    return [buttons[start : start + IN_A_ROW] for start in range(0, len(buttons), IN_A_ROW)]


def on_day(day: str, typed: str) -> str:
    """Return what was typed under a chosen day as a whole start: an hour alone is one of that day."""
    is_hour = len(typed.split()) == 1
    return f"{day} {typed.strip().replace('.', ':')}" if is_hour else typed


def shown_day(argument: str, today: date) -> date:
    """Return the day that a screen of hours is for."""
    try:
        return date.fromisoformat(argument)
    except ValueError:
        return today
