"""One process at a time sends new messages to somebody, so that their chat rests between two of them."""

import asyncio
from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from bot.sending.parcel import Parcel
from solidarity.outbox import Later
from solidarity.work import Claimed, UnitOfWork

# What the way to the database may take.
MARGIN = timedelta(milliseconds=100)
# A new message as an answer has left by then, and its chat has rested.
ANSWER_LASTS = timedelta(seconds=5)


class ChatTurns:
    """The turns of one process; where nobody else sends, they are all its own.

    Units that take turns and units that end them must not overtake each other: `one_at_a_time` is held
    around each.
    """

    def __init__(self, process_id: UUID, *, rest: timedelta, is_alone: bool) -> None:
        """Take how long a chat rests between the answer to one message and the next."""
        self.others_than = None if is_alone else process_id
        self.one_at_a_time = asyncio.Lock()
        self._process_id = process_id
        self._rest = rest + MARGIN
        self._in_hand: Counter[UUID] = Counter()

    async def take(self, uow: UnitOfWork, rows: Collection[Claimed], *, lasts: timedelta) -> list[Claimed]:
        """Take the turns of those whom messages are for; returns what is in hand: messages of whom we got."""
        if self.others_than is None:
            return list(rows)
        people = {row.person_id for row in rows}
        got = await uow.turns.take(people, self._process_id, lasts=lasts)
        ours = [row for row in rows if row.person_id in got] if len(got) < len(people) else list(rows)
        self._in_hand.update(row.person_id for row in ours)
        return ours

    async def take_for_answer(self, uow: UnitOfWork, person_id: UUID) -> bool:
        """Take one person's turn; False where another process has it."""
        return bool(await uow.turns.take({person_id}, self._process_id, lasts=ANSWER_LASTS))

    async def end(self, uow: UnitOfWork, parcels: Collection[Parcel]) -> None:
        """Let others have turns once the chats have rested, and been silent for as long as Telegram asked."""
        if self.others_than is None:
            return
        of_these = Counter(parcel.row.person_id for parcel in parcels)
        done = {person for person, count in of_these.items() if self._in_hand[person] <= count}
        waits: dict[UUID, timedelta] = {}
        for parcel in parcels:
            if isinstance(parcel.outcome, Later) and parcel.outcome.after is not None:
                known = waits.get(parcel.row.person_id, timedelta())
                waits[parcel.row.person_id] = max(parcel.outcome.after, known)
        await uow.turns.rest(done - waits.keys(), self._process_id, lasts=self._rest)
        for person in done & waits.keys():
            await uow.turns.rest([person], self._process_id, lasts=self._rest + waits[person])

    def let_go(self, rows: Collection[Claimed]) -> None:
        """Note that messages are not in hand any more."""
        if self.others_than is not None:
            self._in_hand -= Counter(row.person_id for row in rows)
