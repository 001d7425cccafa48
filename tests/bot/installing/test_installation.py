import asyncio
import errno
import inspect
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.configuration.settings import Settings
from bot.host import unsealing as unsealing_module
from bot.host.run_lock import RunLock
from bot.host.unsealing import read_secret
from bot.installing import installation as installation_module
from bot.installing.installation import InstallationError, Installed, create, open_installation
from bot.installing.upgrading import upgrade
from solidarity import codes
from solidarity.code_words import normalise_code
from storage.key_sources import create_key_file
from storage.keyring import KeyRing
from storage.models import CodeKind
from storage.passwords import Cost
from storage.unit_of_work import Storage
from tests.world import NOON


@pytest.fixture
def settings(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """A place where nothing is installed yet."""
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    return Settings(data_dir=tmp_path / "data", database_url=url)


@pytest.fixture
def installed(settings: Settings) -> Installed:
    return create(settings, now=NOON)


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def closing(storage: Storage) -> None:
    await storage.database.close()


@pytest.fixture
def in_a_file(tmp_path: Path) -> Settings:
    """An installation on SQLite."""
    settings = Settings(data_dir=tmp_path / "data")
    create(settings, now=NOON)
    return settings


async def test_a_new_installation_can_be_opened(settings: Settings, installed: Installed) -> None:
    storage = await open_installation(settings)

    async with storage.view() as uow:
        places = await uow.facilities.all()
        code = await uow.codes.get_by_words(normalise_code(installed.administrator_code) or "", now=NOON)
    await closing(storage)

    assert (len(places), {place.verified_on for place in places}) == (32, {None})
    assert code is not None
    assert (code.kind, code.issued_by) == (CodeKind.ADMINISTRATOR, None)


async def test_what_is_made_is_readable_by_its_owner_only(settings: Settings, installed: Installed) -> None:
    folder, key = settings.data_dir, Path(installed.key_file)

    assert (mode(folder), mode(key.parent), mode(key)) == (0o700, 0o700, 0o600)
    assert {mode(path) for path in folder.iterdir()} == {0o600}
    assert not key.is_relative_to(folder)


def test_what_the_operator_is_told_holds_no_secret(settings: Settings, installed: Installed) -> None:
    assert installed.administrator_code not in repr(installed)
    assert "://" not in installed.database


def test_an_installation_is_not_made_over_another(settings: Settings, installed: Installed) -> None:
    before = files(settings.data_dir.parent)

    with pytest.raises(InstallationError, match="already"):
        create(settings, now=NOON)

    assert files(settings.data_dir.parent) == before


def test_a_database_that_holds_an_installation_is_left_alone(new_postgresql: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", database_url=new_postgresql)

    with pytest.raises(InstallationError, match="already"):
        create(settings, now=NOON)

    assert files(tmp_path) == {}


async def test_a_key_that_lies_ready_is_used_and_not_changed(settings: Settings, tmp_path: Path) -> None:
    key = tmp_path / "data-key" / "unseal.key"
    key.parent.mkdir(mode=0o700)
    key.write_text(os.urandom(32).hex())
    key.chmod(0o600)
    before = key.read_bytes()

    create(settings, now=NOON, use_key=True)
    await closing(await open_installation(settings))

    assert key.read_bytes() == before


async def test_it_can_be_made_where_a_loop_is_running(settings: Settings) -> None:
    create(settings, now=NOON)

    await closing(await open_installation(settings))


async def test_a_folder_that_is_there_is_closed_to_others(settings: Settings) -> None:
    settings.data_dir.mkdir(mode=0o755)

    create(settings, now=NOON)

    assert mode(settings.data_dir) == 0o700


class Failing:
    """Fails at one step of making an installation, as a full disk or a bug would."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def __call__(self, *_: object, **__: object) -> None:
        raise self.error


@pytest.mark.parametrize("step", ["create_key_file", "create_private", "add_installation", "give_staff_code"])
@pytest.mark.parametrize(
    "error",
    [
        pytest.param(OSError(errno.ENOSPC, "No space left on device"), id="full"),
        pytest.param(KeyboardInterrupt(), id="interrupted"),
    ],
)
def test_where_it_fails_nothing_is_left(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    modules = {"create_key_file": unsealing_module, "give_staff_code": codes}
    monkeypatch.setattr(modules.get(step, installation_module), step, Failing(error))

    with pytest.raises((InstallationError, KeyboardInterrupt)) as caught:
        create(settings, now=NOON)

    monkeypatch.undo()
    assert files(tmp_path) == {}
    if isinstance(error, OSError):
        assert str(caught.value) == "the disk is full; make room and try again"
    assert create(settings, now=NOON).administrator_code


def test_a_second_init_is_refused_while_the_first_makes_its_key(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[str] = []

    def create_second(path: Path) -> bytes:
        monkeypatch.undo()
        with pytest.raises(InstallationError) as refusal:
            create(settings, now=NOON)
        refused.append(str(refusal.value))
        return create_key_file(path)

    monkeypatch.setattr(unsealing_module, "create_key_file", create_second)

    installed = create(settings, now=NOON)

    assert len(refused) == 1
    assert installed.administrator_code


def test_a_folder_that_was_there_stays_as_it_was_where_it_fails(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.data_dir.mkdir(mode=0o755)
    monkeypatch.setattr(codes, "give_staff_code", Failing(OSError(errno.ENOSPC, "full")))

    with pytest.raises(InstallationError):
        create(settings, now=NOON)

    assert (mode(settings.data_dir), files(settings.data_dir)) == (0o755, {})


def test_a_key_inside_the_data_folder_is_refused(settings: Settings, tmp_path: Path) -> None:
    inside = settings.model_copy(update={"key_source": f"file:{settings.data_dir}/key"})

    with pytest.raises(InstallationError, match="data folder"):
        create(inside, now=NOON)

    assert files(tmp_path) == {}


def test_where_a_file_is_in_the_way_nothing_is_made(settings: Settings, tmp_path: Path) -> None:
    settings.data_dir.write_text("mine")

    with pytest.raises(InstallationError):
        create(settings, now=NOON)

    assert files(tmp_path) == {"data": b"mine"}


async def _called(work: Callable[..., object], settings: Settings) -> None:
    result = work(settings, now=NOON) if work is create else work(settings)
    if inspect.isawaitable(result):
        await result


@pytest.mark.parametrize("work", [create, upgrade, open_installation], ids=["init", "upgrade", "open"])
async def test_a_database_that_cannot_be_reached_is_named_without_its_address(
    tmp_path: Path, unused_tcp_port: int, work: Callable[..., object]
) -> None:
    url = f"postgresql+psycopg://poruch:hunter2@127.0.0.1:{unused_tcp_port}/secretname"
    settings = Settings(data_dir=tmp_path / "data", database_url=url)
    if work is not create:
        create(Settings(data_dir=tmp_path / "data"), now=NOON)
    before = files(tmp_path)

    with pytest.raises(InstallationError) as caught:
        await _called(work, settings)

    line = str(caught.value)
    assert line == "the database cannot be reached; check that it runs, and PORUCH_DATABASE_URL"
    assert files(tmp_path) == before


async def refusal(settings: Settings) -> str:
    """Open what must be refused; returns the line, and sees to it that nothing was changed."""
    before = files(settings.data_dir.parent)

    with pytest.raises(InstallationError) as caught:
        await open_installation(settings)

    assert files(settings.data_dir.parent) == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


async def test_where_nothing_is_installed_it_says_where_it_looked_and_what_to_run(settings: Settings) -> None:
    line = await refusal(settings)

    assert [
        word for word in (str(settings.data_dir), "PORUCH_DATA_DIR", "poruch init") if word not in line
    ] == []


async def test_a_missing_key_file_is_named_and_the_ways_to_a_key(
    settings: Settings, installed: Installed
) -> None:
    Path(installed.key_file).unlink()

    line = await refusal(settings)

    assert f"{installed.key_file} is missing" in line
    assert [word for word in ("PORUCH_KEY_SOURCE", "poruch restore") if word not in line] == []
    assert "init" not in line


async def test_a_wrong_key_is_refused(settings: Settings, installed: Installed) -> None:
    Path(installed.key_file).write_text(os.urandom(32).hex())

    assert "PORUCH_KEY_SOURCE names another key" in await refusal(settings)


async def test_a_missing_keyring_is_named_and_the_ways_to_one(
    settings: Settings, installed: Installed
) -> None:
    (settings.data_dir / "keyring.bin").unlink()

    line = await refusal(settings)

    assert "keyring.bin is missing" in line
    assert [word for word in ("PORUCH_DATA_DIR", "poruch restore") if word not in line] == []


async def test_beside_a_database_nobody_is_sent_to_make_a_new_installation(in_a_file: Settings) -> None:
    (in_a_file.data_dir / "keyring.bin").unlink()

    assert "init" not in await refusal(in_a_file)


async def test_a_damaged_keyring_is_refused(settings: Settings, installed: Installed) -> None:
    (settings.data_dir / "keyring.bin").write_bytes(b"PORUCHKR\x01" + b"?" * 200)

    assert "keyring" in await refusal(settings)


async def test_a_keyring_of_another_installation_is_refused(
    settings: Settings, installed: Installed, tmp_path: Path
) -> None:
    other = Settings(data_dir=tmp_path / "other", key_source=settings.key_source)
    create(other, now=NOON, use_key=True)
    shutil.copyfile(other.data_dir / "keyring.bin", settings.data_dir / "keyring.bin")

    assert "different installations" in await refusal(settings)


async def test_an_older_keyring_is_refused(settings: Settings, installed: Installed) -> None:
    storage = await open_installation(settings)
    async with storage.unit() as uow:
        await uow.session.execute(text("UPDATE installation SET keyring_generation = 2"))
    await closing(storage)

    assert "generation 1" in await refusal(settings)


async def test_a_later_keyring_is_remembered(settings: Settings, installed: Installed) -> None:
    secret = bytes.fromhex(Path(installed.key_file).read_text())
    keyring = settings.data_dir / "keyring.bin"
    ring = KeyRing.load(keyring, secret)
    ring.advanced(ring.entries).save(keyring, secret)

    storage = await open_installation(settings)
    async with storage.view() as uow:
        remembered = await uow.session.scalar(text("SELECT keyring_generation FROM installation"))
    await closing(storage)

    assert remembered == 2


@pytest.mark.parametrize(
    ("revision", "advice"),
    [("9999", "newer Poruch"), (None, "the database is empty, but its key ring is here")],
    ids=["newer", "empty"],
)
async def test_a_database_of_another_release_is_refused(
    settings: Settings, installed: Installed, revision: str | None, advice: str
) -> None:
    await stamp(settings, revision)

    assert advice in await refusal(settings)


async def stamp(settings: Settings, revision: str | None) -> None:
    """Let a database say that it stands at another revision, or at none."""
    storage = await open_installation(settings)
    async with storage.unit() as uow:
        if revision is None:
            await uow.session.execute(text("DROP TABLE alembic_version"))
        else:
            await uow.session.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
    await closing(storage)


async def test_a_database_without_its_installation_is_not_ours(
    settings: Settings, installed: Installed
) -> None:
    storage = await open_installation(settings)
    async with storage.unit() as uow:
        await uow.session.execute(text("DELETE FROM installation"))
    await closing(storage)

    assert "different installations" in await refusal(settings)


async def test_a_missing_database_file_is_not_made_anew(in_a_file: Settings) -> None:
    (in_a_file.data_dir / "poruch.db").unlink()

    line = await refusal(in_a_file)

    assert "poruch.db is missing" in line
    assert [word for word in ("PORUCH_DATABASE_URL", "poruch restore") if word not in line] == []
    assert "init" not in line


async def test_a_file_that_is_no_database_of_ours_is_refused(in_a_file: Settings) -> None:
    (in_a_file.data_dir / "poruch.db").write_bytes(os.urandom(8192))

    assert "does not open under this keyring" in await refusal(in_a_file)


def test_a_lock_is_free_again_when_it_is_given_back(tmp_path: Path) -> None:
    with RunLock(tmp_path):
        pass

    RunLock(tmp_path).release()


async def test_a_key_from_the_environment_is_taken_out_of_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", os.urandom(32).hex())
    from_environment = settings.model_copy(update={"key_source": "env:MY_KEY"})

    made = await asyncio.to_thread(create, from_environment, now=NOON)

    assert (made.key_file, "MY_KEY" in os.environ) == ("MY_KEY", False)


PASSPHRASE = "kettle window seven grey rivers"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


@pytest.fixture
def typed(settings: Settings) -> Settings:
    """An installation whose unseal secret is made from a passphrase."""
    typed = settings.model_copy(update={"key_source": "prompt"})
    create(typed, now=NOON, ask=lambda: PASSPHRASE, cost=CHEAP)
    return typed


async def test_a_database_that_another_init_filled_meanwhile_is_left_alone(
    empty_postgresql: str, tmp_path: Path
) -> None:
    one, other = (
        Settings(data_dir=tmp_path / name, database_url=empty_postgresql, key_source="prompt")
        for name in ("one", "other")
    )

    def ask() -> str:
        create(other, now=NOON, ask=lambda: PASSPHRASE, cost=CHEAP)
        return "another kettle and other rivers"

    with pytest.raises(InstallationError, match="holds an installation already"):
        create(one, now=NOON, ask=ask, cost=CHEAP)

    secret = read_secret(other, ask=lambda: PASSPHRASE, cost=CHEAP)
    await closing(await open_installation(other, secret))
    assert not one.data_dir.exists()


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_what_another_folder_made_in_the_same_database_while_a_passphrase_was_typed_is_left_alone(
    settings: Settings, tmp_path: Path
) -> None:
    typed = settings.model_copy(update={"key_source": "prompt"})
    other = typed.model_copy(update={"data_dir": tmp_path / "other"})
    made: list[dict[str, bytes]] = []

    def ask() -> str:
        create(other, now=NOON, ask=lambda: PASSPHRASE, cost=CHEAP)
        made.append(files(other.data_dir))
        return "another kettle and other rivers"

    with pytest.raises(InstallationError, match="holds an installation already"):
        create(typed, now=NOON, ask=ask, cost=CHEAP)

    assert made == [files(other.data_dir)]
    assert not typed.data_dir.exists()


async def test_an_installation_opens_with_its_passphrase(typed: Settings) -> None:
    secret = read_secret(typed, ask=lambda: PASSPHRASE, cost=CHEAP)

    storage = await open_installation(typed, secret)
    async with storage.view() as uow:
        places = await uow.facilities.all()
    await closing(storage)

    assert len(places) == 32


async def test_no_key_is_written_for_a_passphrase(typed: Settings) -> None:
    assert {path.name for path in typed.data_dir.parent.iterdir()} == {"data"}
    assert PASSPHRASE.encode() not in b"".join(files(typed.data_dir).values())


async def test_another_passphrase_is_refused_and_changes_nothing(typed: Settings) -> None:
    before = files(typed.data_dir)
    secret = read_secret(typed, ask=lambda: PASSPHRASE.upper(), cost=CHEAP)

    with pytest.raises(InstallationError, match="this passphrase does not open"):
        await open_installation(typed, secret)

    assert files(typed.data_dir) == before


async def test_a_passphrase_that_nobody_types_is_asked_for(typed: Settings) -> None:
    assert "nobody to type the passphrase" in await refusal(typed)


def test_a_short_passphrase_makes_no_installation(settings: Settings, tmp_path: Path) -> None:
    typed = settings.model_copy(update={"key_source": "prompt"})

    with pytest.raises(InstallationError, match="at least 16 characters"):
        create(typed, now=NOON, ask=lambda: "too short", cost=CHEAP)

    assert files(tmp_path) == {}


async def test_an_installation_opens_with_the_credential_it_was_made_with(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "unseal").write_text(os.urandom(32).hex())
    (tmp_path / "unseal").chmod(0o400)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    given = settings.model_copy(update={"key_source": "credential:unseal"})

    create(given, now=NOON)

    await closing(await open_installation(given))
