"""A sitting as an entry for a calendar: when, under words that tell nothing, and nothing else.

A calendar is synchronised, shared and shown on locked screens; so no name, court or charge goes into it, and
the entry's id leads nobody from one person's calendar to another's.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from handlers import files
from handlers.answer import Document
from handlers.deps import Deps
from handlers.screen import Turn
from solidarity.errors import NoLongerSo
from solidarity.hearings.attendance import entry_id
from solidarity.hearings.life import hearing_for, require_standing

FILE_NAME = "event.ics"
MADE_BY = "-//calendar//EN"


@dataclass(frozen=True)
class Written:
    """An entry, and of which revision of its sitting."""

    revision: int
    content: bytes = field(repr=False)


async def prepare(turn: Turn) -> Callable[[Deps], Awaitable[Written]]:
    """Read when the sitting is; loading what writes the entry has no place in a transaction."""
    hearing = await hearing_for(turn.uow, turn.actor, turn.target)
    require_standing(hearing, now=turn.now)
    title, now = turn.say("calendar-title"), turn.now
    uid = entry_id(turn.uow, turn.actor, hearing)
    starts_at, revision = hearing.starts_at, hearing.revision

    async def work(deps: Deps) -> Written:
        entry = await asyncio.to_thread(entry_of, uid, starts_at, title=title, revision=revision, made_at=now)
        return Written(revision, entry)

    return work


async def send(turn: Turn) -> None:
    """Send the entry as a file, unless the sitting is another by now."""
    hearing = await hearing_for(turn.uow, turn.actor, turn.target)
    require_standing(hearing, now=turn.now)
    written: Written = turn.prepared
    if written.revision != hearing.revision:
        raise NoLongerSo(str(hearing.id))
    document = Document(FILE_NAME, written.content)
    await files.send_file(turn, document, caption=turn.say("calendar-caption"), name="calendar-file")
    turn.hint = turn.say("calendar-sent")
    turn.go("court-date", hearing.id)


def entry_of(uid: str, starts_at: datetime, *, title: str, revision: int, made_at: datetime) -> bytes:
    """Write one entry as iCalendar (RFC 5545); one with the same `uid` and a later revision replaces it."""
    # Loaded only here: it takes more memory than all court dates together.
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", made_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("summary", title)
    event.add("sequence", revision)
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
