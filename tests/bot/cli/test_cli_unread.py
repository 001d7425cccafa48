"""`poruch … | head`: whoever reads may go, and the command does its work to the end, and quietly."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.host.unsealing import KEYRING_NAME

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def nobody() -> Iterator[int]:
    """A pipe whose reader has gone."""
    reads, writes = os.pipe()
    os.close(reads)
    yield writes
    os.close(writes)


def run(arguments: Sequence[str], *, out: int, err: int = subprocess.PIPE) -> tuple[int, str | None]:
    """Return the exit code, and what was written to stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=err,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("arguments", [["keys", "list"], ["keys", "list", "--json"], ["upgrade"]])
def test_what_nobody_reads_is_no_trouble(installed: Path, nobody: int, arguments: list[str]) -> None:
    assert run(arguments, out=nobody) == (0, "")


def test_help_that_nobody_reads_is_no_trouble(nobody: int) -> None:
    code, said = run(["restore", "--help"], out=nobody)

    assert (code < 2, said) == (True, "")


def test_what_must_be_destroyed_is_destroyed_whoever_has_gone(installed: Path, nobody: int) -> None:
    code, _ = run(["destroy", "--yes"], out=nobody, err=nobody)

    keys = (installed / "data" / KEYRING_NAME, installed / "data-key" / "unseal.key")
    assert (code, [key for key in keys if key.exists()]) == (0, [])


@pytest.mark.parametrize(
    ("arguments", "code"), [(["keys", "list"], 1), (["nonsense"], 2)], ids=["refused", "called wrongly"]
)
def test_a_refusal_that_nobody_reads_still_is_one(
    folder: Path, nobody: int, arguments: list[str], code: int
) -> None:
    assert run(arguments, out=nobody, err=nobody) == (code, None)
