"""How long a suggestion and the weekly digest take among a hundred thousand guardianships.

Rows are as wide as real ones. Half of the guardianships have ended, a tenth of the prisoners never had one, a
fifth are free. A third of the letters were answered, from forty places; no coordinator has a portfolio, so
that the digest is about everybody, which is the most that it can be.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, timedelta
from itertools import islice, product
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from bench.grounds import ENGINES, Grounds, settle
from bench.page import seen_on, table, write_part
from bench.people import fill
from solidarity.access import Actor
from solidarity.covering import count_some
from solidarity.digest import digest_of, plan_digests
from solidarity.people import actor_of, person_of
from solidarity.rhythm import RHYTHMS
from solidarity.suggesting import suggest
from storage.columns import Cell
from storage.models import (
    Base,
    CustodyStatus,
    Facility,
    Guardianship,
    GuardianshipState,
    Letter,
    LetterOutcome,
    Person,
    Prisoner,
    Publicity,
    RoleName,
)
from storage.unit_of_work import Storage

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
PEOPLE = 1_000
FEW, MANY = 1_000, 100_000
# Two and a half guardianships for each prisoner.
PRISONERS = 0.4
LETTERS = 1
# Nothing is read of these; names are left out, so that people are called by what their id gives.
SEALED = ("born", "interests", "case_details", "source_id")
SEALED_BYTES = 350
AT_ONCE = 5_000
ROUNDS, TRIES = 200, 3
BOUND_MS = 50
PLACES = 40
DIGEST_BOUND_SECONDS = 5


def _facilities() -> Iterator[dict[str, Any]]:
    said = ("name_be", "name_ru", "name_en", "postal_code", "city", "street", "source")
    return ({"code": f"place-{i}", "kind": "colony", **dict.fromkeys(said, "")} for i in range(PLACES))


def _prisoners(number: int) -> Iterator[dict[str, Any]]:
    for i in range(number):
        status = CustodyStatus.CONVICTED if i % 5 else CustodyStatus.RELEASED
        yield {
            "id": uuid4(), "languages": ("be,ru", "", "ru")[i % 3], "custody_status": status,
            "publicity": Publicity.PUBLIC, "is_silenced": False, "facility_code": f"place-{i % PLACES}",
            **{name: Cell(os.urandom(SEALED_BYTES)) for name in SEALED},
        }  # fmt: skip


def _guardianships(number: int, held: Sequence[UUID], people: Sequence[UUID]) -> Iterator[dict[str, Any]]:
    for i in range(number):
        nth, turn = i % len(held), i // len(held)
        day = TODAY - timedelta(days=i * 37 % 400)
        yield {
            "id": uuid4(), "person_id": people[(nth + turn) % len(people)], "prisoner_id": held[nth],
            "state": GuardianshipState.ENDED if i % 2 else GuardianshipState.ACTIVE,
            "rhythm_weeks": RHYTHMS[i % 3], "applied_on": day, "started_on": day,
        }  # fmt: skip


def _letters(promises: Sequence[dict[str, Any]], place_of: Mapping[UUID, str]) -> Iterator[dict[str, Any]]:
    for i, (number, one) in enumerate(product(range(1, LETTERS + 1), promises)):
        yield {
            "id": uuid4(), "person_id": one["person_id"], "prisoner_id": one["prisoner_id"],
            "guardianship_id": one["id"], "number": number, "facility_code": place_of[one["prisoner_id"]],
            **_fate(i, TODAY - timedelta(days=i * 31 % 400)),
        }  # fmt: skip


def _fate(i: int, written_on: date) -> dict[str, Any]:
    answered_on = written_on + timedelta(days=20 + i % 50)
    if i % 3 or answered_on > TODAY:
        return {"written_on": written_on, "outcome": LetterOutcome.WRITTEN, "outcome_on": None}
    return {"written_on": written_on, "outcome": LetterOutcome.ANSWERED, "outcome_on": answered_on}


async def _keep(storage: Storage, model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        async with storage.database.session() as session:
            await session.execute(insert(model), some)
            await session.commit()


async def _fill(storage: Storage, number: int) -> None:
    await fill(storage, PEOPLE)
    async with storage.view() as uow:
        somebody = list(await uow.session.scalars(select(Person.id)))
    prisoners = list(_prisoners(int(number * PRISONERS)))
    await _keep(storage, Facility, _facilities())
    await _keep(storage, Prisoner, prisoners)
    held = [one["id"] for one in prisoners[: len(prisoners) * 9 // 10]]
    promises = list(_guardianships(number, held, somebody))
    await _keep(storage, Guardianship, promises)
    await _keep(storage, Letter, _letters(promises, {one["id"]: one["facility_code"] for one in prisoners}))
    last: UUID | None = None
    while True:
        async with storage.unit() as uow:
            last = await count_some(uow, after=last, today=TODAY)
        if last is None:
            break
    await settle(storage)


async def _somebody(storage: Storage, account: int) -> Actor:
    async with storage.view() as uow:
        person = await uow.people.get_by_chat(account)
        assert person is not None
        return await actor_of(uow, await person_of(uow, person.id), now=NOW)


async def _measure(storage: Storage) -> list[float]:
    """Time a suggestion to many people in turn, in milliseconds; of a few tries the least counts."""
    seen = []
    for account in range(1, ROUNDS + 1):
        actor = await _somebody(storage, account)
        seen.append(min([await _time(storage, actor) for _ in range(TRIES)]))
    return sorted(seen)


async def _time(storage: Storage, actor: Actor) -> float:
    async with storage.view() as uow:
        began = perf_counter()
        await suggest(uow, actor, languages=["ru"], shown=[])
        return (perf_counter() - began) * 1000


async def _digest(storage: Storage) -> float:
    """Time a night's planning of the digest and one coordinator's reading of it, in seconds."""
    async with storage.unit() as uow:
        person = await uow.people.get_by_chat(1)
        assert person is not None
        await uow.people.grant(person, RoleName.COORDINATOR, scope=None, granted_by=None, day=TODAY)
    actor = await _somebody(storage, 1)
    began = perf_counter()
    async with storage.unit() as uow:
        await plan_digests(uow, NOW)
    async with storage.view() as uow:
        read = await digest_of(uow, actor)
    took = perf_counter() - began
    if not (read.nobodys.count and read.unheard.count):
        raise ValueError("a digest about nobody shows nothing")
    return took


async def main(grounds: Grounds) -> bool:
    """Print and write how long suggestions and a digest take; says whether they come in time."""
    rows, holds = [], True
    for engine in ENGINES:
        async with AsyncExitStack() as stack:
            taken = {}
            for number in (FEW, MANY):
                storage = await stack.enter_async_context(grounds.installed(engine, f"suggesting_{number}"))
                await _fill(storage, number)
                taken[number] = await _measure(storage)
            digest = await _digest(storage)
        ratio = taken[MANY][ROUNDS // 2] / taken[FEW][ROUNDS // 2]
        slow = taken[MANY][ROUNDS * 95 // 100]
        in_time = slow <= BOUND_MS and digest <= DIGEST_BOUND_SECONDS
        holds &= in_time
        bounds = f"{BOUND_MS} ms, {DIGEST_BOUND_SECONDS} s {'hold' if in_time else 'missed'}"
        rows.append([engine, f"{ratio:.2f}", f"{slow:.0f} ms", f"{digest:.2f} s", bounds])
        print(*rows[-1], sep="  ", flush=True)
    head = ["", f"{MANY:,} over {FEW:,}", f"95 of 100 among {MANY:,} within", "the digest within", "bounds"]
    write_part("suggesting", [*table(head, rows), "", seen_on(ROUNDS)])
    return holds
