"""After the walk, the log at DEBUG: nothing anybody said or is called stands on disk or in the process."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.attacks.canaries import hits, needles
from tests.attacks.places import columns, files, process
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
    assert victim.process is not None
    about = list(process(victim.process.pid))
    victim.kill()

    place, stored = await columns(victim.storage)

    assert list(hits(needles(*canaries), [*files(victim.folder), *about, (place, stored)])) == []
    assert victim.log.stat().st_size > 0
    assert len(stored) > 5_000
