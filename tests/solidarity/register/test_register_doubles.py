"""One person under two spellings and ids is noticed and named; nobody is merged, few are named in vain."""

from datetime import date

import pytest

from solidarity.register import Double, PrisonerRow, notice_doubles
from solidarity.register.spelling import SAME_NAMES, fold_name, fold_word

ARREST = date(2024, 5, 6)


def person(line: int, name: str, **known: object) -> PrisonerRow:
    return PrisonerRow(line, f"id-{line}", {"en": name}, "pretrial", **known)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zmitser Papiarau", "Dmitser Papyarov"),
        ("Zmitser Uzorau", "Зміцер Узораў"),
        ("Zmicier Uzoraŭ", "Дмитрий Узоров"),
        ("Volha Tsikhaprykladskaya", "Вольга Ціхапрыкладская"),
        ("Volha Cichaprykładskaja", "Ольга Тихоприкладская"),
        ("Ihar Chystapisau", "Игорь Чистописов"),
        ("Michaił Čystapisaŭ", "Mikhail Chystapisov"),
        ("Heorhii Abrazevich", "Георгий Абразевич"),
        ("Yauhen Pryklad", "Евгений Приклад"),
        ("Uladzimir Uzorau", "Vladimir Uzorov"),
        ("Siarhei Kazachenia", "Sergey Kazachenya"),
        ("Stsiapan Radkou", "Степан Радков"),
        ("Tatsiana Zhukprykladava", "Татьяна Жукприкладова"),
        ("Kseniya Uzorskaya", "Ksenia Uzorskaia"),
        ("Maryia Shchyrapis", "Мария Щирапис"),
        ("UZORAU Ihar", "Ihar Uzorau"),
        ("Ihar Piatrovich Uzorau", "Узоров Игорь Петрович"),
        ("Дар'я Узорная", "Darya Uzornaya"),
    ],
)
def test_the_usual_spellings_of_a_name_fold_to_one(one, other):
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ihar Uzorau", "Ihar Uzorava"),
        ("Ihar Uzorau", "Iryna Uzorava"),
        ("Ihar Pryklad", "Ihar Prykladski"),
        ("Aliaksei Uzorau", "Aliaksandr Uzorau"),
    ],
)
def test_other_names_stay_other_names(one, other):
    assert fold_name(one) != fold_name(other)


def test_each_listed_pair_of_given_names_is_one_that_spelling_alone_would_miss():
    redundant = [names for names in SAME_NAMES if len({fold_word(name) for name in names}) < len(names)]

    assert redundant == []


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"born": date(1980, 2, 3)}, ("birthday",)),
        ({"detained_on": ARREST}, ("arrest",)),
        ({"judge": "Alena Uzornaya"}, ("judge",)),
        ({"detained_on": ARREST, "judge": "Alena Uzornaya"}, ("arrest", "judge")),
    ],
)
def test_another_spelling_with_something_else_in_common_is_noticed(known, why):
    rows = [person(1, "Zmitser Uzorau", **known), person(5, "Dmitry Uzorov", **known)]

    assert notice_doubles(rows) == (Double(1, 5, why, "id-1", "id-5"),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Hanna Uzorava (Probnaya)", "Анна Пробная", id="another surname"),
        pytest.param("Hanna Uzorava (Probnaya)", "Ганна Узорава", id="the surname before it"),
        pytest.param("Aliaksandr (Ales) Uzorau", "Ales Uzorov", id="another given name"),
        pytest.param("Hanna Uzorava (Probnaya)", "Hanna Vydumava (Probnaya)", id="in brackets twice"),
    ],
)
def test_a_name_in_brackets_is_another_name_of_the_same_person(one, other):
    found = notice_doubles([person(1, one, detained_on=ARREST), person(2, other, detained_on=ARREST)])

    assert found == (Double(1, 2, ("arrest",), "id-1", "id-2"),)


def test_a_name_in_brackets_makes_nobody_a_double_of_a_namesake():
    rows = [person(1, "Hanna Uzorava (Probnaya)"), person(2, "Hanna Probnaya")]

    assert notice_doubles(rows) == ()


@pytest.mark.parametrize(
    ("one", "other"), [("Zmitser Uzorau", "Dmitry Uzorov"), ("Zmitser Uzorau", "Zmitser Uzorau")]
)
def test_a_web_address_with_a_counter_is_something_in_common(one, other):
    address = "https://example.org/person/zmitser-uzorau"

    found = notice_doubles([person(1, one, source_url=address), person(2, other, source_url=address + "-1")])

    assert found == (Double(1, 2, ("address",), "id-1", "id-2"),)


def test_a_web_address_made_of_the_same_name_is_nothing_in_common():
    address = "https://example.org/person/zmitser-uzorau"

    found = notice_doubles([person(line, "Zmitser Uzorau", source_url=address) for line in (1, 2)])

    assert found == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({}, {}, id="only the name"),
        pytest.param({"born": date(1980, 2, 3)}, {"born": date(1981, 2, 3)}, id="other birthdays"),
        pytest.param({"detained_on": ARREST}, {"detained_on": date(2021, 1, 2)}, id="other arrests"),
        pytest.param({"gender": "male"}, {"gender": "female"}, id="other genders"),
    ],
)
def test_a_namesake_with_nothing_in_common_or_a_contradiction_is_nobodys_double(one, other):
    judge = {} if not one else {"judge": "Alena Uzornaya"}

    found = notice_doubles(
        [person(1, "Zmitser Uzorau", **one, **judge), person(2, "Zmitser Uzorau", **other, **judge)]
    )

    assert found == ()


def test_an_equal_birthday_outweighs_a_second_arrest():
    born = date(1980, 2, 3)
    rows = [
        person(1, "Zmitser Uzorau", born=born, detained_on=ARREST),
        person(2, "Dmitry Uzorov", born=born, detained_on=date(2021, 1, 2)),
    ]

    assert notice_doubles(rows) == (Double(1, 2, ("birthday",), "id-1", "id-2"),)


def test_any_of_several_names_may_tell():
    one = PrisonerRow(1, "a", {"be": "Яўген Прыклад", "en": "Jack Sample"}, "pretrial", detained_on=ARREST)
    other = PrisonerRow(2, "b", {"ru": "Евгений Приклад"}, "pretrial", detained_on=ARREST)

    assert notice_doubles([one, other]) == (Double(1, 2, ("arrest",), "a", "b"),)


def test_thousands_of_equal_rows_are_each_compared_with_a_bounded_number_of_others():
    rows = [person(line, "Zmitser Uzorau", detained_on=ARREST) for line in range(2000)]

    assert len(notice_doubles(rows)) < 50 * 2000
