"""How long each thing is kept, and how it goes: the one table of it, which docs/threat-model.md repeats.

The clockwork goes through it each night and after a start, housekeeping twice a minute through what goes at
once. Messages in chats and farewells are housekeeping's own: they go when Telegram has answered.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from solidarity.hearings.sitting_times import KEPT_AFTER_SITTING
from solidarity.leaving import erase_person
from solidarity.restrictions import A_DAY, forget_old_restrictions
from solidarity.second_person import WAITS_FOR
from solidarity.staying import ask_whether_they_stay
from storage.unit_of_work import UnitOfWork

Remove = Callable[[UnitOfWork, datetime, datetime], Awaitable[None]]

AT_ONCE = timedelta()


@dataclass(frozen=True)
class Rule:
    """What is kept no longer than `keep` after `since`.

    `remove` is given the instant up to which things of that age go, and now. Where only a day is stored, the
    day of that instant in UTC goes as well.
    """

    what: str
    keep: timedelta
    since: str
    remove: Remove

    async def apply(self, uow: UnitOfWork, *, now: datetime) -> None:
        """Remove what has outlived its purpose."""
        await self.remove(uow, now - self.keep, now)


async def _sent_messages(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.outbox.forget_settled(until=until)


async def _seen_updates(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.updates.forget(until=until)


async def _told(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    # Its end is written into each row when it is made, so that a sitting that moves takes it along.
    await uow.hearings.forget_told(now=now)


async def _attendances(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.attendances.forget_over(begun_until=until)


async def _notes(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.prisoners.forget_notes(until=until.date())


async def _ended_promises(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.guardianships.forget_ended(until=until.date())


async def _broadcasts(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.broadcasts.forget_ended(until=until)


async def _requests(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.requests.forget(until=until)


async def _proposals(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.card_changes.forget_waiting(until=until)
    await uow.word_changes.forget_waiting(until=until)


async def _writers(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.letters.forget_writers(until=until.date())


async def _letters(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.letters.forget_old(until=until.date())


async def _courts(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.courts.forget(until=until.date())


async def _milestones(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.milestones.forget(until=until.date())


async def _absent_people(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    for person in await uow.people.unseen(until=until.date()):
        await ask_whether_they_stay(uow, person, now=now)


async def _silent_people(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    for person_id in await uow.people.silent(until=until.date()):
        await erase_person(uow, person_id, now=now)


async def _departed(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.departures.forget(until=until.date())


async def _drafts(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.drafts.forget_expired(now=until)


async def _codes(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.codes.forget_expired(now=until)


async def _buttons(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.posted.forget_buttons(now=until)


async def _door_times(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.desks.forget_times(now=until)
    await uow.hidings.reopen(now=until)


async def _keys_of_nobody(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    await uow.orphans.destroy()


async def _trail(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    # Whole months, so that its beginning does not move every night.
    await uow.trail.forget(until=until.replace(day=1, hour=0, minute=0, second=0, microsecond=0))


# Twice a minute.
PROMPT = (
    Rule(
        "drafts, and digits on a keypad",
        AT_ONCE,
        "their end: 24 hours, 5 minutes; an evening's 3 days",
        _drafts,
    ),
    Rule("one-time codes", AT_ONCE, "their end: 24 hours, 48 hours, 7 days", _codes),
    Rule("buttons", AT_ONCE, "the end of their message", _buttons),
    Rule(
        "who will be at a sitting",
        timedelta(hours=12),
        "its beginning; at once where it was cancelled, held or closed",
        _attendances,
    ),
)

# Each night, in this order: a letter loses its writer after its guardianship has gone.
NIGHTLY = (
    Rule("numbers of updates", timedelta(hours=48), "they came", _seen_updates),
    Rule("messages sent or dropped", timedelta(days=7), "they were", _sent_messages),
    Rule("who was told of a sitting", KEPT_AFTER_SITTING, "the sitting", _told),
    Rule("courts nobody names any more", timedelta(days=730), "they were last named", _courts),
    Rule("days not to be missed", timedelta(days=30), "the day", _milestones),
    Rule("coordinators' notes", timedelta(days=90), "they were last written", _notes),
    Rule("ended, declined and withdrawn guardianships", timedelta(days=30), "their end", _ended_promises),
    Rule("requests of two coordinators", timedelta(days=30), "they were settled or ran out", _requests),
    Rule("numbers of broadcasts", timedelta(days=90), "their last message was settled", _broadcasts),
    Rule("changes of cards and words to which nobody agreed", WAITS_FOR, "they were proposed", _proposals),
    Rule("who wrote a letter outside a guardianship", timedelta(days=30), "it was written", _writers),
    Rule("letters without their writer", timedelta(days=730), "they were written", _letters),
    Rule("absent people, who are then asked", timedelta(days=365), "their last visit", _absent_people),
    Rule("people who were asked and did not come", timedelta(days=30), "they were asked", _silent_people),
    Rule("ids of those who left", timedelta(days=365), "they left", _departed),
    Rule("restrictions that are over", A_DAY, "they were set", forget_old_restrictions),
    Rule("until when doors were open or closed", AT_ONCE, "that time", _door_times),
    Rule("the trail of what was done", timedelta(days=730), "the end of their month", _trail),
    Rule("data keys that seal nothing any more", AT_ONCE, "that", _keys_of_nobody),
)  # fmt: skip


def is_rotation_due(*, last_left_on: date | None, key_made_on: date) -> bool:
    """Say whether somebody has left whose data key may still lie, deleted, under the wrapping key in use."""
    return last_left_on is not None and last_left_on >= key_made_on
