"""Says a sentence in a person's language; whatever is put into it is escaped for Telegram's HTML."""

from datetime import date, datetime, time
from functools import cache
from html import escape
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time, get_day_names
from babel.numbers import format_decimal

from locales.sentences import Sentences

LANGUAGES = ("be", "ru", "en")
NAMES = {"be": "Беларуская", "ru": "Русский", "en": "English"}
FALLBACK = "en"
LONGEST_VALUE = 1000
# Fluent refuses a value of more than 2,500 characters, and an escaped sign has at most five.
LONGEST_ESCAPED = 2500
LONGEST_OF_SIGNS = LONGEST_ESCAPED // 5


@cache
def _sentences(language: str) -> Sentences:
    return Sentences(language)


def _safe(value: str) -> str:
    shown = escape(_cut(value, LONGEST_VALUE), quote=False)
    return shown if len(shown) <= LONGEST_ESCAPED else escape(_cut(value, LONGEST_OF_SIGNS), quote=False)


def _cut(value: str, most: int) -> str:
    return value if len(value) <= most else value[: most - 1].rstrip() + "…"


class Words:
    """One language and one form of address.

    Args:
        language: be, ru or en; anything else is spoken to in English.
        form: ``feminine``, ``masculine`` or ``unsaid``, for sentences that must choose.
    """

    def __init__(self, language: str, form: str = "unsaid") -> None:
        self.language = language if language in LANGUAGES else FALLBACK
        self.form = form

    def say(self, key: str, **values: str | int) -> str:
        """Return a sentence as Telegram HTML; a value longer than 1,000 characters is cut.

        Raises:
            KeyError: no language has this sentence, or a value it needs is missing.
        """
        safe = {name: _safe(v) if isinstance(v, str) else v for name, v in values.items()}
        sentences = _sentences(self.language)
        if key not in sentences:
            sentences = _sentences(FALLBACK)
        return sentences.format(key, {"form": self.form, **safe})

    def day(self, day: date) -> str:
        """Write a calendar day out, without its weekday."""
        return str(format_date(day, "d MMMM y", locale=self.language))

    def weekday_of(self, day: date) -> str:
        """Write a calendar day out with its weekday."""
        return str(format_date(day, "EEEE, d MMMM y", locale=self.language))

    def month(self, day: date) -> str:
        """Write out the month of a day, with its year."""
        return str(format_date(day, "LLLL y", locale=self.language))

    def weekdays(self) -> list[str]:
        """Return the days of the week, short, from Monday on."""
        names = get_day_names("short", "stand-alone", locale=self.language)
        return [str(names[number]) for number in range(7)]

    def moment(self, instant: datetime, zone: str) -> str:
        """Write an instant as weekday, day and hour in a zone."""
        return str(
            format_datetime(instant, "EEEE, d MMMM y, HH:mm", tzinfo=ZoneInfo(zone), locale=self.language)
        )

    def end(self, instant: datetime, zone: str) -> str:
        """Write an instant as day and hour in a zone, as it stands after *until*: a weekday would not fit."""
        return str(format_datetime(instant, "d MMMM y, HH:mm", tzinfo=ZoneInfo(zone), locale=self.language))

    def wall(self, starts: datetime) -> str:
        """Write a wall time as weekday, day and hour, as it stands."""
        return str(format_datetime(starts, "EEEE, d MMMM y, HH:mm", locale=self.language))

    def hour(self, hour: time) -> str:
        """Write an hour of the day."""
        return str(format_time(hour, "HH:mm", locale=self.language))

    def short_wall(self, starts: datetime) -> str:
        """Write a wall time in short, without its year, as it stands in a list of one month."""
        return str(format_datetime(starts, "EEE, d MMM, HH:mm", locale=self.language))

    def number(self, number: int) -> str:
        """Write a number with the signs that group its digits."""
        return str(format_decimal(number, locale=self.language))

    def short_month(self, day: date) -> str:
        """Name the month of a day in short."""
        return str(format_date(day, "LLL", locale=self.language))
