"""No way to a contact detail without two persons, each at their own open desk, a reason and a trace.

A machine does whatever coordinators, people, time, restarts and a hand in the database may do, in any order.
Whatever opens somebody's contact details is held against a ledger of its own, which knows only what was truly
asked and approved. A round of examples is one transaction, each example and each step a savepoint of it: a
unit of work costs no disk, and whatever is refused is undone as it would be.
"""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select, text

from solidarity.access import Actor, admit
from solidarity.desk import close_desk, open_desk
from solidarity.errors import SolidarityError
from solidarity.people import CONTACT_LIMITS, agree, person_of, recognise, set_contact
from solidarity.requests import approve, ask, decline, request_card, requests_at_desk, withdraw
from solidarity.reveals import open_request
from storage.columns import EPOCH
from storage.database import Database, open_postgresql, open_sqlite
from storage.errors import StorageError
from storage.keyring import Purpose
from storage.keys import Keys
from storage.models import AuditEntry, Person, Request, RestrictionKind, RoleName
from storage.unit_of_work import Storage, UnitOfWork
from storage.vault import Vault
from tests.world import NOON, RING

COORDINATORS = ("bob", "carol", "dan", "eve")
PEOPLE = ("alice", "vera", "mallory")
EVERYBODY = (*COORDINATORS, *PEOPLE)
CHATS = {name: 700_000_001 + number for number, name in enumerate(EVERYBODY)}
# Vera has left no contact details.
DETAILS = {name: f"+000 00 000-00-{number:02}" for number, name in enumerate(EVERYBODY) if name != "vera"}
WHY = "They asked to be called back."
SPANS = (0.01, 0.09, 1, 23, 25, 71, 73, 24 * 8)
WEEK = timedelta(days=7)
DAY = timedelta(hours=24)
STEPS, STEPS_ON_POSTGRESQL = 50_000, 5_000
AN_EXAMPLE = 100
MOST_EXAMPLES = 20

someone = st.sampled_from(EVERYBODY)
staff = st.sampled_from(COORDINATORS)
which = st.integers(0, 11)


@dataclass
class Asked:
    """What the ledger knows of a request: only what was truly done."""

    asker: str
    about: str
    at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    is_over: bool = False


@dataclass
class Ground:
    """One database with its people, in a transaction that is never committed."""

    loop: asyncio.AbstractEventLoop
    storage: Storage
    session: Any
    ids: dict[str, UUID]
    done: Counter[str] = field(default_factory=Counter)

    def run(self, work: Awaitable[Any]) -> Any:
        return self.loop.run_until_complete(work)  # type: ignore[arg-type]

    def unit(self) -> UnitOfWork:
        """Begin anew, as after a restart: nothing is remembered but what the database holds."""
        self.session.expunge_all()
        return self.storage._work(self.session, locks=True)


class TwoPersons(RuleBasedStateMachine):
    """Everything that may happen around requests."""

    ground: Ground

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.example = self.ground.run(self.ground.session.begin_nested())
        self.updates = count(1)
        self.open_until: dict[str, datetime] = {}
        self.made: dict[str, tuple[str | None, datetime]] = {
            "bob": (None, NOON),
            "carol": (None, NOON),
            "dan": ("bob", NOON),
            "eve": (None, NOON),
        }
        self.restricted: dict[str, datetime | None] = {}
        self.asked: dict[UUID, Asked] = {}
        self.rows: list[UUID] = []
        self.opened: list[tuple[str, datetime]] = []
        self.seen: list[tuple[UUID, str]] = []
        self.last: tuple[int, Callable[[UnitOfWork], Awaitable[Any]]] | None = None

    def teardown(self) -> None:
        self.ground.run(self.example.rollback())

    # What the ledger knows.

    def is_at_work(self, name: str) -> bool:
        until = self.restricted.get(name, EPOCH)
        return name in self.made and (until is not None and until <= self.now)

    def are_two(self, one: str, other: str) -> bool:
        def behind(name: str) -> set[str | None]:
            by, at = self.made[name]
            return {name} | ({by} if self.now.date() - at.date() <= WEEK else set())

        both = one != other and self.is_at_work(one) and self.is_at_work(other)
        return both and not (behind(one) & behind(other)) - {None}

    def is_at_desk(self, name: str) -> bool:
        return name in self.made and self.open_until.get(name, EPOCH) > self.now

    def name_of(self, person_id: UUID) -> str:
        return next(name for name, one in self.ground.ids.items() if one == person_id)

    # How a step is taken.

    def step(self, kind: str, work: Callable[[UnitOfWork], Awaitable[Any]], *, number: int = 0) -> Any:
        """Do something in a unit of its own, with an update's number; None where it is refused."""
        self.ground.done[kind] += 1
        self.seen.clear()
        number = number or next(self.updates)
        self.last = (number, work)
        result = self.ground.run(self._step(work, number))
        if kind != "opens":
            assert self.seen == [], f"{kind} opened contact details"
        return result

    async def _step(self, work: Callable[[UnitOfWork], Awaitable[Any]], number: int) -> Any:
        uow = self.ground.unit()
        with suppress(SolidarityError, StorageError):
            async with self.ground.session.begin_nested():
                await uow.updates.take(number, now=self.now)
                result = await work(uow)
                await self.ground.session.flush()
                return result
        # What was refused is noted as handled all the same, so that it does not come again.
        async with self.ground.session.begin_nested():
            with suppress(StorageError):
                await uow.updates.take(number, now=self.now)
        return None

    def as_somebody(self, name: str, deed: Callable[[UnitOfWork, Actor], Awaitable[Any]]) -> Any:
        async def work(uow: UnitOfWork) -> Any:
            actor = await recognise(uow, CHATS[name], now=self.now)
            assert actor is not None
            return (await deed(uow, actor)) or True

        return work

    def request(self, number: int) -> UUID:
        return self.rows[number % len(self.rows)] if self.rows else uuid4()

    @initialize(two=st.permutations(("bob", "carol", "eve")), about=st.sampled_from(("alice", "mallory")))
    def two_have_agreed_before(self, two: list[str], about: str) -> None:
        """Begin with what is to work, so that nothing below holds only because nothing works."""
        before = self.ground.done["revealed"]
        self.goes_the_whole_way(two[0], two[1], about)
        assert self.ground.done["revealed"] == before + 1

    # Desks, time, and what happens to coordinators.

    @rule(name=staff)
    def opens_desk(self, name: str) -> None:
        if self.step("opens_desk", self._types_pin(name, is_right=True)):
            assert name in self.made
            self.open_until[name] = self.now + timedelta(minutes=5)

    @rule(name=staff)
    def types_a_wrong_pin(self, name: str) -> None:
        self.step("wrong_pin", self._types_pin(name, is_right=False))

    def _types_pin(self, name: str, *, is_right: bool) -> Any:
        async def deed(uow: UnitOfWork, actor: Actor) -> bool:
            admit(actor, "desk.open", now=self.now)
            return await open_desk(uow, actor, is_right=is_right, now=self.now)

        return self.as_somebody(name, deed)

    @rule(name=staff)
    def closes_desk(self, name: str) -> None:
        deed = self.as_somebody(name, lambda uow, actor: close_desk(uow, actor, screens=(), now=self.now))
        if self.step("closes_desk", deed):
            self.open_until.pop(name, None)

    @rule(hours=st.sampled_from(SPANS))
    def time_passes(self, hours: float) -> None:
        self.ground.done["time_passes"] += 1
        self.now += timedelta(hours=hours)

    @rule(name=staff, kind=st.sampled_from(RestrictionKind), hours=st.sampled_from((None, 24)))
    def is_restricted(self, name: str, kind: RestrictionKind, hours: int | None) -> None:
        until = None if hours is None else self.now + timedelta(hours=hours)

        async def work(uow: UnitOfWork) -> bool:
            await self._lift_all(uow, name)
            person = await person_of(uow, self.ground.ids[name])
            await uow.people.restrict(person, kind, set_by=None, now=self.now, until=until)
            return True

        assert self.step("is_restricted", work)
        self.restricted[name] = until

    @rule(name=staff)
    def is_let_back(self, name: str) -> None:
        async def work(uow: UnitOfWork) -> bool:
            await self._lift_all(uow, name)
            return True

        assert self.step("is_let_back", work)
        self.restricted.pop(name, None)

    async def _lift_all(self, uow: UnitOfWork, name: str) -> None:
        person = await person_of(uow, self.ground.ids[name])
        for one in await uow.people.restrictions_of(person):
            if one.is_active(self.now):
                await uow.people.lift(person, one, now=self.now)

    @rule(name=staff)
    def rights_end_under_duress(self, name: str) -> None:
        async def work(uow: UnitOfWork) -> bool:
            person = await person_of(uow, self.ground.ids[name])
            for role in await uow.people.roles_of(person):
                if role.role is RoleName.COORDINATOR:
                    await uow.people.revoke(role, person)
            return True

        if self.step("duress", work):
            self.made.pop(name, None)

    @rule(name=staff, by=staff)
    def becomes_coordinator_anew(self, name: str, by: str) -> None:
        async def work(uow: UnitOfWork) -> bool:
            person = await person_of(uow, self.ground.ids[name])
            await uow.people.grant(
                person,
                RoleName.COORDINATOR,
                scope=None,
                granted_by=self.ground.ids[by],
                day=self.now.date(),
            )
            return True

        if name not in self.made and name != by and self.step("anew", work):
            self.made[name] = (by, self.now)

    @rule()
    def restarts(self) -> None:
        self.ground.done["restarts"] += 1
        self.ground.storage.keys.cache.clear()

    # Requests.

    @rule(name=someone, about=someone, why=st.sampled_from((WHY, "no", "", " . ", "x" * 201)))
    def asks(self, name: str, about: str, why: str) -> None:
        before = set(self.rows)
        deed = self.as_somebody(
            name,
            lambda uow, actor: ask(uow, actor, "contact", self.ground.ids[about], why=why, now=self.now),
        )
        is_asked = self.step("asks", deed)
        for request_id in self._ids() - before:
            assert is_asked
            assert self.is_at_desk(name)
            assert name != about
            assert why in (WHY, "no")
            self.rows.append(request_id)
            self.asked[request_id] = Asked(name, about, self.now)

    def _ids(self) -> set[UUID]:
        return set(self.ground.run(self.ground.session.scalars(select(Request.id))))

    @rule(name=someone, number=which)
    def approves(self, name: str, number: int) -> None:
        request_id = self.request(number)
        deed = self.as_somebody(name, lambda uow, actor: approve(uow, actor, request_id, now=self.now))
        if self.step("approves", deed):
            known = self.asked[request_id]
            assert self.is_at_desk(name)
            assert self.are_two(known.asker, name)
            assert name != known.about
            assert not known.is_over
            assert known.approved_by is None
            assert self.now < known.at + timedelta(hours=72)
            known.approved_by, known.approved_at = name, self.now

    @rule(name=someone, number=which)
    def declines(self, name: str, number: int) -> None:
        request_id = self.request(number)
        deed = self.as_somebody(name, lambda uow, actor: decline(uow, actor, request_id, now=self.now))
        if self.step("declines", deed):
            assert self.is_at_desk(name)
            assert self.are_two(self.asked[request_id].asker, name)
            self.asked[request_id].is_over = True

    @rule(name=someone, number=which)
    def withdraws(self, name: str, number: int) -> None:
        request_id = self.request(number)
        deed = self.as_somebody(name, lambda uow, actor: withdraw(uow, actor, request_id, now=self.now))
        if self.step("withdraws", deed):
            assert name == self.asked[request_id].asker
            self.asked[request_id].is_over = True

    @rule(name=someone, number=which)
    def looks(self, name: str, number: int) -> None:
        request_id = self.request(number)

        async def deed(uow: UnitOfWork, actor: Actor) -> None:
            await requests_at_desk(uow, actor, now=self.now)
            card = await request_card(uow, actor, request_id, now=self.now)
            known = self.asked[request_id]
            assert name == known.asker or (self.are_two(known.asker, name) and name != known.about)
            assert card.why is not None

        self.step("looks", self.as_somebody(name, deed))

    @rule(name=someone, number=which)
    def opens(self, name: str, number: int) -> None:
        request_id = self.request(number)
        deed = self.as_somebody(name, lambda uow, actor: open_request(uow, actor, request_id, now=self.now))
        revealed = self.step("opens", deed)
        if not revealed:
            assert self.seen == []
            return
        self._must_be_theirs(name, request_id)
        known = self.asked[request_id]
        known.is_over = True
        assert {(self.ground.ids[known.about], column) for column in CONTACT_LIMITS} >= set(self.seen)
        assert dict(revealed.lines) == ({"phone": DETAILS[known.about]} if known.about in DETAILS else {})
        if revealed.lines:
            self.ground.done["revealed"] += 1
            self.opened.append((name, self.now))
            assert sum(one == name and at > self.now - DAY for one, at in self.opened) <= 5
        self._is_traced("request_made", "request_approved", "contact_revealed")

    def _must_be_theirs(self, name: str, request_id: UUID) -> None:
        known = self.asked[request_id]
        assert name == known.asker
        assert self.is_at_desk(name)
        assert not known.is_over
        assert known.approved_by is not None
        assert known.approved_at is not None
        assert self.are_two(name, known.approved_by)
        assert known.about not in (name, known.approved_by)
        assert self.now < known.approved_at + DAY

    def _is_traced(self, *acts: str) -> None:
        rows = self.ground.run(
            self.ground.session.scalars(select(AuditEntry.entry).order_by(AuditEntry.number))
        )
        written = [json.loads(entry)["act"] for entry in rows]
        assert written[-1] == acts[-1]
        assert all(act in written for act in acts)

    @rule()
    def an_update_is_repeated(self) -> None:
        if self.last is not None:
            number, work = self.last
            self.ground.done["repeated"] += 1
            self.seen.clear()
            assert self.ground.run(self._step(work, number)) is None
            assert self.seen == []

    @rule(asker=staff, second=someone, about=someone)
    def goes_the_whole_way(self, asker: str, second: str, about: str) -> None:
        self.opens_desk(asker)
        if second in COORDINATORS:
            self.opens_desk(second)
        before = len(self.rows)
        self.asks(asker, about, WHY)
        if len(self.rows) > before:
            newest = len(self.rows) - 1
            self.approves(second, newest)
            self.opens(asker, newest)
            self.opens(asker, newest)

    @rule(asker=staff, second=staff)
    def decides_about_themselves(self, asker: str, second: str) -> None:
        self.goes_the_whole_way(asker, second, second)

    # A hand in the database.

    @rule(asker=staff, about=someone, second=someone)
    def writes_an_approval_and_opens_it(self, asker: str, about: str, second: str) -> None:
        self.opens_desk(asker)
        before = len(self.rows)
        self.asks(asker, about, WHY)
        if len(self.rows) > before:
            self._by_hand(
                "UPDATE request SET state = 'approved', decided_by = :value, decided_at = asked_at"
                " WHERE id = :id",
                self.rows[-1],
                value=self.ground.ids[second].bytes,
            )
            self.opens(asker, len(self.rows) - 1)

    @rule(
        number=which,
        column=st.sampled_from(
            (
                "state",
                "decided_by",
                "decided_at",
                "expires_at",
                "requested_by",
                "about_id",
                "asked_at",
                "kind",
            )
        ),
        name=someone,
        hours=st.sampled_from((-1, 1, 100)),
    )
    def writes_into_a_request(self, number: int, column: str, name: str, hours: int) -> None:
        at = (self.now + timedelta(hours=hours) - EPOCH) // timedelta(milliseconds=1)
        person = self.ground.ids[name].bytes
        value: Any = {"state": "approved", "kind": "name", "decided_by": person, "about_id": person}.get(
            column
        )
        value = person if column == "requested_by" else at if column.endswith("_at") else value
        self._by_hand(
            f"UPDATE request SET {column} = :value WHERE id = :id", self.request(number), value=value
        )

    @rule(number=which, other=which)
    def copies_a_mark(self, number: int, other: int) -> None:
        self._by_hand(
            "UPDATE request SET state = 'approved', mac = (SELECT mac FROM request WHERE id = :value)"
            " WHERE id = :id AND EXISTS (SELECT 1 FROM request WHERE id = :value)",
            self.request(number),
            value=self.request(other).bytes,
        )

    @rule(name=someone, about=someone, second=someone)
    def writes_a_whole_request(self, name: str, about: str, second: str) -> None:
        request_id = uuid4()
        at = (self.now - EPOCH) // timedelta(milliseconds=1)
        self._by_hand(
            "INSERT INTO request (id, requested_by, kind, about_id, argument, state, asked_at, decided_by,"
            " decided_at, expires_at, mac) VALUES (:id, :value, 'contact', :about, '', 'approved', :at,"
            " :second, :at, :until, :mac)",
            request_id,
            value=self.ground.ids[name].bytes,
            about=self.ground.ids[about].bytes,
            second=self.ground.ids[second].bytes,
            at=at,
            until=at + 86_400_000,
            mac=uuid4().bytes * 2,
        )
        self.rows.append(request_id)

    @rule(
        name=staff,
        change=st.sampled_from(
            (
                "UPDATE desk SET open_until = :value WHERE person_id = :id",
                "UPDATE desk SET is_decoy = 1 - is_decoy, locked_until = :value WHERE person_id = :id",
                "UPDATE desk SET mac = NULL, open_until = :value WHERE person_id = :id",
                "DELETE FROM desk WHERE person_id = :id AND :value > 0",
            )
        ),
        number=which,
    )
    def writes_into_a_desk_and_sits_down(self, name: str, change: str, number: int) -> None:
        """What a desk by hand would give is tried at once, and the row taken back."""
        request_id = self.request(number)
        until = (self.now + timedelta(minutes=4) - EPOCH) // timedelta(milliseconds=1)

        async def deed(uow: UnitOfWork) -> Any:
            values = {"id": self.ground.ids[name].bytes, "value": until}
            await uow.session.execute(text(change), values)
            actor = await recognise(uow, CHATS[name], now=self.now)
            assert actor is not None
            assert not actor.has_open_desk(self.now)
            await open_desk(uow, actor, is_right=True, now=self.now)
            await open_request(uow, actor, request_id, now=self.now)
            return True

        assert self.step("desk_by_hand", deed) is None

    @rule(number=which)
    def deletes_a_request(self, number: int) -> None:
        self._by_hand("DELETE FROM request WHERE id = :id", self.request(number))

    @rule(name=st.sampled_from(PEOPLE), number=which)
    def writes_a_role_and_uses_it(self, name: str, number: int) -> None:
        """What a role by hand would give is tried at once, and the role taken back."""
        request_id = self.request(number)

        async def deed(uow: UnitOfWork) -> Any:
            await uow.session.execute(
                text(
                    "INSERT INTO role (id, person_id, role, day, revision, mac)"
                    " VALUES (:id, :person, 'coordinator', :day, 1, :id)"
                ),
                {"id": uuid4().bytes, "person": self.ground.ids[name].bytes, "day": "2026-11-01"},
            )
            actor = await recognise(uow, CHATS[name], now=self.now)
            assert actor is not None
            await approve(uow, actor, request_id, now=self.now)
            return True

        assert self.step("role_by_hand", deed) is None

    def _by_hand(self, statement: str, request_id: UUID, **values: Any) -> None:
        self.ground.done["by_hand"] += 1

        async def write() -> None:
            async with self.ground.session.begin_nested():
                await self.ground.session.execute(text(statement), {"id": request_id.bytes, **values})

        self.ground.run(write())


async def _people(storage: Storage, session: Any) -> dict[str, UUID]:
    uow = storage._work(session, locks=True)
    ids: dict[str, UUID] = {}
    for name, chat_id in CHATS.items():
        actor = await agree(uow, chat_id, language="en", now=NOON)
        ids[name] = actor.id
        if name in DETAILS:
            await set_contact(uow, actor, "phone", DETAILS[name])
    for name in COORDINATORS:
        by = ids["bob"] if name == "dan" else None
        person = await person_of(uow, ids[name])
        await uow.people.grant(person, RoleName.COORDINATOR, scope=None, granted_by=by, day=NOON.date())
    await session.flush()
    return ids


@contextmanager
def _watched(machine: type[TwoPersons], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Note whose contact details are opened, by whatever opens them."""
    reveal = Vault.reveal
    current: list[TwoPersons] = []

    async def noting(self: Vault, row: Any, column: str) -> str | None:
        if isinstance(row, Person) and column in CONTACT_LIMITS and current:
            current[-1].seen.append((row.id, column))
        return await reveal(self, row, column)

    begin = machine.__init__

    def begins(self: TwoPersons) -> None:
        begin(self)
        current[:] = [self]

    with monkeypatch.context() as patched:
        patched.setattr(Vault, "reveal", noting)
        patched.setattr(machine, "__init__", begins)
        yield


def _run(database: Database, monkeypatch: pytest.MonkeyPatch, *, steps: int) -> Counter[str]:
    loop = asyncio.new_event_loop()
    storage, done = Storage(database, Keys(RING)), Counter[str]()
    try:
        while done.total() - done["revealed"] < steps:
            left = steps - done.total()
            _run_round(loop, storage, done, monkeypatch, examples=max(left // AN_EXAMPLE, 5))
    finally:
        loop.run_until_complete(database.close())
        loop.close()
    return done


def _run_round(
    loop: asyncio.AbstractEventLoop,
    storage: Storage,
    done: Counter[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    examples: int,
) -> None:
    """Try some examples in one transaction: the longer it is, the dearer is each savepoint in it."""
    opening = storage.database.session()
    session = loop.run_until_complete(opening.__aenter__())
    try:
        ids = loop.run_until_complete(_people(storage, session))
        machine = type("Machine", (TwoPersons,), {"ground": Ground(loop, storage, session, ids, done)})
        with _watched(machine, monkeypatch):
            run_state_machine_as_test(
                machine,
                settings=settings(
                    max_examples=min(examples, MOST_EXAMPLES),
                    stateful_step_count=AN_EXAMPLE,
                    deadline=None,
                    database=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
    finally:
        loop.run_until_complete(session.rollback())
        loop.run_until_complete(opening.__aexit__(None, None, None))


def _database(engine_name: str, request: pytest.FixtureRequest, data_dir: Path) -> Database:
    if engine_name == "postgresql":
        return open_postgresql(request.getfixturevalue("new_postgresql"))
    request.getfixturevalue("new_sqlite")
    return open_sqlite(data_dir, RING.primary(Purpose.DBK).key)


def test_no_contact_detail_without_two_persons(
    engine_name: str, request: pytest.FixtureRequest, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = _run(_database(engine_name, request, data_dir), monkeypatch, steps=250)

    assert done.total() >= 250
    assert done["revealed"] > 0


@pytest.mark.proof
@pytest.mark.timeout(3000)
@pytest.mark.parametrize(
    ("engine_name", "steps"),
    [("sqlite", STEPS), ("postgresql", STEPS_ON_POSTGRESQL)],
    indirect=["engine_name"],
)
def test_no_contact_detail_without_two_persons_in_many_steps(
    engine_name: str,
    steps: int,
    request: pytest.FixtureRequest,
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # Of every forged row a line would be kept until the end.
    caplog.set_level(logging.CRITICAL, logger="poruch")

    done = _run(_database(engine_name, request, data_dir), monkeypatch, steps=steps)

    assert done.total() - done["revealed"] >= steps
    assert done["revealed"] >= steps // 500
