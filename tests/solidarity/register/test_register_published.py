"""A row of the published export is taken with its quirks: what is odd is noted, not refused."""

from datetime import date

import pytest


def test_an_ordinary_row_is_understood(published):
    row = published()

    assert (row.source_id, row.names, row.gender) == ("7", {"en": "Ihar Uzorau"}, "male")
    assert (row.born, row.detained_on, row.release_on) == (date(1980, 2, 3), date(2024, 5, 6), None)
    assert (row.custody_status, row.custody_day, row.died) == ("convicted", date(2025, 1, 2), False)
    assert row.facility_text == "Penal colony No. 15; 213105, Mahilioŭ, Viejna, Slaŭharadskaja šaša 183"
    assert row.facility_code == "IK-15"
    assert row.articles == ("Art. 342 of the Criminal Code",)
    assert row.sentence == "2 1/2 years, imprisonment in a general-security penal colony"
    assert (row.publicity, row.languages, row.recognised_by) == (None, (), ("example.org",))
    assert row.notes == ()


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Ihar Uzorau", "en"),
        ("Ihar Uzoraŭ", "en"),
        ("Ігар Узораў", "be"),
        ("Дар'я Прыклад", "be"),
        ("Мар’яна Узорная", "be"),
        ("Игорь Узоров", "ru"),
    ],
)
def test_a_name_goes_to_the_language_of_its_letters(published, name, language):
    assert published(name=name).names == {language: name}


@pytest.mark.parametrize(
    ("prison", "code"),
    [
        ("Penal colony No. 15; 213105, Mahilioŭ", "IK-15"),
        ("Penal colony No. 15\n213105, Mahilioŭ", "IK-15"),
        ("Penal colony No. 15, 213105, Mahilioŭ", "IK-15"),
        ("Penal colony No. 15", "IK-15"),
    ],
)
def test_a_place_in_one_cell_is_understood_however_it_is_parted(published, prison, code):
    row = published(prison__title="", prison__address="", prison=prison)

    assert row.facility_code == code


@pytest.mark.parametrize("nothing", ["FALSE", "false", False, "", None, "  "])
def test_false_is_empty(published, nothing):
    row = published(birthday=nothing, arrested=nothing, judge=nothing, penalty=nothing, url=nothing)

    assert (row.born, row.detained_on, row.judge, row.sentence) == (None, None, "", "2 1/2 years")
    assert row.recognised_by == ()


def test_thirteen_articles_become_a_list_without_repetition(published):
    row = published(**{f"articles/{number}": f"Art. {number % 6 + 100}" for number in range(13)})

    assert row.articles == tuple(f"Art. {number + 100}" for number in range(6))


def test_articles_in_one_cell_are_cut_where_the_next_begins(published):
    row = published(
        **{"articles/0": ""}, articles="Art. 342 — order, or part in it, Part 2 of Art. 293 — riots; Art. 368"
    )

    assert row.articles == ("Art. 342 — order, or part in it", "Part 2 of Art. 293 — riots", "Art. 368")


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        pytest.param({"verdict_date": "2021-02-30"}, "date_is_none:verdict_date", id="no such day"),
        pytest.param({"birthday": "around 1980"}, "date_is_none:birthday", id="no date"),
        pytest.param({"birthday": "2030-01-01"}, "date_ahead:birthday", id="born tomorrow"),
        pytest.param({"birthday": "1880-01-01"}, "date_too_early:birthday", id="born long ago"),
        pytest.param({"release_date": "9999-12-31"}, "date_too_late:release_date", id="freed in no time"),
        pytest.param({"release_date": "2025-06-01"}, "release_date_passed", id="still held after release"),
        pytest.param({"arrested": "2025-01-03"}, "arrested_after_verdict", id="arrested after verdict"),
        pytest.param({"url": "javascript:alert(1)"}, "address_is_none:url", id="no web address"),
        pytest.param({"prison__title": "Penal colony No. 99"}, "facility_unknown", id="no such place"),
        pytest.param({"url": "http://[a"}, "address_is_none:url", id="half an address"),
        pytest.param({"name": "Ihar Узораў"}, "mixed_script", id="letters of two kinds"),
        pytest.param({"prison__title": "", "prison__address": ""}, "prison_missing", id="no place"),
    ],
)
def test_what_is_odd_is_noted(published, cells, note):
    assert note in published(**cells).notes


def test_a_verdict_on_a_day_that_is_none_is_still_before_a_later_arrest(published):
    row = published(arrested="2023-06-01", verdict_date="2021-02-30")

    assert row.notes == ("date_is_none:verdict_date", "arrested_after_verdict")
    assert (row.custody_status, row.custody_day) == ("convicted", None)


def test_a_release_that_is_still_ahead_is_noted_for_former_prisoners(published):
    row = published(status="former", release_date="2026-12-24")

    assert "release_date_ahead" in row.notes


def test_the_former_site_of_a_sizo_leads_to_the_new_one(published):
    row = published(
        prison__title="Pre-trial detention center No. 1",
        prison__address="220030, Minsk, vulica Valadarskaha 2",
    )

    assert (row.facility_code, "stale_address" in row.notes) == ("SIZO-1", True)


def test_a_place_that_is_no_prison_leads_nowhere_and_is_noted(published):
    said = "Released awaiting the commencement of the sentence"

    row = published(prison__title=said, prison__address="FALSE")

    assert (row.facility_text, row.facility_code, row.notes) == (said, None, ("prison_is_no_place",))


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        pytest.param({"id": ""}, "column is empty: id", id="no id"),
        pytest.param({"id": "FALSE"}, "column is empty: id", id="an id that is FALSE"),
        pytest.param({"name": ""}, "no name", id="no name"),
        pytest.param({"name": "123"}, "no name", id="a name of digits"),
        pytest.param({"name": "A" * 201}, "text is too long: name", id="an endless name"),
        pytest.param({"status": "gone"}, "unknown word: status", id="an unknown status"),
    ],
)
def test_a_row_without_id_name_or_status_is_refused(parse, cells, reason):
    ordinary = {"id": 1, "name": "Ihar Uzorau", "status": "active"}

    parsed = parse(ordinary | cells)

    assert [(row.line, row.reason) for row in parsed.refused] == [(1, reason)]


def test_a_refused_row_still_says_whose_it_is(parse):
    parsed = parse({"id": 12, "name": "", "status": "active"})

    assert parsed.refused[0].source_id == "12"


@pytest.mark.parametrize(
    "name",
    ["Citizen P.", "Defendant B.", "Гражданка К.", "Грамадзянін П.", "Обвиняемый Б.", "N. N.", "Unknown"],
)
def test_an_unnamed_person_is_left_out(parse, name):
    parsed = parse({"id": 1, "name": name, "status": "active"})

    assert [(row.line, row.reason, row.source_id) for row in parsed.left_out] == [(1, "unnamed", "1")]


@pytest.mark.parametrize("name", ["Ihar P.", "Citizen Uzorau", "Аліна Узорная"])
def test_a_person_with_some_name_is_kept(parse, name):
    parsed = parse({"id": 1, "name": name, "status": "active"})

    assert parsed.left_out == ()


def test_a_person_not_recognised_is_left_out_and_counted(parse):
    parsed = parse({"id": 1, "name": "Ihar Uzorau", "status": "np"})

    assert (parsed.rows, [row.reason for row in parsed.left_out]) == ((), ["not_recognised"])


def test_an_endless_penalty_is_cut_and_noted(published):
    row = published(decision="", penalty="x" * 501)

    assert len(row.sentence) == 500
    assert "text_is_cut:penalty" in row.notes
