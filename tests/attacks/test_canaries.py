"""Canaries through every flow, and then nowhere: on no disk, in no database, log, backup or process."""

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.attacks.life import Life
from tests.attacks.scene import Scene, set_up
from tests.postgresql import Server

# The bot runs as `run` does, with its clock in our hand; the sandbox keeps nothing and knows nobody.
NOT_TYPED = {"run", "sandbox"}
# It would end the day for everybody; a story goes it.
NOT_TAPPED = ["tap seal"]
SAID = ("surprise", "an update cannot be read", "telegram", "a backup was written")


@pytest.fixture
def server(engine_name: str, request: pytest.FixtureRequest) -> Server | None:
    return request.getfixturevalue("telling_postgresql") if engine_name == "postgresql" else None


async def look_everywhere(scene: Scene) -> int:
    """Look where anything could be found, and return how many canaries there were."""
    await scene.looks_everywhere()

    assert scene.ungiven() == []
    assert [words for words in SAID if not scene.log_says(words)] == []
    assert scene.searched.total() > 1_000_000
    assert (scene.temporary_files, sorted(scene.found)) == ([], [])
    return len(scene.canaries.minted)


async def test_what_is_left_anywhere_is_found(tmp_path: Path, server: Server | None):
    async with set_up(tmp_path, server, is_typed=False) as scene:
        canary = scene.canaries.word()
        scene.operator.environment["SOMETHING"] = canary
        await scene.begins()
        for folder in ("host/data", "host/backups", "brought/key", "temporary"):
            (tmp_path / folder / "left").write_text(canary)
        async with scene.storage.unit() as uow:
            await uow.session.execute(text("UPDATE facility SET city = :city"), {"city": canary})
        await scene.operator.does("backup")
        await scene.looks_everywhere()

        places = [hit.rpartition(": ")[0] for hit in scene.found]
        expected = [
            "data/left",
            "backups/left",
            "temporary/left",
            "inside",
            "the columns",
            "environ",
        ]
        expected += ["the pages of"] if server is None else ["/base/", "/pg_wal/", "/log"]
        assert [where for where in expected if not any(where in place for place in places)] == []
        assert [place for place in places if "brought/key" in place] == []
        assert scene.temporary_files == ["left"]


async def test_some_hundred_canaries_are_found_nowhere(tmp_path: Path, server: Server | None):
    async with set_up(tmp_path, server, is_typed=False) as scene:
        code = await scene.begins()
        await Life(scene, supporters=1).first_day(code)

        assert await look_everywhere(scene) >= 300


@pytest.mark.proof
@pytest.mark.timeout(1800)
async def test_two_thousand_canaries_go_every_way_and_are_found_nowhere(
    tmp_path: Path, server: Server | None
):
    async with set_up(tmp_path, server, is_typed=True) as scene:
        code = await scene.begins()
        await Life(scene, supporters=24).whole(code)

        assert (sorted(scene.ways.left_out()), scene.operator.left_out()) == (NOT_TAPPED, NOT_TYPED)
        assert await look_everywhere(scene) >= 2_000
