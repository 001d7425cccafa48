"""Processes of the bot, begun in two ways and ended in one: at once, as by a power cut."""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TextIO

from bot.cli import main
from tests.attacks import standing_still, warm

# Only what fails waits so long; on a busy machine a bot once took more than twenty seconds to start.
WAIT_SECONDS = 60
# Hashing a passphrase takes a second, and several times as long beside other tests.
COMMAND_SECONDS = 60
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


class Typed:
    """One command of `poruch`, forked likewise, with a line on its standard input."""

    def __init__(
        self,
        arguments: Sequence[str],
        line: str,
        environment: Mapping[str, str],
        folder: Path,
        *,
        out: Path,
        err: Path,
    ) -> None:
        others_end, own_end = Pipe(duplex=False)
        with others_end, own_end:
            self._process = FORKING.Process(
                target=_command, args=(arguments, dict(environment), folder, others_end, out, err)
            )
            self._process.start()
            os.write(own_end.fileno(), line.encode())

    def ends(self) -> int | None:
        """Wait for the end; returns the exit code, or None where it did not end in time."""
        self._process.join(COMMAND_SECONDS)
        return self._process.exitcode


def _serve(environment: Mapping[str, str], folder: Path, log: Path, line: Connection) -> None:
    _write_to(log, sys.stdout, sys.stderr)
    standing_still.serve(environment, folder, line)


def _command(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    line: Connection,
    out: Path,
    err: Path,
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    # The server of forks may have chosen a folder of its own.
    tempfile.tempdir = None
    os.dup2(line.fileno(), 0)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the process ends with it
    _write_to(out, sys.stdout)
    _write_to(err, sys.stderr)
    sys.exit(main(arguments))


def _write_to(log: Path, *streams: TextIO) -> None:
    with log.open("ab") as said:
        for stream in streams:
            os.dup2(said.fileno(), stream.fileno())
