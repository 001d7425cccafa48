"""Queries of the trail: entries are appended under a lock of its head, read, looked through, and forgotten.

The head's cell holds where the trail stands and the key of the next tag. With each entry it is overwritten,
and on SQLite taken out of the write-ahead log as well. PostgreSQL keeps the cell of before in a dead row and
in its log until both are cleared away: who finds it there also needs the keys that open it.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, delete, func, insert, select
from sqlalchemy.exc import DBAPIError, OperationalError

from storage import audit_chain
from storage.audit_chain import Fault, Link, Standing, Walk
from storage.errors import BrokenTrail, UnknownKey, UnreadableCell, UnreadableDataKey
from storage.models import AuditEntry, AuditHead, Installation
from storage.progress import Progress
from storage.repository import Repository

BATCH = 500


@dataclass(frozen=True)
class Head:
    """The newest entry's number and link."""

    number: int
    link: bytes


@dataclass(frozen=True)
class Verdict:
    """What looking through the trail found; ``bad`` is the number of the first entry that is not as written.

    ``forgotten`` is up to which entry nothing is kept for its age, ``tagged`` how many tags were checked.
    """

    head: Head
    forgotten: int
    entries: int
    tagged: int
    bad: int | None = None
    fault: Fault | None = None


class Trail(Repository):
    """Queries about what was done."""

    async def begin(self, seed: bytes, *, sealed_seeds: str | None = None) -> bool:
        """Begin the trail of an installation that has none; says whether that was so.

        Args:
            seed: 32 bytes that are kept nowhere here.
            sealed_seeds: the same, sealed to those who may verify every tag.
        """
        deployment = self.vault.deployment
        # Of two processes that open an installation for the first time, one begins.
        await self.session.execute(select(Installation.deployment).with_for_update())
        if await self._found() is not None:
            return False
        head = AuditHead(id=deployment)
        await self.vault.seal(head, seeds=sealed_seeds)
        await self._stand(head, Standing.first(deployment, seed))
        self.session.add(head)
        await self.session.flush()
        return True

    async def has_begun(self) -> bool:
        """Say whether there is a trail."""
        return await self.session.scalar(select(AuditHead.id).where(self._is_ours())) is not None

    async def append(self, facts: Mapping[str, str | int], *, at: datetime) -> int:
        """Write an entry, its number and instant beside the facts; returns the number.

        What else the unit locks is to be locked before, so that no two units wait for each other.

        Raises:
            BrokenTrail: it cannot be written, and so nothing of the unit may be done.
        """
        with _refusing():
            head, standing = await self._standing()
            number = standing.number + 1
            entry = audit_chain.canonical({**facts, "number": number, "at": audit_chain.instant(at)})
            link = audit_chain.next_link(standing.link, entry)
            tag = audit_chain.tag_of(standing.key, head.id, number, link)
            row = {"number": number, "at": at, "entry": entry, "chain": link, "tag": tag}
            await self.session.execute(insert(AuditEntry), row)
            await self._stand(head, standing.after(link))
            await self.session.flush()
        # The key of before must leave the log as well.
        self.vault.has_destroyed = True
        return number

    async def reseed(self, seed: bytes, *, sealed_seeds: str) -> None:
        """Let every tag after the newest entry, which says so, follow from a new seed."""
        head, standing = await self._standing()
        await self.vault.seal(head, seeds=sealed_seeds)
        await self._stand(head, standing.reseeded(seed))
        await self.session.flush()
        self.vault.has_destroyed = True

    async def reveal_seeds(self) -> str | None:
        """Open what is kept of the seeds, sealed to their recipients; None where there were none."""
        head = await self._found()
        return None if head is None else await self.vault.reveal(head, "seeds")

    async def head(self) -> Head:
        """Return where the trail stands.

        Raises:
            BrokenTrail: there is none, or it was changed by hand.
        """
        with _refusing():
            _, standing = await self._standing()
        return Head(standing.number, standing.link)

    async def get(self, number: int) -> Link | None:
        """Return an entry; None where there is none with this number."""
        row = (await self.session.execute(_rows().where(AuditEntry.number == number))).first()
        return None if row is None else Link(*row)

    async def newest(self, count: int) -> Sequence[Link]:
        """Return the newest entries, oldest first."""
        query = _rows().order_by(AuditEntry.number.desc()).limit(count)
        return [Link(*row) for row in reversed((await self.session.execute(query)).all())]

    async def untold(self, day: date) -> int | None:
        """Note, once a day, that coordinators are told the newest number; None where nothing is new."""
        head, standing = await self._standing()
        if standing.number == standing.told or standing.told_on == day:
            return None
        await self._stand(head, standing.told_up_to_here(day))
        await self.session.flush()
        return standing.number

    async def verify(
        self, *, seeds: Mapping[int, bytes], heads: Mapping[int, bytes], progress: Progress
    ) -> Verdict:
        """Look through the whole trail as it stands at one instant; for the first query of a unit.

        Args:
            seeds: by the entry after which each begins.
            heads: links that were told to somebody, or their beginnings, by number.

        Raises:
            BrokenTrail: there is no trail, or its head was changed by hand.
        """
        if self.is_postgresql:
            # Somebody may append meanwhile.
            await self.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        with _refusing():
            head, standing = await self._standing()
        walk = Walk(head.id, standing, seeds=seeds, heads=heads)
        told = Head(standing.number, standing.link)
        bad, fault = await self._walk(walk, standing, progress)
        if bad is None and max(heads, default=0) > standing.number:
            bad, fault = standing.number + 1, Fault.MISSING
        entries = walk.number - standing.forgotten
        return Verdict(told, standing.forgotten, entries, walk.tagged, bad, fault)

    async def forget(self, *, until: datetime) -> None:
        """Forget the entries up to an instant, once they were found as they were written.

        Raises:
            BrokenTrail: one was not; all stay.
        """
        kept = select(func.min(AuditEntry.number)).where(AuditEntry.at > until)
        head, standing = await self._standing()
        last = (await self.session.scalar(kept) or standing.number + 1) - 1
        if last <= standing.forgotten:
            return
        walk = Walk(head.id, standing, seeds={}, heads={})
        async for row in self._entries(up_to=last):
            if walk.take(row) is not None:
                raise BrokenTrail
        seed = max(walk.reseeded, default=standing.forgotten_seed)
        await self._stand(head, standing.without(last, walk.link, seed))
        await self.session.execute(delete(AuditEntry).where(AuditEntry.number <= last))
        await self.session.flush()

    async def _walk(
        self, walk: Walk, standing: Standing, progress: Progress
    ) -> tuple[int | None, Fault | None]:
        total = standing.number - standing.forgotten
        async for row in self._entries():
            fault = walk.take(row)
            if fault is not None:
                return (walk.number + 1 if fault is Fault.MISSING else row.number), fault
            done = walk.number - standing.forgotten
            if done % BATCH == 0:
                progress("trail", done, total)
        progress("trail", total, total)
        fault = walk.end()
        if fault is None:
            return None, None
        return (walk.number + 1 if fault is Fault.MISSING else walk.number), fault

    async def _entries(self, *, up_to: int | None = None) -> AsyncIterator[Link]:
        """Read the entries in their order, also those whose number none of ours ever has."""
        query = _rows().order_by(AuditEntry.number).limit(BATCH)
        if up_to is not None:
            query = query.where(AuditEntry.number <= up_to)
        after: int | None = None
        while True:
            batch = query if after is None else query.where(AuditEntry.number > after)
            rows = (await self.session.execute(batch)).all()
            for row in rows:
                yield Link(*row)
            if len(rows) < BATCH:
                return
            after = rows[-1].number

    def _is_ours(self) -> ColumnElement[bool]:
        return AuditHead.id == self.vault.deployment

    async def _found(self) -> AuditHead | None:
        query = select(AuditHead).where(self._is_ours()).execution_options(populate_existing=True)
        return await self.session.scalar(query.with_for_update() if self.locks else query)

    async def _standing(self) -> tuple[AuditHead, Standing]:
        """Return the head, locked by who changes something, and what its cell says."""
        head = await self._found()
        said = None if head is None else await self.vault.reveal(head, "key")
        if head is None or said is None:
            raise BrokenTrail
        try:
            return head, Standing.from_text(said)
        except ValueError:
            raise BrokenTrail from None

    async def _stand(self, head: AuditHead, standing: Standing) -> None:
        # Beside the cell, which alone is believed, for who looks into the table.
        head.number, head.chain = standing.number, standing.link
        await self.vault.seal(head, key=standing.to_text())


def _rows() -> Select[int, datetime, str, bytes, bytes]:
    return select(AuditEntry.number, AuditEntry.at, AuditEntry.entry, AuditEntry.chain, AuditEntry.tag)


@contextmanager
def _refusing() -> Iterator[None]:
    """Say in one way that the trail cannot be used; a database that is away is its own trouble.

    Raises:
        BrokenTrail: it is so.
    """
    try:
        yield
    except OperationalError:
        raise
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        raise BrokenTrail from error
    except (UnreadableCell, UnreadableDataKey, UnknownKey) as error:
        raise BrokenTrail from error
