"""`poruch audit`: the trail is listed in words and verified, with and without its seed."""

import re
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from solidarity.audit import Act, record
from solidarity.people import agree, person_of
from solidarity.pseudonyms import pseudonym
from storage.models import AuditEntry, AuditHead, RoleName
from storage.unit_of_work import UnitOfWork
from tests.keepers import Keeper, new_keeper

from .conftest import NOW, Run, at_home


@pytest.fixture
def keeper(folder: Path) -> Keeper:
    return new_keeper(folder)


@pytest.fixture
def made(poruch: Run, keeper: Keeper, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with a recipient; its recovery copy was carried away."""
    monkeypatch.setenv("PORUCH_BACKUP_DIR", "backups")
    assert poruch("init", "--recipient", keeper.recipient).code == 0
    (folder / "backups" / "recovery.age").rename(folder / "recovery.age")
    return folder


async def spoil(uow: UnitOfWork) -> None:
    await uow.session.execute(update(AuditEntry).where(AuditEntry.number == 2).values(entry="{}"))


async def retag(uow: UnitOfWork) -> None:
    await uow.session.execute(update(AuditEntry).where(AuditEntry.number == 2).values(tag=bytes(32)))


def with_seed(poruch: Run, *more: str) -> tuple[int, str]:
    ended = poruch("audit", "verify", "--seed", "recovery.age", "--identity", "identity.txt", *more)
    return ended.code, ended.out


def test_a_new_installation_has_begun_its_trail_with_its_first_code(poruch: Run, installed: Path) -> None:
    lines = poruch("audit", "list").out.splitlines()
    assert len(lines) == 2
    assert re.fullmatch(r" +1  2026-11-23 12:00:00\+03:00  trail begun, by host", lines[0])
    assert re.fullmatch(r" +2  2026-11-23 12:00:00\+03:00  code given \(administrator\), by host", lines[1])


def test_people_are_listed_by_their_pseudonym_and_who_left_by_a_mark(poruch: Run, installed: Path) -> None:
    async def act(uow: UnitOfWork) -> tuple[str, str]:
        alice = await agree(uow, 700_000_001, language="en", now=NOW)
        bob = await agree(uow, 700_000_002, language="en", now=NOW)
        person = await person_of(uow, bob.id)
        await uow.people.grant(person, RoleName.COORDINATOR, scope=None, granted_by=None, day=NOW.date())
        await record(uow, Act.PERSON_SUSPENDED, by=bob.id, about=alice.id, now=NOW)
        return pseudonym(alice.id.bytes, "en"), pseudonym(bob.id.bytes, "en")

    alice, bob = at_home(act)
    [line] = poruch("audit", "list", "--last", "1").out.splitlines()
    assert line.endswith(f"person suspended, by {bob}, about {alice}")

    assert poruch("erase", "--yes", *alice.split()).code == 0

    suspended, erased = poruch("audit", "list", "--last", "2").out.splitlines()
    mark = suspended.rpartition(" ")[2]
    assert re.fullmatch("[0-9a-f]{16}", mark)
    assert erased.endswith(f"person erased, by host, about {mark}")


def test_json_lists_the_same(poruch: Run, installed: Path) -> None:
    [first, second] = poruch("audit", "list", "--json").json["entries"]
    assert (first["number"], first["act"], first["by"]) == (1, "trail_begun", "host")
    assert (second["act"], second["kind"], second["by_name"]) == ("code_given", "administrator", None)


def test_a_whole_trail_is_said_to_be_and_what_was_not_checked(poruch: Run, installed: Path) -> None:
    ended = poruch("audit", "verify")
    assert ended.code == 0
    assert "The trail is whole: 2 entries, the last is 2, its mark " in ended.out
    assert "could have written the whole trail anew" in ended.out
    assert "restored" not in ended.out


def test_with_the_recovery_copy_and_its_identity_every_tag_is_checked(poruch: Run, made: Path) -> None:
    code, out = with_seed(poruch)
    assert (code, "Tags checked: 2 of 2." in out) == (0, True)
    at_home(retag)
    assert poruch("audit", "verify").code == 0
    code, out = with_seed(poruch)
    assert (code, "Entry 2 was written by somebody who did not have the key" in out) == (1, True)


def test_an_hour_of_the_list_has_its_zone(
    poruch: Run, installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORUCH_TIME_ZONE", "America/New_York")

    first = poruch("audit", "list").out.splitlines()[0]

    assert "  2026-11-23 04:00:00-05:00  " in first


def test_a_changed_entry_is_named_and_ends_with_one(poruch: Run, installed: Path) -> None:
    at_home(spoil)
    ended = poruch("audit", "verify")
    assert (ended.code, ended.out) == (
        1,
        "Entry 2 is not as it was written. What stands before it is as written.\n",
    )
    told = poruch("audit", "verify", "--json")
    assert (told.code, told.json["bad"], told.json["fault"], told.json["is_whole"]) == (
        1, 2, "changed", False,
    )  # fmt: skip


def test_a_head_that_a_coordinator_wrote_down_finds_what_was_cut_off(poruch: Run, installed: Path) -> None:
    mark = poruch("audit", "verify", "--json").json["mark"]
    assert poruch("audit", "verify", "--head", f"2:{mark[:16]}").code == 0
    other = poruch("audit", "verify", "--head", f"2:{'0' * 16}")
    assert (other.code, "Entry 2 has another mark" in other.out) == (1, True)
    assert "If a backup was restored that is older than this mark, that is why" in other.out
    cut = poruch("audit", "verify", "--head", f"3:{mark[:16]}", "--head", f"2:{mark[:16]}")
    assert (cut.code, "Entry 3 is missing" in cut.out) == (1, True)


@pytest.mark.parametrize("head", ["2", "2:", "x:0011223344", "0:0011223344", "2:0011", "2:zz11223344"])
def test_what_is_no_head_is_wrong_usage(poruch: Run, installed: Path, head: str) -> None:
    assert poruch("audit", "verify", "--head", head).code == 2


def test_the_seed_is_printed_elsewhere_and_typed_or_laid_in_a_file_here(
    poruch: Run, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = poruch("audit", "seed", "recovery.age", "--identity", "identity.txt")
    assert re.fullmatch("0:[0-9a-f]{64}\n", printed.out)
    (made / "seeds").write_text(printed.out)
    assert "Tags checked: 2 of 2." in poruch("audit", "verify", "--seed", "seeds").out
    monkeypatch.setattr("bot.commands.audit.ask", lambda question, *, is_hidden: printed.out)
    assert "Tags checked: 2 of 2." in poruch("audit", "verify", "--seed", "-").out


def test_what_is_no_seed_is_refused(poruch: Run, made: Path) -> None:
    (made / "seeds").write_text("nothing of the kind")
    assert "is no seed" in poruch("audit", "verify", "--seed", "seeds").refusal
    assert "is no seed" in poruch("audit", "verify", "--seed", "recovery.age").refusal
    assert "there is no missing" in poruch("audit", "verify", "--seed", "missing").refusal


def test_who_is_no_recipient_gets_no_seed(poruch: Run, made: Path) -> None:
    other = new_keeper(made, "other.txt")
    refused = poruch("audit", "seed", "recovery.age", "--identity", other.file.name)
    assert "sealed to somebody else" in refused.refusal


def test_another_installations_copy_is_refused(
    poruch: Run, made: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORUCH_DATA_DIR", "second")
    monkeypatch.setenv("PORUCH_BACKUP_DIR", "second-backups")
    monkeypatch.setenv("PORUCH_KEY_SOURCE", "file:second.key")
    assert poruch("init", "--recipient", keeper.recipient).code == 0
    ended = poruch("audit", "verify", "--seed", "recovery.age", "--identity", "identity.txt")
    assert "belongs to another installation" in ended.refusal


def test_a_new_recipient_verifies_from_there_on_and_the_first_one_everything(
    poruch: Run, made: Path, keeper: Keeper
) -> None:
    other = new_keeper(made, "other.txt")
    assert poruch("backup", "--add-recipient", other.recipient).code == 0
    copy = str(made / "backups" / "recovery.age")
    first = poruch("audit", "verify", "--seed", copy, "--identity", "identity.txt")
    second = poruch("audit", "verify", "--seed", copy, "--identity", "other.txt")
    assert (first.code, second.code) == (0, 0)
    # Begun, a code, recipients changed, a new seed, a backup.
    assert ("Tags checked: 5 of 5." in first.out, "Tags checked: 1 of 5." in second.out) == (True, True)
    # The copy from before still verifies what came before.
    assert "Tags checked: 4 of 5." in with_seed(poruch)[1]


def test_who_gets_a_recipient_later_has_a_seed_from_then_on(
    poruch: Run, keeper: Keeper, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORUCH_BACKUP_DIR", "backups")
    ended = poruch("init")
    assert (ended.code, "nobody can verify" in ended.err) == (0, True)
    assert poruch("backup", "--add-recipient", keeper.recipient).code == 0
    (folder / "backups" / "recovery.age").rename(folder / "recovery.age")
    assert "Tags checked: 1 of 5." in with_seed(poruch)[1]


def test_a_trail_without_its_head_is_refused_in_one_line_and_so_is_what_belongs_there(
    poruch: Run, installed: Path
) -> None:
    async def change(uow: UnitOfWork) -> None:
        head = await uow.session.get_one(AuditHead, uow.vault.deployment)
        head.key = type(head.key)(bytes(len(head.key.raw)))

    at_home(change)
    for arguments in (["audit", "verify"], ["code", "coordinator"]):
        assert "the trail of what was done cannot be written" in poruch(*arguments).refusal


def test_an_installation_without_a_trail_begins_one_when_it_is_opened(
    poruch: Run, made: Path, keeper: Keeper
) -> None:
    async def forget(uow: UnitOfWork) -> None:
        await uow.session.execute(delete(AuditEntry))
        await uow.session.execute(delete(AuditHead))

    at_home(forget)
    assert poruch("stats").code == 0
    [line] = poruch("audit", "list").out.splitlines()
    assert line.endswith("trail begun, by host")
    copy = str(made / "backups" / "recovery.age")
    ended = poruch("audit", "verify", "--seed", copy, "--identity", "identity.txt")
    assert "Tags checked: 1 of 1." in ended.out


def test_rotated_keys_leave_the_trail_to_be_verified_and_the_new_copy_holds_its_seed(
    poruch: Run, made: Path
) -> None:
    assert poruch("keys", "rotate").code == 0
    copy = str(made / "backups" / "recovery.age")
    ended = poruch("audit", "verify", "--seed", copy, "--identity", "identity.txt")
    assert "Tags checked: 3 of 3." in ended.out
    assert "key rotated (0), by host" in poruch("audit", "list").out


def test_what_was_restored_says_so_and_is_verified_by_the_same_seed(
    poruch: Run, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert poruch("backup").code == 0
    fingerprint = poruch("keys", "list", "--json").json["installation"]
    (made / "backups" / "recovery.age").write_bytes((made / "recovery.age").read_bytes())
    monkeypatch.setenv("PORUCH_DATA_DIR", "second")
    monkeypatch.setenv("PORUCH_KEY_SOURCE", "file:second.key")
    known = ("--identity", "identity.txt", "--installation", fingerprint)
    checked = poruch("restore", "backups", "--check", *known, "--json")
    assert (checked.code, checked.json["cells_unreadable"]) == (0, 0)
    assert poruch("restore", "backups", *known).code == 0

    # The backup itself was written down after it was made.
    acts = [entry["act"] for entry in poruch("audit", "list", "--json").json["entries"]]
    assert acts == ["trail_begun", "code_given", "restored"]
    assert "Tags checked: 3 of 3." in with_seed(poruch)[1]
