"""An installation with everything around it, and one search through all that it leaves behind."""

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import make_url

from bot.configuration.settings import load_settings
from bot.control.client import running
from bot.host.unsealing import KEYRING_NAME, read_secret
from bot.installing.installation import open_installation
from sandbox.clock import SandboxClock
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from solidarity.pseudonyms import pseudonym
from storage.database import FILE_NAME
from storage.keyring import Purpose
from tests.attacks.canaries import Canaries, Needle, Piece, hits, marks, needles
from tests.attacks.doings import Operator
from tests.attacks.places import Lookout, bundles, columns, files, pages, parameters, process
from tests.attacks.processes import Executed, Forked
from tests.attacks.victim import WAIT_SECONDS, Victim
from tests.attacks.ways import Ways
from tests.keepers import new_keeper
from tests.postgresql import Server

MINSK = ZoneInfo("Europe/Minsk")


class Scene:
    """What stands in `host` is Poruch's and is searched; what the operator brings lies in `brought`.

    Commands live by the machine's clock, so the bot's begins at noon of the day after today.
    """

    def __init__(
        self, folder: Path, telegram: Lookalike, canaries: Canaries, server: Server | None, *, is_typed: bool
    ) -> None:
        self.telegram = telegram
        self.canaries = canaries
        self.ways = Ways()
        self.host, self.brought, self.temporary = (folder / name for name in ("host", "brought", "temporary"))
        for each in (self.host, self.brought, self.temporary):
            each.mkdir()
        self._server = server
        self.keeper = new_keeper(self.brought)
        self._ending = AsyncExitStack()
        self._lookout = Lookout(self.temporary)
        self._ending.callback(self._lookout.closes)
        self._looked_for: list[Needle] = marks()
        # Look through each piece for what is too much for one search after another.
        self.finders: list[Callable[[bytes], Iterable[str]]] = []
        self.found: set[str] = set()
        # How many bytes of each file and other place.
        self.searched: Counter[str] = Counter()
        self.temporary_files: list[str] = []
        # What a killed process left behind stays until the next one has begun.
        self._sockets_left: set[Path] = set()
        environment = {
            "PORUCH_TOKEN_FILE": self.brings("token", telegram.token),
            "PORUCH_TELEGRAM_API_URL": telegram.url,
            "PORUCH_LOG_LEVEL": "DEBUG",
            "PORUCH_BACKUP_DIR": "backups",
            "TMPDIR": str(self.temporary),
            "PORUCH_KEY_SOURCE": "prompt" if is_typed else f"file:{self.brought / 'key' / 'unseal.key'}",
        }
        if server is not None:
            environment["PORUCH_DATABASE_URL_FILE"] = self.brings("database", self.address("poruch"))
        passphrase = f"kettle {canaries.word()} seven {canaries.cyrillic()} rivers" if is_typed else None
        self.operator = Operator(self.host, self.brought, environment, passphrase)

    def address(self, database: str) -> str:
        """Return a database's address with a password that is a canary; the server asks for none."""
        assert self._server is not None
        url = make_url(self._server.address(database)).set(password=self.canaries.word())
        return url.render_as_string(hide_password=False)

    def brings(self, name: str, content: str) -> str:
        """Put a file among what the operator brings, and return its path."""
        path = self.brought / name
        path.write_text(content)
        path.chmod(0o600)
        return str(path)

    def knows(self, code: str) -> str:
        """Look for something as well that carries no mark, such as a code."""
        self._looked_for += needles(code)
        return code

    async def begins(self) -> str:
        """Install it and start the bot, sealed where its key is typed; returns the administrator's code."""
        told = await self.operator.does("init", "--recipient", self.keeper.recipient, "--json")
        settings = load_settings(self.operator.environment, self.host)
        secret = read_secret(settings, ask=lambda: self.operator.passphrase or "")
        self.storage = await open_installation(settings, secret)
        self._ending.push_async_callback(self.storage.database.close)
        self.victim = Victim(self.telegram, self.storage, self.host, self.operator.environment, Executed)
        self._ending.callback(self.victim.kill)
        self.victim.start()
        self.knows(secret.hex())
        return self.knows(json.loads(told)["administrator_code"])

    async def restarts(self) -> None:
        """Begin a new process, which does what is done each night and after a start."""
        self.victim.kill()
        self._sockets_left = set(running(self.host / "data"))
        self.victim.new_process = Forked
        self.victim.start()
        await self.opens()

    async def opens(self) -> None:
        """Open the bot where its key is typed; then wait until it has done what is due."""
        if self.operator.passphrase is not None:
            await self.telegram.until(self._listens, WAIT_SECONDS)
            await self.operator.does("unseal")
        await self.victim.rests()

    def _listens(self) -> bool:
        return not set(running(self.host / "data")) <= self._sockets_left

    def elsewhere(self) -> dict[str, str]:
        """Return the settings of another, empty installation on the same host."""
        settings = {"DATA_DIR": "restored", "TOKEN_FILE": self.brings("other-token", self.telegram.token)}
        if self.operator.passphrase is None:
            settings["KEY_SOURCE"] = f"file:{self.brought / 'other-key' / 'unseal.key'}"
        if self._server is not None:
            self._server.runs("CREATE DATABASE restored")
            settings["DATABASE_URL_FILE"] = self.brings("other-database", self.address("restored"))
        return settings

    async def id_of(self, person: Person) -> bytes:
        async with self.storage.view() as uow:
            known = await uow.people.get_by_chat(person.user_id)
            assert known is not None
            return known.id.bytes

    async def alone_called(self, *people: Person) -> str:
        """Return the pseudonym of the first whom nobody shares theirs with."""
        async with self.storage.view() as uow:
            everybody = Counter(pseudonym(each.bytes, "en") for each, _ in await uow.people.joining_days())
        called = [pseudonym(await self.id_of(each), "en") for each in people]
        return next(each for each in called if everybody[each] == 1)

    @asynccontextmanager
    async def without_database(self) -> AsyncIterator[None]:
        """Let the bot lose its connections to PostgreSQL, or wait for SQLite in vain, for the block."""
        if self._server is None:
            async with self.storage.unit() as uow:
                await uow.session.connection()
                yield
            return
        await self.storage.database.close()
        self._server.runs(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = 'poruch' AND pid <> pg_backend_pid()"
        )
        yield

    def log_says(self, words: str) -> bool:
        return words in self.victim.log.read_text()

    def ungiven(self) -> list[str]:
        """Name the canaries that neither Telegram nor the operator has handed to Poruch."""
        updates = [each for bot in self.telegram.world.bots.values() for each in bot.queue.past.values()]
        brought = [path.read_text() for path in self.brought.iterdir() if path.is_file()]
        given = "".join([json.dumps(updates, ensure_ascii=False), *self.operator.typed, *brought])
        return [canary for canary in self.canaries.minted if canary not in given]

    @property
    def now(self) -> datetime:
        return self.telegram.clock.now().astimezone(MINSK)

    def day(self, days: int, wall: str) -> datetime:
        """Return a wall time in Minsk, so many days from now."""
        return datetime.combine(self.now.date() + timedelta(days=days), time.fromisoformat(wall), MINSK)

    def looks(self) -> None:
        """Search what there is at this moment: files, SQLite's pages, and what is seen of the process."""
        self.temporary_files += self._lookout.heard()
        copy = self.brought / "copy"
        # By another process: whoever closes a file loses the locks that SQLite has on it in the same one.
        # What the bot has just put another file in the place of may be gone before it is copied.
        subprocess.run(["cp", "-a", self.host, copy], check=False, stderr=subprocess.DEVNULL)
        assert (copy / "data" / KEYRING_NAME).exists()
        self._search(self._looked_for, self._at_this_moment(copy))
        shutil.rmtree(copy)

    def _at_this_moment(self, copy: Path) -> Iterator[Piece]:
        yield from files(copy, self.temporary)
        if self.storage.database.is_sqlite:
            for data in sorted(path.parent for path in copy.rglob(FILE_NAME)):
                yield from pages(data, self.storage.keys.ring.primary(Purpose.DBK).key)
        if self.victim.process is not None:
            yield from process(self.victim.process.pid)

    async def looks_everywhere(self) -> None:
        """Search that, every column, the backups as whoever can open them, and all PostgreSQL ever wrote."""
        self.looks()
        self.victim.kill()
        self._search(self._looked_for, [await columns(self.storage)])
        # The recovery copy is there to hold the secret.
        self._search(marks(), bundles(self.host, self.keeper.identities))
        if self._server is not None:
            self._server.stops()
            self._search(self._looked_for, files(self._server.folder))
            self._search(self._looked_for, [parameters(self._server.log)])

    def _search(self, looked_for: Iterable[Needle], pieces: Iterable[Piece]) -> None:
        for place, content in pieces:
            self.searched[Path(place).name] += len(content)
            self.found.update(hits(looked_for, [(place, content)]))
            self.found.update(f"{place}: {each}" for finder in self.finders for each in finder(content))

    async def ends(self) -> None:
        """End what has begun, however far that was."""
        await self._ending.aclose()


@asynccontextmanager
async def set_up(folder: Path, server: Server | None, *, is_typed: bool) -> AsyncIterator[Scene]:
    """Give a scene that has not begun; `is_typed` makes its key a passphrase."""
    canaries = Canaries()
    tomorrow = datetime.combine(datetime.now(MINSK).date() + timedelta(days=1), time(12), MINSK)
    tokens = {f"7000000001:{canaries.word()}": "sandbox_bot"}
    async with await Lookalike.start(clock=SandboxClock(frozen_at=tomorrow), tokens=tokens) as telegram:
        scene = Scene(folder, telegram, canaries, server, is_typed=is_typed)
        try:
            yield scene
        finally:
            await scene.ends()
