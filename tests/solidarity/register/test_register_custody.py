"""Where a person of the published export is held, in our words; in doubt, what endangers nobody."""

from datetime import date

import pytest

NO_PLACE = {"prison__title": "", "prison__address": ""}
NO_VERDICT = {"penalty": "", "decision": "", "verdict_date": ""}
SIZO = {"prison__title": "Pre-trial detention center No. 3", "prison__address": ""}


@pytest.mark.parametrize(
    ("penalty", "status"),
    [
        ("imprisonment in a general-security penal colony", "convicted"),
        ("imprisonment in a medium-security penal colony", "convicted"),
        ("лишение свободы в колонии общего режима", "convicted"),
        ("imprisonment in a high security prison", "prison_regime"),
        ("тюремный режим", "prison_regime"),
        ('restricted freedom in an open penal facility ("khimiya")', "open_facility"),
        ('restricted freedom under home confinement ("domashnyaya khimiya")', "home_khimiya"),
        ("«хатняя хімія»", "home_khimiya"),
        ("«химия»", "open_facility"),
        ("Compulsory treatment in a psychiatric hospital", "psychiatric"),
        ("suspended imprisonment", "released"),
    ],
)
def test_the_penalty_tells_the_custody_of_the_sentenced(published, penalty, status):
    row = published(penalty=penalty, **NO_PLACE)

    assert (row.custody_status, row.custody_day) == (status, date(2025, 1, 2))


def test_without_a_verdict_a_person_awaits_trial_since_the_arrest(published):
    row = published(**NO_VERDICT, **SIZO)

    assert (row.custody_status, row.custody_day) == ("pretrial", date(2024, 5, 6))


@pytest.mark.parametrize(
    ("arrested", "status"),
    [("2026-10-22", "detained"), ("2026-10-21", "pretrial"), ("", "pretrial")],
    ids=["ten days ago", "eleven days ago", "no day known"],
)
def test_for_ten_days_after_an_arrest_somebody_without_a_place_is_only_detained(published, arrested, status):
    row = published(arrested=arrested, **NO_VERDICT, **NO_PLACE)

    assert row.custody_status == status


@pytest.mark.parametrize(
    ("prison", "status"),
    [("IVS, Žodzina", "detained"), ("house arrest", "house_arrest"), ("хатні арышт", "house_arrest")],
)
def test_the_place_tells_the_custody_of_those_not_tried(published, prison, status):
    row = published(**NO_VERDICT, prison__title=prison, prison__address="")

    assert (row.custody_status, row.notes) == (status, ())


def test_former_prisoners_are_released_on_their_day(published):
    row = published(status="former", release_date="2026-03-04", description="sentenced to 18 months")

    assert (row.custody_status, row.custody_day, row.notes) == ("released", date(2026, 3, 4), ())


@pytest.mark.parametrize("status", ["former", "active"])
@pytest.mark.parametrize(
    "description",
    ["died in custody", "Teacher, died in custody", "worker. She died in a penal colony", "умер в колонии"],
)
def test_a_death_is_believed_whatever_the_status_says(published, status, description):
    row = published(status=status, description=description)

    assert (row.custody_status, row.died) == ("died", True)


@pytest.mark.parametrize(
    "description",
    [
        "her father died in prison in 1937",
        "son of a teacher, died in prison in 1937",
        "student, wrote 'He died'",
    ],
)
def test_the_death_of_somebody_else_is_not_taken_for_theirs(published, description):
    assert published(description=description).died is False


@pytest.mark.parametrize(
    ("died", "day"), [("2026-02-03", date(2026, 2, 3)), ("TRUE", None), (True, None), ("in spring", None)]
)
def test_the_column_of_deaths_is_believed(published, died, day):
    row = published(status="former", died=died)

    assert (row.custody_status, row.custody_day, row.died) == ("died", day, True)


@pytest.mark.parametrize("died", ["FALSE", "", False, "no", "0"])
def test_an_empty_column_of_deaths_is_no_death(published, died):
    assert published(died=died).died is False


@pytest.mark.parametrize(
    ("cells", "status", "note"),
    [
        pytest.param(
            {"description": "served full term, released"}, "convicted", "status_contradicts_description"
        ),
        pytest.param({"description": "died in custody"}, "died", "status_contradicts_description"),
        pytest.param({"penalty": "to be found out"}, "convicted", "penalty_unknown"),
        pytest.param({"penalty": "suspended imprisonment"}, "convicted", "penalty_contradicts_place"),
        pytest.param({"penalty": "khimiya"} | SIZO, "open_facility", "penalty_contradicts_place"),
        pytest.param(
            {"prison__title": "Prison No. 4"} | {"prison__address": ""}, "convicted", "maybe_prison_regime"
        ),
        pytest.param({"penalty": "suspended imprisonment"} | NO_PLACE, "released", "sentence_suspended"),
    ],
)
def test_what_contradicts_itself_is_decided_cautiously_and_noted(published, cells, status, note):
    row = published(**cells)

    assert (row.custody_status, note in row.notes) == (status, True)
