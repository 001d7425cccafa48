"""One unit of work: one transaction, the queries of every noun, and the sealed side of it.

Leaving the block commits; an exception rolls back. No network and no password hashing inside.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from copy import copy
from typing import Generic, Self, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.attendances import Attendances
from storage.audiences import Audiences
from storage.audit import Trail
from storage.blind_index import BlindIndex
from storage.broadcasts import Broadcasts
from storage.changes import CardChanges, WordChanges
from storage.claims import Claims
from storage.codes import Codes
from storage.courts import Courts
from storage.coverage import CoverageOfAll
from storage.database import Database, to_its_end
from storage.desks import Desks
from storage.differences import Differences
from storage.digests import Digests
from storage.drafts import Drafts
from storage.errors import DatabaseUnavailable
from storage.facilities import Facilities
from storage.followings import Followings
from storage.guardianships import Guardianships
from storage.hearings import Hearings
from storage.hiding import Hidings
from storage.keys import Keys
from storage.kinships import Kinships
from storage.leases import Held, Leases
from storage.leaving import Departures, Farewells
from storage.ledger import Ledger
from storage.letters import Letters
from storage.macs import Macs
from storage.milestones import Milestones
from storage.orphans import Orphans
from storage.outbox import Outbox
from storage.own_data import OwnData
from storage.people import People
from storage.pictures import Pictures
from storage.portfolios import Portfolios
from storage.posted import PostedMessages
from storage.prisoners import Prisoners
from storage.recipients import Recipients
from storage.repository import Repository
from storage.requests import Requests
from storage.rotation import DataKeys, Processes
from storage.senders import Senders, Turns
from storage.sending import Sending
from storage.updates import Updates
from storage.vault import Vault

HOME_ZONE = "Europe/Minsk"
Of = TypeVar("Of", bound=Repository)


class Noun(Generic[Of]):
    """One noun's queries, made when a unit first asks for them."""

    def __init__(self, queries: type[Of]) -> None:
        self._queries = queries

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, uow: "UnitOfWork", _: type) -> Of:
        queries = self._queries(uow.session, uow.vault, uow.blind, uow.macs, locks=uow.locks)
        # Found before this one from now on.
        uow.__dict__[self._name] = queries
        return queries


class UnitOfWork:
    """The nouns of one transaction."""

    people = Noun(People)
    kinships = Noun(Kinships)
    prisoners = Noun(Prisoners)
    facilities = Noun(Facilities)
    digests = Noun(Digests)
    guardianships = Noun(Guardianships)
    letters = Noun(Letters)
    hearings = Noun(Hearings)
    followings = Noun(Followings)
    attendances = Noun(Attendances)
    courts = Noun(Courts)
    milestones = Noun(Milestones)
    outbox = Noun(Outbox)
    broadcasts = Noun(Broadcasts)
    audiences = Noun(Audiences)
    claims = Noun(Claims)
    posted = Noun(PostedMessages)
    portfolios = Noun(Portfolios)
    coverage = Noun(CoverageOfAll)
    pictures = Noun(Pictures)
    codes = Noun(Codes)
    desks = Noun(Desks)
    requests = Noun(Requests)
    card_changes = Noun(CardChanges)
    word_changes = Noun(WordChanges)
    drafts = Noun(Drafts)
    differences = Noun(Differences)
    recipients = Noun(Recipients)
    ledger = Noun(Ledger)
    updates = Noun(Updates)
    data_keys = Noun(DataKeys)
    processes = Noun(Processes)
    senders = Noun(Senders)
    sending = Noun(Sending)
    turns = Noun(Turns)
    leases = Noun(Leases)
    hidings = Noun(Hidings)
    farewells = Noun(Farewells)
    orphans = Noun(Orphans)
    own_data = Noun(OwnData)
    departures = Noun(Departures)
    trail = Noun(Trail)

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
