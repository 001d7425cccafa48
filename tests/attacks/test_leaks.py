"""After the walk, the log at DEBUG: nothing anybody said or is called stands on disk or in the process."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from sandbox.clock import SandboxClock
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from storage.models import Base, CustodyStatus, Prisoner, Publicity
from tests.attacks.canaries import hits, spellings
from tests.attacks.victim import PIN, Victim
from tests.world import NOON

SURNAME, COURT, WORD = "Kanarkevich", "Kanarsky district court", "Zolataja kanarejka"
PHONE, MAIL, POST, OWN_NAME = "+375295550199", "kanarka@example.org", "Kanarnaya 17, Example", "Zlata Kanarka"
CHATS = {"Alice": 7411852963, "Bob": 7522963174, "Vera": 7633174285}


class Walk:
    """The walk without a kill, with canaries wherever somebody can type."""

    def __init__(self, victim: Victim) -> None:
        self._victim = victim
        self.secrets: list[str] = []

    async def taps(self, person: Person, *labels: str) -> None:
        for label in labels:
            seen = await self._victim.sees(person, lambda one, part=label: part in one)
            tap = await person.taps(seen)
            await self._victim.telegram.settled(timeout=30)
            await self._victim.telegram.until(lambda tap=tap: tap.is_answered)

    async def says(self, person: Person, words: str) -> None:
        await person.says(words)
        await self._victim.telegram.settled(timeout=30)

    async def joins(self, person: Person, code: str = "") -> None:
        await self.says(person, f"/start {code}".strip())
        await self.taps(person, "English", "No", "I agree")

    async def whole(self, code: str) -> None:
        alice, bob, vera = self._victim.alice, self._victim.bob, self._victim.vera
        await self.joins(alice)
        for detail, value in (("Name", OWN_NAME), ("Phone", PHONE), ("E-mail", MAIL), ("Post", POST)):
            await self.says(alice, "/settings")
            await self.taps(alice, "Contact details", detail)
            await self.says(alice, value)
        await self.says(alice, "/adopt")
        await self.taps(alice, "Done", "Every 2 weeks", "I'll write")
        await self.says(alice, WORD)
        await self.taps(alice, "Send")
        await self.joins(bob, code)
        await self.says(bob, "/desk")
        for _ in range(2):
            await self.taps(bob, *PIN, "OK")
        await self.taps(bob, "Inbox", SURNAME, "Accept", "Back", "Prisoners")
        await self.says(bob, SURNAME)
        await self.taps(bob, SURNAME, "Invite a relative", "For themselves")
        await self._victim.reads(bob, "Five words")
        words = next(line for line in bob.last.text.splitlines() if len(line.split()) == 5 and line.islower())
        self.secrets = [code, words]
        await self.taps(bob, "Back")
        await self.joins(vera, words)
        await self.says(bob, "/desk")
        await self.taps(bob, "Prisoners")
        await self.says(bob, SURNAME)
        await self.taps(bob, SURNAME, "Add a hearing")
        await self.says(bob, "10.12.2026 14:30")
        await self.says(bob, COURT)
        await self.taps(bob, "Save")
        for person in (alice, vera):
            await self._victim.telegram.until(lambda one=person: pushes(one) >= (2 if one is alice else 1))
            for message in [m for m in person.visible if m.labels == ["Open"]]:
                await person.taps("Open", message)
                await self._victim.telegram.settled(timeout=30)
            await self._victim.reads(person, COURT)


def pushes(person: Person) -> int:
    return sum(1 for message in person.history if message.labels == ["Open"])


@pytest.fixture
async def walked(
    engine_name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[tuple[Victim, list[str]]]:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    async with await Lookalike.start(clock=SandboxClock(frozen_at=NOON)) as telegram:
        with Victim(telegram, tmp_path, NOON, url, user_ids=CHATS) as victim:
            walk = Walk(victim)
            await walk.whole(await install(victim))
            typed = [SURNAME, COURT, WORD, PHONE, MAIL, POST, OWN_NAME]
            yield victim, [*typed, *map(str, CHATS.values()), *walk.secrets]


async def install(victim: Victim) -> str:
    """Make the installation with one public prisoner, start it, and return the administrator's code."""
    code = victim.install()
    storage = await victim.open()
    async with storage.unit() as uow:
        prisoner = await uow.prisoners.add(
            Prisoner(custody_status=CustodyStatus.PRETRIAL, publicity=Publicity.PUBLIC), source_id="1"
        )
        names = {"en": f"Ihar {SURNAME}"}
        await uow.prisoners.describe(
            prisoner, names=names, alias=None, born=None, interests=None, case_details={}
        )
    await storage.database.close()
    victim.start()
    return code


async def test_nothing_stands_on_the_disk_in_the_log_in_the_process_or_in_a_column(
    walked: tuple[Victim, list[str]],
):
    victim, canaries = walked
    about = b"".join(Path(f"/proc/{victim.number}/{name}").read_bytes() for name in ("cmdline", "environ"))
    victim.kill()

    columns = await everything_stored(victim)

    assert list(hits(canaries, [victim.folder])) == []
    assert victim.log.stat().st_size > 0
    assert len(columns) > 5_000
    for canary in canaries:
        ways = spellings(canary)
        assert [way for way, written in ways.items() if written in about or written in columns] == []


async def everything_stored(victim: Victim) -> bytes:
    """Return the content of every column of every table that is not about public places."""
    storage = await victim.open()
    values = []
    async with storage.view() as uow:
        for table in (t.name for t in Base.metadata.sorted_tables if t.name != "facility"):
            for row in await uow.session.execute(text(f"SELECT * FROM {table}")):
                values += [v if isinstance(v, bytes) else str(v).encode() for v in row]
    await storage.database.close()
    return b"\n".join(values)


def test_the_scan_would_find_a_canary(tmp_path: Path):
    (tmp_path / "leak").write_bytes(b"..." + PHONE.encode("utf-16-le"))

    assert list(hits([PHONE], [tmp_path])) == [f"leak: {PHONE} as utf-16-le"]
