"""Parts of the running bot put together for a bench, without an installation's settings."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from bot.alarm.alarm import Alarm
from bot.clock import Clock
from bot.garbage import look_seldom_from_here_on
from bot.sending.chat_turns import ChatTurns
from bot.sending.delivery import Delivery
from bot.sending.parcels import Parcels
from bot.telegram_api.connection import Connection
from bot.telegram_api.pace import Pace
from storage.unit_of_work import Storage

# An alarm that has never risen has no file, and so needs no folder.
NOWHERE = Path("nowhere")


def connected(token: str, url: str, pace: Pace) -> Connection:
    """Return a way to Telegram on which no alarm stands, once all is loaded, as `poruch` does."""
    look_seldom_from_here_on()
    return Connection(token, url, pace, alarm=Alarm(NOWHERE))


def turns_on(storage: Storage, pace: Pace) -> ChatTurns:
    """Return the turns of a process of its own."""
    rest = timedelta(seconds=pace.chat_gap_seconds)
    return ChatTurns(uuid4(), rest=rest, is_alone=storage.database.is_sqlite)


def delivering(connection: Connection, parcels: Parcels, *, wake: asyncio.Event, is_alone: bool) -> Delivery:
    """Return delivery by the real clock, at the connection's pace."""
    return Delivery(
        connection.messages,
        parcels,
        pace=connection.pace,
        clock=Clock(),
        wake=wake,
        is_alone=is_alone,
        is_quiet=lambda: False,
    )
