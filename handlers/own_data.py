"""What is kept about a person, in words on pages, and as a file for programs."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from enum import StrEnum

from handlers import files
from handlers.answer import Document
from handlers.clocks import zone_label
from handlers.fitting import MESSAGE_LIMIT, units
from handlers.screen import Row, Screen, Turn, View
from handlers.screens import screen
from locales.words import NAMES
from solidarity.own_data import Kept, Record, own_records
from solidarity.work import Lane

FILE_NAME = "data.json"
# Room is left for a sentence that stands above the page.
PAGE_LIMIT = MESSAGE_LIMIT * 3 // 4
LANGUAGE_LISTS = ("language", "letter_languages")
KINDS = (
    "letter", "hearing", "milestone", "application", "guardianship", "prisoner", "danger", "stay", "desk",
)  # fmt: skip
LANES = {
    Lane.WAITED_FOR: "waited-for",
    Lane.URGENT: "urgent",
    Lane.REMINDER: "reminder",
    Lane.BROADCAST: "broadcast",
}


async def open_own_data(turn: Turn) -> None:
    """Turn to the first page."""
    turn.go("mydata")


@screen("mydata")
async def own_data(view: View) -> Screen:
    """Draw one page of everything that is kept about a person."""
    pages = _pages(_blocks(view, await own_records(view.uow, view.actor.id)))
    number = min(int(view.argument), len(pages) - 1) if view.argument.isdecimal() else 0
    turns: Row = [
        view.button(label, "go:mydata", argument=str(to))
        for label, to in (("look-earlier", number - 1), ("look-next", number + 1))
        if 0 <= to < len(pages)
    ]
    rows = [*([turns] if turns else []), [view.button("mydata-file", "mydata-file")], [view.back("privacy")]]
    return Screen(pages[number], rows)


async def send_file(turn: Turn) -> None:
    """Send it as a file that can be saved; the message goes after an hour."""
    document = Document(FILE_NAME, as_json(await own_records(turn.uow, turn.actor.id), turn.now))
    await files.send_file(turn, document, caption=turn.say("mydata-caption"), name="mydata-file")
    turn.hint = turn.say("mydata-sent")
    turn.go("mydata", argument=turn.argument)


def as_json(records: Iterable[Record], now: datetime) -> bytes:
    """Write it as one JSON object: each table's name with a list of its rows; what is not kept is null."""
    tables: dict[str, list[dict[str, Kept]]] = {}
    for record in records:
        rows = tables.setdefault(record.table, [])
        rows.append({name: _plain(value) for name, value in record.values.items()})
    body = {"made_at": now.isoformat(), **tables}
    return json.dumps(body, ensure_ascii=False, indent=2).encode()


def _plain(value: Kept) -> str | int | None:
    if isinstance(value, Lane):
        return LANES[value]
    return value.isoformat() if isinstance(value, date | time) else value


def _blocks(view: View, records: Iterable[Record]) -> Iterator[str]:
    """Write each row as lines; the first of a table has its heading above it."""
    table = ""
    for record in records:
        lines = [] if record.table == table else [view.say(f"mydata-part-{record.table}")]
        table = record.table
        lines += [
            _line(view, name, value) for name, value in record.values.items() if value not in (None, "")
        ]
        yield "\n".join(lines)


def _pages(blocks: Iterable[str]) -> list[str]:
    pages = [""]
    for block in blocks:
        longer = f"{pages[-1]}\n\n{block}" if pages[-1] else block
        if units(longer) <= PAGE_LIMIT:
            pages[-1] = longer
        else:
            pages.append(block)
    return pages


def _line(view: View, name: str, value: Kept) -> str:
    label = view.say(f"mydata-{name.replace('_', '-')}")
    return view.say("mydata-line", label=label, value=_in_words(view, name, value))


def _in_words(view: View, name: str, value: Kept) -> str:
    match value:
        case Lane():
            return view.say(f"mydata-lane-{LANES[value]}")
        case bool():
            return view.say("mydata-is-yes" if value else "mydata-is-no")
        case datetime():
            return view.words.moment(value, view.actor.hours.zone)
        case date():
            return view.words.day(value)
        case time():
            return view.words.hour(value)
        case str():
            return _text_in_words(view, name, value)
        case _:
            return str(value)


def _text_in_words(view: View, name: str, value: str) -> str:
    if name in LANGUAGE_LISTS:
        return ", ".join(NAMES[code] for code in value.split(","))
    if name == "zone":
        return zone_label(view.words, value, now=view.now)
    if name in ("form", "texts"):
        return view.say(f"settings-{name}-{value}")
    if name == "reminders_off":
        return ", ".join(view.say(f"settings-reminder-{one}") for one in value.split(","))
    group = value.split("_")[0]
    if name == "kind" and group in KINDS:
        return view.say(f"mydata-is-{group}")
    if isinstance(value, StrEnum) or name in ("kind", "reason"):
        return view.say(f"mydata-is-{value.replace('_', '-')}")
    return value
