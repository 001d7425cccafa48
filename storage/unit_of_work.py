"""One unit of work: one transaction, the queries of every noun, and the sealed side of it.

Leaving the block commits; an exception rolls back. No network and no password hashing inside.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from copy import copy
from typing import Generic, Self, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import (
    attendances,
    audiences,
    audit,
    broadcasts,
    changes,
    claims,
    codes,
    courts,
    coverage,
    desks,
    differences,
    digests,
    drafts,
    facilities,
    followings,
    guardianships,
    hearings,
    hiding,
    kinships,
    leases,
    leaving,
    ledger,
    letters,
    milestones,
    orphans,
    outbox,
    own_data,
    people,
    pictures,
    portfolios,
    posted,
    prisoners,
    recipients,
    requests,
    rotation,
    senders,
    sending,
    updates,
)
from storage.blind_index import BlindIndex
from storage.database import Database, to_its_end
from storage.errors import DatabaseUnavailable
from storage.keys import Keys
from storage.leases import Held
from storage.macs import Macs
from storage.repository import Repository
from storage.vault import Vault

HOME_ZONE = "Europe/Minsk"
Of = TypeVar("Of", bound=Repository)


class Noun(Generic[Of]):
    """One noun's queries, made when a unit first asks for them."""

    def __init__(self, queries: Callable[[], type[Of]]) -> None:
        self._queries = queries

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, uow: "UnitOfWork", _: type) -> Of:
        queries = self._queries()(uow.session, uow.vault, uow.blind, uow.macs, locks=uow.locks)
        # Found before this one from now on.
        uow.__dict__[self._name] = queries
        return queries


class UnitOfWork:
    """The nouns of one transaction."""

    people = Noun(lambda: people.People)
    kinships = Noun(lambda: kinships.Kinships)
    prisoners = Noun(lambda: prisoners.Prisoners)
    facilities = Noun(lambda: facilities.Facilities)
    digests = Noun(lambda: digests.Digests)
    guardianships = Noun(lambda: guardianships.Guardianships)
    letters = Noun(lambda: letters.Letters)
    hearings = Noun(lambda: hearings.Hearings)
    followings = Noun(lambda: followings.Followings)
    attendances = Noun(lambda: attendances.Attendances)
    courts = Noun(lambda: courts.Courts)
    milestones = Noun(lambda: milestones.Milestones)
    outbox = Noun(lambda: outbox.Outbox)
    broadcasts = Noun(lambda: broadcasts.Broadcasts)
    audiences = Noun(lambda: audiences.Audiences)
    claims = Noun(lambda: claims.Claims)
    posted = Noun(lambda: posted.PostedMessages)
    portfolios = Noun(lambda: portfolios.Portfolios)
    coverage = Noun(lambda: coverage.CoverageOfAll)
    pictures = Noun(lambda: pictures.Pictures)
    codes = Noun(lambda: codes.Codes)
    desks = Noun(lambda: desks.Desks)
    requests = Noun(lambda: requests.Requests)
    card_changes = Noun(lambda: changes.CardChanges)
    word_changes = Noun(lambda: changes.WordChanges)
    drafts = Noun(lambda: drafts.Drafts)
    differences = Noun(lambda: differences.Differences)
    recipients = Noun(lambda: recipients.Recipients)
    ledger = Noun(lambda: ledger.Ledger)
    updates = Noun(lambda: updates.Updates)
    data_keys = Noun(lambda: rotation.DataKeys)
    processes = Noun(lambda: rotation.Processes)
    senders = Noun(lambda: senders.Senders)
    sending = Noun(lambda: sending.Sending)
    turns = Noun(lambda: senders.Turns)
    leases = Noun(lambda: leases.Leases)
    hidings = Noun(lambda: hiding.Hidings)
    farewells = Noun(lambda: leaving.Farewells)
    orphans = Noun(lambda: orphans.Orphans)
    own_data = Noun(lambda: own_data.OwnData)
    departures = Noun(lambda: leaving.Departures)
    trail = Noun(lambda: audit.Trail)

    def __init__(
        self,
        session: AsyncSession,
        keys: Keys,
        blind: BlindIndex,
        macs: Macs,
        *,
        locks: bool,
        home_zone: str = HOME_ZONE,
    ) -> None:
        self.session = session
        self.home_zone = home_zone
        self.blind = blind
        self.macs = macs
        self.locks = locks
        self.vault = Vault(session, keys)

    async def keep_no_statements(self) -> None:
        """Let no statement of this unit lie ready for later: what is asked once a night is built then."""
        connection = await self.session.connection()
        await connection.execution_options(compiled_cache=None)


class Storage:
    """Opens units of work on one database under one key ring.

    Args:
        home_zone: where courts sit and people live unless they say otherwise.
    """

    def __init__(self, database: Database, keys: Keys, *, home_zone: str = HOME_ZONE) -> None:
        self.database = database
        self.home_zone = home_zone
        self.keys = keys
        self._blind = keys.blind()
        self._macs = keys.macs()
        self._listeners: list[Callable[[], None]] = []
        self._lease: Held | None = None

    def under(self, lease: Held) -> Self:
        """Return this storage for who works under a lease: once it is somebody else's, no unit begins."""
        fenced = copy(self)
        fenced._lease = lease
        return fenced

    def unheard(self) -> Self:
        """Return this storage for commits of which nobody needs to be told."""
        quiet = copy(self)
        quiet._listeners = []
        return quiet

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each commit, so that who waits for new rows looks again."""
        self._listeners.append(listener)

    @asynccontextmanager
    async def unit(self, *, together: bool = False) -> AsyncIterator[UnitOfWork]:
        """Open a unit that changes something; leaving it without an exception commits.

        Where a key was destroyed, the log that still held it is emptied before the block is left.

        Args:
            together: whether it is as short as an answer to somebody, and may be committed with others.

        Raises:
            DatabaseUnavailable: nothing was changed.
            LeaseLost: it is one of these, for who works under a lease.
        """
        async with self.database.transaction(together=together) as session:
            uow = self._work(session, locks=True)
            if self._lease is not None:
                await uow.leases.require(self._lease)
            yield uow
        try:
            if uow.vault.has_destroyed or self.database.log_holds_remains:
                await to_its_end(self.database.empty_log())
        finally:
            for listener in self._listeners:
                listener()

    @asynccontextmanager
    async def view(self) -> AsyncIterator[UnitOfWork]:
        """Open a unit that only looks; nothing of it is kept."""
        async with self.database.session(reading=True) as session:
            yield self._work(session, locks=False)

    async def is_reachable(self) -> bool:
        """Say whether the database answers."""
        try:
            async with self.view() as uow:
                await uow.session.execute(select(1))
        except DatabaseUnavailable:
            return False
        return True

    def _work(self, session: AsyncSession, *, locks: bool) -> UnitOfWork:
        return UnitOfWork(session, self.keys, self._blind, self._macs, locks=locks, home_zone=self.home_zone)
