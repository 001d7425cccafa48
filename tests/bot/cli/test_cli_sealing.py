"""`poruch run`, `unseal` and `seal` as processes of their own, over the real socket."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.control.client import ask_each, running
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from tests.terminal import ROOT, Terminal

from .conftest import Ended, Run

PASSPHRASE = "kettle window seven grey rivers"
LINE = "Not available right now"
SECONDS = 60


@dataclass
class Host:
    """A machine with a data folder and a look-alike Telegram, on which commands are typed."""

    folder: Path
    telegram: Lookalike
    source: str = "prompt"
    more: dict[str, str] = field(default_factory=dict)
    bot: asyncio.subprocess.Process | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PORUCH_TOKEN_FILE": "token",
            "PORUCH_TELEGRAM_API_URL": self.telegram.url,
            "PORUCH_KEY_SOURCE": self.source,
            **self.more,
        }

    async def types(self, *arguments: str, line: str = "") -> Ended:
        """Run a command with a line on its standard input, to its end."""
        process = await self._start(*arguments)
        out, err = await asyncio.wait_for(process.communicate(line.encode()), SECONDS)
        assert process.returncode is not None
        return Ended(process.returncode, out.decode(), err.decode())

    async def runs(self, line: str | None = None, *, until: str = "sealed") -> None:
        """Start the bot and wait for its state; without a line its input stays open and empty."""
        with (self.folder / "log").open("ab") as log:
            self.bot = await self._start("run", stderr=log)
        assert self.bot.stdin is not None
        if line is not None:
            self.bot.stdin.write(line.encode())
        async with asyncio.timeout(SECONDS):
            await self.telegram.until(lambda: running(self.folder / "data"), SECONDS)
            while [{"state": until}] != [
                {"state": answer.get("state")} for answer in await ask_each(self.folder / "data", "status")
            ]:
                assert self.bot.returncode is None

    async def stops(self) -> int:
        assert self.bot is not None
        bot, self.bot = self.bot, None
        bot.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(bot.wait(), SECONDS)

    async def _start(
        self, *arguments: str, stderr: object = asyncio.subprocess.PIPE
    ) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments,
            cwd=self.folder, env=self.environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=stderr,
        )  # fmt: skip


Make = Callable[..., Awaitable[Host]]


@pytest.fixture
async def telegram() -> AsyncIterator[Lookalike]:
    async with await Lookalike.start() as telegram:
        yield telegram


@pytest.fixture
async def host(folder: Path, telegram: Lookalike) -> AsyncIterator[Host]:
    (folder / "token").write_text(telegram.token)
    (folder / "token").chmod(0o600)
    host = Host(folder, telegram)
    yield host
    if host.bot is not None:
        host.bot.kill()
        await host.bot.wait()


@pytest.fixture(scope="session")
def typed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation that opens with the passphrase; making one takes a second for the passphrase alone."""
    folder = tmp_path_factory.mktemp("typed")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORUCH_KEY_SOURCE": "prompt"}
    subprocess.run(
        [sys.executable, "-m", "bot", "init"],
        cwd=folder, env=environment, input=f"{PASSPHRASE}\n", text=True, check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def typed(host: Host, typed_once: Path) -> Host:
    """A host with an installation that opens with the passphrase."""
    shutil.copytree(typed_once, host.folder, dirs_exist_ok=True)
    return host


@pytest.fixture
def vera(telegram: Lookalike) -> Person:
    return telegram.person("Vera")


@pytest.mark.parametrize("command", ["seal", "unseal"])
def test_where_no_bot_runs_it_is_said_how_to_start_one(poruch: Run, installed: Path, command: str) -> None:
    assert "poruch run" in poruch(command).refusal


async def test_a_bot_starts_sealed_and_is_opened_and_closed_by_commands(typed: Host, vera: Person) -> None:
    await typed.runs()
    await vera.says("/start")
    await vera.sees(LINE)

    opened = await typed.types("unseal", line=f"{PASSPHRASE}\n")

    assert (opened.code, opened.out, opened.err) == (0, "The bot is open.\n", "")
    await vera.says("/start")
    await vera.sees("Беларуская")
    again = await typed.types("unseal")
    sealed = await typed.types("seal")
    assert [(each.code, each.out) for each in (again, sealed)] == [
        (0, "The bot is open already; nothing was to be done.\n"),
        (0, "The bot is sealed.\n"),
    ]
    await vera.says("/start")
    await vera.sees(LINE)
    assert await typed.stops() == 0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("kettle window seven grey river", "this passphrase does not open", id="another"),
        pytest.param("kettle window", "this cannot be the passphrase", id="too short for any"),
    ],
)
async def test_another_passphrase_is_refused_in_one_line(
    typed: Host, vera: Person, line: str, words: str
) -> None:
    await typed.runs()

    refused = await typed.types("unseal", line=f"{line}\n")

    assert words in refused.refusal
    assert "type it again" in refused.refusal
    await vera.says("/start")
    await vera.sees(LINE)


async def test_the_log_of_a_sealed_bot_says_how_to_open_it(typed: Host) -> None:
    await typed.runs()
    assert await typed.stops() == 0

    assert "sealed; it waits for: poruch unseal" in (typed.folder / "log").read_text()


async def test_a_passphrase_on_the_bots_own_input_opens_it(typed: Host, vera: Person) -> None:
    await typed.runs(line=f"{PASSPHRASE}\n", until="open")

    await vera.says("/menu")

    await vera.sees("Беларуская", seconds=SECONDS)


async def test_neither_passphrase_nor_secret_is_in_arguments_or_environment(
    typed: Host, vera: Person
) -> None:
    await typed.runs(line=f"{PASSPHRASE}\n", until="open")
    await vera.says("/menu")
    await vera.sees("Беларуская", seconds=SECONDS)

    assert typed.bot is not None
    about = b"".join(Path(f"/proc/{typed.bot.pid}/{name}").read_bytes() for name in ("cmdline", "environ"))

    assert b"bot\0run" in about
    assert [word for word in PASSPHRASE.split() if word.encode() in about] == []


async def test_at_a_terminal_it_serves_sealed_while_it_asks(typed: Host, vera: Person) -> None:
    def wait(terminal: Terminal, words: str) -> None:
        terminal.reads(words)

    with Terminal("run", cwd=typed.folder, environment=typed.environment) as terminal:
        await asyncio.to_thread(wait, terminal, "Passphrase: ")
        await vera.says("/start")
        await vera.sees(LINE)
        terminal.types("kettle window seven grey river")
        await asyncio.to_thread(wait, terminal, "this passphrase does not open")
        await asyncio.to_thread(wait, terminal, "Passphrase: ")
        terminal.types(PASSPHRASE)
        await asyncio.to_thread(wait, terminal, "at work")
        await vera.says("/start")
        await vera.sees("Беларуская")
        terminal.process.send_signal(signal.SIGTERM)

        assert await asyncio.to_thread(terminal.ends) == 0

    assert "kettle" not in terminal.shown
    assert terminal.shown.count("Passphrase") == 2


async def test_enter_alone_at_a_terminal_is_asked_again(typed: Host) -> None:
    with Terminal("run", cwd=typed.folder, environment=typed.environment) as terminal:
        await asyncio.to_thread(terminal.reads, "Passphrase: ")

        terminal.types("")

        await asyncio.to_thread(terminal.reads, "nothing was typed")
        await asyncio.to_thread(terminal.reads, "Passphrase: ")
        terminal.types(PASSPHRASE)
        await asyncio.to_thread(terminal.reads, "at work")
        terminal.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(terminal.ends) == 0

    assert "standard input" not in terminal.shown


async def test_a_terminal_is_asked_again_whenever_the_bot_was_sealed(typed: Host) -> None:
    with Terminal("run", cwd=typed.folder, environment=typed.environment) as terminal:
        for _ in range(2):
            await asyncio.to_thread(terminal.reads, "Passphrase: ")
            terminal.types(PASSPHRASE)
            await asyncio.to_thread(terminal.reads, "at work")
            assert (await typed.types("seal")).code == 0
        await asyncio.to_thread(terminal.reads, "Passphrase: ")
        terminal.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(terminal.ends) == 0

    assert "kettle" not in terminal.shown


async def test_what_was_half_typed_when_a_command_opened_the_bot_is_dropped(typed: Host) -> None:
    with Terminal("run", cwd=typed.folder, environment=typed.environment) as terminal:
        await asyncio.to_thread(terminal.reads, "Passphrase: ")
        terminal.types("kettle win", end="")
        assert (await typed.types("unseal", line=f"{PASSPHRASE}\n")).code == 0
        await asyncio.to_thread(terminal.reads, "at work")
        assert (await typed.types("seal")).code == 0
        await asyncio.to_thread(terminal.reads, "Passphrase: ")

        terminal.types(PASSPHRASE)

        await asyncio.to_thread(terminal.reads, "at work")
        terminal.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(terminal.ends) == 0

    assert "kettle" not in terminal.shown


async def test_a_terminal_is_asked_no_more_once_a_command_has_opened_it(typed: Host) -> None:
    with Terminal("run", cwd=typed.folder, environment=typed.environment) as terminal:
        await asyncio.to_thread(terminal.reads, "Passphrase: ")

        opened = await typed.types("unseal", line=f"{PASSPHRASE}\n")

        assert opened.code == 0
        await asyncio.to_thread(terminal.reads, "at work")
        terminal.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(terminal.ends) == 0

    # The prompt's line was ended before anything else was written, and it came once.
    assert re.findall("Passphrase.*", terminal.shown) == ["Passphrase: \r"]


async def test_what_is_typed_after_a_command_opened_the_bot_is_neither_shown_nor_taken(typed: Host) -> None:
    with Terminal("run", cwd=typed.folder, environment=typed.environment) as terminal:
        await asyncio.to_thread(terminal.reads, "Passphrase: ")
        assert (await typed.types("unseal", line=f"{PASSPHRASE}\n")).code == 0
        await asyncio.to_thread(terminal.reads, "opened from elsewhere; nothing is to be typed here")
        terminal.types(PASSPHRASE)

        assert (await typed.types("seal")).code == 0

        await asyncio.to_thread(terminal.reads, "Passphrase: ")
        terminal.types("kettle window seven grey river")
        # The very next line was asked for anew: what was typed before it opened nothing.
        await asyncio.to_thread(terminal.reads, "this passphrase does not open")
        terminal.types(PASSPHRASE, end="")
        terminal.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(terminal.ends) == 0

    assert "kettle" not in terminal.shown


async def test_a_terminal_that_comes_back_from_the_shell_still_shows_nothing(typed: Host) -> None:
    with Terminal("run", cwd=typed.folder, environment=typed.environment) as terminal:
        await asyncio.to_thread(terminal.reads, "Passphrase: ")
        # As a shell does at Ctrl-Z and `fg`.
        terminal.process.send_signal(signal.SIGSTOP)
        terminal.lets_typing_be_seen()
        terminal.process.send_signal(signal.SIGCONT)
        await asyncio.to_thread(terminal.reads, "Passphrase: ")

        terminal.types(PASSPHRASE)

        await asyncio.to_thread(terminal.reads, "at work")
        terminal.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(terminal.ends) == 0

    assert "kettle" not in terminal.shown


async def test_a_terminal_shows_what_is_typed_again_once_the_bot_has_ended(typed: Host) -> None:
    with Terminal("run", cwd=typed.folder, environment=typed.environment) as terminal:
        await asyncio.to_thread(terminal.reads, "Passphrase: ")
        assert not terminal.is_typing_seen
        terminal.process.send_signal(signal.SIGTERM)

        assert await asyncio.to_thread(terminal.process.wait, SECONDS) == 0

        assert terminal.is_typing_seen


async def test_a_bot_with_a_key_file_reads_it_again(host: Host, vera: Person) -> None:
    key = host.folder / "keys" / "unseal.key"
    host.source = f"file:{key}"
    await host.types("init")
    await host.runs(until="open")
    await vera.says("/start")
    await vera.sees("Беларуская")

    sealed = await host.types("seal")
    key.rename(key.with_name("away"))
    without = await host.types("unseal")
    key.with_name("away").rename(key)
    opened = await host.types("unseal")

    assert (sealed.out, opened.out) == ("The bot is sealed.\n", "The bot is open.\n")
    assert "unseal.key is missing" in without.refusal


async def test_a_key_that_came_by_the_environment_is_not_there_any_more(host: Host) -> None:
    host.source, host.more = "env:A_KEY", {"A_KEY": os.urandom(32).hex()}
    await host.types("init")
    await host.runs(until="open")
    await host.types("seal")

    assert "start it again" in (await host.types("unseal")).refusal
