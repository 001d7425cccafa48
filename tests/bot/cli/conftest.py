"""`poruch` called as from a shell: a folder of its own, settings by the environment, all output at hand."""

import asyncio
import json
import logging
import os
import shutil
import sys
import threading
import warnings
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
import structlog

from bot import logs
from bot.cli import main
from bot.configuration.settings import Settings, load_settings
from bot.installing.installation import create, open_installation
from storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def refusal(self) -> str:
        """The one line with which a command was refused."""
        lines = self.err.splitlines()
        assert (self.code, self.out, len(lines)) == (1, "", 1), self
        return lines[0]


Result = TypeVar("Result")
Run = Callable[..., Ended]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder with no settings of anybody's."""
    for name in [name for name in os.environ if name.upper().startswith("PORUCH_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def logs_put_back() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.level, root.handlers[:], {name: logging.getLogger(name).level for name in logs.TALKATIVE})
    hooks = (sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning)
    yield
    sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning = hooks
    root.setLevel(before[0])
    root.handlers[:] = before[1]
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    create(
        Settings(data_dir=folder / "data", key_source=f"file:{folder / 'data-key' / 'unseal.key'}"), now=NOW
    )
    return folder


@pytest.fixture
def installed(folder: Path, made_once: Path) -> Path:
    """Stand in a folder with a fresh installation."""
    shutil.copytree(made_once, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def poruch(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; `poruch("code", "coordinator")`."""

    def run(*arguments: str) -> Ended:
        capsys.readouterr()
        code = main(arguments)
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return run


def at_home(work: Callable[[UnitOfWork], Awaitable[Result]]) -> Result:
    """Do something in the installation of this folder."""

    async def do() -> Result:
        storage = await open_installation(load_settings())
        try:
            async with storage.unit() as uow:
                return await work(uow)
        finally:
            await storage.database.close()

    return asyncio.run(do())
