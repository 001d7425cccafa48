"""`poruch init` and `restore` killed at any step: the same command begins anew, and nothing else goes on."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.keepers import Keeper, new_keeper
from tests.terminal import ROOT

from .conftest import Run

SECONDS = 60
# Before the named step the process sends itself the signal, as the kernel, a person or a power cut would.
_LEAD = """
import os, pkgutil, sys
number, step = int(sys.argv.pop(1)), sys.argv.pop(1)
from bot.cli import main
owner = pkgutil.resolve_name(step.rpartition(".")[0])
name = step.rpartition(".")[2]
real = getattr(owner, name)
def struck(*values, **more):
    os.kill(os.getpid(), number)
    return real(*values, **more)
setattr(owner, name, struck)
sys.exit(main())
"""


def struck(folder: Path, number: signal.Signals, step: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a command that gets a signal just before a step."""
    own = {name: value for name, value in os.environ.items() if name.startswith("PORUCH_")}
    return subprocess.Popen(
        [sys.executable, "-c", _LEAD, str(int(number)), step, *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def killed(folder: Path, step: str, *arguments: str) -> None:
    process = struck(folder, signal.SIGKILL, step, *arguments)
    said = process.communicate(timeout=SECONDS)
    assert process.returncode == -signal.SIGKILL, said


def on_either(*steps: tuple[str, ...]) -> list[pytest.ParameterSet]:
    """Give each step on one of the databases by turns; on the other it is left to `make prove`."""
    return [
        pytest.param(engine, *step, marks=() if (number + on) % 2 else pytest.mark.proof)
        for number, step in enumerate(steps)
        for on, engine in enumerate(("sqlite", "postgresql"))
    ]


@pytest.fixture
def keeper(folder: Path) -> Keeper:
    return new_keeper(folder)


@pytest.fixture
def database(engine_name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let the environment name the database of this test; returns which kind it is."""
    if engine_name == "postgresql":
        monkeypatch.setenv("PORUCH_DATABASE_URL", request.getfixturevalue("empty_postgresql"))
    return engine_name


@pytest.mark.parametrize(
    ("engine_name", "step", "backups"),
    on_either(
        ("bot.installing.installation.first_secret", ""),
        ("storage.key_sources.write_key_file", ""),
        ("bot.installing.installation.create_private", ""),
        ("bot.installing.installation.first_recovery_copy", ""),
        ("bot.backups.folder.replace_shredding", "backups"),
        ("bot.installing.installation.add_installation", ""),
        ("bot.installing.installation.add_installation", "backups"),
    ),
)
def test_an_init_that_was_killed_is_begun_anew_by_the_same_command(
    poruch: Run, keeper: Keeper, folder: Path, database: str, step: str, backups: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("PORUCH_BACKUP_DIR", backups)
    arguments = ["init", "--recipient", keeper.recipient]
    killed(folder, step, *arguments)

    made = poruch(*arguments)

    assert (made.code, "Administrator code: " in made.out) == (0, True)
    assert poruch("code", "coordinator").code == 0
    assert poruch("backup", "--to", backups or "elsewhere").code == 0
    assert sorted(path.name for path in (folder / "data").iterdir() if path.name != "control") == (
        ["keyring.bin"] if database == "postgresql" else ["keyring.bin", "poruch.db"]
    )


def test_an_init_that_was_killed_when_all_was_there_is_begun_anew(poruch: Run, folder: Path) -> None:
    killed(folder, "bot.host.run_lock.BeginningLock.end", "init")

    assert poruch("init").code == 0
    assert poruch("code", "coordinator").code == 0


def test_a_database_on_a_server_that_was_ready_when_an_init_was_killed_is_named(
    poruch: Run, folder: Path, empty_postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORUCH_DATABASE_URL", empty_postgresql)
    killed(folder, "bot.host.run_lock.BeginningLock.end", "init")

    refusal = poruch("init").refusal
    monkeypatch.delenv("PORUCH_DATABASE_URL")

    assert "for a new one name an empty database" in refusal
    assert poruch("init").code == 0
    assert poruch("code", "coordinator").code == 0


@pytest.mark.parametrize("arguments", [["code", "coordinator"], ["run"], ["keys", "rotate"], ["upgrade"]])
def test_beside_an_init_that_was_cut_off_no_command_works(
    poruch: Run, folder: Path, arguments: list[str]
) -> None:
    killed(folder, "bot.installing.installation.add_installation", "init")

    refusal = poruch(*arguments).refusal

    assert "an init or a restore was cut off" in refusal
    assert "type it again" in refusal


def test_an_init_that_could_not_say_its_code_any_more_says_where_to_get_one(
    poruch: Run, folder: Path
) -> None:
    killed(folder, "bot.installing.installation._database_name", "init")

    refusal = poruch("init").refusal

    assert ("poruch code administrator" in refusal, "poruch keys list" in refusal) == (True, True)
    assert poruch("code", "administrator").code == 0


def test_a_key_that_was_made_for_it_outlives_an_init_that_was_killed(poruch: Run, folder: Path) -> None:
    key = folder / "data-key" / "unseal.key"
    key.parent.mkdir()
    key.write_text(os.urandom(32).hex())
    key.chmod(0o600)
    before = key.read_bytes()
    killed(folder, "bot.installing.installation.add_installation", "init", "--use-key")

    assert "--use-key" in poruch("init").refusal
    assert poruch("init", "--use-key").code == 0
    assert key.read_bytes() == before


def test_what_an_init_cut_off_left_is_destroyed(poruch: Run, folder: Path) -> None:
    killed(folder, "bot.installing.installation.add_installation", "init")

    assert poruch("destroy", "--yes").code == 0
    assert list((folder / "data").iterdir()) == []
    assert poruch("init").code == 0


@pytest.fixture
def restore(poruch: Run, keeper: Keeper, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An installation and its backup; returns how it is restored into another, empty place."""
    monkeypatch.setenv("PORUCH_BACKUP_DIR", "backups")
    fingerprint = poruch("init", "--recipient", keeper.recipient, "--json").json["installation"]
    assert poruch("backup").code == 0
    monkeypatch.setenv("PORUCH_DATA_DIR", "new")
    return ["restore", "backups", "--identity", "identity.txt", "--installation", fingerprint]


@pytest.fixture
def elsewhere(restore: list[str], database: str) -> str:
    """Let the environment name an empty database after the backup was made; returns which kind it is."""
    return database


@pytest.mark.parametrize(
    ("engine_name", "step"),
    on_either(
        ("bot.recovery.restoring.gather",),
        ("bot.recovery.restoring.Filling",),
        ("bot.recovery.restoring.create_private",),
        ("bot.recovery.restoring.write_key_file",),
        ("storage.private_files.sync_folder",),
    ),
)
def test_a_restore_that_was_killed_is_begun_anew_by_the_same_command(
    poruch: Run, folder: Path, restore: list[str], elsewhere: str, step: str
) -> None:
    killed(folder, step, *restore)

    assert poruch(*restore).code == 0
    assert poruch("code", "coordinator").code == 0


@pytest.mark.parametrize(
    "step", ["bot.recovery.restoring.fingerprint_of", "bot.host.run_lock.BeginningLock.end"]
)
def test_a_restore_that_was_killed_when_all_was_there_is_begun_anew(
    poruch: Run, folder: Path, restore: list[str], step: str
) -> None:
    killed(folder, step, *restore)

    assert poruch(*restore).code == 0
    assert poruch("code", "coordinator").code == 0


def test_beside_a_restore_that_was_cut_off_no_bot_runs(poruch: Run, folder: Path, restore: list[str]) -> None:
    killed(folder, "bot.recovery.restoring.fingerprint_of", *restore)

    assert "an init or a restore was cut off" in poruch("run").refusal


@pytest.mark.parametrize("step", ["bot.recovery.restoring.gather", "bot.recovery.restoring.write_key_file"])
def test_of_two_restores_at_once_one_is_refused_and_the_other_goes_on(
    poruch: Run, folder: Path, restore: list[str], step: str
) -> None:
    first = struck(folder, signal.SIGSTOP, step, *restore)
    try:
        os.waitid(os.P_PID, first.pid, os.WSTOPPED | os.WNOWAIT)

        second = poruch(*restore)

        assert "is at work in this folder" in second.refusal
        assert "is at work in this folder" in poruch("init").refusal
        first.send_signal(signal.SIGCONT)
        assert "Restored from" in first.communicate(timeout=SECONDS)[0]
    finally:
        first.kill()
        first.communicate()
    assert first.returncode == 0
    assert poruch("code", "coordinator").code == 0


def test_what_mallory_puts_in_the_place_of_the_mark_is_not_followed(poruch: Run, folder: Path) -> None:
    (folder / "data").mkdir(mode=0o700)
    (folder / "other").write_text('{"key_file": "other"}')
    (folder / "data" / "beginning.lock").symlink_to(folder / "other")

    assert "beginning.lock" in poruch("init").refusal
    assert (folder / "other").read_text() == '{"key_file": "other"}'
