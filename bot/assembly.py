"""Puts the running bot together: the one place that picks concrete things."""

from collections.abc import Callable

from bot.clock import Clock
from bot.configuration.settings import Settings
from bot.open_bot import OpenBot
from bot.program import Poruch, Sealed
from bot.roles import Role
from bot.sealed import sealed_bot as without_keys
from bot.single_job import TERMS, Terms
from bot.telegram_api.connection import Connection
from bot.telegram_api.pace import Pace
from handlers.limits import Limits
from solidarity.work import Storage
from storage.passwords import PIN_COST, Cost

__all__ = ["Poruch", "assemble"]


def assemble(
    settings: Settings,
    *,
    role: Role = Role.ALL,
    clock: Clock | None = None,
    storage: Storage | None = None,
    pin_cost: Cost = PIN_COST,
    pace: Pace | None = None,
    terms: Terms = TERMS,
    limits: Limits | None = None,
) -> Poruch:
    """Put a bot together, not yet started; to be called where an event loop runs.

    Args:
        role: what this process does of all; the rest is others' on the same PostgreSQL database.
        clock: its one source of now; a `HandClock` moves its reminders and timers, while Telegram's pace and
            the nightly tick stay on real time.
        pin_cost: what hashing a PIN costs; only tests choose less than the default.
        pace: Telegram's limits, in real time; only tests choose others.
        terms: for how long this process holds what only one may do; only tests choose others.
        limits: how much one account may do in a minute; only tests choose others.
        storage: an installation that is open already and stays open; without it the settings name one.
    """
    clock = clock or Clock()

    def open_bot(connection: Connection, storage: Storage, seal: Callable[[], None]) -> OpenBot:
        return OpenBot(
            connection,
            storage,
            settings,
            role=role,
            clock=clock,
            pin_cost=pin_cost,
            terms=terms,
            limits=Limits() if limits is None else limits,
            seal=seal,
        )

    def sealed_bot(connection: Connection) -> Sealed:
        kind = without_keys.SealedBot if role.takes_updates else without_keys.SilentBot
        return kind(connection, settings, clock=clock)

    return Poruch(
        settings,
        open_bot=open_bot,
        sealed_bot=sealed_bot,
        storage=storage,
        pace=pace or Pace(settings.messages_per_second),
    )
