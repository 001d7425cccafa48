"""What an import would change is confirmed in a wave or one by one; a death never in a wave."""

import json

import pytest

from solidarity.differences import waiting_counts
from solidarity.import_hearings import compare_hearings
from solidarity.import_prisoners import compare_prisoners
from solidarity.kept_changes import keep_differences
from solidarity.register import parse_hearings, parse_prisoners, read_rows
from storage.models import CustodyStatus, DifferenceKind, Prisoner, Publicity

ROW = {
    "source_id": "p-1",
    "name_en": "Example Sampleson",
    "alias": "Sailor",
    "custody_status": "pretrial",
    "interests": "chess",
}


@pytest.fixture
def imports(storage, clock):
    """Lets rows of a register file wait as differences."""

    async def wait(*rows):
        parsed = parse_prisoners(read_rows(json.dumps(rows).encode()), today=clock().date())
        assert parsed.refused == ()
        async with storage.unit() as uow:
            found = await compare_prisoners(uow, parsed.rows, today=clock().date())
            await keep_differences(uow, found.changes, day=clock().date())

    return wait


@pytest.fixture
def known(storage):
    """Puts somebody into the register whom a file can speak of."""

    async def make(publicity=Publicity.GUARDIANS):
        async with storage.unit() as uow:
            prisoner = Prisoner(custody_status=CustodyStatus.PRETRIAL, publicity=publicity, languages="")
            await uow.prisoners.add(prisoner, source_id="p-1")
            await uow.prisoners.describe(
                prisoner,
                names={"en": "Example Sampleson"}, alias="Sailor", born=None, interests=None, case_details={},
            )  # fmt: skip

    return make


@pytest.fixture
def imports_hearings(storage, clock):
    """Lets rows of a file of hearings wait as differences."""

    async def wait(*rows):
        parsed = parse_hearings(read_rows(json.dumps(rows).encode()))
        assert parsed.refused == ()
        async with storage.unit() as uow:
            found = await compare_hearings(uow, parsed.rows, now=clock())
            await keep_differences(uow, found.changes, day=clock().date())

    return wait


HEARING = {"source_id": "h-1", "prisoner": "p-1", "court": "Sample Court"}


async def opens(chat):
    await chat.says("/desk")
    await chat.taps("Inbox")
    await chat.taps("Register differences")


async def status_of(storage, source_id="p-1"):
    async with storage.view() as uow:
        prisoner = await uow.prisoners.get_by_source(source_id)
        return None if prisoner is None else prisoner.custody_status


async def counts(storage):
    async with storage.view() as uow:
        return await waiting_counts(uow)


async def test_the_desk_counts_differences_in_words(at_desk, imports):
    await imports(ROW, ROW | {"source_id": "p-2", "name_en": "Sample Patternov"})

    await at_desk.says("/desk")

    assert "2 differences in the register" in at_desk.text


async def test_a_hearing_of_a_file_is_shown_in_words(at_desk, imports_hearings, known):
    await known()
    await imports_hearings(HEARING | {"starts": "2026-12-11 12:00", "zone": "Europe/Warsaw"})
    await opens(at_desk)

    await at_desk.taps("One by one")

    assert "Starts: Friday, 11 December 2026, 12:00 (Warsaw time)" in at_desk.text


async def test_how_a_hearing_of_a_file_ended_is_shown_in_words(at_desk, imports_hearings, known):
    await known()
    row = HEARING | {"starts": "2026-11-20 12:00", "status": "held"}
    await imports_hearings(
        row | {"outcome": "custody_extended"},
        row | {"source_id": "h-2", "starts": "2026-11-19 12:00", "outcome": "a fine of one <b>"},
    )
    await opens(at_desk)
    await at_desk.taps("One by one")
    first = at_desk.text
    await at_desk.taps("Later")

    both = first + at_desk.text

    assert "Outcome: Kept in custody" in both
    assert "Outcome: a fine of one &lt;b&gt;" in both


async def test_a_city_in_another_spelling_is_no_difference(at_desk, imports_hearings, known):
    await known()
    row = HEARING | {"starts": "2026-12-11 12:00", "city": "Minsk"}
    await imports_hearings(row)
    await opens(at_desk)
    await at_desk.taps("Confirm all")
    await imports_hearings(row | {"city": "Мінск", "room": "14"})
    await opens(at_desk)

    await at_desk.taps("One by one")

    assert "Room: 14" in at_desk.text
    assert "City" not in at_desk.text


async def test_differences_are_counted_by_kind(at_desk, imports, known):
    await known()
    await imports(ROW | {"custody_status": "died"}, ROW | {"source_id": "p-2", "name_en": "Sample Patternov"})

    await opens(at_desk)

    assert "Deaths: 1" in at_desk.text
    assert "New people: 1" in at_desk.text
    assert at_desk.labels == ["Confirm all", "One by one", "Back"]


async def test_a_wave_confirms_all_but_a_death(at_desk, imports, known, storage):
    await known()
    await imports(ROW | {"custody_status": "died"}, ROW | {"source_id": "p-2", "name_en": "Sample Patternov"})
    await opens(at_desk)

    await at_desk.taps("Confirm all")

    assert await counts(storage) == {DifferenceKind.DIED: 1}
    assert await status_of(storage) == CustodyStatus.PRETRIAL
    assert await status_of(storage, "p-2") == CustodyStatus.PRETRIAL
    assert "1 difference was confirmed" in at_desk.text
    assert at_desk.labels == ["One by one", "Back"]


async def test_a_death_says_that_nobody_is_told(at_desk, imports, known):
    await known()
    await imports(ROW | {"custody_status": "died"})
    await opens(at_desk)

    await at_desk.taps("One by one")

    assert "Nobody is told until somebody has spoken with the family." in at_desk.text
    assert at_desk.labels == ["Confirm", "Leave out", "Later", "Back"]


async def test_a_difference_shows_what_changes(at_desk, imports, known):
    await known()
    await imports(ROW | {"custody_status": "convicted", "custody_day": "2026-11-20"})
    await opens(at_desk)

    await at_desk.taps("One by one")

    assert "Example Sampleson" in at_desk.text
    assert "Status: in pre-trial detention → convicted" in at_desk.text
    assert "Likes: chess" in at_desk.text


async def test_a_difference_of_many_words_fits_a_message(at_desk, imports):
    long = {"interests": "&" * 400, "sentence": "<" * 400, "alias": "a" * 200, "articles": ["130, " * 70]}
    await imports(ROW | long | {"recognised_by": ["<" * 300]})
    await opens(at_desk)

    await at_desk.taps("One by one")

    assert len(at_desk.text) < 4096
    assert "Confirm" in at_desk.labels


async def test_a_confirmed_difference_comes_true(at_desk, imports, known, storage):
    await known()
    await imports(ROW | {"custody_status": "convicted"})
    await opens(at_desk)
    await at_desk.taps("One by one")

    await at_desk.taps("Confirm")

    assert await status_of(storage) == CustodyStatus.CONVICTED
    assert "no further difference" in at_desk.text


async def test_a_difference_left_out_changes_nothing(at_desk, imports, known, storage):
    await known()
    await imports(ROW | {"custody_status": "convicted"})
    await opens(at_desk)
    await at_desk.taps("One by one")

    await at_desk.taps("Leave out")

    assert await status_of(storage) == CustodyStatus.PRETRIAL
    assert await counts(storage) == {}


async def test_a_difference_can_be_left_for_later(at_desk, imports, storage):
    await imports(ROW, ROW | {"source_id": "p-2", "name_en": "Sample Patternov"})
    await opens(at_desk)
    await at_desk.taps("One by one")
    first = at_desk.text

    await at_desk.taps("Later")

    assert at_desk.text != first
    assert await counts(storage) == {DifferenceKind.NEW: 2}


async def test_somebody_hidden_is_not_named_by_a_difference(at_desk, imports, known):
    await known(publicity=Publicity.HIDDEN)
    await imports(ROW | {"name_en": "Example Otherson", "custody_status": "convicted"})
    await opens(at_desk)

    await at_desk.taps("One by one")

    assert "Sailor" in at_desk.text
    assert "Sampleson" not in at_desk.text
    assert "Otherson" not in at_desk.text


async def test_a_difference_a_colleague_has_decided_is_said_to_be_gone(at_desk, imports, known, storage):
    await known()
    await imports(ROW | {"custody_status": "convicted"})
    await opens(at_desk)
    await at_desk.taps("One by one")
    async with storage.unit() as uow:
        await uow.differences.drop_many(await uow.differences.first(tuple(DifferenceKind), limit=9))

    await at_desk.taps("Confirm")

    assert await status_of(storage) == CustodyStatus.PRETRIAL
    assert at_desk.labels == ["Back"]


async def test_mallory_confirms_no_wave(at_desk, mallory, imports, storage):
    await imports(ROW)
    await mallory.joins()
    await opens(at_desk)
    wave = at_desk.buttons(at_desk.newest)[0]

    await mallory.forge(wave.callback_data)

    assert await counts(storage) == {DifferenceKind.NEW: 1}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("pretrial", "incommunicado", "Held without any contact now. Guardians and family are told."),
        ("incommunicado", "pretrial", "Heard of again. Guardians and family are told."),
        ("incommunicado", "released", None),
    ],
)
async def test_being_cut_off_and_being_heard_of_again_are_told_apart(
    at_desk, imports, known, storage, before, after, said
):
    await known()
    async with storage.unit() as uow:
        prisoner = await uow.prisoners.get_by_source("p-1")
        prisoner.custody_status = CustodyStatus(before)
    await imports(ROW | {"custody_status": after})
    await opens(at_desk)
    await at_desk.taps("One by one")

    told = [line for line in at_desk.text.splitlines() if "contact now" in line or "Heard of" in line]
    assert told == ([] if said is None else [said])
