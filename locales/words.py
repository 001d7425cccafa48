"""Says a sentence in a person's language; whatever is put into it is escaped for Telegram's HTML."""

from datetime import date, datetime, time
from functools import cache
from html import escape
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time, get_day_names
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser

LANGUAGES = ("be", "ru", "en")
NAMES = {"be": "Беларуская", "ru": "Русский", "en": "English"}
FALLBACK = "en"
LONGEST_VALUE = 1000
# Fluent refuses a value of more than 2,500 characters, and an escaped sign has at most five.
LONGEST_ESCAPED = 2500
LONGEST_OF_SIGNS = LONGEST_ESCAPED // 5


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for file in sorted(files("locales").joinpath(language).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".ftl"):
            # Where each word stands in its file takes as much memory as the words.
            resource = FluentParser(with_spans=False).parse(file.read_text(encoding="utf-8"))
            bundle.add_resource(resource, allow_overrides=False)
    return bundle


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
        bundle = _bundle(self.language)
        if not bundle.has_message(key):
            bundle = _bundle(FALLBACK)
        message = bundle.get_message(key)
        if message.value is None:
            raise KeyError(key)
        text, problems = bundle.format_pattern(message.value, {"form": self.form, **safe})
        if problems:
            raise KeyError(f"{key}: {problems}")
        return str(text)

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
