"""Processes of the bot, begun in two ways and ended in one: at once, as by a power cut."""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from tests.attacks import standing_still, warm

WAIT_SECONDS = 20
ROOT = Path(__file__).parent.parent.parent
FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload([warm.__name__])


class Executed:
    """A program of its own with the settings in its environment, as an operator starts it."""

    def __init__(self, environment: Mapping[str, str], folder: Path, log: Path, line: Connection) -> None:
        with log.open("ab") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", standing_still.__name__, str(line.fileno())],
                cwd=folder,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
                pass_fds=[line.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        self.pid = self._process.pid

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def ends(self) -> int:
        """Wait until it ends by itself; returns its exit code."""
        return self._process.wait(WAIT_SECONDS)


class Forked:
    """A fork of a process that has imported everything: at work several times as fast."""

    def __init__(self, environment: Mapping[str, str], folder: Path, log: Path, line: Connection) -> None:
        self._process = FORKING.Process(target=_serve, args=(environment, folder, log, line))
        self._process.start()
        self.pid = self._process.pid

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()


def _serve(environment: Mapping[str, str], folder: Path, log: Path, line: Connection) -> None:
    with log.open("ab") as said:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(said.fileno(), stream.fileno())
    standing_still.serve(environment, folder, line)
