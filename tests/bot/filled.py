"""An installation with a recipient and something in every kind of row, to back up and bring back."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy import select, table, text

from bot.backups.folder import LOCK
from bot.configuration.settings import Settings
from bot.installing.installation import create, open_installation
from bot.recovery.believing import Belief, usual_source
from storage.models import (
    Base,
    CustodyStatus,
    Departed,
    Hearing,
    Kinship,
    KinshipState,
    Person,
    Posted,
    Prisoner,
    Purpose,
    RoleName,
)
from storage.outbox import Due
from storage.unit_of_work import Storage, UnitOfWork
from tests.keepers import Keeper, new_keeper
from tests.world import NOON, new_person

Tables = dict[str, set[tuple[object, ...]]]
PHRASE, COURT, NAME, PHONE = "old green kettle", "Kanarsky court", "Ihar Kanarkevich", "+375295550199"
CHATS = {"alice": 7_411_852_963, "bob": 7_522_963_174, "vera": 7_633_174_285}


@dataclass(frozen=True)
class Ground:
    """Where an installation stands, and who can open its backups."""

    settings: Settings
    keeper: Keeper
    people: dict[str, UUID]
    fingerprint: str = ""

    @property
    def backups(self) -> Path:
        assert self.settings.backup_dir is not None
        return self.settings.backup_dir

    @property
    def mark(self) -> str:
        """What says in the backup folder whose it is."""
        return (self.backups / LOCK).read_text()

    def belief(self, settings: Settings) -> Belief:
        """What the operator says who restores into a place that these settings name."""
        return Belief(usual_source(settings, is_check=False, has_fingerprint=True), self.fingerprint)

    def elsewhere(self, folder: Path, database_url: str | None = None) -> Settings:
        """Settings of a clean machine."""
        return Settings(data_dir=folder / "data", database_url=database_url, backup_dir=folder / "backups")


# What a worker has made on SQLite: to copy it costs a tenth.
_made: list[tuple[TemporaryDirectory[str], Ground]] = []


async def make_ground(
    folder: Path, database_url: str | None = None, *, recipient: str | None = None
) -> Ground:
    """Make an installation; on SQLite the same each time, unless it has a recipient of its own."""
    if database_url is not None or recipient is not None:
        return await _make_ground(folder, database_url, recipient)
    if not _made:
        kept = TemporaryDirectory()
        _made.append((kept, await _make_ground(Path(kept.name), None, None)))
    [(kept, ground)] = _made
    shutil.copytree(kept.name, folder, dirs_exist_ok=True)
    keeper = Keeper(folder / ground.keeper.file.name, ground.keeper.recipient)
    return Ground(_settings(folder, None), keeper, dict(ground.people), ground.fingerprint)


def _settings(folder: Path, database_url: str | None) -> Settings:
    return Settings(data_dir=folder / "data", database_url=database_url, backup_dir=folder / "backups")


async def _make_ground(folder: Path, database_url: str | None, recipient: str | None) -> Ground:
    folder.mkdir(exist_ok=True)
    settings = _settings(folder, database_url)
    keeper = new_keeper(folder)
    made = create(settings, now=NOON, recipients=[recipient or keeper.recipient])
    async with opened(settings) as storage, storage.unit() as uow:
        people = {name: await _person(uow, chat) for name, chat in CHATS.items()}
        prisoner = await _prisoner(uow)
        day = NOON.date()
        uow.session.add_all(
            [
                Kinship(
                    person_id=people["vera"], prisoner_id=prisoner, state=KinshipState.REDEEMED, since=day
                ),
                Departed(id=UUID(int=77), left_on=date(2026, 11, 2), is_copied=True),
                Posted(
                    person_id=people["alice"],
                    message_id=2**40,
                    purpose=Purpose.PUSH,
                    screen="hearing",
                    posted_at=NOON,
                    delete_at=NOON + timedelta(hours=24),
                ),
            ]
        )
        due = NOON + timedelta(days=3)
        await uow.outbox.queue(
            [Due(person_id=people["alice"], kind="letter", about_id=prisoner, unique_key="k", due_at=due)]
        )
    return Ground(settings, keeper, people, made.fingerprint)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Storage]:
    storage = await open_installation(settings)
    try:
        yield storage
    finally:
        await storage.database.close()


async def everything(settings: Settings) -> Tables:
    """Return the raw rows of every table but the wrapped keys' and the schema's own."""
    async with opened(settings) as storage, storage.view() as uow:
        return {
            each.name: {
                tuple(row)
                for row in await uow.session.execute(
                    select(*(text(column.name) for column in each.columns)).select_from(table(each.name))
                )
            }
            for each in Base.metadata.sorted_tables
        }


async def said_of(settings: Settings, person_id: UUID) -> dict[str, str | None]:
    """Open what is kept about somebody."""
    async with opened(settings) as storage, storage.view() as uow:
        person = await uow.people.get(person_id)
        assert person is not None
        return {name: await uow.vault.reveal(person, name) for name in ("chat", "phrase", "phone")}


async def _person(uow: UnitOfWork, chat: int) -> UUID:
    person: Person = await uow.people.add(new_person(), chat_id=chat, phrase=PHRASE)
    await uow.vault.seal(person, phone=PHONE)
    await uow.people.grant(person, RoleName.SUPPORTER, scope=None, granted_by=None, day=NOON.date())
    return person.id


async def _prisoner(uow: UnitOfWork) -> UUID:
    prisoner = await uow.prisoners.add(Prisoner(custody_status=CustodyStatus.CONVICTED), source_id="17")
    await uow.prisoners.describe(
        prisoner, names={"en": NAME}, alias="Quiet Lake", born=None, interests="chess", case_details={}
    )
    sitting = Hearing(
        prisoner_id=prisoner.id, starts_local="2026-12-03 12:00", zone="Europe/Minsk", starts_at=NOON
    )
    await uow.hearings.add(sitting, details={"court": COURT}, source_id="h1")
    return prisoner.id
