"""How a person wants to be treated: one screen of today's values, and one per setting to change it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import time

from handlers.clocks import ZONES, zone_label
from handlers.rooms import desk_screens
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from locales import LANGUAGES, Words
from locales.words import NAMES
from solidarity.people import (
    DELETE_AFTER,
    change_setting,
    choose_another_phrase,
    person_of,
    reveal_contacts,
    reveal_phrase,
    set_typed_phrase,
)
from solidarity.reminder_times import SWITCHES
from solidarity.reminders import switched_off

HOURS = [time(hour) for hour in range(8, 21)]
QUIET = ("20:00-08:00", "21:00-09:00", "22:00-08:00", "22:00-09:00", "23:00-07:00", "23:00-10:00")
NO_QUIET = "00:00-00:00"
FORMS = ("feminine", "masculine", "unsaid")
TEXTS = ("neutral", "full")
SCREENS = (
    "language", "form", "zone", "hour", "quiet", "reminders", "texts", "delete", "phrase", "contacts",
    "account",
)  # fmt: skip


@screen("settings")
async def settings(view: View) -> Screen:
    """Draw today's values and a button for each."""
    person = await person_of(view.uow, view.actor.id)
    hours = view.actor.hours
    kept = [view.say(f"contacts-{field}") for field in await reveal_contacts(view.uow, view.actor)]
    text = view.say(
        "settings-text",
        language=NAMES[view.actor.language],
        address=view.say(f"settings-form-{person.form}"),
        zone=zone_label(view.words, hours.zone, now=view.now),
        hour=view.words.hour(hours.hour),
        quiet=_quiet_label(view.words, f"{hours.quiet_from:%H:%M}-{hours.quiet_to:%H:%M}"),
        reminders=_reminders_label(view, switched_off(person)),
        texts=view.say(f"settings-texts-{person.texts}"),
        hours=view.actor.delete_after_hours,
        phrase=await reveal_phrase(view.uow, view.actor.id),
        contacts=", ".join(kept) or view.say("contacts-none"),
    )
    buttons = [view.button(f"settings-{name}", f"go:{name}") for name in SCREENS]
    return Screen(text, [*_in_rows(buttons, 2), [view.back()]])


@screen("language")
async def language(view: View) -> Screen:
    """Draw the choice of a language."""
    return _choice(view, "language", [(NAMES[one], one) for one in LANGUAGES], columns=3)


@screen("form")
async def form(view: View) -> Screen:
    """Draw the choice of a grammatical form of address."""
    return _choice(view, "form", [(view.say(f"settings-form-{one}"), one) for one in FORMS])


@screen("zone")
async def zone(view: View) -> Screen:
    """Draw the choice of a time zone, each with its distance from UTC today."""
    choices = [(zone_label(view.words, one, now=view.now), one) for one in ZONES.values()]
    return _choice(view, "zone", choices, columns=2)


@screen("hour")
async def hour(view: View) -> Screen:
    """Draw the choice of the hour at which reminders come."""
    return _choice(view, "hour", [(view.words.hour(one), f"{one:%H:%M}") for one in HOURS], columns=4)


@screen("quiet")
async def quiet(view: View) -> Screen:
    """Draw the choice of quiet hours."""
    choices = [(_quiet_label(view.words, one), one) for one in (*QUIET, NO_QUIET)]
    return _choice(view, "quiet", choices, columns=2)


@screen("reminders")
async def reminders(view: View) -> Screen:
    """Draw which reminders of court dates come, and a button that turns each the other way."""
    off = switched_off(await person_of(view.uow, view.actor.id))
    rows = [
        [view.button(f"reminder-{one}-{'off' if one in off else 'on'}", "set", argument=f"reminder={one}")]
        for one in SWITCHES
    ]
    return Screen(view.say("settings-reminders"), [*rows, [view.back("settings")]])


@screen("texts")
async def texts(view: View) -> Screen:
    """Draw the choice between neutral and full texts, and say what full means."""
    return _choice(view, "texts", [(view.say(f"settings-texts-{one}"), one) for one in TEXTS], columns=2)


@screen("delete")
async def delete(view: View) -> Screen:
    """Draw the choice of when messages are deleted."""
    choices = [(view.say("settings-hours", hours=one), str(one)) for one in DELETE_AFTER]
    return _choice(view, "delete", choices, columns=2)


@screen("phrase")
async def phrase(view: View) -> Screen:
    """Draw the phrase and how to change it; typed words replace it."""
    text = view.say("settings-phrase", phrase=await reveal_phrase(view.uow, view.actor.id))
    return Screen(text, [[view.button("settings-another", "phrase-another")], [view.back("settings")]])


async def open_settings(turn: Turn) -> None:
    """Turn to the settings."""
    turn.go("settings")


async def set_value(turn: Turn) -> None:
    """Change the setting a button names to the button's value."""
    setting, _, value = turn.argument.partition("=")
    await change_setting(turn.uow, turn.actor, setting, value, desk_screens=desk_screens(), now=turn.now)
    words = Words(value, turn.actor.form) if setting == "language" else turn.words
    turn.hint = words.say("settings-saved")
    # Of these several are turned, one after the other.
    turn.go("reminders" if setting == "reminder" else "settings")


async def another_phrase(turn: Turn) -> None:
    """Choose another ready phrase."""
    await choose_another_phrase(turn.uow, turn.actor)
    turn.go("phrase")


async def take_phrase(turn: Turn) -> None:
    """Take the typed words as the phrase."""
    await set_typed_phrase(turn.uow, turn.actor, turn.text)
    turn.hint = turn.say("settings-saved")
    turn.go("phrase")


def _reminders_label(view: View, off: Collection[str]) -> str:
    kept = [view.say(f"settings-reminder-{one}") for one in SWITCHES if one not in off]
    return ", ".join(kept) or view.say("settings-reminders-none")


def _quiet_label(words: Words, hours: str) -> str:
    start, end = hours.split("-")
    return words.say("settings-quiet-none") if start == end else f"{start}–{end}"


def _choice(view: View, name: str, choices: Iterable[tuple[str, str]], *, columns: int = 1) -> Screen:
    buttons = [Button(label, "set", argument=f"{name}={value}") for label, value in choices]
    return Screen(view.say(f"settings-{name}"), [*_in_rows(buttons, columns), [view.back("settings")]])


def _in_rows(buttons: Sequence[Button], columns: int) -> list[Row]:
    return [buttons[start : start + columns] for start in range(0, len(buttons), columns)]
