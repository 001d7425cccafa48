"""`poruch backup`, `restore`, `destroy` as typed: what they print, what they refuse, what they leave."""

import io
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from storage.models import Departed
from storage.unit_of_work import UnitOfWork
from tests.keepers import Keeper, new_keeper
from tests.terminal import Terminal

from .conftest import Ended, Run, at_home

OPERATIONS = Path(__file__).parents[3] / "docs" / "operations.md"


@pytest.fixture
def keeper(folder: Path) -> Keeper:
    return new_keeper(folder)


@pytest.fixture
def made(poruch: Run, keeper: Keeper, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with a recipient and a place for backups."""
    monkeypatch.setenv("PORUCH_BACKUP_DIR", "backups")
    assert poruch("init", "--recipient", keeper.recipient).code == 0
    return folder


@pytest.fixture
def restores(poruch: Run, made: Path) -> Run:
    """Restores or checks the backups with the fingerprint that was written down."""
    fingerprint = poruch("keys", "list", "--json").json["installation"]

    def restore(*more: str, identity: str = "identity.txt") -> Ended:
        return poruch("restore", "backups", "--identity", identity, "--installation", fingerprint, *more)

    return restore


def test_init_with_a_recipient_makes_the_recovery_copy_and_says_where(
    poruch: Run, keeper: Keeper, folder: Path
) -> None:
    ended = poruch("init", "--recipient", keeper.recipient)

    copy = folder / "data-key" / "recovery.age"
    assert (str(copy) in ended.out, "another place" in ended.out, copy.exists()) == (True, True, True)
    assert "no recovery copy" not in ended.err


def test_init_without_one_warns(poruch: Run, folder: Path) -> None:
    assert "no recovery copy" in poruch("init").err


def test_init_refuses_what_is_no_recipient_and_makes_nothing(poruch: Run, folder: Path) -> None:
    assert "public age key" in poruch("init", "--recipient", "age1nonsense").refusal
    assert list(folder.iterdir()) == []


def test_init_does_not_write_over_another_installations_recovery_copy(
    poruch: Run, made: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (made / "backups" / "recovery.age").read_bytes()
    monkeypatch.setenv("PORUCH_DATA_DIR", "second")

    assert "PORUCH_BACKUP_DIR" in poruch("init", "--recipient", keeper.recipient).refusal
    assert (made / "backups" / "recovery.age").read_bytes() == before
    assert not (made / "second").exists()


def test_init_does_not_take_a_backup_folder_that_holds_bundles_also_without_a_recipient(
    poruch: Run, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORUCH_DATA_DIR", "second")

    assert "holds bundles of an installation already" in poruch("init").refusal
    assert list(made.glob("second*")) == []


def test_init_does_not_take_a_key_that_is_another_installations(
    poruch: Run, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (made / "data-key" / "unseal.key").read_bytes()
    monkeypatch.setenv("PORUCH_DATA_DIR", "second")
    monkeypatch.setenv("PORUCH_KEY_SOURCE", "file:data-key/unseal.key")
    monkeypatch.setenv("PORUCH_BACKUP_DIR", "second-backups")

    refusal = poruch("init").refusal

    assert ("unseal.key is there already" in refusal, "--use-key" in refusal) == (True, True)
    assert (made / "data-key" / "unseal.key").read_bytes() == before
    assert list(made.glob("second*")) == []


def test_init_takes_a_key_that_was_made_for_it(poruch: Run, folder: Path) -> None:
    key = folder / "data-key" / "unseal.key"
    key.parent.mkdir()
    key.write_text(os.urandom(32).hex())
    key.chmod(0o600)
    before = key.read_bytes()

    assert poruch("init", "--use-key").code == 0
    assert poruch("code", "coordinator").code == 0
    assert key.read_bytes() == before


def test_init_with_a_key_that_should_lie_there_and_does_not_makes_none(poruch: Run, folder: Path) -> None:
    assert "no key lies at" in poruch("init", "--use-key").refusal
    assert list(folder.iterdir()) == []


def test_a_backup_into_another_installations_folder_is_refused(
    poruch: Run, made: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    poruch("backup")
    before = {path: path.read_bytes() for path in (made / "backups").iterdir()}
    monkeypatch.setenv("PORUCH_DATA_DIR", "second")
    monkeypatch.delenv("PORUCH_BACKUP_DIR")
    assert poruch("init", "--recipient", keeper.recipient).code == 0

    assert "holds the backups of another installation" in poruch("backup", "--to", "backups").refusal
    assert {path: path.read_bytes() for path in (made / "backups").iterdir()} == before


def test_a_backup_into_a_folder_of_bundles_that_nobody_marked_is_refused(
    poruch: Run, made: Path, keeper: Keeper
) -> None:
    (made / "stick").mkdir()
    (made / "stick" / "keys.age").write_bytes(b"somebody else's")

    assert "nothing says whose" in poruch("backup", "--to", "stick").refusal
    assert (made / "stick" / "keys.age").read_bytes() == b"somebody else's"


def test_a_backup_names_its_files(poruch: Run, made: Path) -> None:
    ended = poruch("backup")

    assert ended.code == 0
    assert [name for name in ("keys.age", "departed.age", "data-2") if name not in ended.out] == []
    assert "Sealed to 1 recipient." in ended.out


def test_a_backup_answers_programs(poruch: Run, made: Path) -> None:
    told = poruch("backup", "--to", "stick", "--json").json

    assert [Path(name).parent for name in told["files"]] == [made / "stick"] * 3
    assert (told["recipients"], told["recovery_copy"]) == (1, None)


def test_every_command_that_shows_the_fingerprint_shows_the_same(
    poruch: Run, folder: Path, keeper: Keeper
) -> None:
    made = poruch("init", "--recipient", keeper.recipient)

    [line] = [line for line in made.out.splitlines() if line.startswith("Installation: ")]
    for command in (("backup", "--to", "stick"), ("keys", "list"), ("keys", "rotate"), ("keys", "list")):
        assert line in poruch(*command).out
    assert poruch("backup", "--to", "stick", "--json").json["installation"] == line.split()[-1]


def test_what_speaks_against_a_folder_is_said(poruch: Run, made: Path) -> None:
    (made / "stick").mkdir()
    (made / "stick" / "holiday.jpg").touch()

    missing, full, again = (poruch("backup", "--to", name) for name in ("mounted", "stick", "mounted"))
    usual = poruch("backup")

    same_disk = "lies on the same disk as the data"
    assert ("was not there and is made" in missing.err, same_disk in missing.err) == (True, True)
    assert ("holds other things as well" in full.err, "was not there" in full.err) == (True, False)
    assert again.err.splitlines() == [
        f"poruch: {made / 'mounted'} {same_disk}, and is lost or taken with it; carry it elsewhere"
    ]
    assert usual.err.splitlines() == [
        f"poruch: {made / 'backups'} {same_disk}, and is lost or taken with it; carry it elsewhere"
    ]


def test_a_usual_place_that_is_not_mounted_is_named(poruch: Run, made: Path) -> None:
    (made / "backups").rename(made / "unplugged")

    ended = poruch("backup")

    assert (ended.code, f"{made / 'backups'} was not there and is made" in ended.err) == (0, True)


def test_a_backup_without_a_place_or_a_recipient_is_refused(poruch: Run, installed: Path) -> None:
    assert "PORUCH_BACKUP_DIR" in poruch("backup").refusal
    assert "nobody to seal" in poruch("backup", "--to", "stick").refusal
    assert "data folder" in poruch("backup", "--to", "data/backups").refusal


def test_recipients_come_and_go_and_the_recovery_copy_follows(
    poruch: Run, made: Path, keeper: Keeper, restores: Run
) -> None:
    vera = new_keeper(made, "vera.txt")

    added = poruch(
        "backup", "--add-recipient", vera.recipient, "--remove-recipient", keeper.recipient, "--json"
    )

    assert added.json["recipients"] == 1
    assert restores("--check", identity="vera.txt").code == 0
    assert "sealed to somebody else" in restores("--check").refusal


def test_a_rotation_says_what_to_do_with_the_recovery_copy_that_lies_elsewhere(
    poruch: Run, made: Path
) -> None:
    lines = poruch("keys", "rotate").out.splitlines()

    assert lines[-1].startswith("One that you moved away before holds the old key")


def test_a_rotation_renews_the_recovery_copy(poruch: Run, made: Path, restores: Run) -> None:
    before = (made / "backups" / "recovery.age").read_bytes()

    told = poruch("keys", "rotate", "--json").json

    assert told["recovery_copy"] == str(made / "backups" / "recovery.age")
    assert (made / "backups" / "recovery.age").read_bytes() != before
    assert poruch("backup").code == 0
    assert restores("--check").code == 0


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_rotation_is_said_to_be_done_also_where_the_recovery_copy_cannot_follow(
    poruch: Run, made: Path, monkeypatch: pytest.MonkeyPatch, form: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PORUCH_BACKUP_DIR", "/proc/foo")

    ended = poruch("keys", "rotate", *form)

    assert (ended.code, len(ended.err.splitlines())) == (1, 1)
    assert "the key was replaced, but the recovery copy could not be written: /proc/foo" in ended.err
    assert ("The wrapping key is" in ended.out) == (form == ())
    assert "no recovery copy and no backup" not in ended.err
    if form:
        assert (ended.json["generation"], ended.json["recovery_copy"]) == (4, None)


def test_the_list_of_keys_names_the_recipients(poruch: Run, made: Path, keeper: Keeper) -> None:
    vera = new_keeper(made, "vera.txt")
    poruch("backup", "--add-recipient", vera.recipient)

    ended, facts = poruch("keys", "list"), poruch("keys", "list", "--json").json

    today = datetime.now(UTC).date().isoformat()
    named = {keeper.recipient, vera.recipient}
    assert {line for line in ended.out.splitlines() if "age1" in line} == {
        f"{recipient}  {today}" for recipient in named
    }
    assert {(each["public_key"], each["since"]) for each in facts["recipients"]} == {
        (recipient, today) for recipient in named
    }


def test_who_is_no_recipient_any_more_still_opens_older_copies_and_that_is_said(
    poruch: Run, made: Path, keeper: Keeper
) -> None:
    vera = new_keeper(made, "vera.txt")

    added = poruch("backup", "--add-recipient", vera.recipient)
    removed = poruch("backup", "--remove-recipient", keeper.recipient)

    said = "every copy of keys.age and recovery.age from before opens to whom you removed"
    assert (said in added.err, said in removed.err) == (False, True)


@pytest.mark.parametrize("stage", ["recovery.age", "keys.age"])
def test_a_change_of_recipients_that_is_cut_off_warns_at_once_and_goes_on_when_called_again(
    poruch: Run, made: Path, keeper: Keeper, restores: Run, stage: str
) -> None:
    vera = new_keeper(made, "vera.txt")
    (made / "backups" / stage).unlink(missing_ok=True)
    (made / "backups" / stage).mkdir()
    change = ("backup", "--add-recipient", vera.recipient, "--remove-recipient", keeper.recipient)

    cut_off = poruch(*change)
    (made / "backups" / stage).rmdir()
    again = poruch(*change)

    *_, warning, refusal = cut_off.err.splitlines()
    assert (cut_off.code, "before opens to whom you removed" in warning) == (1, True)
    assert refusal.startswith("poruch: the recipients are changed, but not everything is sealed to them")
    assert (again.code, "before opens to whom you removed" in again.err) == (0, True)
    assert f"{keeper.recipient} is no recipient, or not any more" in again.err
    assert restores("--check", identity="vera.txt").code == 0
    assert "sealed to somebody else" in restores("--check").refusal


def test_recipients_stay_as_they_are_where_no_backup_can_be_put(
    poruch: Run, made: Path, keeper: Keeper
) -> None:
    vera = new_keeper(made, "vera.txt")
    (made / "stick").mkdir()
    (made / "stick" / "keys.age").write_bytes(b"somebody else's")

    refusal = poruch("backup", "--to", "stick", "--add-recipient", vera.recipient).refusal

    assert "nothing says whose" in refusal
    assert vera.recipient not in poruch("keys", "list").out


def test_who_never_was_a_recipient_is_named(poruch: Run, made: Path) -> None:
    mallory = new_keeper(made, "mallory.txt")

    ended = poruch("backup", "--remove-recipient", mallory.recipient)

    assert (ended.code, f"{mallory.recipient} is no recipient" in ended.err) == (0, True)
    assert "Sealed to 1 recipient." in ended.out


@pytest.mark.parametrize("command", [("keys", "rotate"), ("backup", "--remove-recipient")])
def test_an_older_recovery_copy_beside_the_key_is_named(
    poruch: Run, folder: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    vera = new_keeper(folder, "vera.txt")
    assert poruch("init", "--recipient", keeper.recipient, "--recipient", vera.recipient).code == 0
    monkeypatch.setenv("PORUCH_BACKUP_DIR", "backups")

    ended = poruch(*command, *([vera.recipient] if command[0] == "backup" else []))

    assert f"an older recovery copy lies at {folder / 'data-key' / 'recovery.age'}" in ended.err
    assert (folder / "backups" / "recovery.age").exists()


def test_a_rotation_without_a_recipient_says_what_that_means(poruch: Run, installed: Path) -> None:
    ended = poruch("keys", "rotate")

    assert (ended.code, "there is no recovery copy and no backup" in ended.err) == (0, True)
    assert "Backups are sealed to nobody" in poruch("keys", "list").out


def test_the_last_recipient_cannot_be_removed(poruch: Run, made: Path, keeper: Keeper) -> None:
    assert "no recipient would be left" in poruch("backup", "--remove-recipient", keeper.recipient).refusal


def test_an_installation_comes_back_on_a_clean_machine(
    poruch: Run, made: Path, restores: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The drill of docs/operations.md, step by step."""
    poruch("backup")
    assert poruch("destroy", "--yes").code == 0
    monkeypatch.setenv("PORUCH_DATA_DIR", "new")

    checked = restores("--check")
    ended = restores()

    assert (checked.code, checked.out.splitlines()[-1]) == (0, "This backup can be restored.")
    assert (ended.code, "poruch run" in ended.out) == (0, True)
    assert poruch("code", "coordinator").code == 0
    assert (made / "new-key" / "unseal.key").stat().st_mode & 0o777 == 0o600


def test_what_a_restore_says_is_next_is_what_the_drill_says(
    poruch: Run, made: Path, restores: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    poruch("backup")
    monkeypatch.setenv("PORUCH_DATA_DIR", "new")

    said = restores().out.partition("Next:\n")[2]

    drill = OPERATIONS.read_text().partition("## Recovery on a clean machine")[2].partition("\n## ")[0]
    after = drill.partition("\n4. ")[2]
    steps = r"poruch (?:run|keys rotate|backup)|/revoke|PORUCH_TOKEN_FILE|Delete|identity"
    assert re.findall(steps, said) == re.findall(steps, after)
    assert len(re.findall(steps, said)) == 7


def test_a_restore_answers_programs(
    poruch: Run, made: Path, restores: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    poruch("backup")
    monkeypatch.setenv("PORUCH_DATA_DIR", "new")

    checked = restores("--check", "--json").json
    told = restores("--json").json

    assert (checked["is_usable"], checked["rows"]) == (True, told["rows"])
    assert (told["forgotten"], told["key_file"]) == (0, str(made / "new-key" / "unseal.key"))
    assert (checked["secret"], told["secret"]) == ("recovery", "recovery")
    assert checked["installation"] == told["installation"]


def test_a_check_tries_the_recovery_copy_also_where_a_key_lies_here(
    poruch: Run, made: Path, restores: Run
) -> None:
    poruch("backup")
    (made / "backups" / "recovery.age").rename(made / "away")

    without = restores("--check")
    own = restores("--check", "--secret", "own")

    assert "holds no recovery.age" in without.refusal
    assert own.code == 0
    assert "the recovery copy was not tried" in own.out.splitlines()[-1]
    assert f"Opened with the key in {made / 'data-key' / 'unseal.key'}." in own.out.splitlines()


def test_a_check_without_the_fingerprint_uses_the_key_that_lies_here(
    poruch: Run, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The drill of docs/operations.md with a copy of the key that somebody kept."""
    poruch("backup")
    (made / "data-key" / "unseal.key").rename(made / "copy")
    monkeypatch.setenv("PORUCH_DATA_DIR", "new")
    monkeypatch.setenv("PORUCH_KEY_SOURCE", "file:copy")
    restore = ("restore", "backups", "--identity", "identity.txt")

    checked = poruch(*restore, "--check")
    ended = poruch(*restore)

    name = f"the key in {made / 'copy'}"
    assert (checked.code, ended.code) == (0, 0)
    assert checked.out.splitlines()[-1] == (
        f"This backup can be restored with {name}; the recovery copy was not tried "
        "(--secret recovery, with --installation)."
    )
    assert f"Opened with {name}." in ended.out.splitlines()


def test_a_restore_from_the_recovery_copy_needs_a_place_for_the_key(
    poruch: Run, made: Path, restores: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    poruch("backup")
    monkeypatch.setenv("PORUCH_DATA_DIR", "new")
    monkeypatch.setenv("PORUCH_KEY_SOURCE", "prompt")

    assert restores("--check", "--secret", "recovery").code == 0
    assert "set it to file:PATH" in restores("--secret", "recovery").refusal
    assert not (made / "new").exists()


def test_a_missing_ledger_is_said_aloud(
    poruch: Run, made: Path, restores: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    poruch("backup")
    (made / "backups" / "departed.age").unlink()
    monkeypatch.setenv("PORUCH_DATA_DIR", "new")

    checked, ended = restores("--check"), restores()

    today = datetime.now(UTC).date()
    warning = f"no ledger (departed.age) of {today} or later lies here: whoever left since comes back"
    assert [each.err.count(warning) for each in (checked, ended)] == [1, 1]
    assert (checked.code, ended.code) == (0, 0)


def test_it_is_said_that_who_hid_since_is_seen_again(
    poruch: Run, made: Path, restores: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    poruch("backup")
    monkeypatch.setenv("PORUCH_DATA_DIR", "new")
    [data] = (made / "backups").glob("data-*.age")

    ended = restores()

    line = f"All else is as it was in {data.name}: who hid since then is seen and written to again."
    assert line in ended.out.splitlines()


def test_the_day_of_the_last_ledger_is_named(poruch: Run, made: Path, restores: Run) -> None:
    poruch("backup")

    ended = restores("--check")

    today = datetime.now(UTC).date()
    line = f"Leaving is known up to some hour of {today}: whoever left later, on that day too, comes back."
    assert line in ended.out.splitlines()
    assert ended.err == ""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(None, "there is no such file", id="missing"),
        pytest.param(b"", "it holds no line that begins with AGE-SECRET-KEY-1", id="empty"),
        pytest.param(b"no identity", "it holds no line that begins with AGE-SECRET-KEY-1", id="another"),
        pytest.param(b"\x89PNG\xff", "it is no text", id="no text"),
    ],
)
def test_a_restore_without_an_identity_is_refused(
    poruch: Run, made: Path, content: bytes | None, reason: str
) -> None:
    poruch("backup")
    if content is not None:
        (made / "wrong.txt").write_bytes(content)

    refusal = poruch("restore", "backups", "--identity", str(made / "wrong.txt"), "--check").refusal

    assert f"the identity file {made / 'wrong.txt'} cannot be used: {reason}" in refusal
    assert "name by --identity the file that age-keygen wrote" in refusal


@pytest.mark.parametrize("more", [(), ("--check",)])
def test_a_restore_by_a_key_that_is_nowhere_says_how_to_go_on(
    poruch: Run, made: Path, restores: Run, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    poruch("backup")
    monkeypatch.setenv("PORUCH_DATA_DIR", "new")

    refusal = restores("--secret", "own", *more).refusal

    assert f"the key {made / 'new-key' / 'unseal.key'} is missing; put a copy of it there" in refusal
    assert "--secret recovery" in refusal
    assert "poruch restore" not in refusal


@pytest.mark.parametrize(("leaving", "words"), [(1, "1 person,"), (2, "2 people,")])
def test_a_check_counts_one_person_as_one(
    poruch: Run, made: Path, restores: Run, leaving: int, words: str
) -> None:
    async def leave(uow: UnitOfWork) -> None:
        uow.session.add_all(Departed(id=uuid4(), left_on=datetime.now(UTC).date()) for _ in range(leaving))

    at_home(leave)
    poruch("backup")

    assert f"Forgotten: {words} 0 cells." in restores("--check").out.splitlines()


@pytest.mark.parametrize(("mode", "is_open"), [(0o600, False), (0o400, False), (0o640, True), (0o644, True)])
def test_an_identity_that_others_can_read_is_warned_of(
    poruch: Run, made: Path, restores: Run, keeper: Keeper, mode: int, is_open: bool
) -> None:
    poruch("backup")
    keeper.file.chmod(mode)

    ended = restores("--check")

    assert ended.code == 0
    assert ("run: chmod 600 identity.txt" in ended.err) == is_open


@pytest.mark.parametrize("answer", [b"", b"\n", b"yes\n", b"destroying\n", b"\xff\n", b"x" * 9_999])
def test_destroy_does_nothing_without_its_word(
    poruch: Run, made: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(answer)))

    ended = poruch("destroy")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines()[-1] == "poruch: nothing was destroyed; answer destroy, or say --yes"
    assert (made / "data" / "keyring.bin").exists()


def test_destroy_does_nothing_where_nobody_can_answer(
    poruch: Run, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert "nothing was destroyed" in poruch("destroy").err
    assert (made / "data" / "keyring.bin").exists()


def test_destroy_prints_whatever_name_a_file_has(poruch: Run, made: Path) -> None:
    for name in (b"\xff", b"\x1b[2J", "памяць".encode()):
        Path(os.fsdecode(os.fsencode(made / "data") + b"/" + name)).touch()

    ended = poruch("destroy", "--yes")

    assert ended.code == 0
    assert r"\udcff" in ended.out
    assert r"\x1b[2J" in ended.out
    assert "памяць" in ended.out


def test_destroy_takes_its_word_from_a_pipe(poruch: Run, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"destroy\n")))

    assert poruch("destroy", "--json").json["failed"] == []
    assert not (made / "data" / "keyring.bin").exists()


def test_destroy_names_in_its_question_what_goes_and_what_stays(made: Path) -> None:
    (made / ".env").write_text("PORUCH_TOKEN=7000000001:x\nPORUCH_LOG_LEVEL=INFO\n")
    (made / "data-key" / "recovery.age").write_text("sealed")
    with Terminal("destroy", cwd=made, environment={}) as terminal:
        terminal.reads("type: destroy")
        asked = terminal.shown
        terminal.types("destroy")

        assert terminal.ends() == 0

    places = ("data/keyring.bin", "data-key/unseal.key", "data-key/recovery.age", "data/poruch.db", ".env")
    assert [place for place in places if f"{made / place}" not in asked] == []
    assert ("its other lines stay" in asked, "[" in asked) == (True, False)
    assert (made / ".env").read_text() == "PORUCH_LOG_LEVEL=INFO\n"


def test_destroy_says_what_is_gone_and_what_is_not(poruch: Run, made: Path) -> None:
    ended = poruch("destroy", "--yes")

    assert ended.code == 0
    assert [
        w for w in ("the key ring", "the database file", "/revoke", "recovery") if w not in ended.out
    ] == []
    assert not (made / "data" / "keyring.bin").exists()


def test_destroy_does_not_mind_a_wrong_setting(
    poruch: Run, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORUCH_TIME_ZONE", "Mars/Base")
    monkeypatch.setenv("PORUCH_TOKEN_FILE", "nowhere")

    assert poruch("destroy", "--yes", "--json").json["failed"] == []
    assert not (made / "data" / "keyring.bin").exists()


def test_destroy_where_nothing_is_installed_is_refused(poruch: Run, folder: Path) -> None:
    assert "nothing is installed" in poruch("destroy", "--yes").refusal
