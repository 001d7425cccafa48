"""The program without keys: takes updates, answers everyone with one neutral line, keeps nothing.

A process that takes no updates only waits.

No database is opened, and nothing that anybody writes is looked at or kept; a group is left. What the lines
were is forgotten with the process: after a kill they stay in their chats, neutral as they are.
"""

import asyncio
from datetime import timedelta
from uuid import UUID

import structlog

from bot.answering import Answering
from bot.clock import Clock
from bot.connection import Connection
from bot.intake import Intake
from bot.sealed_lines import STANDS_FOR, SealedLines
from bot.settings import Settings
from bot.taps import Taps
from bot.tasks import Loops, Tasks
from bot.turns import Turns
from bot.ways_in import WaysIn
from handlers.answer import Answer
from handlers.arrival import Arrival
from handlers.sealed import answer_sealed
from solidarity.outbox import Later, Unsure

log = structlog.stdlib.get_logger("poruch.sealed")

SECONDS_BETWEEN = 0.05
SWEEP_AFTER_SECONDS = (0.0, 5.0, 60.0)
TRY_AGAIN = timedelta(seconds=30)
FINISH_WITHIN_SECONDS = 5.0


class SealedBot:
    """What runs until the key is there."""

    def __init__(self, connection: Connection, settings: Settings, *, clock: Clock) -> None:
        self._messages = connection.messages
        self._languages = settings.languages
        self._clock = clock
        self._lines = SealedLines()
        self._tasks = Tasks("sealed")
        self._taps = Taps(connection.messages, self._tasks)
        answering = Answering(
            connection.messages,
            self._lines,
            pace=connection.pace,
            taps=self._taps,
            turns=Turns(),
            tasks=self._tasks,
            in_flight=set(),
            is_quiet=lambda: connection.alarm.stands,
        )
        intake = Intake(
            connection.bot,
            self._take,
            answering=answering,
            taps=self._taps,
            was_blocked=self._lines.mark_unreachable,
        )
        ways_in = WaysIn(
            settings, connection, intake, taps=self._taps, state="sealed", is_well=_is_well, counts={}
        )
        ways = ways_in.loops
        if ways_in.polling is not None:
            # No lease: without keys there is no database to ask.
            ways = {**ways, "intake": ways_in.polling()}
        self._stopping = asyncio.Event()
        self._wake = asyncio.Event()
        self._loops = Loops(
            {**{name: way.run for name, way in ways.items()}, "sealed": self._tidy},
            stops=[way.stop for way in ways.values()],
        )

    async def start(self) -> None:
        """Begin to answer."""
        self._loops.start()
        log.info("sealed; it waits for: poruch unseal")

    async def stop(self) -> None:
        """Take nothing more, and let answers under way come to their end; the lines still stand."""
        self._stopping.set()
        self._wake.set()
        await self._loops.stop()
        self._taps.close()
        await self._tasks.finish(seconds=FINISH_WITHIN_SECONDS)

    async def sweep(self) -> None:
        """Delete every line that still stands, twenty a second; what does not go is tried twice more."""
        for wait in SWEEP_AFTER_SECONDS:
            if len(self._lines):
                await asyncio.sleep(wait)
            for posted_id in self._lines.all():
                await self._delete(posted_id)

    async def _take(self, arrival: Arrival) -> Answer:
        posted_id = self._lines.tell(arrival.chat_id, now=self._clock.now())
        return answer_sealed(arrival, languages=self._languages, posted_id=posted_id)

    async def _tidy(self) -> None:
        """Delete lines whose hour is over, until stopped."""
        while not self._stopping.is_set():
            for posted_id in self._lines.due(self._clock.now()):
                await self._delete(posted_id)
            now = self._clock.now()
            await self._clock.wait_until(self._lines.next_due() or now + STANDS_FOR, wake=self._wake)

    async def _delete(self, posted_id: UUID) -> None:
        """Delete one line; one that Telegram does not take away now is due again soon."""
        line = await self._lines.standing(posted_id)
        if line is None:
            return
        if line.message_id is None:
            # Nobody knows whether it was sent; the chat may be told again.
            await self._lines.forget(posted_id)
            return
        outcome = await self._messages.delete(line.chat_id, line.message_id)
        if isinstance(outcome, Later | Unsure):
            line.until = self._clock.now() + TRY_AGAIN
        else:
            await self._lines.forget(posted_id)
        await asyncio.sleep(SECONDS_BETWEEN)


async def _is_well() -> bool:
    """Say so always: without keys it stands on nothing that could be away."""
    return True


class SilentBot:
    """What waits for the key where another process takes the updates."""

    def __init__(self, connection: Connection, settings: Settings, *, clock: Clock) -> None:
        ways_in = WaysIn(
            settings,
            connection,
            None,
            taps=Taps(connection.messages, Tasks("sealed")),
            state="sealed",
            is_well=_is_well,
            counts={},
        )
        self._loops = Loops.of(ways_in.loops)

    async def start(self) -> None:
        self._loops.start()
        log.info("sealed; it waits for: poruch unseal")

    async def stop(self) -> None:
        await self._loops.stop()

    async def sweep(self) -> None:
        pass
