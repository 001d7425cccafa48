"""The wheel carries everything that runs: migrations, sentences, starting data, the sandbox's page."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_an_installation_can_be_made_from_the_wheel_alone(unpacked: Path, tmp_path: Path):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(unpacked),
        "PORUCH_DATA_DIR": str(tmp_path / "data"),
    }

    done = subprocess.run(
        [sys.executable, "-P", "-m", "bot", "init", "--json"],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )

    assert set(json.loads(done.stdout)) == {
        "administrator_code", "key_file", "database", "installation", "recovery_copy"
    }  # fmt: skip


@pytest.mark.parametrize("language", ["be", "ru", "en"])
def test_the_wheel_carries_every_sentence(unpacked: Path, language: str):
    files = {path.name for path in (ROOT / "locales" / language).glob("*.ftl")}

    assert {path.name for path in (unpacked / "locales" / language).glob("*.ftl")} == files


def test_the_wheel_carries_what_paper_is_drawn_by(unpacked: Path):
    assert (unpacked / "bot" / "paper" / "paper.typ").is_file()
    assert (unpacked / "bot" / "paper" / "picture.typ").is_file()


def test_the_wheel_carries_the_sandboxs_page(unpacked: Path):
    assert (unpacked / "sandbox" / "page" / "index.html").is_file()


def test_the_wheel_names_the_command(unpacked: Path):
    [entry_points] = unpacked.glob("*.dist-info/entry_points.txt")

    assert "poruch = bot.cli:main" in entry_points.read_text()
