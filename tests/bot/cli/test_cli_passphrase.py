"""A passphrase comes by standard input or the terminal, to every command that needs the keys."""

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import key_sources
from storage.passwords import Cost
from tests.keepers import new_keeper
from tests.terminal import ROOT, Terminal

from .conftest import Run

OPERATIONS = ROOT / "docs" / "operations.md"

PASSPHRASE = "kettle window seven grey rivers"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)

Pipe = Callable[[bytes], None]


@pytest.fixture(autouse=True)
def cheap(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing takes no time, and the key is a passphrase."""
    real = key_sources.secret_from_passphrase
    monkeypatch.setattr(
        key_sources,
        "secret_from_passphrase",
        lambda typed, *, deployment, cost: real(typed, deployment=deployment, cost=CHEAP),
    )
    monkeypatch.setenv("PORUCH_KEY_SOURCE", "prompt")


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Pipe:
    """Puts bytes into standard input."""

    def put(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return put


@pytest.fixture
def made(poruch: Run, pipe: Pipe, folder: Path) -> Path:
    """Stand in a folder with an installation that opens with the passphrase."""
    pipe(f"{PASSPHRASE}\n".encode())
    assert poruch("init").code == 0
    return folder


def test_init_says_what_the_key_is_and_repeats_it_nowhere(poruch: Run, pipe: Pipe, folder: Path) -> None:
    pipe(f"{PASSPHRASE}\n".encode())

    ended = poruch("init")

    assert (ended.code, "Key: your passphrase" in ended.out) == (0, True)
    assert PASSPHRASE not in ended.out + ended.err


def test_init_names_no_key_file_to_programs(poruch: Run, pipe: Pipe, folder: Path) -> None:
    pipe(f"{PASSPHRASE}\n".encode())

    assert poruch("init", "--json").json["key_file"] is None


@pytest.mark.parametrize(
    "arguments", [["code", "coordinator"], ["import", "facilities", "places.csv"], ["upgrade"]]
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"", b"\nanother line\n"])
def test_commands_take_one_line_of_standard_input(
    poruch: Run, pipe: Pipe, made: Path, arguments: list[str], end: bytes
) -> None:
    row = "IK-99,colony,Калонія № 99,Колония № 99,Penal colony No. 99,2024-01-01"
    (made / "places.csv").write_text(f"code,kind,name_be,name_ru,name_en,verified_on\n{row}\n")
    pipe(PASSPHRASE.encode() + end)

    assert poruch(*arguments).code == 0


@pytest.mark.parametrize("arguments", [["code", "coordinator"], ["upgrade"]])
@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param(b"kettle window seven grey river\n", "this passphrase does not open", id="another"),
        pytest.param(b"kettle window\n", "this cannot be the passphrase", id="too short for any"),
    ],
)
def test_another_passphrase_is_refused(
    poruch: Run, pipe: Pipe, made: Path, arguments: list[str], line: bytes, words: str
) -> None:
    pipe(line)

    assert words in poruch(*arguments).refusal


def test_a_passphrase_for_an_installation_with_a_key_file_says_what_opens_it(
    poruch: Run, pipe: Pipe, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORUCH_KEY_SOURCE", "file:keys/unseal.key")
    assert poruch("init").code == 0
    monkeypatch.setenv("PORUCH_KEY_SOURCE", "prompt")
    pipe(f"{PASSPHRASE}\n".encode())

    refusal = poruch("code", "coordinator").refusal

    assert "made with a key file opens with that alone: PORUCH_KEY_SOURCE=file:PATH" in refusal


def test_the_first_day_goes_as_the_page_says(
    poruch: Run, pipe: Pipe, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The steps of docs/operations.md in their order, with its example of settings."""
    steps = OPERATIONS.read_text().partition("## Before the first day\n")[2].partition("\n## ")[0]
    example = steps.partition("`poruch init")[0]
    lines = re.findall(r"^ +(PORUCH_\w+=.*)$", example, re.MULTILINE)
    (folder / ".env").write_text("\n".join(lines).replace("/media/backups", str(folder)))
    (folder / ".env").chmod(0o600)
    monkeypatch.delenv("PORUCH_KEY_SOURCE")
    keeper = new_keeper(folder)

    for arguments in (["init", "--recipient", keeper.recipient], ["backup"]):
        assert f"poruch {arguments[0]}" in steps
        pipe(f"{PASSPHRASE}\n".encode())
        assert poruch(*arguments).code == 0

    assert {"recovery.age", "keys.age"} <= {path.name for path in (folder / "poruch").iterdir()}
    assert not (folder / "data-key").exists()


def test_one_ctrl_c_ends_the_question(made: Path) -> None:
    with Terminal("code", "coordinator", cwd=made, environment={"PORUCH_KEY_SOURCE": "prompt"}) as terminal:
        terminal.reads("Passphrase")
        terminal.types("\x03", end="")

        assert terminal.ends() == 130

    assert "Traceback" not in terminal.shown


def test_erase_asks_for_the_passphrase_as_well(poruch: Run, pipe: Pipe, made: Path) -> None:
    pipe(f"{PASSPHRASE}\n".encode())

    assert "nobody has the pseudonym" in poruch("erase", "--yes", "Nobody").refusal


def test_at_a_terminal_the_refusal_has_a_line_of_its_own(made: Path) -> None:
    with Terminal("code", "coordinator", cwd=made, environment={"PORUCH_KEY_SOURCE": "prompt"}) as terminal:
        terminal.reads("Passphrase")
        terminal.types("kettle window")

        assert terminal.ends() == 1

    assert terminal.shown.splitlines()[1:] == [
        "poruch: this cannot be the passphrase, which has at least 16 characters, 6 of them different; "
        "type it again"
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "one line on standard input", id="nothing"),
        pytest.param(b"\n", "one line on standard input", id="an empty line"),
        pytest.param(b"x" * 2000 + b"\n", "one line on standard input", id="too long"),
        pytest.param(b"\xff" * 20 + b"\n", "not UTF-8", id="no text"),
        pytest.param(b"too short\n", "at least 16 characters", id="too short"),
    ],
)
def test_what_is_no_passphrase_makes_nothing(
    poruch: Run, pipe: Pipe, folder: Path, content: bytes, reason: str
) -> None:
    pipe(content)

    assert reason in poruch("init").refusal
    assert list(folder.iterdir()) == []


def test_at_a_terminal_a_new_passphrase_is_typed_twice_and_not_shown(folder: Path) -> None:
    with Terminal("init", cwd=folder, environment={"PORUCH_KEY_SOURCE": "prompt"}) as terminal:
        terminal.reads("New passphrase")
        terminal.types(PASSPHRASE)
        terminal.reads("Once more")
        terminal.types(PASSPHRASE)

        assert (terminal.ends(), "The installation is ready" in terminal.shown) == (0, True)

    assert PASSPHRASE not in terminal.shown
    with Terminal("code", "coordinator", cwd=folder, environment={"PORUCH_KEY_SOURCE": "prompt"}) as terminal:
        terminal.reads("Passphrase")
        terminal.types(PASSPHRASE)

        assert terminal.ends() == 0


def test_at_a_terminal_a_slip_makes_nothing(folder: Path) -> None:
    with Terminal("init", cwd=folder, environment={"PORUCH_KEY_SOURCE": "prompt"}) as terminal:
        terminal.reads("New passphrase")
        terminal.types(PASSPHRASE)
        terminal.reads("Once more")
        terminal.types(PASSPHRASE + "s")

        assert (terminal.ends(), "the two passphrases differ" in terminal.shown) == (1, True)

    assert list(folder.iterdir()) == []
