"""The trail's beginning, and the seeds from which every tag can be verified by who holds an identity."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import structlog

from bot.backups.writing import renew_recovery_copy
from bot.configuration.settings import Settings
from bot.host.refusals import InstallationError
from solidarity.audit import Act, By, record
from solidarity.work import Storage, UnitOfWork
from storage.audit_chain import Seed, new_seed
from storage.audit_seeds import with_seed

log = structlog.stdlib.get_logger("poruch.trail")


@dataclass(frozen=True)
class FirstSeed:
    """The seed of a trail that is to begin, and the same sealed to the recipients, if there are any."""

    key: bytes = field(repr=False)
    sealed: str | None = field(repr=False)

    @classmethod
    def make(cls, deployment: UUID, recipients: Sequence[str]) -> "FirstSeed":
        key = new_seed()
        return cls(key, with_seed(None, Seed(0, key), deployment, recipients))


async def begin_trail(uow: UnitOfWork, seed: FirstSeed, *, now: datetime) -> bool:
    """Begin the trail with its first entry; says whether there was none. The seed is kept nowhere."""
    if not await uow.trail.begin(seed.key, sealed_seeds=seed.sealed):
        return False
    await record(uow, Act.TRAIL_BEGUN, by=By.HOST, now=now)
    return True


async def begin_where_missing(storage: Storage, settings: Settings, *, now: datetime) -> None:
    """Begin the trail of an installation of an earlier release, and put its seed into the recovery copy."""
    async with storage.view() as uow:
        if await uow.trail.has_begun():
            return
        recipients = await uow.recipients.keys()
    seed = FirstSeed.make(storage.keys.deployment, recipients)
    async with storage.unit() as uow:
        has_begun = await begin_trail(uow, seed, now=now)
    if has_begun and recipients:
        try:
            await renew_recovery_copy(storage, settings, now=now)
        except InstallationError as error:
            log.error("the recovery copy does not hold the trail's seed yet", exc_info=error)


async def renew_seed(uow: UnitOfWork, recipients: Sequence[str], *, now: datetime) -> None:
    """Let the tags from here on be verified by today's recipients; the seeds of before stay as they are."""
    number = await record(uow, Act.TRAIL_RESEEDED, by=By.HOST, now=now)
    seed = Seed(number, new_seed())
    kept = with_seed(await uow.trail.reveal_seeds(), seed, uow.vault.deployment, recipients)
    if kept is not None:
        await uow.trail.reseed(seed.key, sealed_seeds=kept)
