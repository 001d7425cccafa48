"""Modules wait until they are used: all can be loaded, and one that could not be is tried again."""

import errno
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from threading import Event, Thread
from types import ModuleType
from typing import Any

import pytest

from bot.later import _Later
from storage.errors import NotLoaded

ROOT = Path(__file__).parents[2]
# What no process needs before somebody has said something, or something is due.
NOT_AT_REST = {"handlers.conversation", "handlers.notices", "handlers.routes", "solidarity.people"}
# A process of its own says on its standard output what it has loaded.
LOADED = """
import json, sys, types
from bot.commands import run
assert run.run
names = ("bot", "handlers", "solidarity", "storage")
mine = [m for m in sys.modules.values() if m.__name__.partition(".")[0] in names]
print(json.dumps([m.__name__ for m in mine if type(m) is types.ModuleType]))
"""

Waiting = Callable[[str], ModuleType]


@pytest.fixture
def waiting(tmp_path: Path) -> Waiting:
    def make(text: str) -> ModuleType:
        path = tmp_path / "pretended.py"
        path.write_text(text)
        spec = spec_from_file_location("pretended", path, loader=_Later("pretended", str(path)))
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return make


def loader_of(module: Any) -> Any:
    return module.__loader__


def test_a_module_is_loaded_when_something_in_it_is_first_used(waiting: Waiting, tmp_path: Path):
    module = waiting("from pathlib import Path\n(Path(__file__).parent / 'loaded').touch()\nANSWER = 42\n")

    assert not (tmp_path / "loaded").exists()
    assert module.ANSWER == 42
    assert type(module) is ModuleType


def test_names_that_python_asks_for_load_nothing(waiting: Waiting):
    module = waiting("ANSWER = 42\n")

    assert not hasattr(module, "__path__")
    assert "ANSWER" not in vars(module)


def test_what_a_module_does_not_have_is_refused_as_ever(waiting: Waiting):
    with pytest.raises(AttributeError, match="QUESTION"):
        _ = waiting("ANSWER = 42\n").QUESTION


def test_a_module_that_cannot_be_read_just_now_is_tried_again(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch
):
    def fails(*_: object) -> bytes:
        raise OSError(errno.EIO, "the disk does not answer")

    module = waiting("ANSWER = 42\n")
    monkeypatch.setattr(loader_of(module), "get_code", fails)
    with pytest.raises(NotLoaded):
        _ = module.ANSWER
    monkeypatch.undo()

    assert module.ANSWER == 42


def test_nothing_stays_of_a_module_for_which_there_was_no_room(waiting: Waiting, tmp_path: Path):
    module = waiting(
        "from pathlib import Path\nHALF = 1\n"
        "if not Path(__file__).with_name('room').exists():\n    raise MemoryError\nWHOLE = 2\n"
    )
    with pytest.raises(NotLoaded):
        _ = module.HALF

    assert "HALF" not in vars(module)
    (tmp_path / "room").touch()
    assert (module.HALF, module.WHOLE) == (1, 2)


def test_a_mistake_in_a_module_is_what_it_is(waiting: Waiting):
    with pytest.raises(ZeroDivisionError):
        _ = waiting("ANSWER = 1 / 0\n").ANSWER


def test_two_threads_that_use_it_at_once_load_it_once(
    waiting: Waiting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    all_ask = Event()
    monkeypatch.setattr(threading, "all_ask", all_ask, raising=False)
    module = waiting(
        "import threading\nfrom pathlib import Path\n"
        "with (Path(__file__).parent / 'times').open('a') as file:\n    file.write('x')\n"
        "threading.all_ask.wait(5)\nANSWER = 42\n"
    )
    answers: list[int] = []
    threads = [Thread(target=lambda: answers.append(module.ANSWER)) for _ in range(4)]

    for thread in threads:
        thread.start()
    all_ask.set()
    for thread in threads:
        thread.join()

    assert answers == [42] * 4
    assert (tmp_path / "times").read_text() == "x"


def test_what_nobody_needs_at_rest_is_not_loaded():
    said = subprocess.run(
        [sys.executable, "-c", LOADED],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    loaded = set(json.loads(said))

    assert "bot.assembly" in loaded
    assert loaded & NOT_AT_REST == set()
