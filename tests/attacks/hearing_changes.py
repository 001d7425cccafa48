"""A machine that changes sittings in any order while time passes, messages fly and the program dies.

What people read is held against a ledger of its own, which knows only what coordinators did and when. A round
of examples is one transaction, each example a savepoint of it; each unit of work begins anew, as after a
restart, and remembers nothing but what the database holds.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from sqlalchemy import select

from solidarity.guardianship import step_down
from solidarity.hearings.life import Sitting, add_hearing, cancel_hearing, change_place, move_hearing
from solidarity.hearings.outcomes import hold_hearing
from solidarity.hearings.told import CORRECTIONS
from solidarity.outbox import Delivered
from solidarity.people import actor_of, agree, person_of
from solidarity.relevance import addressee_of
from solidarity.reminders import HEARING_REMINDERS, include_person
from solidarity.replanning import replan_person
from solidarity.settling import drop, settle
from storage.claims import Claimed
from storage.models import (
    CustodyStatus,
    Guardianship,
    GuardianshipState,
    KinshipState,
    Outcome,
    Posted,
    Prisoner,
    Publicity,
    Purpose,
    RoleName,
)
from storage.sending import Prepared, Unsent
from storage.unit_of_work import Storage, UnitOfWork
from tests.world import NOON

HOME = "Europe/Minsk"
# Alice and Gleb look after both, Vera is family of both; one of the two is hidden.
GUARDIANS = {"alice": HOME, "gleb": "America/New_York"}
FAMILY = {"vera": "Europe/London"}
ZONES = GUARDIANS | FAMILY
PRISONERS = ("shown", "hidden")
AHEAD_HOURS = (1, 2.5, 20, 30, 71, 24 * 8, 24 * 20, 24 * 200)
SPANS_HOURS = (0.2, 1, 2, 5, 13, 23, 49, 24 * 7)
LEASE = timedelta(minutes=1)
MOST_SITTINGS = 4
# Those that change nobody's status.
OUTCOMES = (Outcome.ADJOURNED, Outcome.CUSTODY_EXTENDED, Outcome.UPHELD, Outcome.UNKNOWN)

someone = st.sampled_from(tuple(ZONES))
which = st.integers(0, MOST_SITTINGS - 1)


@dataclass
class Known:
    """What the ledger knows of one sitting."""

    id: UUID
    of: str
    starts_at: datetime
    revision: int = 1
    is_cancelled: bool = False
    is_held: bool = False

    def stands(self, now: datetime) -> bool:
        return not self.is_cancelled and not self.is_held and self.starts_at > now


@dataclass(frozen=True)
class Read:
    """A message somebody has in their chat."""

    name: str
    sitting: UUID
    kind: str
    revision: int
    starts_at: datetime


@dataclass
class Flight:
    """A message that was handed to Telegram and is not settled."""

    row: Claimed
    name: str
    posted_id: UUID


@dataclass
class Ground:
    """One database with its people, in a transaction that is never committed."""

    loop: asyncio.AbstractEventLoop
    storage: Storage
    session: Any
    people: dict[str, UUID]
    prisoners: dict[str, UUID]
    done: Counter[str] = field(default_factory=Counter)

    def unit(self) -> UnitOfWork:
        self.session.expunge_all()
        return self.storage._work(self.session, locks=True)

    def run(self, work: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
        return self.loop.run_until_complete(self._step(work))

    async def _step(self, work: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
        result = await work(self.unit())
        await self.session.flush()
        return result


class HearingChanges(RuleBasedStateMachine):
    """Everything that may happen to sittings and to what is told of them."""

    ground: Ground

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.example = self.ground.loop.run_until_complete(self.ground.session.begin_nested())
        self.sittings: list[Known] = []
        self.read: list[Read] = []
        self.flights: list[Flight] = []
        # What may come twice: it was in flight when the program died.
        self.twice: set[tuple[str, str]] = set()
        self.seen: Counter[tuple[str, str]] = Counter()
        self.gone: set[tuple[str, str]] = set()
        self.numbers = count(1)

    def teardown(self) -> None:
        try:
            self._everything_lands()
            self._whoever_was_told_knows_better()
            self._nothing_old_stands_in_chats()
        finally:
            self.ground.loop.run_until_complete(self.example.rollback())

    def sitting(self, number: int) -> Known | None:
        return self.sittings[number] if number < len(self.sittings) else None

    def by_id(self, sitting_id: UUID) -> Known:
        return next(one for one in self.sittings if one.id == sitting_id)

    # What coordinators do.

    @rule(of=st.sampled_from(PRISONERS), ahead=st.sampled_from(AHEAD_HOURS))
    def announces(self, of: str, ahead: float) -> None:
        if len(self.sittings) == MOST_SITTINGS:
            return
        starts = self._wall(ahead)

        async def deed(uow: UnitOfWork) -> tuple[UUID, datetime]:
            prisoner = await uow.prisoners.get(self.ground.prisoners[of])
            assert prisoner is not None
            sitting = Sitting(starts, HOME, details={"court": "Sample Court"})
            hearing = await add_hearing(uow, prisoner, sitting, now=self.now)
            return hearing.id, hearing.starts_at

        sitting_id, starts_at = self.step("announces", deed)
        self.sittings.append(Known(sitting_id, of, starts_at))

    @rule(number=which, ahead=st.sampled_from(AHEAD_HOURS))
    def moves(self, number: int, ahead: float) -> None:
        known = self.sitting(number)
        if known is None or not known.stands(self.now):
            return
        starts = self._wall(ahead)

        async def deed(uow: UnitOfWork) -> tuple[datetime, int]:
            hearing = await uow.hearings.get(known.id)
            assert hearing is not None
            await move_hearing(uow, hearing, starts, by=uuid4(), now=self.now)
            return hearing.starts_at, hearing.revision

        starts_at, revision = self.step("moves", deed)
        assert revision == known.revision + (starts_at != known.starts_at)
        known.starts_at, known.revision = starts_at, revision

    @rule(number=which)
    def names_another_room(self, number: int) -> None:
        known = self.sitting(number)
        if known is None or not known.stands(self.now):
            return

        async def deed(uow: UnitOfWork) -> None:
            hearing = await uow.hearings.get(known.id)
            assert hearing is not None
            await change_place(uow, hearing, now=self.now)

        self.step("names_another_room", deed)
        known.revision += 1

    @rule(number=which)
    def cancels(self, number: int) -> None:
        known = self.sitting(number)
        if known is None or not known.stands(self.now):
            return

        async def deed(uow: UnitOfWork) -> None:
            hearing = await uow.hearings.get(known.id)
            assert hearing is not None
            await cancel_hearing(uow, hearing, now=self.now)

        self.step("cancels", deed)
        known.is_cancelled, known.revision = True, known.revision + 1

    @rule(number=which, outcome=st.sampled_from(OUTCOMES))
    def says_how_it_ended(self, number: int, outcome: Outcome) -> None:
        known = self.sitting(number)
        if known is None or known.is_cancelled or known.starts_at > self.now:
            return

        async def deed(uow: UnitOfWork) -> int:
            hearing = await uow.hearings.get(known.id)
            assert hearing is not None
            await hold_hearing(uow, hearing, outcome, None, now=self.now)
            return hearing.revision

        known.revision = self.step("says_how_it_ended", deed)
        known.is_held = True

    # What people do.

    @rule(name=someone, hour=st.integers(0, 23), quiet=st.integers(0, 23), zone=st.sampled_from(tuple(ZONES)))
    def chooses_other_hours(self, name: str, hour: int, quiet: int, zone: str) -> None:
        async def deed(uow: UnitOfWork) -> None:
            person = await person_of(uow, self.ground.people[name])
            person.hour, person.zone = time(hour), ZONES[zone]
            person.quiet_from, person.quiet_to = time(quiet), time((quiet + 9) % 24)
            await replan_person(uow, person, now=self.now)

        self.step("chooses_other_hours", deed)

    @rule(name=st.sampled_from(tuple(GUARDIANS)), of=st.sampled_from(PRISONERS))
    def steps_down(self, name: str, of: str) -> None:
        if (name, of) in self.gone:
            return

        async def deed(uow: UnitOfWork) -> None:
            person = await person_of(uow, self.ground.people[name])
            mine = await uow.guardianships.of_person(person.id, GuardianshipState.ACTIVE)
            promise = next(one for one in mine if one.prisoner_id == self.ground.prisoners[of])
            await step_down(uow, await actor_of(uow, person, now=self.now), promise.id, now=self.now)

        self.step("steps_down", deed)
        self.gone.add((name, of))

    @rule(name=st.sampled_from(tuple(GUARDIANS)), of=st.sampled_from(PRISONERS))
    def comes_back(self, name: str, of: str) -> None:
        if (name, of) not in self.gone:
            return

        async def deed(uow: UnitOfWork) -> None:
            person = await person_of(uow, self.ground.people[name])
            await stand_by(uow, person.id, self.ground.prisoners[of])
            await include_person(uow, person, self.ground.prisoners[of], now=self.now)

        self.step("comes_back", deed)
        self.gone.discard((name, of))

    # Time, delivery and death.

    @rule(hours=st.sampled_from(SPANS_HOURS))
    def time_passes_unattended(self, hours: float) -> None:
        self.ground.done["time_passes_unattended"] += 1
        self.now += timedelta(hours=hours)

    @rule(hours=st.sampled_from(SPANS_HOURS))
    def time_passes(self, hours: float) -> None:
        """As it does while the bot runs: what becomes due on the way goes out when it is."""
        self.ground.done["time_passes"] += 1
        until = self.now + timedelta(hours=hours)
        self._deliver()
        while (due := self._next_due()) is not None and due <= until:
            self.now = max(self.now, due)
            self._deliver()
        self.now = until

    @rule()
    def delivers(self) -> None:
        self.ground.done["delivers"] += 1
        self._deliver()

    def _deliver(self) -> None:
        while flights := self._take_off():
            for flight in flights:
                self._land(flight)

    @rule()
    def hands_over(self) -> None:
        """Telegram has these messages, and its answers are awaited."""
        self.ground.done["hands_over"] += 1
        self.flights += self._take_off()

    @rule()
    def is_answered(self) -> None:
        self.ground.done["is_answered"] += 1
        flights, self.flights = self.flights, []
        for flight in flights:
            self._land(flight)

    @rule()
    def dies_and_starts_again(self) -> None:
        self.ground.done["dies"] += 1
        for flight in self.flights:
            self.twice.add((flight.name, flight.row.unique_key))
        self.flights = []
        self.ground.run(lambda uow: uow.claims.release_all())

    # How messages go.

    def _next_due(self) -> datetime | None:
        async def deed(uow: UnitOfWork) -> datetime | None:
            return min((await uow.claims.next_due()).values(), default=None)

        due: datetime | None = self.ground.run(deed)
        return due

    def _take_off(self) -> list[Flight]:
        async def deed(uow: UnitOfWork) -> list[tuple[Claimed, UUID]]:
            rows = await uow.claims.claim(now=self.now, limit=100, lease=LEASE)
            sent, dropped = [], []
            for row in rows:
                addressee = await addressee_of(uow, row, now=self.now)
                (dropped if addressee is None else sent).append(row)
            await drop(uow, dropped, now=self.now)
            return [(row, await self._post(uow, row)) for row in sent]

        names = {person_id: name for name, person_id in self.ground.people.items()}
        flights = [Flight(row, names[row.person_id], posted) for row, posted in self.ground.run(deed)]
        for flight in flights:
            self._is_read(flight)
        return flights

    async def _post(self, uow: UnitOfWork, row: Claimed) -> UUID:
        posted = Unsent(
            id=uuid4(),
            person_id=row.person_id,
            screen="hearing-notice",
            target=row.about_id,
            argument=f"{row.kind}:r{row.revision}",
            is_covered=True,
            posted_at=self.now,
            delete_at=self.now + timedelta(hours=24),
        )
        await uow.sending.add([Prepared(posted)])
        return posted.id

    def _land(self, flight: Flight) -> None:
        async def deed(uow: UnitOfWork) -> None:
            await uow.sending.note_sent([(flight.posted_id, next(self.numbers))])
            await settle(uow, flight.row, Delivered(1), now=self.now)

        self.ground.run(deed)

    def _is_read(self, flight: Flight) -> None:
        """Hold what somebody reads at this instant against the ledger."""
        row = flight.row
        known = self.by_id(row.about_id)
        said = f"{flight.name} reads {row.kind} r{row.revision} of {known} at {self.now}"
        assert row.revision == known.revision, said
        if row.kind in (*HEARING_REMINDERS, "hearing_new"):
            assert known.stands(self.now), said
        if known.of == "hidden" and row.kind not in (*CORRECTIONS, "hearing_cancelled"):
            assert flight.name in FAMILY, said
        key = (flight.name, row.unique_key)
        self.seen[key] += 1
        assert self.seen[key] == 1 or key in self.twice, said
        self.ground.done["read"] += 1
        self.read.append(Read(flight.name, known.id, row.kind, row.revision, known.starts_at))

    # What must be so in the end.

    def _everything_lands(self) -> None:
        self.flights, flights = [], self.flights
        for flight in flights:
            self._land(flight)
        self.ground.run(lambda uow: uow.claims.release_all())
        self._deliver()
        # Quiet hours end within a day; what waits for them was due before.
        for _ in range(25):
            self.now += timedelta(hours=1)
            self._deliver()

    def _whoever_was_told_knows_better(self) -> None:
        for name in ZONES:
            for known in self.sittings:
                mine = [one for one in self.read if (one.name, one.sitting) == (name, known.id)]
                if not mine or known.is_held:
                    continue
                last = mine[-1]
                expects_it_later = last.starts_at > self.now and last.kind != "hearing_cancelled"
                is_wrong = known.is_cancelled or last.starts_at != known.starts_at
                assert not (expects_it_later and is_wrong and last.revision < known.revision), (
                    f"{name} still expects {last}, which is {known} at {self.now}"
                )

    def _nothing_old_stands_in_chats(self) -> None:
        async def deed(uow: UnitOfWork) -> list[tuple[UUID, str]]:
            pushed = select(Posted.target, Posted.argument).where(Posted.purpose == Purpose.PUSH)
            return [(target, argument) for target, argument in await uow.session.execute(pushed)]

        for target, argument in self.ground.run(deed):
            assert argument.endswith(f":r{self.by_id(target).revision}"), argument

    def _wall(self, ahead: float) -> datetime:
        minutes = (self.now + timedelta(hours=ahead)).replace(second=0, microsecond=0, tzinfo=None)
        # The home zone is three hours ahead of UTC all year.
        return minutes + timedelta(hours=3)

    def step(self, name: str, deed: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
        self.ground.done[name] += 1
        return self.ground.run(deed)


async def stand_by(uow: UnitOfWork, person_id: UUID, prisoner_id: UUID) -> None:
    """Let somebody be a prisoner's Guardian, whoever else is."""
    uow.session.add(
        Guardianship(
            person_id=person_id,
            prisoner_id=prisoner_id,
            state=GuardianshipState.ACTIVE,
            rhythm_weeks=4,
            applied_on=NOON.date(),
        )
    )
    await uow.session.flush()


async def people_and_prisoners(uow: UnitOfWork) -> tuple[dict[str, UUID], dict[str, UUID]]:
    """Make those whom the machine is about."""
    prisoners: dict[str, UUID] = {}
    for name in PRISONERS:
        publicity = Publicity.HIDDEN if name == "hidden" else Publicity.PUBLIC
        prisoner = Prisoner(custody_status=CustodyStatus.PRETRIAL, publicity=publicity, languages="")
        await uow.prisoners.add(prisoner, source_id=None)
        await uow.prisoners.describe(
            prisoner, names={"en": name}, alias=name, born=None, interests=None, case_details={}
        )
        prisoners[name] = prisoner.id
    people: dict[str, UUID] = {}
    for number, (name, zone) in enumerate(ZONES.items()):
        actor = await agree(uow, 700_000_001 + number, language="en", now=NOON)
        person = await person_of(uow, actor.id)
        person.zone, people[name] = zone, person.id
        for prisoner_id in prisoners.values():
            if name in GUARDIANS:
                await stand_by(uow, person.id, prisoner_id)
                continue
            tie = await uow.kinships.add(person.id, prisoner_id, is_on_behalf=False, day=NOON.date())
            tie.state = KinshipState.CONFIRMED
            right = await uow.people.grant(
                person, RoleName.RELATIVE, scope=prisoner_id, granted_by=None, day=NOON.date()
            )
            await uow.people.confirm(right, person)
    await uow.session.flush()
    return people, prisoners
