"""An installation whose key is a passphrase, with a program that is sealed and opened, and its people."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from sqlalchemy import text

from bot.assembly import Poruch, assemble
from bot.clock import HandClock
from bot.configuration.settings import Settings
from bot.host.unsealing import read_secret
from bot.installing.installation import create, open_installation
from sandbox.lookalike import Lookalike
from storage.cells import DataKey
from storage.database import Database
from storage.keyring import KeyEntry, KeyRing
from storage.keys import Keys
from storage.macs import Macs
from storage.models import Base
from storage.ring_file import RingFile
from storage.unit_of_work import Storage
from tests.stories.story import CHEAP, UNLIMITED, Story, begin
from tests.world import NOON

PASSPHRASE = "kettle window seven grey rivers"
HOLDERS = (KeyRing, KeyEntry, Keys, DataKey, RingFile, Macs, Storage, Database)


def secret_of(settings: Settings, passphrase: str = PASSPHRASE) -> bytes:
    return read_secret(settings, ask=lambda: passphrase, cost=CHEAP)


class House:
    """One installation; its program is `poruch`, and nobody else holds its database open."""

    def __init__(self, telegram: Lookalike, settings: Settings, clock: HandClock) -> None:
        self.telegram = telegram
        self.settings = settings
        self.clock = clock
        self.fingerprints: set[bytes] = set()

    async def begin(self) -> None:
        """Install it, and let a bot work on which people can join; the story tells with them."""
        create(self.settings, now=NOON, ask=lambda: PASSPHRASE, cost=CHEAP)
        storage = await self._opened()
        entries, secret = storage.keys.ring.entries, secret_of(self.settings)
        self.fingerprints = {sha256(key).digest() for key in (secret, *(entry.key for entry in entries))}
        self.story = Story(self.telegram, storage, self.settings, self.clock)
        self.poruch = self.story.poruch
        await begin(self.poruch)

    async def starts_sealed(self) -> Poruch:
        """End the bot, and start the program as after a night in which the machine was restarted."""
        await self.poruch.stop()
        await self.story.storage.database.close()
        del self.story.storage, self.story.poruch
        self.poruch = assemble(self.settings, clock=self.clock, pin_cost=CHEAP, limits=UNLIMITED)
        await self.poruch.start()
        return self.poruch

    async def end(self) -> None:
        """End the program, and let go of the database that the story was told on, if it still is."""
        await self.poruch.stop()
        storage = getattr(self.story, "storage", None)
        if storage is not None:
            await storage.database.close()

    async def unseals(self) -> None:
        await self.poruch.unseal(secret_of(self.settings))
        assert self.poruch.storage is not None
        self.poruch.storage.on_commit(self.telegram.world.changes.note)

    async def has_done_what_is_due(self) -> None:
        """Wait until nothing that is due is left in the outbox."""
        self.telegram.world.changes.note()
        await self.telegram.until(self._is_done)

    async def _is_done(self) -> bool:
        assert self.poruch.storage is not None
        async with self.poruch.storage.view() as uow:
            due = await uow.claims.next_due()
            claimed = await uow.session.scalar(text("SELECT count(*) FROM outbox WHERE state = 'claimed'"))
        return not claimed and all(at > self.clock.now() for at in due.values())

    async def tables(self) -> dict[str, list[str]]:
        """Return every row of every table, as it stands."""
        storage = await self._opened()
        found = {}
        async with storage.view() as uow:
            for table in (table.name for table in Base.metadata.sorted_tables):
                rows = await uow.session.execute(text(f"SELECT * FROM {table}"))
                found[table] = sorted(map(repr, rows))
        await storage.database.close()
        return found

    async def _opened(self) -> Storage:
        return await open_installation(self.settings, secret_of(self.settings))

    def open_files(self) -> list[str]:
        """Return which files of the data folder this process has open."""
        links = [_target(link) for link in Path("/proc/self/fd").iterdir()]
        return [name for name in links if name.startswith(f"{self.settings.data_dir}/poruch.db")]

    def keys_in_memory(self, *, also_in_what_stood_before: bool = False) -> list[str]:
        """Name what this process holds of the installation's keys: bytes, and objects that carry them.

        Args:
            also_in_what_stood_before: look for bytes in all that this process has, not only in what was made
                `apart_from_what_stands`; the keys that all tests share are no key of this house.
        """
        gc.collect()
        holders = [type(one).__name__ for one in gc.get_objects() if isinstance(one, HOLDERS)]
        if also_in_what_stood_before:
            gc.unfreeze()
        raw = [one for one in _bytes_held() if sha256(one).digest() in self.fingerprints]
        return holders + ["bytes"] * len(raw)


@contextmanager
def apart_from_what_stands() -> Iterator[None]:
    """Let a search for garbage, or through all objects, see only what is made from here on.

    What thousands of tests left is large, and sealing a program looks for garbage.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _bytes_held() -> Iterator[bytes]:
    """Yield whatever is as long as a key and held by anything that the collector sees."""
    everything = gc.get_objects()
    for start in range(0, len(everything), 10_000):
        for one in gc.get_referents(*everything[start : start + 10_000]):
            if type(one) is bytes and len(one) == 32:
                yield one


def strings_within(thing: object) -> Iterator[str]:
    """Yield every text and byte string that can be reached from an object, not through the loop."""
    seen, waiting = set[int](), [thing]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or type(one).__name__ in _OUTSIDE:
            continue
        seen.add(id(one))
        if isinstance(one, str | bytes):
            yield one if isinstance(one, str) else one.decode("latin-1")
        waiting += gc.get_referents(one)


_OUTSIDE = {"module", "type", "function", "Task", "Future", "frame", "_UnixSelectorEventLoop", "Lookalike"}


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""
