"""Sixty drafts of letters are checked by a running bot, and then no word of them is anywhere."""

import asyncio
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.attacks import registers
from tests.attacks.canaries import Canaries
from tests.attacks.crowd import Supporter
from tests.attacks.life import A_MINUTE
from tests.attacks.places import files
from tests.attacks.scene import Scene, set_up
from tests.attacks.victim import WAIT_SECONDS
from tests.postgresql import Server
from tests.solidarity.letter_check.test_drafts import DRAFTS

# Shorter words stand everywhere by chance.
LONG = 7
CYRILLIC = re.compile(rb"(?:[\xd0\xd1\xd2][\x80-\xbf]){%d,}" % LONG)
LATIN = re.compile(rb"[A-Za-z]{%d,}" % LONG)


@pytest.fixture
def server(engine_name: str, request: pytest.FixtureRequest) -> Server | None:
    return request.getfixturevalue("telling_postgresql") if engine_name == "postgresql" else None


class LongWords:
    """Finds the long words of some texts, but for those that stood there before anybody wrote them."""

    def __init__(self, texts: list[str]) -> None:
        self.looked_for = {
            word.encode() for each in texts for word in re.findall(rf"[^\W\d_]{{{LONG},}}", each)
        }

    def learn(self, content: bytes) -> Iterator[str]:
        self.looked_for -= self._words(content)
        yield from ()

    def find(self, content: bytes) -> Iterator[str]:
        yield from (word.decode() for word in self.looked_for & self._words(content))

    def _words(self, content: bytes) -> set[bytes]:
        return {*CYRILLIC.findall(content), *LATIN.findall(content)}


def drafts_of(mint: Canaries, each_language: int) -> dict[str, list[str]]:
    """Return the last drafts of each language, which are the bad ones, each with canaries all over it."""

    def marked(draft: str) -> str:
        half = draft.index(" ", len(draft) // 2)
        return (
            f"{mint.cyrillic()} {draft[:half]} {mint.word()}{draft[half:]} {mint.email()} {mint.cyrillic()}"
        )

    return {
        language: [marked(each["draft"]) for each in drafts[-each_language:]]
        for language, drafts in DRAFTS.items()
    }


async def checks(scene: Scene, who: Supporter, drafts: list[str]) -> None:
    """Let somebody who writes one letter have all of them checked, one after another."""
    for number, draft in enumerate(drafts, 1):
        await who.says(draft)
        await scene.telegram.until(lambda number=number: len(advice(who)) == number, WAIT_SECONDS)
    # What people write is gone long before what the bot writes.
    assert not [one for one in who.person.visible if not one.is_from_bot]


def advice(who: Supporter) -> list[str]:
    return [one.text for one in who.person.visible if "Advice on your letter" in one.text]


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("each_language", "fewest_words"),
    [pytest.param(3, 50, id="nine"), pytest.param(20, 400, id="sixty", marks=pytest.mark.proof)],
)
async def test_of_drafts_that_were_checked_no_word_is_left_anywhere(
    tmp_path: Path, server: Server | None, each_language: int, fewest_words: int
):
    async with set_up(tmp_path, server, is_typed=False) as scene:
        await scene.begins()
        rows = registers.as_lines(registers.prisoners(scene.canaries))
        await scene.operator.does("import", "prisoners", scene.brings("own.jsonl", rows), "--confirm")
        drafts = drafts_of(scene.canaries, each_language)
        words = LongWords([draft for each in drafts.values() for draft in each])
        scene.finders.append(words.learn)
        scene.looks()
        for _, content in [] if server is None else files(server.folder):
            list(words.learn(content))
        assert len(words.looked_for) > fewest_words
        scene.finders[:] = [words.find]

        people = [Supporter(scene.telegram, scene.canaries, scene.storage, scene.ways) for _ in drafts]
        for who in people:
            await who.agrees()
            await who.says("/menu")
            await who.taps("Write one letter", "Russian: …", "Done", "I'll write", "Check my letter")
        scene.telegram.clock.set(scene.now + A_MINUTE)
        # Side by side, since a chat gets a message a second.
        await asyncio.gather(*map(partial(checks, scene), people, drafts.values()))
        scene.looks()
        await scene.restarts()
        await scene.operator.does("backup")
        await scene.looks_everywhere()

        assert scene.ungiven() == []
        assert scene.searched.total() > 1_000_000
        assert (scene.temporary_files, sorted(scene.found)) == ([], [])
        assert not scene.log_says("surprise")


async def test_a_word_of_a_draft_that_is_left_is_found(tmp_path: Path, server: Server | None):
    async with set_up(tmp_path, server, is_typed=False) as scene:
        await scene.begins()
        words = LongWords([DRAFTS["be"][0]["draft"]])
        scene.finders.append(words.find)
        (tmp_path / "host" / "data" / "left").write_text(DRAFTS["be"][0]["draft"])
        scene.looks()

        assert any("data/left" in each for each in scene.found)
