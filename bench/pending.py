"""Reminders that wait, as many as wanted and all due tomorrow or later; made by the database itself.

A million by `Outbox.queue` would take minutes. Indexes are made afterwards, as a restored database has them.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from bench.grounds import settle
from storage.models import OutboxRow
from storage.unit_of_work import Storage

# SQLite's ids rise, so that the rows come in order; with the rest random it is as wide as any.
FRESH_ID = {
    "sqlite": "unhex(printf('%08x', i) || hex(randomblob(12)))",
    "postgresql": "uuid_send(gen_random_uuid())",
}
SOME_ID = {"sqlite": "randomblob(16)", "postgresql": "uuid_send(gen_random_uuid())"}
# What takes longer is cut off, as in the product.
AT_ONCE = 10_000
FILL = """
    WITH RECURSIVE n(i) AS (SELECT :after + 1 UNION ALL SELECT i + 1 FROM n WHERE i < :last),
        who AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS k, count(*) OVER () AS people FROM person)
    INSERT INTO outbox
        (id, person_id, kind, about_id, revision, unique_key, due_at, planned_at, lane, state, attempts)
    SELECT {fresh}, who.id, 'letter', {some}, 0, 'letter:' || (10000000 + i) || '\\:2027-01-18',
        :first + i * 1000, :first + i * 1000, 2, 'queued', 0
    FROM n JOIN who ON who.k = i % who.people
"""


async def fill(storage: Storage, number: int, *, now: datetime | None = None) -> None:
    """Let so many reminders wait for the people there are, a second after one another, from tomorrow on."""
    first = (now or datetime.now(UTC)) + timedelta(days=1)
    name = storage.database.writer.dialect.name
    query = text(FILL.format(fresh=FRESH_ID[name], some=SOME_ID[name]))
    indexes = OutboxRow.__table__.indexes  # type: ignore[attr-defined]
    async with storage.database.writer.begin() as connection:
        for index in indexes:
            await connection.run_sync(index.drop)
        for after in range(0, number, AT_ONCE):
            numbers = {"after": after, "last": min(after + AT_ONCE, number)}
            await connection.execute(query, numbers | {"first": int(first.timestamp() * 1000)})
        for index in indexes:
            await connection.run_sync(index.create)
    await settle(storage)
