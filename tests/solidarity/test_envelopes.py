"""The lines of an envelope, what should be checked about them, and a return address as it was typed."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity.addresses import COUNTRY, Place
from solidarity.envelopes import (
    LONGEST_LINE,
    LONGEST_RETURN_ADDRESS,
    MOST_RETURN_LINES,
    Doubt,
    Envelope,
    doubts_about,
    fit_line,
    return_lines,
)
from solidarity.trust import Trust
from solidarity.typed_errors import TextTooLong
from storage.models import Facility

SHIPPED = Path(__file__).parents[2] / "storage" / "starting" / "facilities.csv"


def place(
    *, institution: str = "Папраўчая калонія № 4", street: str = "вул. Прыкладная 1", code: str = "246035",
    town: str = "Гомель", trust: Trust = Trust.CHECKED,
) -> Place:  # fmt: skip
    lines = tuple(line for line in (institution, street, f"{code} {town}".strip()) if line)
    return Place(institution, lines, trust, date(2026, 11, 1), "", street, code, town)


def row(code: str, town: str) -> Facility:
    return Facility(code=f"{code}-{town}", postal_code=code, city=town)


TABLE = [row("246035", "Гомель"), row("246003", "Homieĺ"), row("213800", "Бабруйск"), row("", "Горад")]


def doubts(*, name: str = "Узор Прыкладаў", **parts: object) -> set[Doubt]:
    return set(doubts_about(Envelope(name, place(**parts)), TABLE))  # type: ignore[arg-type]


def test_an_envelope_goes_from_the_name_to_the_country():
    envelope = Envelope("Узор Прыкладаў", place())

    assert envelope.lines == (
        "Узор Прыкладаў", "Папраўчая калонія № 4", "вул. Прыкладная 1", "246035 Гомель",
        "REPUBLIC OF BELARUS",
    )  # fmt: skip
    assert envelope.text.splitlines() == list(envelope.lines)


def test_a_place_without_a_street_has_a_line_less():
    assert Envelope("Узор", place(street="")).lines[1:3] == ("Папраўчая калонія № 4", "246035 Гомель")


def test_an_envelope_does_not_show_whose_it_is_in_a_log():
    assert "Узор" not in repr(Envelope("Узор", place()))


@given(name=st.text(), street=st.text())
def test_every_line_is_one_line_that_can_be_printed(name: str, street: str):
    for line in (*Envelope(name, place(street=street)).lines, fit_line(name) or "-"):
        assert line.strip() == line != ""
        assert line.splitlines() == [line]
        assert line.encode()


def test_a_line_that_is_too_long_says_that_it_goes_on():
    assert fit_line("Щ" * 10_000) == "Щ" * (LONGEST_LINE - 1) + "…"
    assert fit_line("Щ" * LONGEST_LINE) == "Щ" * LONGEST_LINE


def test_nothing_is_to_be_said_about_a_sound_address():
    assert doubts() == set()


@pytest.mark.parametrize(
    ("parts", "doubt"),
    [
        ({"street": "вул. " * 30}, Doubt.TOO_LONG),
        ({"name": "Example Sampleson"}, Doubt.NAME_IN_LATIN),
        ({"street": "vulica Prykladnaja 1"}, Doubt.IN_LATIN),
        ({"street": ""}, Doubt.NO_STREET),
        ({"town": ""}, Doubt.NO_TOWN),
        ({"code": ""}, Doubt.NO_POSTAL_CODE),
        ({"code": "24603"}, Doubt.ODD_POSTAL_CODE),
        ({"code": "2460355"}, Doubt.ODD_POSTAL_CODE),
        ({"code": "146035"}, Doubt.ODD_POSTAL_CODE),
        ({"code": "٢٤٦٠٣٥"}, Doubt.ODD_POSTAL_CODE),
        ({"code": "224035"}, Doubt.CODE_OF_ANOTHER_TOWN),
        ({"code": "213800"}, Doubt.CODE_OF_ANOTHER_TOWN),
        ({"code": "213800", "town": "Узорск"}, Doubt.CODE_OF_ANOTHER_TOWN),
        ({"trust": Trust.LONG_AGO}, Doubt.LONG_AGO),
        ({"trust": Trust.NEVER}, Doubt.NEVER_VERIFIED),
    ],
)
def test_what_is_odd_about_an_address_is_said(parts: dict[str, object], doubt: Doubt):
    assert doubts(**parts) == {doubt}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "town"), [("246999", "г. Гомель"), ("246001", "Homiel"), ("247123", "Узорск")]
)
def test_a_town_may_be_spelt_in_many_ways_and_a_new_one_is_not_odd(code: str, town: str):
    assert Doubt.CODE_OF_ANOTHER_TOWN not in doubts(code=code, town=town)


def test_the_places_that_ship_do_not_speak_against_each_other():
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = [row(line["postal_code"], line["city"]) for line in csv.DictReader(file)]

    odd = [
        facility.city
        for facility in rows
        if Doubt.CODE_OF_ANOTHER_TOWN
        in doubts_about(Envelope("Узор", place(code=facility.postal_code, town=facility.city)), rows)
    ]

    assert len(rows) > 20
    assert odd == []


def test_a_return_address_keeps_its_lines():
    typed = "  Янка   Прыклад\r\n\n вул. Узорная 5 \n220030 Мінск\n"

    assert return_lines(typed) == ("Янка Прыклад", "вул. Узорная 5", "220030 Мінск")


def test_lines_beyond_the_sixth_are_joined_to_it():
    assert return_lines("\n".join("абвгдежз")) == ("а", "б", "в", "г", "д", "е, ж, з")


def test_nothing_typed_is_no_return_address():
    assert return_lines(" \n\u200b\n ") == ()


def test_a_return_address_that_is_too_long_is_refused():
    with pytest.raises(TextTooLong) as refusal:
        return_lines("а" * (LONGEST_RETURN_ADDRESS + 1))

    assert refusal.value.limit == LONGEST_RETURN_ADDRESS


@given(st.text(max_size=LONGEST_RETURN_ADDRESS))
def test_a_return_address_has_few_lines_whatever_is_typed(typed: str):
    lines = return_lines(typed)

    assert len(lines) <= MOST_RETURN_LINES
    assert all(line and fit_line(line, most=LONGEST_RETURN_ADDRESS * 2) == line for line in lines)


def test_the_country_alone_is_in_latin_letters():
    assert Envelope("Узор", place()).lines[-1] == COUNTRY
