"""How long a suggestion takes among a hundred thousand guardianships, beside one among a few.

Rows are as wide as real ones. Half of the guardianships have ended, a tenth of the prisoners never had one, a
fifth are free.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
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
from solidarity.people import actor_of, person_of
from solidarity.rhythm import RHYTHMS
from solidarity.suggesting import suggest
from storage.columns import Cell
from storage.models import (
    Base,
    CustodyStatus,
    Guardianship,
    GuardianshipState,
    Letter,
    LetterOutcome,
    Person,
    Prisoner,
    Publicity,
)
from storage.unit_of_work import Storage

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
PEOPLE = 1_000
FEW, MANY = 1_000, 100_000
# Two and a half guardianships for each prisoner.
PRISONERS = 0.4
LETTERS = 1
SEALED = ("name_be", "name_ru", "name_en", "born", "interests", "case_details", "source_id")
SEALED_BYTES = 200
AT_ONCE = 5_000
ROUNDS, TRIES = 200, 3
BOUND_MS = 50


def _prisoners(number: int) -> Iterator[dict[str, Any]]:
    for i in range(number):
        status = CustodyStatus.CONVICTED if i % 5 else CustodyStatus.RELEASED
        yield {
            "id": uuid4(), "languages": ("be,ru", "", "ru")[i % 3], "custody_status": status,
            "publicity": Publicity.PUBLIC, "is_silenced": False,
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


def _letters(promises: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for i, (number, one) in enumerate(product(range(1, LETTERS + 1), promises)):
        yield {
            "id": uuid4(), "person_id": one["person_id"], "prisoner_id": one["prisoner_id"],
            "guardianship_id": one["id"], "number": number, "outcome": LetterOutcome.WRITTEN,
            "written_on": TODAY - timedelta(days=i * 31 % 400),
        }  # fmt: skip


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
    await _keep(storage, Prisoner, prisoners)
    held = [one["id"] for one in prisoners[: len(prisoners) * 9 // 10]]
    promises = list(_guardianships(number, held, somebody))
    await _keep(storage, Guardianship, promises)
    await _keep(storage, Letter, _letters(promises))
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


async def main(grounds: Grounds) -> bool:
    """Print and write how suggestions among many and few compare; says whether they come in time."""
    rows, holds = [], True
    for engine in ENGINES:
        async with AsyncExitStack() as stack:
            taken = {}
            for number in (FEW, MANY):
                storage = await stack.enter_async_context(grounds.installed(engine, f"suggesting_{number}"))
                await _fill(storage, number)
                taken[number] = await _measure(storage)
        ratio = taken[MANY][ROUNDS // 2] / taken[FEW][ROUNDS // 2]
        slow = taken[MANY][ROUNDS * 95 // 100]
        holds &= slow <= BOUND_MS
        verdict = "holds" if slow <= BOUND_MS else "missed"
        rows.append([engine, f"{ratio:.2f}", f"{slow:.0f} ms", f"{BOUND_MS} ms {verdict}"])
        print(*rows[-1], sep="  ", flush=True)
    head = ["", f"{MANY:,} over {FEW:,}", f"95 of 100 among {MANY:,} within", "bound"]
    write_part("suggesting", [*table(head, rows), "", seen_on(ROUNDS)])
    return holds
