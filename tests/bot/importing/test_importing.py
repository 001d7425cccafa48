"""A whole file on its way into the database: batches, what waits, what is reported, going on after a stop."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.example import example_hearings, example_prisoners
from bot.importing import register_files as importing
from bot.importing.register_files import Wanted, import_facilities, import_hearings, import_prisoners
from bot.importing.report import Report
from bot.importing.words import WORDS, in_words
from solidarity.audit import newest_entries
from solidarity.differences import waiting_counts
from solidarity.register import RegisterRefused
from storage.errors import BrokenTrail
from storage.models import CustodyStatus, DifferenceKind
from storage.starting import starting_facilities
from storage.unit_of_work import Storage
from tests.storage.test_audit import unwritable

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ROW = {"source_id": "p-1", "name_en": "Ihar Uzorau", "custody_status": "pretrial", "facility": "SIZO-1"}
FORM = Path(__file__).parents[2] / "data" / "register-form.json"


class Stopped(Exception):
    """Somebody pressed Ctrl-C."""


def quiet(stage: str, done: int, total: int) -> None:
    """Hear the progress and do nothing."""


def rows(*cells: dict[str, str]) -> bytes:
    return json.dumps([ROW | each for each in cells]).encode()


def wanted(**how: bool) -> Wanted:
    return Wanted(NOW, TODAY, **how)


@pytest.fixture
async def register(storage: Storage) -> Storage:
    """A database with the places of detention that every installation starts with."""
    async with storage.unit() as uow:
        for facility in starting_facilities():
            columns = {key: value for key, value in facility.items() if key != "code"}
            await uow.facilities.put(facility["code"], verified_on=None, **columns)
    return storage


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)


async def count(storage: Storage) -> int:
    async with storage.view() as uow:
        return len(await uow.prisoners.all())


async def waiting(storage: Storage) -> dict[DifferenceKind, int]:
    async with storage.view() as uow:
        return await waiting_counts(uow)


async def take(storage: Storage, file: bytes | Path, **how: bool) -> Report:
    return await import_prisoners(storage, file, wanted(**how), quiet)


async def test_differences_wait_for_a_coordinator(register: Storage) -> None:
    report = await take(register, rows({}))

    assert (report.new, report.is_applied, report.waiting) == (1, False, 1)
    assert (await count(register), await waiting(register)) == (0, {DifferenceKind.NEW: 1})


async def test_a_dry_run_leaves_everything_as_it_is(register: Storage) -> None:
    report = await take(register, rows({}), is_dry_run=True)

    assert (report.new, await count(register), await waiting(register)) == (1, 0, {})


async def test_a_confirmed_file_changes_the_register_and_leaves_nothing_waiting(register: Storage) -> None:
    await take(register, rows({}))

    report = await take(register, rows({}), is_confirmed=True)

    assert (report.is_applied, report.applied_rows) == (True, 1)
    assert (await count(register), await waiting(register)) == (1, {})


async def test_a_newer_file_takes_the_place_of_what_waits(register: Storage) -> None:
    await take(register, rows({}, {"source_id": "p-2"}))

    await take(register, rows({"facility": "SIZO-3"}))

    assert await waiting(register) == {DifferenceKind.NEW: 2}


async def test_an_import_that_was_stopped_goes_on_when_run_again(
    register: Storage, small_batches: None
) -> None:
    file = rows(*({"source_id": f"p-{n}"} for n in range(5)))

    def stop(stage: str, done: int, total: int) -> None:
        if (stage, done) == ("Taking over", 2):
            raise Stopped

    with pytest.raises(Stopped):
        await import_prisoners(register, file, wanted(is_confirmed=True), stop)
    before = await count(register)

    report = await take(register, file, is_confirmed=True)

    assert (before, report.unchanged, report.new) == (2, 2, 3)


async def test_who_is_missing_from_a_whole_file_waits_even_when_confirmed(register: Storage) -> None:
    await take(register, rows({}, {"source_id": "p-2"}), is_confirmed=True)

    report = await take(register, rows({}), is_confirmed=True, is_whole=True)

    assert report.differences == {"gone": 1}
    assert await waiting(register) == {DifferenceKind.GONE: 1}


async def test_who_is_listed_again_is_no_longer_called_gone(register: Storage) -> None:
    both = rows({}, {"source_id": "p-2"})
    await take(register, both, is_confirmed=True)
    await take(register, rows({}), is_whole=True)

    await take(register, both, is_whole=True)

    assert await waiting(register) == {}


async def test_nobody_is_called_gone_where_a_refused_row_may_be_theirs(register: Storage) -> None:
    await take(register, rows({}, {"source_id": "p-2"}), is_confirmed=True)

    report = await take(register, rows({}, {"source_id": ""}), is_whole=True)

    assert (report.gone_is_unknown, report.differences.total()) == (True, 0)


async def test_a_refused_person_is_not_a_missing_one(register: Storage) -> None:
    await take(register, rows({}), is_confirmed=True)

    report = await take(register, rows({"born": "yesterday"}, {"source_id": "p-2"}), is_whole=True)

    assert "gone" not in report.differences


async def test_a_confirmed_death_is_recorded_and_silent(register: Storage) -> None:
    await take(register, rows({}), is_confirmed=True)

    await take(register, rows({"custody_status": "died"}), is_confirmed=True)

    async with register.view() as uow:
        prisoner = (await uow.prisoners.all())[0]
    assert (prisoner.custody_status, prisoner.is_silenced) == (CustodyStatus.DIED, True)


@pytest.mark.parametrize("how", [{"is_dry_run": True}, {}, {"is_confirmed": True}])
async def test_a_strict_import_refuses_the_file_for_one_row(register: Storage, how: dict[str, bool]) -> None:
    with pytest.raises(RegisterRefused):
        await take(register, rows({}, {"source_id": "p-2", "born": "soon"}), is_strict=True, **how)

    assert (await count(register), await waiting(register)) == (0, {})


async def test_the_published_form_is_taken_and_taken_once(register: Storage) -> None:
    first = await take(register, FORM, is_confirmed=True)

    again = await take(register, FORM, is_confirmed=True)

    assert first.rows == first.new + first.changed + len(first.refused) + first.left_out.total()
    assert (again.differences.total(), again.unchanged) == (0, first.new + first.changed)


async def test_places_of_the_register_are_recognised(register: Storage) -> None:
    place = dict.fromkeys(("name_be", "name_ru", "name_en"), "Калонія 99")
    file = json.dumps([place | {"code": "IK-99", "kind": "colony"}]).encode()
    await import_facilities(register, file, wanted(), quiet)

    await take(register, rows({"facility": "IK-99"}), is_confirmed=True)

    async with register.view() as uow:
        assert (await uow.prisoners.all())[0].facility_code == "IK-99"


async def test_a_place_nobody_knows_is_named_by_line(register: Storage) -> None:
    file = b"source_id,name_en,custody_status,facility\np-1,Ihar Uzorau,convicted,Penal colony No. 98\n"

    report = await take(register, file, is_confirmed=True)

    assert report.oddities == {"facility_unknown": [2]}
    assert "  line 2: the place is not known; add it with: poruch import facilities" in report.lines()
    assert report.to_json()["oddities"] == {"facility_unknown": [2]}


async def test_a_dry_run_adds_no_place(register: Storage) -> None:
    place = dict.fromkeys(("name_be", "name_ru", "name_en"), "Калонія 99")
    file = json.dumps([place | {"code": "IK-99", "kind": "colony"}]).encode()

    report = await import_facilities(register, file, wanted(is_dry_run=True), quiet)

    async with register.view() as uow:
        assert (report.new, await uow.facilities.get("IK-99")) == (1, None)


async def test_the_example_register_is_taken_as_it_is(register: Storage) -> None:
    report = await take(register, example_prisoners(), is_confirmed=True, is_strict=True)

    assert (report.new, report.refused, report.doubles, report.left_out.total()) == (40, [], [], 0)


async def test_the_example_hearings_lie_ahead_whatever_the_day(register: Storage) -> None:
    await take(register, example_prisoners(), is_confirmed=True)

    report = await import_hearings(
        register, example_hearings(TODAY), wanted(is_confirmed=True, is_strict=True), quiet
    )

    async with register.view() as uow:
        assert (report.applied_rows, len(await uow.hearings.ahead(now=NOW))) == (6, 6)


async def test_hearings_of_unknown_people_are_refused_by_line(register: Storage) -> None:
    file = b"source_id,prisoner,starts,court\nh-1,p-9,2026-12-10 10:00,Example Court\n"

    report = await import_hearings(register, file, wanted(is_confirmed=True), quiet)

    assert report.refused == [(2, "unknown prisoner")]


def test_of_many_bad_rows_fifty_are_shown_and_the_rest_counted() -> None:
    report = Report(120, refused=[(line, "no name") for line in range(120, 0, -1)])

    lines = report.lines()

    why = "there is no name in any language"
    assert (f"  line 1: {why}" in lines, f"  line 51: {why}" in lines) == (True, False)
    assert "  and 70 more" in lines


def test_of_one_oddity_ten_lines_are_shown_and_the_rest_counted() -> None:
    report = Report(12, oddities={"date_is_none:verdict_date": list(range(1, 13))})

    shown = "lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more"
    why = "verdict_date is not a day; write YYYY-MM-DD or DD.MM.YYYY"
    assert f"  {shown}: {why}" in report.lines()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("unknown word: kind", "kind has a word that is not known; the README lists those it takes"),
        (
            "unknown word: publicity",
            "publicity has a word that is not known; it takes public, guardians, hidden",
        ),
        ("text_is_cut:articles/0", "articles/0 is too long and was cut"),
        ("not_recognised", "not recognised as political prisoners"),
        ("too many rows", "too many rows"),
        (
            "hearing is over or cancelled: a new date needs a new id",
            "hearing is over or cancelled: a new date needs a new id",
        ),
    ],
)
def test_a_code_is_said_in_words(code: str, words: str) -> None:
    assert in_words(code) == words


def test_every_code_that_has_words_is_one_that_files_get() -> None:
    rules = "".join(
        path.read_text() for path in (Path(__file__).parents[3] / "solidarity").rglob("*.py")
    ).replace("_", " ")

    assert [code for code in WORDS if not re.search(rf'"{code}[":]', rules)] == []


@pytest.mark.parametrize(
    ("report", "line"),
    [
        pytest.param(Report(1, is_dry_run=True), "Dry run: nothing was changed.", id="dry run"),
        pytest.param(Report(1, is_applied=True, applied_rows=1), "1 row taken over.", id="taken over"),
        pytest.param(
            Report(2, waiting=2),
            "2 differences left for a coordinator: in the chat, Desk, Inbox.",
            id="waiting",
        ),
        pytest.param(Report(2, unchanged=2), "Nothing to do.", id="nothing"),
    ],
)
def test_the_last_line_says_what_came_of_it(report: Report, line: str) -> None:
    assert report.lines()[-1] == line


async def test_progress_reaches_the_end_of_each_stage(register: Storage, small_batches: None) -> None:
    heard: list[tuple[str, int, int]] = []

    def hear(stage: str, done: int, total: int) -> None:
        heard.append((stage, done, total))

    await import_prisoners(register, rows({}, {"source_id": "p-2"}), wanted(is_confirmed=True), hear)

    assert [each for each in heard if each[1] == each[2]] == [("Comparing", 2, 2), ("Taking over", 2, 2)]


async def acts(storage: Storage) -> list[tuple[str, str, str | None, int | None]]:
    async with storage.view() as uow:
        return [(one.act, one.by, one.kind, one.count) for one in await newest_entries(uow, 9)]


async def test_what_the_host_confirms_alone_is_one_entry_of_the_trail_and_what_waits_is_none(
    register: Storage, small_batches: None
):
    file = rows(*({"source_id": f"p-{number}"} for number in range(5)))
    for how in ({"is_dry_run": True}, {}):
        await import_prisoners(register, file, wanted(**how), quiet)
    assert await acts(register) == []

    await import_prisoners(register, file, wanted(is_confirmed=True), quiet)

    assert await acts(register) == [("import_confirmed", "host", "prisoners", 5)]


async def test_where_the_trail_takes_nothing_a_file_changes_nothing(register: Storage):
    async with unwritable(register):
        with pytest.raises(BrokenTrail):
            await import_prisoners(register, rows({}), wanted(is_confirmed=True), quiet)
    assert await count(register) == 0
