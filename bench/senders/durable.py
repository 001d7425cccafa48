"""Poruch's whole way out: claimed from the database, written, posted and settled by delivery itself.

python -m bench.senders.durable URL TOKEN --messages N --per-second M [--way real]; the installation is
described on standard input. Prints what N messages cost this process, and how many commits they took, once
some have gone before.
"""

import asyncio
import json
import sys
import time
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, event

from bench.assembled import connected, delivering, turns_on
from bench.load import given
from bench.opened import opened
from bench.senders.ours import SHOWING, Push
from bot import logs
from bot.clock import Clock
from bot.sending.parcel import Parcel
from bot.sending.parcel import Push as AnyPush
from bot.sending.parcels import Parcels, Prepare
from bot.telegram_api.pace import Pace
from handlers.notices import prepare_push
from solidarity.relevance import look_ahead
from solidarity.work import Action, Claimed, Prepared, UnitOfWork, Unsent, new_token

GONE_BEFORE = 500


async def look_up_nothing_else(_: UnitOfWork, __: Sequence[Claimed]) -> object:
    """Whom they are for, with the keys that open their chats, is looked up anyway."""
    return None


async def prepare_the_same(uow: UnitOfWork, row: Claimed, *, now: datetime) -> AnyPush | None:
    """Open the chat's id, and write what a push becomes; its words are those of the bare loop."""
    person = await uow.people.get(row.person_id)
    assert person is not None
    unsent = Unsent(
        id=row.id,
        person_id=row.person_id,
        screen="menu",
        target=None,
        argument="",
        is_covered=True,
        posted_at=now,
        delete_at=now + timedelta(hours=24),
    )
    prepared = Prepared(unsent, [(new_token(), Action("open"))])
    return Push(await uow.people.reveal_chat(person), SHOWING, prepared)


class Counted(Parcels):
    """Takes the time from when so many are settled until all are."""

    settled = commits = 0
    all_settled = asyncio.Event()

    def expect(self, messages: int) -> None:
        self._last = GONE_BEFORE + messages
        event.listen(self._storage.database.writer.sync_engine, "commit", self._count)

    def _count(self, _: Connection) -> None:
        self.commits += 1

    async def settle(self, parcels: Collection[Parcel]) -> None:
        before = self.settled
        await super().settle(parcels)
        self.settled += len(parcels)
        if before < GONE_BEFORE <= self.settled:
            self.begun, self.cpu = time.perf_counter(), time.process_time()
            self.first, self.first_commits = self.settled, self.commits
        if self.settled >= self._last:
            self.all_settled.set()

    def costs(self) -> dict[str, float]:
        messages = self.settled - self.first
        return {
            "seconds": (time.perf_counter() - self.begun) / messages,
            "cpu": (time.process_time() - self.cpu) / messages,
            "commits": (self.commits - self.first_commits) / messages,
        }


async def main() -> None:
    asked = given()
    logs.configure("ERROR", sys.stderr)
    storage, wake, pace = opened(), asyncio.Event(), Pace(asked.per_second)
    connection = connected(asked.token, asked.url, pace)
    prepare: Prepare = prepare_push if asked.way == "real" else prepare_the_same
    async with connection.bot:
        parcels = Counted(
            storage,
            connection.messages,
            prepare,
            clock=Clock(),
            in_flight=set(),
            turns=turns_on(storage, pace),
            look_ahead=look_ahead if asked.way == "real" else look_up_nothing_else,
        )  # fmt: skip
        parcels.expect(asked.messages)
        delivery = delivering(connection, parcels, wake=wake, is_alone=storage.database.is_sqlite)
        storage.on_commit(wake.set)
        running = asyncio.create_task(delivery.run())
        await parcels.all_settled.wait()
        json.dump(parcels.costs(), sys.stdout)
        delivery.stop()
        await running
    await storage.database.close()


if __name__ == "__main__":
    asyncio.run(main())
