"""Destroying: nothing opens afterwards, whatever state the installation and its database are in."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text

from bot.backups.writing import back_up
from bot.host.refusals import InstallationError
from bot.host.run_lock import RotationLock, RunLock
from bot.installing.destruction import Destroyed, destroy
from bot.installing.whereabouts import Places, places_of
from bot.recovery.restoring import restore
from storage import destroying
from storage.database import FILE_NAME
from storage.destroying import destroy_files
from storage.shredding import shred
from tests.bot.filled import PHRASE, Ground, everything, make_ground, opened, said_of
from tests.bot.listeners import bound
from tests.bot.rights import no_rights
from tests.world import NOON, new_person

TOKEN = "7000000001:secret-token"
DEAD_URL = "postgresql+psycopg://poruch@127.0.0.1:9/poruch"


def unheard(stage: str, done: int, total: int) -> None:
    """Show nothing."""


@pytest.fixture
async def ground(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Ground:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    ground = await make_ground(tmp_path, url)
    (tmp_path / "token").write_text(TOKEN)
    return ground


def places(ground: Ground, **changes: str) -> Places:
    given = {"PORUCH_DATA_DIR": "data", "PORUCH_TOKEN_FILE": "token", "PORUCH_BACKUP_DIR": "backups"}
    if ground.settings.database_url is not None:
        given["PORUCH_DATABASE_URL"] = ground.settings.database_url.get_secret_value()
    return places_of(given | changes, ground.settings.data_dir.parent)


def data_keys(ground: Ground) -> int:
    assert ground.settings.database_url is not None
    engine = create_engine(ground.settings.database_url.get_secret_value())
    with engine.connect() as connection:
        count = connection.execute(text("SELECT count(*) FROM data_key")).scalar_one()
    engine.dispose()
    return int(count)


async def test_keys_token_and_database_are_gone(ground: Ground, tmp_path: Path) -> None:
    result = destroy(places(ground))

    assert result.failed == []
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        [".backup.lock", "identity.txt", "recovery.age"]
    )
    if ground.settings.database_url is not None:
        assert data_keys(ground) == 0


async def test_the_data_folder_that_is_left_is_as_empty_as_a_new_one(ground: Ground) -> None:
    folder = ground.settings.data_dir
    for lock in (RunLock, RotationLock):
        lock(folder).release()
    for name in ("7.sock", ".0123456789abcdef"):
        with bound(folder / "control" / name):
            pass
    (folder / ".restoring").mkdir()
    (folder / ".restoring" / FILE_NAME).write_bytes(b"half of it")

    result = destroy(places(ground))

    assert (result.failed, list(folder.iterdir())) == ([], [])


async def test_what_is_not_ours_stays_in_the_data_folder_and_is_named(tmp_path: Path) -> None:
    ground = await make_ground(tmp_path)
    for name in ("notes.txt", "control/7.log"):
        (ground.settings.data_dir / name).parent.mkdir(exist_ok=True)
        (ground.settings.data_dir / name).write_text("somebody's")

    result = destroy(places(ground))

    assert result.failed == []
    assert [line for line in result.beyond if "notes.txt" in line and "control" in line] != []


async def test_a_process_that_could_not_be_ended_is_found_again(tmp_path: Path) -> None:
    ground = await make_ground(tmp_path)
    place = ground.settings.data_dir / "control" / "7.sock"
    with RunLock(ground.settings.data_dir), bound(place) as listening:
        listening.listen()
        first, second = destroy(places(ground)), destroy(places(ground))

    assert len(first.failed) == 2
    assert second.failed == first.failed


async def test_nothing_opens_afterwards_and_the_backup_brings_it_back(ground: Ground, tmp_path: Path) -> None:
    async with opened(ground.settings) as storage:
        await back_up(storage, ground.backups, now=NOON, progress=unheard)

    destroy(places(ground))

    with pytest.raises(InstallationError):
        await everything(ground.settings)
    fresh = ground.elsewhere(tmp_path / "fresh")
    belief, identities = ground.belief(fresh), ground.keeper.identities
    await restore(fresh, ground.backups, identities, belief=belief, now=NOON, progress=unheard)
    assert (await said_of(fresh, ground.people["alice"]))["phrase"] == PHRASE


async def test_a_file_that_is_still_linked_elsewhere_holds_nothing_any_more(tmp_path: Path) -> None:
    ground = await make_ground(tmp_path)
    ring, file = tmp_path / "ring", tmp_path / "file"
    os.link(ground.settings.data_dir / "keyring.bin", ring)
    os.link(ground.settings.data_dir / FILE_NAME, file)

    destroy(places(ground))

    assert set(ring.read_bytes()) == {0}
    assert set(file.read_bytes()[: 2**16]) == {0}


def test_many_large_files_take_no_longer_than_one(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}").write_bytes(b"x" * 2**22)
        os.link(tmp_path / f"{number}", tmp_path / f"{number}.linked")

    destroy_files([tmp_path / f"{number}" for number in range(20)], seconds=0)

    left = [path.read_bytes() for path in tmp_path.iterdir()]
    assert {len(content.strip(b"\0")) for content in left} == {2**22 - 2**20}


def test_the_time_for_overwriting_is_for_all_files_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, given = 0.0, []

    def slow(path: Path, *, seconds: float) -> bool:
        nonlocal now
        given.append(seconds)
        now += 0.15
        return True

    monkeypatch.setattr(destroying.time, "monotonic", lambda: now)
    monkeypatch.setattr(destroying, "shred", slow)

    destroy_files([tmp_path / "a", tmp_path / "b", tmp_path / "c"], seconds=0.2)

    assert given == pytest.approx([0.2, 0.05, 0])


async def test_leftovers_of_a_broken_writing_and_copies_of_upgrades_go_too(tmp_path: Path) -> None:
    ground = await make_ground(tmp_path)
    folder = ground.settings.data_dir
    for name in (".keyring.bin.abc123", "poruch-0001.db", "poruch-0001-2.db", "poruch.db-wal"):
        (folder / name).write_bytes(b"something")

    destroy(places(ground))

    assert list(folder.iterdir()) == []


async def test_without_the_key_file_it_works_as_well(ground: Ground, tmp_path: Path) -> None:
    (tmp_path / "data-key" / "unseal.key").unlink()

    assert destroy(places(ground)).failed == []
    assert not (ground.settings.data_dir / "keyring.bin").exists()


async def test_while_others_hold_the_database(ground: Ground) -> None:
    async with opened(ground.settings) as storage, storage.unit() as uow:
        await uow.people.add(new_person(), chat_id=1, phrase="being written just now")

        result = destroy(places(ground))

        assert not (ground.settings.data_dir / "keyring.bin").exists()
        assert result.failed == []
        await uow.session.rollback()


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_a_row_that_somebody_holds_keeps_back_no_other_and_is_named(ground: Ground) -> None:
    before = data_keys(ground)
    begun = time.monotonic()
    with held_key(ground):
        result = destroy(places(ground))

        assert time.monotonic() - begun < 2
        assert data_keys(ground) == 1
        assert [line.partition(" in ")[0] for line in result.failed] == [f"1 of {before} data keys"]
        assert not any("data keys" in line for line in result.done)

    assert destroy(places(ground)).failed == []
    assert data_keys(ground) == 0


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_a_row_that_is_let_go_of_in_time_goes_too(ground: Ground) -> None:
    with held_key(ground) as held, ThreadPoolExecutor() as beside:

        def let_go() -> None:
            while data_keys(ground) > 1:
                continue
            held.rollback()

        letting_go = beside.submit(let_go)

        assert destroy(places(ground)).failed == []

        letting_go.result()
    assert data_keys(ground) == 0


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_who_reads_the_keys_keeps_none_from_being_destroyed(ground: Ground) -> None:
    with held_key(ground, for_update=False):
        assert destroy(places(ground)).failed == []
        assert data_keys(ground) == 0


@contextmanager
def held_key(ground: Ground, *, for_update: bool = True) -> Iterator[Connection]:
    """Be in a transaction that holds one data key, or only looks at it."""
    assert ground.settings.database_url is not None
    engine = create_engine(ground.settings.database_url.get_secret_value())
    with engine.connect() as connection:
        connection.execute(text(f"SELECT * FROM data_key LIMIT 1{' FOR UPDATE' * for_update}"))
        yield connection
    engine.dispose()


@pytest.mark.parametrize(
    "url", ["sqlite:///made.db", "postgresql://poruch@127.0.0.1:9/poruch", "mysql://x/y", "no address"]
)
def test_whatever_stands_where_the_database_should_be_named_is_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.chdir(tmp_path)

    result = destroy(places_of({"PORUCH_DATABASE_URL": url}, tmp_path))

    assert any("data keys are still there" in line for line in result.failed)
    assert list(tmp_path.iterdir()) == []


async def test_a_database_that_does_not_answer_is_named_and_the_rest_destroyed(tmp_path: Path) -> None:
    ground = await make_ground(tmp_path)
    begun = time.monotonic()

    result = destroy(places(ground, PORUCH_DATABASE_URL=DEAD_URL))

    assert time.monotonic() - begun < 2
    assert any("does not answer" in line for line in result.failed)
    assert not (ground.settings.data_dir / "keyring.bin").exists()


async def test_a_second_time_goes_on_where_the_first_ended(ground: Ground) -> None:
    (ground.settings.data_dir / "keyring.bin").unlink()

    result = destroy(places(ground))

    assert ("the key ring" in result.done, result.failed) == (False, [])
    assert not (ground.settings.data_dir / FILE_NAME).exists()


async def test_only_what_was_there_is_said_to_be_destroyed(ground: Ground, tmp_path: Path) -> None:
    (tmp_path / "token").unlink()
    first, second = destroy(places(ground)), destroy(places(ground))

    database = "the database file" if ground.settings.database_url is None else "the wrapped data keys"
    assert [what.removesuffix(" in the database") for what in first.done] == [
        "the key ring",
        "the key file",
        database,
    ]
    assert (second.done, second.failed) == ([], [])


@pytest.mark.parametrize("left", ["data-key/unseal.key", "token", ".env", "data/control/1.sock"])
def test_a_second_time_finds_whatever_the_first_did_not_come_to(tmp_path: Path, left: str) -> None:
    (tmp_path / left).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / left).write_text(f"PORUCH_TOKEN={TOKEN}\n")

    assert not places_of({"PORUCH_TOKEN_FILE": "token"}, tmp_path).is_empty()


async def test_after_a_second_time_nothing_is_left_to_be_found(tmp_path: Path) -> None:
    ground = await make_ground(tmp_path)
    (tmp_path / ".env").write_text(f"PORUCH_TOKEN={TOKEN}\nPORUCH_LOG_LEVEL=INFO\n")
    destroy(places(ground))

    assert places(ground).is_empty()


async def test_a_recovery_copy_that_was_not_moved_goes_and_is_named(tmp_path: Path) -> None:
    ground = await make_ground(tmp_path)
    unmoved = tmp_path / "data-key" / "recovery.age"
    for name in ("recovery.age", ".backup.lock"):
        shutil.copy(ground.backups / name, unmoved.with_name(name))

    result = destroy(places(ground))

    assert ("the recovery copy that was not moved" in result.done, result.failed) == (True, [])
    assert list(unmoved.parent.iterdir()) == []


@pytest.mark.parametrize("folder", ["backups", "keys"])
def test_a_recovery_copy_that_may_belong_elsewhere_stays_and_is_named(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "recovery.age").write_text("sealed")
    given = {"PORUCH_BACKUP_DIR": "backups", "PORUCH_KEY_SOURCE": "file:keys/unseal.key"}

    result = destroy(places_of(given, tmp_path))

    assert [line for line in result.beyond if str(tmp_path / folder / "recovery.age") in line] != []
    assert (tmp_path / folder / "recovery.age").exists()


def test_a_recovery_copy_beside_a_key_of_ones_own_place_goes_without_a_place_for_backups(
    tmp_path: Path,
) -> None:
    (tmp_path / "recovery.age").write_text("sealed")

    destroy(places_of({"PORUCH_KEY_SOURCE": "file:unseal.key"}, tmp_path))

    assert not (tmp_path / "recovery.age").exists()


def test_a_wrong_line_hides_none_of_the_others_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "keyring.bin").write_text("sealed")
    (tmp_path / ".env").write_text("what is this?\nPORUCH_BACKUP_DIR backups\nPORUCH_DATA_DIR=elsewhere\n")

    result = destroy(places_of({}, tmp_path))

    assert result.done == ["the key ring"]
    assert [line.partition(" is not")[0] for line in result.failed] == [f"{tmp_path / '.env'}, line 2,"]


def test_an_address_of_a_database_that_cannot_be_read_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "bytes").write_bytes(b"\xff")
    (tmp_path / "empty").write_text("\n")
    os.mkfifo(tmp_path / "pipe")
    for name in ("missing", "folder", "bytes", "empty", "pipe"):
        result = destroy(places_of({"PORUCH_DATABASE_URL_FILE": name}, tmp_path))

        assert [line for line in result.failed if "data keys" in line] == result.failed != []


def test_settings_that_name_nothing_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "keyring.bin").write_text("sealed")
    (tmp_path / ".env").write_text(
        'PORUCH_KEY_SOURCE=env:\nPORUCH_TOKEN_FILE="a\0b"\nPORUCH_BACKUP_DIR="\\n"\nOTHER=1\n'
    )
    before = (tmp_path / ".env").read_text()

    result = destroy(places_of({}, tmp_path))

    assert result.done == ["the key ring"]
    assert [line.partition(" ")[0] for line in result.failed] == ["PORUCH_TOKEN_FILE", "PORUCH_KEY_SOURCE"]
    assert (tmp_path / ".env").read_text() == before


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to(path)])
def test_an_env_file_that_cannot_be_read_is_no_success(
    tmp_path: Path, make: Callable[[Path], object]
) -> None:
    make(tmp_path / ".env")

    assert any(".env cannot be read" in line for line in destroy(places_of({}, tmp_path)).failed)


async def test_who_may_not_look_into_the_data_folder_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground = await make_ground(tmp_path)
    monkeypatch.chdir(tmp_path)
    ground.settings.data_dir.chmod(0o700 if os.geteuid() == 0 else 0)
    with no_rights("."):
        result = destroy(places_of({}, Path()))

    ground.settings.data_dir.chmod(0o700)
    assert ("the key ring" in result.done, "as its owner" in result.failed[0]) == (False, True)
    assert (ground.settings.data_dir / "keyring.bin").exists()


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"PORUCH_TOKEN={TOKEN}\n", id="plain"),
        pytest.param(f"PORUCH_TOKEN = {TOKEN}\n", id="spaces"),
        pytest.param(f"\tPORUCH_TOKEN\t=\t{TOKEN}\n", id="tabs"),
        pytest.param(f"export PORUCH_TOKEN='{TOKEN}'\n", id="exported"),
        pytest.param(f"export\t'PORUCH_TOKEN' = \"{TOKEN}\" # mine\n", id="all of it"),
        pytest.param(f"PORUCH_TOKEN=\r\nPORUCH_TOKEN={TOKEN}\r\n", id="twice, from another system"),
        pytest.param(f"\ufeffPORUCH_TOKEN={TOKEN}\n", id="behind an order mark"),
        pytest.param(f"#PORUCH_TOKEN={TOKEN}\n", id="switched off"),
        pytest.param(f"PORUCH_TOKEN: {TOKEN}\n", id="not understood"),
        pytest.param(f'PORUCH_TOKEN="{TOKEN}\n', id="a quote left open"),
        pytest.param(f"poruch_token={TOKEN}\n", id="small letters"),
    ],
)
def test_a_token_goes_out_of_the_env_file_however_it_is_written(tmp_path: Path, line: str) -> None:
    env = tmp_path / ".env"
    env.write_bytes(f"{line}# settings\nPORUCH_LOG_LEVEL=INFO\nOTHER={{".encode() + b"\xff\n")
    os.link(env, tmp_path / "linked")

    result = destroy(places_of({}, tmp_path))

    assert env.read_bytes() == b"# settings\nPORUCH_LOG_LEVEL=INFO\nOTHER={\xff\n"
    assert (tmp_path / "linked").read_bytes() == env.read_bytes()
    assert (f"the token in {env}" in result.done, result.failed) == (True, [])


def test_an_env_file_in_which_only_the_token_stood_goes(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"\nPORUCH_TOKEN={TOKEN}\n\n")

    destroy(places_of({}, tmp_path))

    assert not (tmp_path / ".env").exists()


def test_a_key_that_stands_in_the_env_file_goes_out_of_it(tmp_path: Path) -> None:
    source = "PORUCH_KEY_SOURCE=env:PORUCH_UNSEAL\n"
    (tmp_path / ".env").write_text(f"{source}PORUCH_UNSEAL={'5e' * 32}\n")

    destroy(places_of({}, tmp_path))

    assert (tmp_path / ".env").read_text() == source


def test_an_env_file_without_a_token_stays_as_it_is(tmp_path: Path) -> None:
    text = "PORUCH_LOG_LEVEL=INFO\nPORUCH_TOKEN_FILE=token\nMY_PORUCH_TOKEN_IS_ELSEWHERE=1\n"
    (tmp_path / ".env").write_text(text)

    assert places_of({}, tmp_path).env_file is None
    assert (tmp_path / ".env").read_text() == text


def test_files_that_the_settings_name_go_also_where_they_name_links(tmp_path: Path) -> None:
    given = {"PORUCH_TOKEN_FILE": "token", "PORUCH_KEY_SOURCE": "file:key"}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("token", "key", ".env"):
        (elsewhere / name).write_text(f"PORUCH_TOKEN={TOKEN}\nPORUCH_LOG_LEVEL=INFO\n")
        os.link(elsewhere / name, elsewhere / f"linked-{name}")
        (tmp_path / f"between-{name}").symlink_to(elsewhere / name)
        (tmp_path / name).symlink_to(f"between-{name}")

    result = destroy(places_of(given, tmp_path))

    assert result.failed == []
    assert sorted(path.name for path in elsewhere.iterdir()) == [
        ".env",
        "linked-.env",
        "linked-key",
        "linked-token",
    ]
    assert [path for path in elsewhere.iterdir() if TOKEN.encode() in path.read_bytes()] == []
    assert not (tmp_path / "token").is_symlink()


def test_a_named_link_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    (tmp_path / "token").symlink_to("not-mounted/token")

    result = destroy(places_of({"PORUCH_TOKEN_FILE": "token"}, tmp_path))

    assert "the token's file" not in result.done
    assert any("token is a link" in line for line in result.failed)


def test_a_link_that_mallory_put_in_a_named_files_place_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "precious").write_text("of somebody else")
    target, link = tmp_path / "precious", tmp_path / "token"
    if os.geteuid() != 0:
        # Without root no file is owned by two: the one who destroys is told to be another.
        mine = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
        target = Path("/etc/passwd")
    before = target.read_bytes()
    link.symlink_to(target)
    if os.geteuid() == 0:
        os.lchown(link, 65_534, 65_534)

    result = destroy(places_of({"PORUCH_TOKEN_FILE": "token"}, tmp_path))

    assert target.read_bytes() == before
    assert [line for line in result.failed if str(link) in line] != []


@pytest.mark.parametrize("name", [FILE_NAME, f"{FILE_NAME}-wal", "keyring.bin", "poruch-0001.db"])
async def test_other_links_are_named_and_not_followed(tmp_path: Path, name: str) -> None:
    ground = await make_ground(tmp_path)
    link, target = ground.settings.data_dir / name, tmp_path / "target"
    target.write_text("somebody else's")
    link.unlink(missing_ok=True)
    link.symlink_to(target)

    result = destroy(places(ground))

    assert target.read_text() == "somebody else's"
    assert [line for line in result.failed if f"{link} is a link" in line] == result.failed != []
    assert ("the database file" in result.done) == (name == "keyring.bin")


async def test_behind_a_link_in_the_place_of_a_broken_restore_nothing_is_destroyed(tmp_path: Path) -> None:
    ground = await make_ground(tmp_path)
    elsewhere, link = tmp_path / "elsewhere", ground.settings.data_dir / ".restoring"
    elsewhere.mkdir()
    (elsewhere / FILE_NAME).write_text("somebody else's")
    link.symlink_to(elsewhere)

    result = destroy(places(ground))

    assert (elsewhere / FILE_NAME).read_text() == "somebody else's"
    assert [line for line in result.failed if f"{link} is a link" in line] == result.failed != []


async def test_a_link_among_the_sockets_is_named_as_one(tmp_path: Path) -> None:
    ground = await make_ground(tmp_path)
    link = ground.settings.data_dir / "control" / "1.sock"
    link.parent.mkdir()
    link.symlink_to("/run/foreign.sock")

    result = destroy(places(ground))

    assert [line for line in result.failed if f"{link} is a link" in line] == result.failed != []


def test_what_its_owner_may_only_read_is_overwritten_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("token").write_text(TOKEN)
    Path("token").chmod(0o400)
    os.link("token", "linked")
    with no_rights("token", "."):
        shred(Path("token"))

    assert Path("linked").read_bytes() == bytes(len(TOKEN))


def test_what_lies_elsewhere_is_named(tmp_path: Path) -> None:
    given = {"PORUCH_KEY_SOURCE": "credential:unseal", "PORUCH_BACKUP_DIR": "/mnt/stick"}

    said = " ".join(said_by(destroy(places_of(given, tmp_path))))

    assert [word for word in ("/revoke", "unseal", "/mnt/stick", "Snapshots") if word not in said] == []


def said_by(result: Destroyed) -> list[str]:
    return [*result.failed, *result.beyond]


@pytest.mark.proof
@pytest.mark.timeout(900)
async def test_five_thousand_people_are_destroyed_within_two_seconds(ground: Ground) -> None:
    async with opened(ground.settings) as storage:
        for start in range(0, 5_000, 500):
            async with storage.unit() as uow:
                for number in range(start, start + 500):
                    await uow.people.add(new_person(), chat_id=9_000_000_000 + number, phrase=PHRASE)
    begun = time.monotonic()

    result = destroy(places(ground))

    assert time.monotonic() - begun <= 2
    assert result.failed == []
