"""A hearing is taken in the court's own time; a time that its zone does not have is refused."""

import json
from datetime import datetime

import pytest

from solidarity.register import RegisterRefused, parse_hearings, read_rows


def test_a_full_row_is_understood(hearing):
    row = hearing(
        zone="Europe/Warsaw",
        room="204",
        judge="Alena Uzornaya",
        stage="appeal",
        openness="closed",
        confidence="Confirmed",
        status="held",
        outcome="2 years",
        source_url="https://example.org/h/1",
    )

    assert (row.source_id, row.prisoner, row.court) == ("h-1", "p-1", "Minsk City Court")
    assert (row.starts, row.zone) == (datetime.fromisoformat("2026-11-20 10:00"), "Europe/Warsaw")
    assert (row.room, row.judge, row.stage) == ("204", "Alena Uzornaya", "appeal")
    assert (row.openness, row.confidence, row.status) == ("closed", "confirmed", "held")
    assert (row.outcome, row.source_url) == ("2 years", "https://example.org/h/1")


def test_what_a_row_leaves_empty_is_taken_for_the_least_that_is_known(hearing):
    row = hearing()

    assert (row.zone, row.openness) == ("Europe/Minsk", "unknown")
    assert (row.confidence, row.status) == ("reported", "scheduled")


@pytest.mark.parametrize("starts", ["2026-11-20 10:00", "2026-11-20T10:00:00", "20.11.2026 10:00"])
def test_a_start_may_be_written_in_the_usual_ways(hearing, starts):
    assert hearing(starts=starts).starts == datetime.fromisoformat("2026-11-20 10:00")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        pytest.param({"source_id": ""}, "column is empty: source_id", id="no id"),
        pytest.param({"prisoner": ""}, "column is empty: prisoner", id="no prisoner"),
        pytest.param({"court": ""}, "column is empty: court", id="no court"),
        pytest.param({"starts": ""}, "column is empty: starts", id="no start"),
        pytest.param({"starts": "2026-02-30 10:00"}, "time is none: starts", id="no such day"),
        pytest.param({"starts": "2026-11-20 24:00"}, "time is none: starts", id="no such hour"),
        pytest.param({"starts": "2026-11-20"}, "time is none: starts", id="no hour"),
        pytest.param({"starts": "9999-12-31 23:59"}, "time is none: starts", id="the end of time"),
        pytest.param({"zone": "Europe/Nowhere"}, "unknown zone: zone", id="no such zone"),
        pytest.param({"zone": "Europe"}, "unknown zone: zone", id="a folder of zones"),
        pytest.param({"zone": "../../etc/passwd"}, "unknown zone: zone", id="a path"),
        pytest.param({"openness": "ajar"}, "unknown word: openness", id="unknown openness"),
        pytest.param({"confidence": "sure"}, "unknown word: confidence", id="unknown confidence"),
        pytest.param({"status": "lost"}, "unknown word: status", id="unknown status"),
        pytest.param({"source_url": "www"}, "address is none: source_url", id="no web address"),
        pytest.param(
            {"zone": "Europe/Warsaw", "starts": "2026-03-29 02:30"},
            "time does not exist in its zone: starts",
            id="a time that the clock skips",
        ),
    ],
)
def test_a_wrong_cell_refuses_its_row(hearing, cells, reason):
    assert hearing(**cells) == reason


def test_a_time_that_comes_twice_is_the_first(hearing):
    row = hearing(zone="Europe/Warsaw", starts="2026-10-25 02:30")

    assert (row.starts, row.starts.fold) == (datetime.fromisoformat("2026-10-25 02:30"), 0)


def test_good_rows_go_on_beside_bad_ones_and_unknown_columns_are_named():
    header = "source_id,prisoner,starts,court,weather"
    content = f"{header}\nh-1,p-1,2026-11-20 10:00,A,rain\nh-1,p-2,2026-11-20 11:00,B,\n"

    parsed = parse_hearings(read_rows(content.encode()))

    assert [row.line for row in parsed.rows] == [2]
    assert [(row.line, row.reason, row.source_id) for row in parsed.refused] == [
        (3, "id stands twice", "h-1")
    ]
    assert parsed.unknown_columns == ("weather",)


@pytest.mark.parametrize("again", ["2026-11-20 10:00,Europe/Moscow", "2026-11-20 07:00,UTC"])
def test_one_sitting_in_the_time_of_another_zone_stands_twice_all_the_same(again):
    header = "source_id,prisoner,starts,zone,court,source_url"
    first = "h-1,p-1,2026-11-20 10:00,Europe/Minsk,A,https://one.example.org/"
    content = f"{header}\n{first}\nh-2,p-1,{again},A,https://two.example.org/\n"

    parsed = parse_hearings(read_rows(content.encode()))

    assert [(row.line, row.reason) for row in parsed.refused] == [(3, "hearing stands twice")]


def test_strictness_refuses_the_file():
    rows = [{"source_id": "h-1", "prisoner": "p-1", "starts": "soon", "court": "A"}]

    with pytest.raises(RegisterRefused, match="line 1: time is none: starts"):
        parse_hearings(read_rows(json.dumps(rows).encode()), strict=True)


def test_a_file_of_another_form_is_refused():
    with pytest.raises(RegisterRefused, match="unknown form"):
        parse_hearings(read_rows(b"source_id,name_be\n1,A\n"))
