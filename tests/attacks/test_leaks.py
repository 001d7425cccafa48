"""After the walk, the log at DEBUG: nothing anybody said or is called stands on disk or in the process."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.models import Base
from tests.attacks.canaries import hits, spellings
from tests.attacks.processes import Executed
from tests.attacks.victim import Victim, installed
from tests.attacks.walk import PEOPLE, Walk, Words

SURNAME, PHONE = "Kanarkevich", "+375295550199"
WORDS = Words(
    name=f"Ihar {SURNAME}",
    word="Zolataja kanarejka",
    court="Kanarsky district court",
    contacts={
        "Name": "Zlata Kanarka",
        "Phone": PHONE,
        "E-mail": "kanarka@example.org",
        "Post": "Kanarnaya 17, Example",
    },
)
CHATS = dict(zip(PEOPLE, (7411852963, 7522963174, 7744185296, 7633174285), strict=True))


@pytest.fixture
async def walked(
    engine_name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[tuple[Victim, list[str]]]:
    """A bot after the walk up to a hearing that was announced, and all that must be found nowhere."""
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    async with installed(tmp_path, url, WORDS.name, process=Executed) as (victim, code):
        walk = Walk(victim, WORDS, after=victim.rests, user_ids=CHATS)
        await walk.a_supporter_applies()
        await walk.a_coordinator_accepts(code)
        codes = [code, await walk.a_relative_joins(), await walk.a_second_coordinator_announces_a_hearing()]
        typed = [SURNAME, WORDS.word, WORDS.court, *WORDS.contacts.values()]
        yield victim, [*typed, *codes, *map(str, CHATS.values())]


async def test_nothing_stands_on_the_disk_in_the_log_in_the_process_or_in_a_column(
    walked: tuple[Victim, list[str]],
):
    victim, canaries = walked
    about = b"".join(
        Path(f"/proc/{victim.process.pid}/{name}").read_bytes() for name in ("cmdline", "environ")
    )
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
    values = []
    async with victim.storage.view() as uow:
        for table in (t.name for t in Base.metadata.sorted_tables if t.name != "facility"):
            for row in await uow.session.execute(text(f"SELECT * FROM {table}")):
                values += [v if isinstance(v, bytes) else str(v).encode() for v in row]
    return b"\n".join(values)


def test_the_scan_would_find_a_canary(tmp_path: Path):
    (tmp_path / "leak").write_bytes(b"..." + PHONE.encode("utf-16-le"))

    assert list(hits([PHONE], [tmp_path])) == [f"leak: {PHONE} as utf-16-le"]
