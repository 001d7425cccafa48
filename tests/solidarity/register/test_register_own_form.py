"""A row of our own form is exact, or it is refused with a reason that somebody can mend."""

from datetime import date

import pytest

from solidarity.register import RegisterRefused


def test_a_full_row_is_understood(own):
    row = own(
        name_ru="Игорь Узоров",
        alias="Gardener",
        born="03.02.1980",
        languages="be, ru; PL",
        interests="chess, gardens",
        custody_status="Prison regime",
        facility="Турма № 1",
        articles="342; 293 part 1",
        sentence="5 years",
        detained_on="2024-05-06",
        release_on="2029-05-06",
        publicity="hidden",
        recognised_by="Centre A; Centre B",
        source_url="https://example.org/p/1",
    )

    assert row.names == {"be": "Ігар Узораў", "ru": "Игорь Узоров", "en": "Ihar Uzorau"}
    assert (row.alias, row.born, row.languages) == ("Gardener", date(1980, 2, 3), ("be", "ru", "pl"))
    assert (row.interests, row.custody_status, row.facility_code) == (
        "chess, gardens",
        "prison_regime",
        "PRISON-1",
    )
    assert (row.articles, row.sentence) == (("342", "293 part 1"), "5 years")
    assert (row.detained_on, row.release_on) == (date(2024, 5, 6), date(2029, 5, 6))
    assert (row.publicity, row.recognised_by) == ("hidden", ("Centre A", "Centre B"))
    assert (row.source_url, row.notes) == ("https://example.org/p/1", ())


def test_lists_may_be_lists(own):
    row = own(languages=["be", "en"], recognised_by=["Centre A"], articles=["Art. 1, part 2"])

    assert (row.languages, row.recognised_by, row.articles) == (
        ("be", "en"),
        ("Centre A",),
        ("Art. 1, part 2",),
    )


def test_one_name_and_nothing_optional_is_enough(parse):
    parsed = parse({"source_id": "p-2", "name_be": "Вольга Прыклад", "custody_status": "convicted"})

    assert (parsed.form, len(parsed.rows), parsed.refused) == ("own", 1, ())


def test_where_the_file_says_nothing_publicity_is_left_open(own):
    assert own(publicity="").publicity is None


def test_a_release_in_the_past_is_the_day_of_a_released_persons_custody(own):
    row = own(custody_status="released", release_on="2026-03-04")

    assert row.custody_day == date(2026, 3, 4)


def test_an_unknown_place_is_kept_as_text_and_noted(own):
    row = own(facility="Новая калонія")

    assert (row.facility_text, row.facility_code, row.notes) == ("Новая калонія", None, ("facility_unknown",))


def test_invisible_and_control_characters_do_not_reach_a_name(own):
    row = own(name_be="  Ігар\u202e\u200bУзораў\n")

    assert row.names["be"] == "Ігар Узораў"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        pytest.param({"source_id": " "}, "column is empty: source_id", id="no id"),
        pytest.param({"source_id": "x" * 101}, "text is too long: source_id", id="an endless id"),
        pytest.param({"interests": "x" * 501}, "text is too long: interests", id="endless interests"),
        pytest.param({"sentence": "x" * 1001}, "text is too long: sentence", id="an endless sentence"),
        pytest.param({"name_be": "", "name_en": ""}, "no name", id="no name"),
        pytest.param({"name_be": "?"}, "no letters: name_be", id="a name without letters"),
        pytest.param({"born": "2021-02-30"}, "date is none: born", id="no such day"),
        pytest.param({"born": "2026-11-02"}, "date ahead: born", id="born tomorrow"),
        pytest.param({"born": "1899-12-31"}, "date too early: born", id="born before 1900"),
        pytest.param({"detained_on": "12/31/2024"}, "date is none: detained_on", id="an American date"),
        pytest.param({"release_on": "9999-12-31"}, "date too late: release_on", id="freed in no time"),
        pytest.param({"custody_status": ""}, "column is empty: custody_status", id="no custody"),
        pytest.param({"custody_status": "free"}, "unknown word: custody_status", id="unknown custody"),
        pytest.param({"publicity": "secret"}, "unknown word: publicity", id="unknown publicity"),
        pytest.param({"languages": "be, tlh"}, "unknown word: languages", id="unknown language"),
        pytest.param({"source_url": "ftp://example.org"}, "address is none: source_url", id="no web address"),
        pytest.param(
            {"source_url": "https://a:b@example.org"}, "address is none: source_url", id="a password"
        ),
    ],
)
def test_a_wrong_cell_refuses_its_row(refusal_of, cells, reason):
    assert refusal_of(**cells) == reason


def test_of_two_rows_with_one_id_the_first_stays(parse):
    row = {"source_id": "p-1", "custody_status": "pretrial"}

    parsed = parse(row | {"name_be": "Аліна Узорная"}, row | {"name_be": "Іншая Узорная"})

    assert [one.names["be"] for one in parsed.rows] == ["Аліна Узорная"]
    assert [one.reason for one in parsed.refused] == ["id stands twice"]


def test_strictness_turns_the_first_refused_row_into_a_refused_file(parse):
    good = {"source_id": "p-1", "name_be": "Аліна Узорная", "custody_status": "pretrial"}

    with pytest.raises(RegisterRefused) as refusal:
        parse(good, good | {"source_id": "p-2", "born": "never"}, strict=True)

    assert refusal.value.reason == "date is none: born"


def test_strictness_lets_a_good_file_through(parse):
    good = {"source_id": "p-1", "name_be": "Аліна Узорная", "custody_status": "pretrial"}

    assert len(parse(good, strict=True).rows) == 1


def test_unknown_columns_are_left_out_and_named(parse):
    row = {"source_id": "p-1", "name_be": "Аліна Узорная", "custody_status": "pretrial"}

    parsed = parse(row | {"shoe_size": 41, "photos": ["a", "b"], "<b>" * 20: "x"})

    assert parsed.unknown_columns == ("shoe_size", "photos", "?")


@pytest.mark.parametrize("row", [{"id": 1}, {"source_id": "h", "prisoner": "p", "starts": "", "name_be": ""}])
def test_a_file_of_neither_form_is_refused_without_naming_its_columns(parse, row):
    with pytest.raises(RegisterRefused) as refusal:
        parse(row)

    assert str(refusal.value) == "line 1: unknown form"


def test_nothing_a_row_says_is_in_what_is_shown_of_it(parse):
    row = {
        "source_id": "p-77",
        "name_be": "Аліна Узорная",
        "custody_status": "pretrial",
        "born": "1980-02-03",
    }

    shown = repr(parse(row, row | {"born": "Узорная"}))

    assert [word for word in ("p-77", "Аліна", "Узорная", "1980", "pretrial") if word in shown] == []
