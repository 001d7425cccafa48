"""What sealing costs: people kept and read through the ORM, beside the same rows unsealed.

Both sides use the same ORM and the same unit of work, and write a row for the person and one for the key.
The plain side keeps both with one flush, and reads by the session's `get` or a `select`, as one would. Where
keys are to be unwrapped, none is at hand before each reading. What the ORM keeps and gets has a bound; many
read by one query have none, since a plain row of theirs costs less than the cipher alone.
"""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial
from itertools import count
from typing import TypeVar
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from sqlalchemy import bindparam, select

from bench.grounds import ENGINES, Grounds, settle
from bench.people import SETTINGS, SIX, TWO
from bench.plain import KEY_BYTES, WORDS, PlainKey, PlainPerson, add_plain_tables
from bench.ratios import TURNS, Ratio, Work, compare
from bench.report import Report
from storage.models import Person
from storage.unit_of_work import Storage

INSERT, READ = 1.3, 1.15
MANY = 200
FEW = 20
CONTACT = SIX[2:]
SAID = "what somebody said"
Thing = TypeVar("Thing")
BY_ID = select(PlainPerson).where(PlainPerson.id == bindparam("id"))


class Sealed:
    """The product's own way."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._accounts = count(1)
        self.ids: list[UUID] = []

    async def keep(self, number: int) -> None:
        async with self._storage.unit() as uow:
            for _ in range(number):
                person = Person(**SETTINGS)
                await uow.people.add(person, chat_id=next(self._accounts), phrase=SAID)
                self.ids.append(person.id)

    async def add_contact(self, person_id: UUID) -> None:
        async with self._storage.unit() as uow:
            person = await uow.people.get(person_id)
            assert person is not None
            await uow.vault.seal(person, **dict.fromkeys(CONTACT, SAID))

    async def read(self, ids: Sequence[UUID], fields: tuple[str, ...]) -> None:
        async with self._storage.view() as uow:
            for person_id in ids:
                person = await uow.people.get(person_id)
                assert person is not None
                for field in fields:
                    await uow.vault.reveal(person, field)

    async def read_together(self, ids: Sequence[UUID], fields: tuple[str, ...]) -> None:
        async with self._storage.view() as uow:
            found = await uow.people.acquainted(ids)
            uow.people.know(found)
            for person in found.people.values():
                for field in fields:
                    await uow.vault.reveal(person, field)

    def forget_keys(self) -> None:
        self._storage.keys.cache.clear()


class Plain:
    """The same without any sealing."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._texts = count()
        self.ids: list[UUID] = []

    async def keep(self, number: int) -> None:
        async with self._storage.unit() as uow:
            for _ in range(number):
                person = PlainPerson(id=uuid4(), chat=WORDS, phrase=WORDS, **SETTINGS)
                person.chat_index = person.id.bytes
                key = PlainKey(subject=person.id, gen=1, kid=b"12345678", wrapped="x" * KEY_BYTES)
                uow.session.add_all([key, person])
                await uow.session.flush()
                self.ids.append(person.id)

    async def add_contact(self, person_id: UUID) -> None:
        async with self._storage.unit() as uow:
            person = await uow.session.get(PlainPerson, person_id)
            for field in CONTACT:
                # Another text than before, or nothing would be written.
                setattr(person, field, str(next(self._texts)).zfill(len(WORDS)))

    async def read(self, ids: Sequence[UUID], fields: tuple[str, ...]) -> None:
        async with self._storage.view() as uow:
            for person_id in ids:
                person = await uow.session.get(PlainPerson, person_id)
                for field in fields:
                    getattr(person, field)

    async def read_prepared(self, ids: Sequence[UUID], fields: tuple[str, ...]) -> None:
        async with self._storage.view() as uow:
            for person_id in ids:
                person = await uow.session.scalar(BY_ID, {"id": person_id})
                for field in fields:
                    getattr(person, field)

    async def read_together(self, ids: Sequence[UUID], fields: tuple[str, ...]) -> None:
        async with self._storage.view() as uow:
            for person in await uow.session.scalars(select(PlainPerson).where(PlainPerson.id.in_(ids))):
                for field in fields:
                    getattr(person, field)


class CipherAlone:
    """The plain reading by one query, and what AES-256-GCM-SIV itself does for as many sealed people."""

    def __init__(self, plain: Plain) -> None:
        self._plain = plain
        self._wrapping, nonce, padded, place = AESGCMSIV(os.urandom(32)), bytes(12), bytes(64), bytes(116)
        self._people = []
        for _ in range(MANY):
            key = os.urandom(32)
            cipher = AESGCMSIV(key)
            wrapped = self._wrapping.encrypt(nonce, key, place)
            self._people.append((key, cipher, wrapped, cipher.encrypt(nonce, padded, place), nonce, place))

    async def read_together(self, ids: Sequence[UUID], fields: tuple[str, ...], *, unwraps: bool) -> None:
        await self._plain.read_together(ids, fields)
        for key, cipher, wrapped, cell, nonce, place in self._people:
            if unwraps:
                self._wrapping.decrypt(nonce, wrapped, place)
                cipher = AESGCMSIV(key)
            for _ in fields:
                cipher.decrypt(nonce, cell, place)


async def main(grounds: Grounds) -> bool:
    """Print and write each comparison on both engines; says whether all bounds hold."""
    report = Report("sealing", "sealed over unsealed")
    for engine in ENGINES:
        report.begin(engine)
        async with grounds.installed(engine, "sealing") as storage:
            await add_plain_tables(storage.database)
            async for ratio in _ratios(storage):
                report.add(ratio)
    return report.write()


async def _ratios(storage: Storage) -> AsyncIterator[Ratio]:
    ours, plain = Sealed(storage), Plain(storage)
    yield await compare(
        "keep a person, in a transaction of their own",
        lambda: _each(range(FEW), lambda _: ours.keep(1)),
        lambda: _each(range(FEW), lambda _: plain.keep(1)),
        bound=INSERT,
    )
    yield await compare(
        f"keep {MANY} people, in one transaction",
        lambda: ours.keep(MANY),
        lambda: plain.keep(MANY),
        bound=INSERT,
    )
    us, them = ours.ids[-MANY:], plain.ids[-MANY:]
    yield await compare(
        "give a person four contact details, in a transaction of its own",
        lambda: _each(us[:FEW], ours.add_contact),
        lambda: _each(them[:FEW], plain.add_contact),
        bound=INSERT,
    )
    await _each(us[FEW:], ours.add_contact)
    await _each(them[FEW:], plain.add_contact)
    await settle(storage)
    for is_at_hand in (True, False):
        async for ratio in _readings(ours, plain, is_at_hand=is_at_hand):
            yield ratio


async def _readings(ours: Sealed, plain: Plain, *, is_at_hand: bool) -> AsyncIterator[Ratio]:
    us, them = ours.ids[-MANY:], plain.ids[-MANY:]
    keys = "keys at hand" if is_at_hand else "keys to be unwrapped"

    def read(work: Callable[[], Awaitable[None]]) -> Work:
        async def begin() -> None:
            if not is_at_hand:
                ours.forget_keys()
            await work()

        return begin

    yield await compare(
        f"read a person; {keys}",
        read(lambda: _each(us[:FEW], lambda one: ours.read([one], TWO))),
        lambda: _each(them[:FEW], lambda one: plain.read([one], TWO)),
        bound=READ,
    )
    yield await compare(
        f"read {MANY} people one after another; {keys}",
        read(lambda: ours.read(us, TWO)),
        lambda: plain.read(them, TWO),
        bound=READ if is_at_hand else None,
    )
    yield await compare(
        f"  beside a plain statement that is built once as well; {keys}",
        read(lambda: ours.read(us, TWO)),
        lambda: plain.read_prepared(them, TWO),
    )
    for fields in (TWO, SIX):
        yield await compare(
            f"read {MANY} people by one query, {len(fields)} fields; {keys}",
            read(partial(ours.read_together, us, fields)),
            partial(plain.read_together, them, fields),
            turns=3 * TURNS,
        )
        yield await compare(
            f"  of it the cipher alone, {len(fields)} fields; {keys}",
            partial(CipherAlone(plain).read_together, them, fields, unwraps=not is_at_hand),
            partial(plain.read_together, them, fields),
            turns=3 * TURNS,
        )


async def _each(things: Sequence[Thing], work: Callable[[Thing], Awaitable[None]]) -> None:
    for thing in things:
        await work(thing)
