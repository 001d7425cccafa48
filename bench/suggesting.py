"""How long a suggestion takes among a hundred thousand guardianships, beside one among a few.

Made by the database itself, as wide as real rows. Half of the prisoners' guardianships have ended, the others
have been written under; a tenth of the prisoners have nobody.
"""

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from time import perf_counter
from uuid import UUID

from sqlalchemy import text

from bench import people
from bench.grounds import ENGINES, Grounds, settle
from bench.page import seen_on, table, write_part
from solidarity.access import Actor
from solidarity.covering import count_some
from solidarity.guardianship import suggest
from solidarity.people import actor_of, person_of
from storage.unit_of_work import Storage

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PEOPLE = 1_000
FEW, MANY = 1_000, 100_000
# Two and a half guardianships for each prisoner.
PRISONERS = 0.4
LETTERS = 4
AT_ONCE = 10_000
ROUNDS = 200
BOUND_MS = 50
SOME_ID = {"sqlite": "randomblob(16)", "postgresql": "uuid_send(gen_random_uuid())"}
SEALED = {"sqlite": "randomblob(200)", "postgresql": "decode(repeat('ab', 200), 'hex')"}
# Whom each number of a row is about: prisoners and people take turns, no pair comes twice.
WHO = """
    WITH RECURSIVE n(i) AS (SELECT :after + 1 UNION ALL SELECT i + 1 FROM n WHERE i < :last),
        held AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS k, count(*) OVER () AS many FROM prisoner),
        who AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS k, count(*) OVER () AS many FROM person)
"""
FILLS = {
    "prisoner": """
        WITH RECURSIVE n(i) AS (SELECT :after + 1 UNION ALL SELECT i + 1 FROM n WHERE i < :last)
        INSERT INTO prisoner (id, languages, custody_status, publicity, is_silenced,
            name_be, name_ru, name_en, born, interests, case_details, source_id)
        SELECT {id}, CASE i % 3 WHEN 0 THEN 'be,ru' WHEN 1 THEN '' ELSE 'ru' END,
            CASE i % 5 WHEN 0 THEN 'released' ELSE 'convicted' END, 'public', 0,
            {sealed}, {sealed}, {sealed}, {sealed}, {sealed}, {sealed}, {sealed}
        FROM n
    """,
    "guardianship": WHO
    + """
        INSERT INTO guardianship
            (id, person_id, prisoner_id, state, rhythm_weeks, applied_on, started_on, word)
        SELECT {id}, who.id, held.id, CASE i % 2 WHEN 0 THEN 'active' ELSE 'ended' END,
            CASE i % 3 WHEN 0 THEN 2 WHEN 1 THEN 4 ELSE 8 END, {day}, {day}, {sealed}
        FROM n JOIN held ON held.k = i % (held.many * 9 / 10)
            JOIN who ON who.k = (i / (held.many * 9 / 10) + i) % who.many
    """,
    "letter": """
        WITH RECURSIVE n(i) AS (SELECT :after + 1 UNION ALL SELECT i + 1 FROM n WHERE i < :last),
            g AS (SELECT id, person_id, prisoner_id, row_number() OVER (ORDER BY id) AS k FROM guardianship)
        INSERT INTO letter (id, person_id, prisoner_id, guardianship_id, number, written_on, outcome)
        SELECT {id}, g.person_id, g.prisoner_id, g.id, 1, {day}, 'written' FROM g JOIN n ON n.i = g.k
    """,
}
DAYS = {
    "sqlite": "date('2026-11-22', '-' || (i * 37 % 400) || ' days')",
    "postgresql": "to_char(date '2026-11-22' - (i * 37 % 400), 'YYYY-MM-DD')",
}


async def _fill(storage: Storage, guardianships: int) -> None:
    await people.fill(storage, PEOPLE)
    name = storage.database.writer.dialect.name
    how = {"id": SOME_ID[name], "sealed": SEALED[name], "day": DAYS[name]}
    numbers = {"prisoner": int(guardianships * PRISONERS), "guardianship": guardianships}
    numbers |= {"letter": guardianships}
    for kind, number in numbers.items():
        for _ in range(LETTERS if kind == "letter" else 1):
            for after in range(0, number, AT_ONCE):
                async with storage.database.writer.begin() as connection:
                    some = {"after": after, "last": min(after + AT_ONCE, number)}
                    await connection.execute(text(FILLS[kind].format(**how)), some)
    last: UUID | None = None
    while True:
        async with storage.unit() as uow:
            last = await count_some(uow, after=last, today=NOW.date())
        if last is None:
            break
    await settle(storage)


async def _somebody(storage: Storage, account: int) -> Actor:
    async with storage.view() as uow:
        person = await uow.people.get_by_chat(account)
        assert person is not None
        return await actor_of(uow, await person_of(uow, person.id), now=NOW)


async def _measure(storage: Storage) -> list[float]:
    """Time a suggestion to many people in turn, in milliseconds."""
    seen = []
    for account in range(1, ROUNDS + 1):
        actor = await _somebody(storage, account)
        async with storage.view() as uow:
            began = perf_counter()
            await suggest(uow, actor, languages=["ru"], shown=[])
            seen.append((perf_counter() - began) * 1000)
    return sorted(seen)


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
