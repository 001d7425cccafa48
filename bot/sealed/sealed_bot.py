"""The program without keys: takes updates, answers everyone with one neutral line, keeps nothing.

A process that takes no updates only waits.

No database is opened, and nothing that anybody writes is looked at or kept; a group is left. What the lines
were is forgotten with the process: after a kill they stay in their chats, neutral as they are.
"""

import structlog

from bot.clock import Clock
from bot.configuration.settings import Settings
from bot.receiving.answering import Answering
from bot.receiving.intake import Intake
from bot.receiving.taps import Taps
from bot.receiving.ways_in import WaysIn
from bot.sealed.lines import SealedLines
from bot.sealed.tidying import Tidying
from bot.tasks import Loop, Loops, Tasks
from bot.telegram_api.connection import Connection
from bot.telegram_api.turns import Turns
from handlers.answer import Answer
from handlers.arrival import Arrival
from handlers.sealed import answer_sealed

log = structlog.stdlib.get_logger("poruch.sealed")

FINISH_WITHIN_SECONDS = 5.0


class SealedBot:
    """What runs until the key is there."""

    def __init__(self, connection: Connection, settings: Settings, *, clock: Clock) -> None:
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
            self._take,
            answering=answering,
            taps=self._taps,
            was_blocked=self._lines.mark_unreachable,
        )
        ways_in = WaysIn(
            settings, connection, intake, taps=self._taps, state="sealed", is_well=_is_well, counts={}
        )
        self._tidying = Tidying(connection.messages, self._lines, clock=clock)
        loops: dict[str, Loop] = {**ways_in.loops, "sealed": self._tidying}
        if ways_in.polling is not None:
            # No lease: without keys there is no database to ask.
            loops["intake"] = ways_in.polling()
        self._loops = Loops(loops)

    async def start(self) -> None:
        """Begin to answer."""
        self._loops.start()
        log.info("sealed; it waits for: poruch unseal")

    async def stop(self) -> None:
        """Take nothing more, and let answers under way come to their end; the lines still stand."""
        await self._loops.stop()
        self._taps.close()
        await self._tasks.finish(seconds=FINISH_WITHIN_SECONDS)

    async def sweep(self) -> None:
        """Delete every line that still stands, twenty a second; what does not go is tried twice more."""
        await self._tidying.sweep()

    async def _take(self, arrival: Arrival) -> Answer:
        posted_id = self._lines.tell(arrival.chat_id, now=self._clock.now())
        return answer_sealed(arrival, languages=self._languages, posted_id=posted_id)


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
        self._loops = Loops(ways_in.loops)

    async def start(self) -> None:
        self._loops.start()
        log.info("sealed; it waits for: poruch unseal")

    async def stop(self) -> None:
        await self._loops.stop()

    async def sweep(self) -> None:
        pass
