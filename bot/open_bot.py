"""The bot of an installation whose keys are open: its parts, put together by role, and their loops."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

import structlog

from bot.alarm.shared_alarm import SharedAlarm
from bot.alarm.telling import Telling
from bot.chores import Chores, Means
from bot.clock import Clock
from bot.configuration.settings import Settings
from bot.courtesy import Courtesy
from bot.health import Counts
from bot.keys.pins import Pins
from bot.memory import Memory
from bot.paper import press
from bot.presence import Presence
from bot.receiving.answering import Answering
from bot.receiving.intake import Intake
from bot.receiving.posted_book import PostedBook
from bot.receiving.taps import Taps
from bot.receiving.ways_in import WaysIn
from bot.roles import Role
from bot.sealed.shared_seal import SharedSeal
from bot.sending import bell, shared_pace
from bot.sending.chat_turns import ChatTurns
from bot.sending.delivery import Delivery
from bot.sending.parcels import Parcels
from bot.single_job import Job, SingleJob, Terms
from bot.talking import Talking, write
from bot.tasks import Calm, Loop, Loops, Tasks
from bot.telegram_api.command_list import publish_commands
from bot.telegram_api.connection import Connection
from bot.telegram_api.turns import Turns
from handlers import deps
from handlers.arrival import BotAccount
from handlers.limits import Limits
from solidarity.colleagues import GROUP
from solidarity.work import Storage
from storage.passwords import Cost

log = structlog.stdlib.get_logger("poruch.assembly")

FINISH_WITHIN_SECONDS = 5.0
# Each commit could be news to three who wait for rows; to look costs more than most commits.
SECONDS_BETWEEN_WAKES = 0.1


class OpenBot:
    """Everything that works together on one storage, from its start to its stop."""

    def __init__(
        self,
        connection: Connection,
        storage: Storage,
        settings: Settings,
        *,
        role: Role,
        clock: Clock,
        pin_cost: Cost,
        terms: Terms,
        limits: Limits,
        seal: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._storage = storage
        self._settings = settings
        self._role = role
        self._clock = clock
        self._terms = terms
        self._limits = limits
        self._telling = Telling(storage, clock=clock)
        self._tasks = Tasks("answers")
        self._turns, self._in_flight, self._courtesy = Turns(), set[UUID](), Courtesy()
        self._taps = Taps(connection.messages, self._tasks)
        self._pins = Pins(storage.keys.macs().pin_pepper, cost=pin_cost)
        self._wakes = tuple(asyncio.Event() for _ in range(4))
        self._committed = Calm(self.wake_up, seconds=SECONDS_BETWEEN_WAKES)
        self._alarm = SharedAlarm(storage, connection.alarm, clock=clock)
        self._seal = SharedSeal(storage.unheard(), seal)
        # Seen by this machine's clock, which the other processes share, wherever ours is moved to.
        self._presence = Presence(storage.unheard(), clock=Clock())
        self._chat_turns = ChatTurns(
            self._presence.id,
            rest=timedelta(seconds=connection.pace.chat_gap_seconds),
            is_alone=storage.database.is_sqlite,
        )
        running: dict[str, Loop] = {
            "presence": self._presence,
            "alarm": self._alarm,
            "seal": self._seal,
            "memory": Memory(storage.database.let_go_of_pages),
        }
        delivery = self._delivery() if role.delivers else None
        if delivery is not None:
            running["delivery"] = delivery
        running |= self._ways_in({} if delivery is None else {"messages": delivery.counts})
        if role.does_chores:
            running["clock"] = self._single("clock", self._chores)
        self._bell: bell.Bell | None = None
        if not storage.database.is_sqlite:
            shared = shared_pace.SharedPace(
                storage, connection.pace, process_id=self._presence.id, ring=self._silenced
            )
            self._bell = bell.Bell(
                storage.database, {bell.COMMITTED: self._committed, bell.SILENCED: shared.ask}
            )
            running |= {"bell": self._bell, "pace": shared}
        self._loops = Loops(running)

    def _silenced(self) -> None:
        if self._bell is not None:
            self._bell.ring(bell.SILENCED)

    def _single(self, name: str, begin: Callable[[Storage], Job]) -> SingleJob:
        return SingleJob(name, self._storage, begin, holder=self._presence.id, terms=self._terms)

    def _ways_in(self, counts: Counts) -> dict[str, Loop]:
        ways_in = WaysIn(
            self._settings,
            self._connection,
            self._intake() if self._role.takes_updates else None,
            taps=self._taps,
            state="open",
            is_well=self._storage.is_reachable,
            counts=counts,
        )
        if ways_in.polling is None:
            return ways_in.loops
        begin = ways_in.polling
        return {**ways_in.loops, "intake": self._single("intake", lambda _: Loops({"polling": begin()}))}

    def _intake(self) -> Intake:
        connection, book = self._connection, PostedBook(self._storage, self._chat_turns)
        account = BotAccount(connection.bot.id, connection.bot.username)
        answering = Answering(
            connection.messages,
            book,
            pace=connection.pace,
            taps=self._taps,
            turns=self._turns,
            tasks=self._tasks,
            in_flight=self._in_flight,
            is_quiet=self._is_quiet,
        )

        def make_deps() -> "deps.Deps":
            return deps.Deps(
                self._storage,
                self._clock.now,
                self._pins,
                limits=self._limits,
                account=account,
                press=press.Press(),
                is_quiet=self._is_quiet,
                delete=answering.delete,
            )

        return Intake(
            Talking(make_deps).take,
            answering=answering,
            taps=self._taps,
            was_blocked=book.mark_unreachable,
            was_brought=partial(self._telling.tell, GROUP),
            courtesy=self._courtesy,
        )

    def _delivery(self) -> Delivery:
        messages, storage = self._connection.messages, self._storage
        parcels = Parcels(
            storage,
            messages,
            write,
            clock=self._clock,
            in_flight=self._in_flight,
            turns=self._chat_turns,
            courtesy=self._courtesy,
        )
        return Delivery(
            messages,
            parcels,
            pace=self._connection.pace,
            clock=self._clock,
            wake=self._wakes[0],
            is_alone=storage.database.is_sqlite,
            is_quiet=self._is_quiet,
        )

    def _is_quiet(self) -> bool:
        return self._connection.alarm.stands

    def _chores(self, storage: Storage) -> Job:
        means = Means(
            self._connection.messages,
            self._connection.pace,
            self._turns,
            self._clock,
            self._in_flight,
            wake_housekeeping=self._wakes[1],
            wake_backups=self._wakes[2],
            wake_broadcasts=self._wakes[3],
            tell=self._presence.refresh,
            bot=self._connection.bot,
        )
        return Chores(storage, self._settings, means)

    async def start(self) -> None:
        """Begin to work.

        Raises:
            DatabaseUnavailable: nobody can say whether the alarm stands.
        """
        await self._alarm.settle()
        await self._seal.settle()
        self._storage.on_commit(self._committed)
        if self._bell is not None:
            self._storage.on_commit(self._bell.ring)
        self._loops.start()
        if self._role.takes_updates:
            self._tasks.start(publish_commands(self._connection.bot))
        log.info("at work")

    def wake_up(self) -> None:
        """Let those who wait for rows look again."""
        for wake in self._wakes:
            wake.set()

    async def read_keys(self) -> int:
        """Take a newer key ring where there is one; returns the generation now held.

        Raises:
            KeyUnavailable, WrongKey, DamagedKeyring: it cannot be used; the ring in use stays.
            DatabaseUnavailable: the ring is taken, but no other process can see that yet.
        """
        self._storage.keys.read_again()
        await self._presence.refresh()
        return self._storage.keys.ring.generation

    async def stop(self) -> None:
        """Take and send nothing more, settle what is under way; answers come to their end."""
        await self._loops.stop()
        self._taps.close()
        await self._tasks.finish(seconds=FINISH_WITHIN_SECONDS)
        self._pins.close()
