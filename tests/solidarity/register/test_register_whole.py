"""Whole registers: every row is accounted for, every shape says the same, and no bytes do harm."""

import csv
import io
import json
import runpy
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity.register import Parsed, RegisterRefused, parse_hearings, parse_prisoners, read_rows
from solidarity.register.hearing_rows import COLUMNS as HEARINGS
from solidarity.register.own_form import COLUMNS as OWN
from solidarity.register.published import COLUMNS as PUBLISHED

DATA = Path(__file__).parents[2] / "data"
TODAY = date(2026, 11, 1)


def invented(rows: int, seed: int) -> list[dict[str, str]]:
    made: list[dict[str, str]] = runpy.run_path(str(DATA / "make_register.py"))["register"](rows, seed)
    return made


def parsed(content: bytes) -> Parsed:
    return parse_prisoners(read_rows(content), today=TODAY)


def as_csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def without_lines(register: Parsed) -> list[object]:
    return [[getattr(row, name) for name in row.__slots__ if name != "line"] for row in register.rows]


def test_every_row_of_the_example_is_understood_or_left_out():
    register = parsed((DATA / "register-form.json").read_bytes())

    assert (len(register.rows), len(register.refused), len(register.left_out)) == (111, 0, 39)
    assert Counter(row.reason for row in register.left_out) == {"not_recognised": 37, "unnamed": 2}
    assert register.unknown_columns == ("photo", "councel", "penalty_start_date", "appeal_date")
    assert Counter(row.custody_status for row in register.rows) == {
        "released": 44,
        "convicted": 20,
        "pretrial": 12,
        "home_khimiya": 11,
        "psychiatric": 9,
        "prison_regime": 8,
        "open_facility": 7,
    }


def test_every_row_of_three_thousand_is_accounted_for():
    rows = invented(3000, 7)

    register = parsed(json.dumps(rows, indent=1).encode())

    assert len(register.rows) + len(register.refused) + len(register.left_out) == 3000
    statuses = Counter(row["status"] for row in rows)
    assert sum(row.reason == "not_recognised" for row in register.left_out) <= statuses["np"]
    assert all(row.facility_code for row in register.rows if row.facility_text)


def test_every_double_of_three_thousand_is_noticed():
    rows = invented(3000, 7)

    register = parsed(json.dumps(rows).encode())

    kept = {row.source_id: row.source_url for row in register.rows}
    planted = {(str(row["id"]), row["url"].removesuffix("-1")) for row in rows if row["url"].endswith("-1")}
    noticed = {(double.id_b, kept[double.id_a]) for double in register.doubles}
    assert {pair for pair in planted if pair[0] in kept} <= noticed
    assert len(register.doubles) < 3 * len(planted)


@pytest.mark.parametrize("shape", ["lines", "csv"])
def test_every_shape_of_a_register_says_the_same(shape):
    rows = invented(200, 3)
    written = as_csv(rows) if shape == "csv" else "\n".join(json.dumps(row) for row in rows).encode()

    register = parsed(written)

    assert without_lines(register) == without_lines(parsed(json.dumps(rows).encode()))


def test_lines_of_a_large_array_are_those_an_editor_shows():
    written = json.dumps(invented(300, 5), indent=2)

    register = parsed(written.encode())

    lines = written.splitlines()
    assert {lines[row.line - 1].strip() for row in register.rows} == {"{"}
    assert all(f'"id": {row.source_id},' in lines[row.line] for row in register.rows)


_CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["FALSE", "active", "2021-02-30", "Penal colony No. 1", "released", "Citizen P.", "be", "Europe/Minsk"]
)
_COLUMNS = st.sampled_from(["id", "name", "status", *sorted(PUBLISHED | OWN | HEARINGS)])


def nothing_worse_than_a_refusal(content: bytes) -> None:
    try:
        file = read_rows(content)
    except RegisterRefused:
        return
    try:
        register = parse_prisoners(file, today=TODAY)
        assert len(register.rows) + len(register.refused) + len(register.left_out) == file.count
    except RegisterRefused:
        pass
    try:
        hearings = parse_hearings(file)
        assert len(hearings.rows) + len(hearings.refused) == file.count
    except RegisterRefused:
        pass


@given(st.binary(max_size=300) | st.text('[]{}",;:\\\n\r\t\0 id1u-.eE', max_size=60).map(str.encode))
def test_no_bytes_do_worse_than_be_refused(content):
    nothing_worse_than_a_refusal(content)


@given(
    st.lists(
        st.dictionaries(_COLUMNS, _CELLS | st.none() | st.booleans() | st.integers(), min_size=1), min_size=1
    )
)
def test_no_cells_do_worse_than_be_refused(rows):
    required = {"id": 1, "name": "Ihar Uzorau", "status": "active"}

    nothing_worse_than_a_refusal(json.dumps([required, *rows]).encode())


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=4), min_size=1))
def test_no_csv_does_worse_than_be_refused(rows):
    lines = ["source_id,name_be,custody_status", *(",".join(cells) for cells in rows)]

    nothing_worse_than_a_refusal("\n".join(lines).encode())
