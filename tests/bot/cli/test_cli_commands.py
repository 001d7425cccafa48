"""The command line as a whole: what it lists, how it ends, and what it refuses in one line."""

import asyncio
import re
import secrets
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot import cli
from bot.clock import Clock
from bot.commands import register
from bot.configuration.settings import load_settings
from bot.host.unsealing import advice_on_key
from bot.installing.installation import open_installation
from solidarity.codes import find_code

from .conftest import Run

PROJECT = Path(__file__).parents[3]


def loaded_after(code: str) -> set[str]:
    """Say which packages a fresh interpreter has loaded after some code."""
    said = said_by(f"{code}\nimport sys\nprint(*sys.modules)")
    return {name.partition(".")[0] for name in said[-1].split()}


def said_by(code: str) -> list[str]:
    """Return the lines that a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def knows_code(words: str) -> bool:
    async def look() -> bool:
        storage = await open_installation(load_settings())
        try:
            async with storage.view() as uow:
                return await find_code(uow, words, now=Clock().now()) is not None
        finally:
            await storage.database.close()

    return asyncio.run(look())


def test_help_lists_what_there_is(poruch: Run) -> None:
    ended = poruch("--help")

    assert ended.code == 0
    assert re.findall(r"^  ([a-z]+)  ", ended.out, re.MULTILINE) == list(cli.COMMANDS)


@pytest.mark.parametrize("command", list(cli.COMMANDS))
def test_every_command_explains_itself(poruch: Run, command: str) -> None:
    ended = poruch(command, "--help")

    assert (ended.code, ended.out.startswith(f"Usage: poruch {command}")) == (0, True)


def test_help_loads_nothing_heavy() -> None:
    loaded = loaded_after("from bot.cli import main; main(['--help'])")

    assert loaded.isdisjoint({"alembic", "aiohttp", "pydantic", "sqlalchemy", "telegram"})


def test_run_does_not_load_migrations() -> None:
    loaded = loaded_after("import bot.commands.run")

    assert loaded.isdisjoint({"alembic", "sandbox"})


def test_what_a_command_imports_is_never_looked_through_for_garbage_and_the_rest_seldom() -> None:
    said = said_by(
        "import gc, sys; sys.argv = ['poruch', 'code', '--help']; from bot.cli import main; main();"
        "print(gc.isenabled(), gc.get_freeze_count() > 10_000, gc.get_threshold()[0])"
    )

    assert said[-1] == "True True 100000"


@pytest.mark.parametrize(
    "arguments", [["frobnicate"], ["code"], ["code", "owner"], ["run", "--fast"], ["run", "--role", "half"]]
)
def test_a_wrong_call_ends_with_two(poruch: Run, arguments: list[str]) -> None:
    ended = poruch(*arguments)

    assert (ended.code, ended.out, "Traceback" in ended.err) == (2, "", False)


def test_an_interrupted_command_ends_as_shells_expect(
    poruch: Run, installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(register, "opened", interrupt)

    assert poruch("import", "prisoners", "register.csv").code == 130


def test_ctrl_c_while_a_command_is_loaded_is_never_lost() -> None:
    """It comes where Python only says that it ignores it: while something is cleared away."""
    code = """
import os, signal, sys, weakref
class Once:
    def find_spec(self, name, *_):
        if name == "bot.commands.keys":
            weakref.finalize(self.thing, os.kill, os.getpid(), signal.SIGINT).atexit = False
            del self.thing
Once.thing = None
once = Once()
once.thing = Once()
sys.meta_path.insert(0, once)
sys.argv = ["poruch", "keys", "--help"]
from bot.cli import main
sys.exit(main())
"""

    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_init_gives_a_code_once_and_says_what_comes_next(poruch: Run, folder: Path) -> None:
    ended = poruch("init")

    code = re.search(r"Administrator code: (\S+)", ended.out)
    assert code is not None
    assert (ended.code, knows_code(code.group(1)), "poruch run" in ended.out) == (0, True, True)


BESIDE_DATA = (
    "poruch: the key lies on the same disk as the data, so whoever takes the disk can read everything"
)


@pytest.mark.parametrize("source", ["", "file:usb/unseal.key", "file:made/unseal.key"])
def test_init_warns_of_a_key_on_the_disk_of_the_data(
    poruch: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    (folder / "made").mkdir()
    monkeypatch.setenv("PORUCH_KEY_SOURCE", source)

    ended = poruch("init")

    assert (ended.code, BESIDE_DATA in ended.err) == (0, True)
    assert (f"{folder / 'usb'} was not there and is made" in ended.err) == ("usb" in source)
    assert "data-key was not there" not in ended.err


@pytest.mark.parametrize("source", ["prompt", "credential:poruch", "file:/proc/unseal.key"])
def test_a_key_that_lies_elsewhere_is_warned_of_by_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.setenv("PORUCH_KEY_SOURCE", source)

    assert advice_on_key(load_settings()) == []


def test_init_prints_one_object_for_programs(poruch: Run, folder: Path) -> None:
    facts = poruch("init", "--json").json

    assert sorted(facts) == ["administrator_code", "database", "installation", "key_file", "recovery_copy"]
    assert Path(facts["key_file"]) == folder / "data-key" / "unseal.key"


def test_a_second_init_is_refused_and_changes_nothing(poruch: Run, installed: Path) -> None:
    before = {path: path.read_bytes() for path in installed.rglob("*") if path.is_file()}

    refusal = poruch("init").refusal

    assert "holds an installation already" in refusal
    assert {path: path.read_bytes() for path in installed.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("PORUCH_TOKN", "x", id="unknown name"),
        pytest.param("PORUCH_TOKEN", "not a token", id="token of a wrong shape"),
        pytest.param("PORUCH_TIME_ZONE", "Mars/Base", id="unknown zone"),
        pytest.param("PORUCH_DATA_DIR", "/dev/null/data", id="no folder can be there"),
    ],
)
def test_a_wrong_setting_is_refused_before_anything_is_made(
    poruch: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    assert poruch("init").refusal.startswith("poruch: ")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["code", "coordinator"],
        ["import", "prisoners", "register.csv"],
        ["upgrade"],
        ["erase", "--yes", "Quiet lake"],
        ["run"],
        ["seal"],
        ["unseal"],
    ],
)
def test_without_an_installation_the_way_to_one_is_named(
    poruch: Run, folder: Path, arguments: list[str]
) -> None:
    assert "poruch init" in poruch(*arguments).refusal
    assert list(folder.iterdir()) == []


def test_a_missing_key_is_refused(poruch: Run, installed: Path) -> None:
    (installed / "data-key" / "unseal.key").unlink()

    assert "unseal.key is missing" in poruch("code", "coordinator").refusal


def test_a_key_from_the_environment_is_warned_of_in_words(
    poruch: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORUCH_KEY_SOURCE", "env:A_KEY")
    monkeypatch.setenv("A_KEY", secrets.token_hex(32))

    ended = poruch("init")

    assert (ended.code, "for tests only, use file:PATH" in ended.err) == (0, True)


def test_a_wrong_key_is_refused(poruch: Run, installed: Path) -> None:
    key = installed / "data-key" / "unseal.key"
    written = key.read_text()
    key.write_text(f"{int(written[:2], 16) ^ 1:02x}{written[2:]}")

    assert "another key" in poruch("code", "coordinator").refusal


@pytest.mark.parametrize("role", ["administrator", "coordinator"])
def test_a_code_can_be_redeemed(poruch: Run, installed: Path, role: str) -> None:
    given = poruch("code", role, "--json").json

    assert (sorted(given), knows_code(given["code"])) == (["code", "expires_at"], True)


def test_run_asks_for_a_token(poruch: Run, installed: Path) -> None:
    assert "PORUCH_TOKEN is missing" in poruch("run").refusal


@pytest.mark.parametrize(
    "arguments",
    [["code", "coordinator"], ["upgrade"], ["import", "facilities", "places.csv"], ["keys", "list"]],
)
def test_what_needs_no_token_does_not_ask_for_its_file(
    poruch: Run, installed: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    row = "IK-99,colony,Калонія № 99,Колония № 99,Penal colony No. 99,2024-01-01"
    (installed / "places.csv").write_text(f"code,kind,name_be,name_ru,name_en,verified_on\n{row}\n")
    monkeypatch.setenv("PORUCH_TOKEN_FILE", "nowhere")

    assert poruch(*arguments).code == 0


def test_run_refuses_a_part_of_the_work_on_sqlite(poruch: Run, installed: Path) -> None:
    assert "on SQLite one process does everything" in poruch("run", "--role", "delivery").refusal


def test_run_says_that_the_token_s_file_cannot_be_read(
    poruch: Run, installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORUCH_TOKEN_FILE", "nowhere")

    assert "PORUCH_TOKEN_FILE names a file that cannot be read" in poruch("run").refusal


def test_run_says_that_telegram_cannot_be_reached(
    poruch: Run, installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORUCH_TOKEN", "7000000001:nobody-listens-here")
    monkeypatch.setenv("PORUCH_TELEGRAM_API_URL", "http://127.0.0.1:9")

    ended = poruch("run")

    assert (ended.code, "Telegram cannot be reached" in ended.err) == (1, True)


def test_upgrade_says_when_there_is_nothing_to_do(poruch: Run, installed: Path) -> None:
    assert "nothing was to be done" in poruch("upgrade").out
