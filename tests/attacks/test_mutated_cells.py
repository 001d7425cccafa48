"""Cells of a real database, changed in every byte and put in every other place: none of them opens."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.importing.register_files import Wanted, import_prisoners
from storage.cells import DataKey, Place, WrappingKey
from storage.columns import Sealed
from storage.errors import UnreadableCell, UnreadableDataKey
from storage.keyring import Purpose, derive_key
from storage.models import Base, WrappedKey
from storage.starting import starting_facilities
from storage.unit_of_work import Storage
from tests.stories.story import Story
from tests.world import DEPLOYMENT, NOON, RING

REGISTER = Path(__file__).parents[1] / "data" / "register-form.json"
CELLS = 500
LEAST = 50_000
ANOTHER = UUID(int=99)


@dataclass(frozen=True)
class Written:
    """One cell as the flows left it, and its subject's data key in the clear."""

    place: Place
    raw: bytes
    dek: bytes
    key: DataKey

    def read(self, raw: bytes) -> bytes:
        return self.key.open(self.place, raw)

    def read_by(self, place: Place, deployment: UUID = DEPLOYMENT, gen: int = 1) -> bytes:
        """Read it under its own data key, as if it belonged elsewhere."""
        key = DataKey(self.dek, deployment=deployment, subject=place.subject, gen=gen)
        return key.open(place, self.raw[:2] + gen.to_bytes(2, "big") + self.raw[4:])


async def keys_of(storage: Storage) -> list[WrappedKey]:
    async with storage.view() as uow:
        return list(await uow.session.scalars(select(WrappedKey)))


@dataclass(frozen=True)
class Wrapped:
    """What a wrapped key is opened with."""

    kek: bytes
    subject: UUID
    gen: int
    deployment: UUID = DEPLOYMENT

    @classmethod
    def of(cls, row: WrappedKey) -> "Wrapped":
        return cls(RING.by_kid(row.kid, Purpose.KEK).key, row.subject, row.gen)

    def read(self, wrapped: bytes) -> bytes:
        key = WrappingKey(self.kek, deployment=self.deployment)
        return key.unwrap(wrapped, subject=self.subject, gen=self.gen)

    def elsewhere(self) -> dict[str, "Wrapped"]:
        return {
            "of another person": replace(self, subject=ANOTHER),
            "of another deployment": replace(self, deployment=ANOTHER),
            "of another generation": replace(self, gen=self.gen + 1),
            "under another key": replace(self, kek=RING.primary(Purpose.SIG).key),
        }


async def cells_of(storage: Storage) -> list[Written]:
    """Read every sealed cell of every table, the register's last."""
    deks = {row.subject: Wrapped.of(row).read(row.wrapped.raw) for row in await keys_of(storage)}
    # The trail's follows from the ring.
    deks[DEPLOYMENT] = derive_key(RING.primary(Purpose.AUD).key, info=b"poruch/audit/head/v1")
    keys = {s: DataKey(dek, deployment=DEPLOYMENT, subject=s, gen=1) for s, dek in deks.items()}
    found: list[Written] = []
    async with storage.view() as uow:
        for mapper in Base.registry.mappers:
            columns = [c.key for c in mapper.column_attrs if isinstance(c.columns[0].type, Sealed)]
            if mapper.class_ is WrappedKey or not columns:
                continue
            for row in await uow.session.scalars(select(mapper.class_)):
                subject = getattr(row, row.subject_attribute)
                row_id = getattr(row, "id", subject)
                found += [
                    Written(
                        Place(row.__tablename__, column, row_id, subject),
                        cell.raw,
                        deks[subject],
                        keys[subject],
                    )
                    for column in columns
                    if (cell := getattr(row, column)) is not None
                ]
    return sorted(found, key=lambda one: one.place.table in ("prisoner", "difference"))


async def walk(story: Story) -> None:
    """Let everybody do what leaves sealed words behind, and take a register over."""
    await story.family_and_guardian()
    await story.becomes_coordinator(story.carol)
    await story.carol.opens_desk()
    for detail, words in (
        ("Name", "Ina Example"),
        ("Phone", "+375 29 111 22 33"),
        ("E-mail", "a@example.org"),
    ):
        await story.alice.says("/settings")
        await story.alice.taps("Contact details", detail)
        await story.alice.says(words)
    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 14:30")
    await story.prisoners("Another Example")
    await story.mallory.agrees()
    await story.mallory.chooses(weeks=2)
    await story.mallory.taps("I'll write")
    await story.mallory.says("I write slowly but surely")
    await story.mallory.taps("Send")
    await story.carol.finds("Another Example")
    await story.carol.taps("Add a hearing")
    await story.carol.says("11.12.2026 10:00")


async def take_a_register_over(storage: Storage) -> None:
    """Import a register, then one that differs, so that differences wait."""
    async with storage.unit() as uow:
        for facility in starting_facilities():
            await uow.facilities.put(facility.pop("code"), verified_on=None, **facility)
    file = REGISTER.read_bytes()
    later = file.replace(b"taxi driver", b"bus driver").replace(b'"id": ', b'"id": 1')
    for taken, is_confirmed in ((file, True), (later, False)):
        wanted = Wanted(NOON, NOON.date(), is_confirmed=is_confirmed)
        await import_prisoners(storage, taken, wanted, lambda *_: None)


@pytest.fixture
async def few(story: Story) -> list[Written]:
    """The cells of a story."""
    await walk(story)
    return await cells_of(story.storage)


@pytest.fixture
async def many(story: Story) -> list[Written]:
    """The cells of a story with a whole register."""
    await walk(story)
    await take_a_register_over(story.storage)
    return (await cells_of(story.storage))[:CELLS]


def in_every_byte(raw: bytes, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Change each byte to another, cut it off there from both ends, and make it longer."""
    for at in range(len(raw)):
        yield "flipped", raw[:at] + bytes([raw[at] ^ chance.randrange(1, 256)]) + raw[at + 1 :]
        yield "truncated", raw[:at]
        yield "truncated", raw[at + 1 :]
    for more in (b"\0", chance.randbytes(1), chance.randbytes(16), raw):
        yield "extended", raw + more
        yield "extended", more + raw


class Tally:
    """How many mutations of each kind were refused, and which were not."""

    def __init__(self, refusal: type[Exception]) -> None:
        self._refusal = refusal
        self.refused: Counter[str] = Counter()
        self.opened: list[str] = []

    def attempt(self, kind: str, read: Callable[..., bytes], *what: object) -> None:
        try:
            read(*what)
        except self._refusal:
            self.refused[kind] += 1
        else:
            self.opened.append(kind)


def attack_cells(cells: list[Written]) -> Tally:
    chance, tally = random.Random(1), Tally(UnreadableCell)
    for cell in cells:
        # What does not open as it is proves nothing by staying closed.
        assert cell.read(cell.raw) == cell.read_by(cell.place)
        for kind, raw in in_every_byte(cell.raw, chance):
            tally.attempt(kind, cell.read, raw)
        for kind, *elsewhere in under_its_own_key(cell.place):
            tally.attempt(kind, cell.read_by, *elsewhere)
        for other in cells:
            if other is not cell:
                tally.attempt("in another cell's place", other.read, cell.raw)
    return tally


def under_its_own_key(place: Place) -> Iterator[tuple[str, Place, UUID, int]]:
    """Say where else a cell might be said to stand: only what it was sealed for keeps it closed there."""
    yield "of another row", replace(place, row=ANOTHER), DEPLOYMENT, 1
    yield "of another column", replace(place, column=f"{place.column}s"), DEPLOYMENT, 1
    yield "of another table", replace(place, table=f"{place.table}s"), DEPLOYMENT, 1
    yield "of another person", replace(place, subject=ANOTHER), DEPLOYMENT, 1
    yield "of another deployment", place, ANOTHER, 1
    yield "of another generation", place, DEPLOYMENT, 2


def attack_keys(rows: list[WrappedKey]) -> Tally:
    chance, tally = random.Random(2), Tally(UnreadableDataKey)
    for row in rows:
        wrapped, own = row.wrapped.raw, Wrapped.of(row)
        assert len(own.read(wrapped)) == 32
        for kind, raw in in_every_byte(wrapped, chance):
            tally.attempt(kind, own.read, raw)
        for kind, elsewhere in own.elsewhere().items():
            tally.attempt(kind, elsewhere.read, wrapped)
    return tally


async def test_no_cell_and_no_key_of_a_story_opens_once_anything_of_it_is_changed(
    few: list[Written], story: Story
):
    cells, keys = attack_cells(few), attack_keys(await keys_of(story.storage))

    assert (cells.opened, keys.opened) == ([], [])
    assert {cell.place.table for cell in few} >= {
        "desk", "draft", "guardianship", "hearing", "person", "prisoner",
    }  # fmt: skip
    assert cells.refused["flipped"] == sum(len(cell.raw) for cell in few)
    assert keys.refused["of another person"] == await story.count("data_key") > 5


@pytest.mark.proof
async def test_no_cell_of_five_hundred_opens_once_anything_of_it_is_changed(many: list[Written]):
    tally = attack_cells(many)

    assert tally.opened == []
    assert len(many) == CELLS
    assert tally.refused["flipped"] == sum(len(cell.raw) for cell in many)
    assert tally.refused["in another cell's place"] == CELLS * (CELLS - 1)
    assert tally.refused.total() >= LEAST
