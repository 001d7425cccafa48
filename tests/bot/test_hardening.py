"""A process that may hold keys leaves no memory behind when it crashes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAYS = """
import ctypes, resource
from bot.cli import main
before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
main(["--help"])
print(before, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""
CRASHES = """
import os
from bot.cli import main
main(["--help"])
os.abort()
"""


def python(code: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_command_forbids_dumps_before_it_does_anything(tmp_path: Path):
    said = python(SAYS, tmp_path).stdout.splitlines()[-1]

    assert said == "1 0 (0, 0)"


def test_a_crash_leaves_nothing_on_the_disk(tmp_path: Path):
    crashed = python(CRASHES, tmp_path)

    assert crashed.returncode == -signal.SIGABRT
    assert list(tmp_path.iterdir()) == []
