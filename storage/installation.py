"""The one row by which a database belongs to a key ring, asked before anything else is."""

from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.keyring import KeyRing
from storage.models import Installation


async def get_installation(session: AsyncSession) -> Installation | None:
    """Return what the database knows of its installation; None where that was never written."""
    return await session.scalar(select(Installation).limit(1))


async def add_installation(session: AsyncSession, ring: KeyRing, *, day: date) -> None:
    """Bind a new database to the key ring that opens it."""
    session.add(Installation(deployment=ring.deployment, keyring_generation=ring.generation, created_on=day))
    await session.flush()


async def note_generation(session: AsyncSession, ring: KeyRing) -> None:
    """Remember a key ring's generation where it is higher than the one remembered."""
    older = Installation.keyring_generation < ring.generation
    await session.execute(update(Installation).where(older).values(keyring_generation=ring.generation))


async def get_profile(session: AsyncSession) -> str | None:
    """Return the checksums of what Telegram last showed of the bot; None where nobody has looked."""
    return await session.scalar(select(Installation.profile).limit(1))


async def note_profile(session: AsyncSession, profile: str) -> None:
    """Remember the checksums of what Telegram shows of the bot."""
    await session.execute(update(Installation).values(profile=profile))


async def note_alarm(session: AsyncSession, *, at: datetime | None) -> None:
    """Note since when the alarm stands, keeping an earlier instant; None lifts it."""
    noting = update(Installation).values(alarmed_at=at)
    await session.execute(noting if at is None else noting.where(Installation.alarmed_at.is_(None)))


async def note_sealing(session: AsyncSession, *, at: datetime) -> None:
    """Note that everything is to be sealed: a later instant than before, whatever the clock says."""
    installation = await get_installation(session)
    if installation is not None:
        before = installation.sealed_at
        installation.sealed_at = at if before is None else max(at, before + timedelta(milliseconds=1))
        await session.flush()
