"""A picture as the template takes it: words, written numbers, and lengths as parts of the longest."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import unescape
from typing import Any

from locales import Words
from solidarity.pictures import WEEK, WEEKS, CoveragePicture, MonthPicture, PictureOrder, first_week

Data = dict[str, Any]

GUARDIANS = ("nobody", "one", "two", "three")
SILENCES = ("weeks", "month", "months", "longer", "never")
# The scale has no more lines than these, zero not counted.
MOST_TICKS = 4
STEPS = (1, 2, 5)
# A name of a month needs the room of so many weeks.
MONTH_NEEDS_WEEKS = 2
SATURDAY = 5


def picture_for(order: PictureOrder) -> Data:
    """Return everything that is drawn."""
    words = Words(order.language)
    if isinstance(order, CoveragePicture):
        return _coverage(order, words)
    return _month(order, words)


def _coverage(order: CoveragePicture, words: Words) -> Data:
    people, letters = sum(order.by_guardians), sum(order.by_week)
    return {
        "kind": "coverage",
        "language": words.language,
        "title": _plain(words, "picture-coverage"),
        "about": [words.day(order.today), _plain(words, "picture-people", count=people)],
        "bars": [
            _bars(words, "picture-guardians", GUARDIANS, order.by_guardians),
            _bars(words, "picture-letter", SILENCES, order.by_silence),
        ],
        "weeks": {
            "title": _plain(words, "picture-weeks"),
            "about": _plain(words, "picture-letters", count=letters),
            "running": _plain(words, "picture-running"),
            "months": _months(words, first_week(order.today)),
            **_columns(words, order.by_week),
        },
    }


def _bars(words: Words, title: str, names: Sequence[str], counts: Sequence[int]) -> Data:
    most = max(*counts, 1)
    drawn = zip(names, counts, strict=True)
    bars = [
        {"label": _plain(words, f"{title}-{name}"), "count": words.number(count), "part": count / most}
        for name, count in drawn
    ]
    return {"title": _plain(words, title), "bars": bars}


def _columns(words: Words, by_week: Sequence[int]) -> Data:
    ticks = ticks_to(max(by_week))
    return {
        "parts": [count / ticks[-1] for count in by_week],
        "ticks": [{"label": words.number(tick), "part": tick / ticks[-1]} for tick in ticks],
    }


def ticks_to(most: int) -> list[int]:
    """Return the round numbers of a scale from zero on, as far as the most and to one at least."""
    size, number = 1, 0
    while STEPS[number] * size * MOST_TICKS < most:
        number += 1
        if number == len(STEPS):
            size, number = size * 10, 0
    step = STEPS[number] * size
    return [step * line for line in range(max(-(-most // step), 1) + 1)]


def _months(words: Words, first: date) -> list[Data]:
    """Name the months below the weeks in which they begin."""
    found = []
    for week in range(WEEKS - MONTH_NEEDS_WEEKS + 1):
        sunday = first + WEEK * week + timedelta(days=6)
        if sunday.day <= WEEK.days:
            found.append({"week": week, "name": words.short_month(sunday)})
    return found


def _month(order: MonthPicture, words: Words) -> Data:
    start = order.first - timedelta(days=order.first.weekday())
    weeks: list[list[Data | None]] = []
    while not weeks or (start.year, start.month) == (order.first.year, order.first.month):
        weeks.append([_day(order, start + timedelta(days=day)) for day in range(WEEK.days)])
        start += WEEK
    is_this_month = order.today.replace(day=1) == order.first
    sittings = max((last for _, last in order.numbers.values()), default=0)
    return {
        "kind": "month",
        "language": words.language,
        "title": words.month(order.first),
        "about": _plain(words, "picture-sittings", count=sittings),
        "weekdays": words.weekdays(),
        "weeks": weeks,
        "today": _plain(words, "picture-today") if is_this_month else "",
        "numbers": _plain(words, "picture-numbers"),
    }


def _day(order: MonthPicture, day: date) -> Data | None:
    if day.month != order.first.month:
        return None
    first, last = order.numbers.get(day, (0, 0))
    return {
        "day": str(day.day),
        "numbers": "" if not last else str(first) if first == last else f"{first}–{last}",
        "is_today": day == order.today,
        "is_weekend": day.weekday() >= SATURDAY,
    }


def _plain(words: Words, key: str, **values: str | int) -> str:
    return unescape(words.say(key, **values))
