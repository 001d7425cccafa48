"""The search that other attacks rely on: what is planted in a place is found there, in every spelling."""

import base64
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.backups.writing import back_up
from bot.configuration.settings import load_settings
from bot.installing.installation import create, open_installation
from storage.keyring import Purpose
from storage.unit_of_work import Storage
from tests.attacks.canaries import Canaries, hits, marks, needles, spellings
from tests.attacks.places import Lookout, bundles, columns, files, pages, parameters, process
from tests.keepers import Keeper, new_keeper
from tests.postgresql import Server
from tests.world import NOON

MARKS = marks()


def planted() -> dict[str, bytes]:
    """Return a canary of each kind in each of its spellings, by what a hit says of it."""
    canaries = Canaries()
    words = (
        canaries.word(),
        canaries.cyrillic(),
        canaries.phone().removeprefix("+"),
        str(canaries.account()),
    )
    return {f"{word[:9]} as {way}": written for word in words for way, written in spellings(word).items()}


PLANTED = planted()


def found(pieces: Iterator[tuple[str, bytes]] | list[tuple[str, bytes]]) -> set[str]:
    """Name what was found as `planted` does."""
    said = (hit.rpartition(": ")[2].partition(" as ") for hit in hits(MARKS, pieces))
    return {f"{what[:9]} as {way}" for what, _, way in said}


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return new_keeper(tmp_path)


@pytest.fixture
def url(engine_name: str, request: pytest.FixtureRequest) -> str:
    match engine_name:
        case "postgresql":
            return str(request.getfixturevalue("empty_postgresql"))
        case "telling postgresql":
            return str(request.getfixturevalue("telling_postgresql").address("poruch"))
    return ""


@pytest.fixture
async def storage(url: str, tmp_path: Path, keeper: Keeper) -> AsyncIterator[Storage]:
    """An installation in which every spelling stands in clear, in a table of its own."""
    environment = {"PORUCH_DATA_DIR": str(tmp_path / "data"), "PORUCH_DATABASE_URL": url}
    settings = load_settings(environment, tmp_path)
    create(settings, now=NOON, recipients=[keeper.recipient])
    storage = await open_installation(settings)
    kind = "BLOB" if storage.database.is_sqlite else "bytea"
    async with storage.unit() as uow:
        await uow.session.execute(text(f"CREATE TABLE planted (spelled {kind})"))
        await uow.session.execute(
            text("INSERT INTO planted VALUES (:spelled)"), [{"spelled": each} for each in PLANTED.values()]
        )
    yield storage
    await storage.database.close()


@pytest.mark.parametrize("before", range(4))
def test_base64_is_found_wherever_the_word_stands_in_it(before: int):
    for word in (Canaries().word(), Canaries().cyrillic()):
        around = base64.b64encode(b"\xff" * before + word.encode() + b"\xff\xff")

        assert len(list(hits(MARKS, [("there", around)]))) == 1


def test_every_canary_has_a_mark_and_none_is_minted_twice():
    canaries = Canaries()
    kinds = (
        canaries.word, canaries.cyrillic, canaries.phone, canaries.account, canaries.email, canaries.link,
        canaries.code, canaries.latitude, canaries.too_long,
    )  # fmt: skip
    said = [str(mint()) for _ in range(300) for mint in kinds]

    assert said == canaries.minted
    assert len(set(said)) == len(said)
    assert [word for word in said if not list(hits(MARKS, [("there", word.encode())]))] == []


def test_words_without_a_mark_are_found_too():
    assert list(hits(needles("kettle"), [("there", b"..a\0kettle")])) == ["there: kettle as utf-8"]


def test_a_file_is_found_however_deep_it_lies(tmp_path: Path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    for number, written in enumerate(PLANTED.values()):
        (tmp_path / "a" / "b" / str(number)).write_bytes(b"..." + written + bytes(9))

    assert found(files(tmp_path)) == set(PLANTED)
    assert found(files(tmp_path, but=list((tmp_path / "a" / "b").iterdir()))) == set()


async def test_every_column_is_searched(storage: Storage):
    assert found([await columns(storage)]) == set(PLANTED)


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_what_was_written_is_found_in_sqlites_pages_and_in_its_log(storage: Storage, tmp_path: Path):
    async with storage.unit() as uow:
        await uow.session.execute(text("INSERT INTO planted SELECT spelled FROM planted"))

    data, log = pages(tmp_path / "data", storage.keys.ring.primary(Purpose.DBK).key)
    assert (log[0].endswith("-wal"), found([log]), found([data])) == (True, set(PLANTED), set(PLANTED))
    assert found(files(tmp_path / "data")) == set()


@pytest.mark.parametrize("engine_name", ["telling postgresql"])
async def test_what_was_written_and_deleted_is_found_in_postgresqls_tables_its_wal_and_its_log(
    storage: Storage, telling_postgresql: Server
):
    async with storage.unit() as uow:
        # Twice, since the log's own page headers may cut through one.
        await uow.session.execute(text("INSERT INTO planted SELECT spelled FROM planted"))
        await uow.session.execute(text("DELETE FROM planted"))
    telling_postgresql.runs("CHECKPOINT")

    folder, log = telling_postgresql.folder, telling_postgresql.log
    assert found(files(folder / "base")) == set(PLANTED)
    assert found(files(folder / "pg_wal")) == set(PLANTED)
    assert found([parameters(log)]) == set(PLANTED)
    assert "qanarxuzj as hex" in found([("log", log.read_bytes())])


async def test_what_stands_in_the_database_is_found_inside_its_backup(
    storage: Storage, tmp_path: Path, keeper: Keeper
):
    canary = Canaries().cyrillic()
    async with storage.unit() as uow:
        await uow.session.execute(text("UPDATE facility SET city = :city"), {"city": canary})
    await back_up(storage, tmp_path / "backups", now=NOON, progress=lambda *_: None)

    assert found(files(tmp_path / "backups")) == set()
    assert "ъканарэйъ as utf-8" in found(bundles(tmp_path / "backups", keeper.identities))


def environment_of(values: Mapping[str, bytes]) -> dict[bytes, bytes]:
    return {f"CANARY_{number}".encode(): value for number, value in enumerate(values.values())}


def test_arguments_and_environment_of_a_process_are_searched():
    sayable = {name: written for name, written in PLANTED.items() if b"\0" not in written}
    # Its environment can be read only once it has begun, which it says.
    waits = [sys.executable, "-c", "print(flush=True); input()"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    environment = {os.fsencode(name): os.fsencode(value) for name, value in os.environ.items()}
    with (
        subprocess.Popen([*waits, *sayable.values()], **pipes) as told,
        subprocess.Popen(waits, env=environment | environment_of(sayable), **pipes) as given,
    ):
        for each in (told, given):
            assert each.stdout is not None
            each.stdout.readline()
        pieces = [dict(process(each.pid)) for each in (told, given)]
        for each in (told, given):
            each.communicate(b"\n")

    assert found([("there", pieces[0]["cmdline of the process"])]) == set(sayable)
    assert found([("there", pieces[1]["environ of the process"])]) == set(sayable)


@pytest.mark.parametrize("kind", ["TemporaryFile", "NamedTemporaryFile"])
def test_a_file_of_another_process_is_heard_of_that_lived_for_a_moment(tmp_path: Path, kind: str):
    lookout = Lookout(tmp_path)
    before = lookout.heard()

    made = f"import tempfile\nwith tempfile.{kind}(dir={str(tmp_path)!r}) as file: file.write(b'canary')"
    subprocess.run([sys.executable, "-c", made], check=True)

    assert (before, len(lookout.heard()), list(tmp_path.iterdir())) == ([], 1, [])
    lookout.closes()
