"""Broadcasts of the real bot: an audience, messages for all of it, and how often each came."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from sqlalchemy import func, select

from sandbox.state import Chat
from storage.models import Guardianship, GuardianshipState, Lane, OutboxRow, OutboxState
from storage.outbox import Due
from tests.attacks.victim import Victim
from tests.world import new_person

KIND = "application_declined"
# Longer than a claim holds, and than the bot sleeps: whoever starts takes over what a dead one held.
A_WHILE = timedelta(minutes=3)
WITHIN_SECONDS = 90
# Else a thousand messages take half a minute.
FASTER = {"MESSAGES_PER_SECOND": "200"}
_numbers = count(1)


@dataclass(frozen=True)
class Came:
    """How many of a broadcast's messages never came, came more often than once, and in all."""

    lost: int
    twice: int
    total: int


class Audience:
    """People who can all be written to, each with an application that was declined."""

    def __init__(self, victim: Victim) -> None:
        self._victim = victim
        self._promises: list[Guardianship] = []
        self.chats: list[Chat] = []

    async def gathers(self, size: int) -> None:
        world = self._victim.telegram.world
        [bot] = world.bots.values()
        people = [world.add_person(f"Guest {number}", "en", None, {}) for number in range(size)]
        self.chats = [world.open_chat(bot, person) for person in people]
        async with self._victim.storage.unit() as uow:
            [prisoner] = await uow.prisoners.all()
            for chat in self.chats:
                person = await uow.people.add(new_person(), chat_id=chat.chat_id, phrase="old bicycle")
                promise = await uow.guardianships.add(
                    person_id=person.id,
                    prisoner_id=prisoner.id,
                    rhythm_weeks=4,
                    word=None,
                    day=person.joined_on,
                )
                promise.state = GuardianshipState.DECLINED
                self._promises.append(promise)

    async def is_written_to(self) -> "Broadcast":
        """Queue a message for everybody, and let the bot find them."""
        broadcast = Broadcast(self._victim, self.chats, f"{next(_numbers)}:")
        now = self._victim.telegram.clock.now()
        async with self._victim.storage.unit() as uow:
            await uow.outbox.queue(
                Due(each.person_id, KIND, each.id, f"{broadcast.key}{each.id}", now, lane=Lane.BROADCAST)
                for each in self._promises
            )
        self._victim.telegram.clock.advance(A_WHILE)
        return broadcast


class Broadcast:
    """One message for each of many, and what has become of them."""

    def __init__(self, victim: Victim, chats: list[Chat], key: str) -> None:
        self.key = key
        self._victim = victim
        self._chats = chats
        self._before = self._written()

    def _written(self) -> Counter[int]:
        """Count the bot's messages in each chat, those that were deleted too."""
        return Counter(
            {
                chat.chat_id: sum(message.is_from_bot for message in chat.messages.values())
                for chat in self._chats
            }
        )

    @property
    def came(self) -> Came:
        times = [n - self._before[chat_id] for chat_id, n in self._written().items()]
        return Came(times.count(0), sum(n > 1 for n in times), sum(times))

    async def settled(self) -> int:
        """Count the messages that are written down as sent."""
        query = (
            select(func.count())
            .select_from(OutboxRow)
            .where(OutboxRow.unique_key.startswith(self.key), OutboxRow.state == OutboxState.SENT)
        )
        async with self._victim.storage.view() as uow:
            return await uow.session.scalar(query) or 0

    async def ends(self) -> None:
        """Wait until every message is written down as sent."""

        async def is_over() -> bool:
            return await self.settled() == len(self._chats)

        await self._victim.telegram.until(is_over, WITHIN_SECONDS)
