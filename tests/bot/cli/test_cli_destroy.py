"""`poruch destroy` where a key is not where the settings say, and where it is called once more."""

from pathlib import Path

import pytest

from tests.terminal import Terminal

from .conftest import Run


@pytest.fixture
def key(installed: Path) -> Path:
    """The key of a fresh installation, where it is put unless somebody chooses another place."""
    return installed / "data-key" / "unseal.key"


@pytest.mark.parametrize("source", ["promt", "file:", "env:", "credential:a/b", "5e" * 32])
def test_a_key_source_that_is_not_understood_is_no_success(
    poruch: Run, key: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.setenv("PORUCH_KEY_SOURCE", source)

    ended = poruch("destroy", "--yes")

    assert (ended.code, "PORUCH_KEY_SOURCE is not understood" in ended.out) == (1, True)
    assert ("5e5e" in ended.out + ended.err, key.exists()) == (False, False)


def test_a_key_that_lies_where_no_setting_says_goes_and_the_missing_one_is_named(
    poruch: Run, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORUCH_KEY_SOURCE", "file:/not/there")

    told = poruch("destroy", "--yes", "--json").json

    assert ("the key file that no setting names" in told["destroyed"], key.exists()) == (True, False)
    assert [line for line in told["beyond_reach"] if "/not/there was not found" in line] != []


def test_a_link_in_the_place_of_a_key_that_no_setting_names_is_not_followed(
    poruch: Run, key: Path, installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mallorys = key.rename(installed / "precious")
    key.symlink_to(mallorys)
    monkeypatch.setenv("PORUCH_KEY_SOURCE", "file:/not/there")
    before = mallorys.read_bytes()

    ended = poruch("destroy", "--yes")

    assert (ended.code, f"{key} is a link" in ended.out, mallorys.read_bytes()) == (1, True, before)


def test_a_key_on_a_stick_that_is_not_here_is_named_in_question_and_answer(key: Path) -> None:
    stick = key.parent.with_name("usb")
    with Terminal(
        "destroy", cwd=stick.parent, environment={"PORUCH_KEY_SOURCE": f"file:{stick / 'key'}"}
    ) as terminal:
        terminal.reads("type: destroy")
        asked = terminal.shown
        terminal.types("destroy")

        assert terminal.ends() == 0

    line = f"The key file {stick / 'key'} was not found: if it lies on a stick or another disk, "
    assert (line in asked, terminal.shown.count(line)) == (True, 2)


def test_data_on_a_disk_that_is_not_mounted_are_named(poruch: Run, key: Path, installed: Path) -> None:
    (installed / "data").rename(installed / "unplugged")

    ended = poruch("destroy", "--yes")

    assert (ended.code, key.exists()) == (0, False)
    assert f"The data folder {installed / 'data'} was not found" in ended.out


def test_a_key_that_is_destroyed_is_not_said_to_be_missing(poruch: Run, key: Path) -> None:
    ended = poruch("destroy", "--yes")

    assert ("was not found" in ended.out, key.exists()) == (False, False)


@pytest.fixture(params=["sqlite", "postgresql"])
def destroyed(
    request: pytest.FixtureRequest, poruch: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """An installation on either database that was destroyed once."""
    if request.param == "postgresql":
        monkeypatch.setenv("PORUCH_DATABASE_URL", request.getfixturevalue("empty_postgresql"))
    assert poruch("init").code == 0
    assert poruch("destroy", "--yes").code == 0
    return folder


def test_once_more_finds_nothing_left_and_is_a_success(poruch: Run, destroyed: Path) -> None:
    ended = poruch("destroy", "--yes")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[0] == (
        f"Nothing is left here, in {destroyed / 'data'}; if it lies elsewhere, run this in the folder of its "
        ".env."
    )
    assert "was not found" not in ended.out
    assert poruch("destroy", "--yes", "--json").json["destroyed"] == []


def test_where_nothing_is_left_nothing_is_asked(
    poruch: Run, installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poruch("destroy", "--yes")
    monkeypatch.setattr("sys.stdin", None)

    assert poruch("destroy").code == 0


def test_a_folder_without_data_is_no_success_on_postgresql_either(
    poruch: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, empty_postgresql: str
) -> None:
    monkeypatch.setenv("PORUCH_DATABASE_URL", empty_postgresql)

    assert f"nothing is installed in {folder / 'data'}" in poruch("destroy", "--yes").refusal
