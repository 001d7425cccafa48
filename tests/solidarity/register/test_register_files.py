"""A register file is taken apart into rows with their lines, whatever its shape, or refused as a whole."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity.register import RegisterRefused, read_rows


def cells_of(content: str) -> list[tuple[int, dict[str, str]]]:
    return [(row.line, dict(row.cells)) for row in read_rows(content.encode()).rows]


def refused_of(content: str) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in read_rows(content.encode()).refused]


@pytest.mark.parametrize(
    ("content", "shape"),
    [
        pytest.param("id,name\n1,Alice\n", "csv", id="a header of names"),
        pytest.param('{"id": 1, "name": "Alice"}\n', "json_lines", id="an object a line"),
        pytest.param(' \n[{"id": 1, "name": "Alice"}]', "json_array", id="one array"),
    ],
)
def test_the_shape_is_told_by_content(content, shape):
    file = read_rows(content.encode())

    assert file.shape == shape
    assert dict(file.rows[0].cells) == {"id": "1", "name": "Alice"}


@pytest.mark.parametrize("content", ["id,name\n1,A\n", '{"id": 1}\n', '[{"id": 1}]'])
def test_a_byte_order_mark_changes_nothing(content):
    assert read_rows(b"\xef\xbb\xbf" + content.encode()) == read_rows(content.encode())


def test_a_file_is_read_from_its_path(tmp_path: Path):
    path = tmp_path / "register.dat"
    path.write_bytes(b"id,name\n1,Alice\n")

    file = read_rows(path)

    assert file == read_rows(b"id,name\n1,Alice\n")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_header_tells_what_stands_between_cells(delimiter):
    content = f"id{delimiter}name\r\n1{delimiter}Alice\r\n"

    assert cells_of(content) == [(2, {"id": "1", "name": "Alice"})]


def test_a_csv_row_carries_the_physical_line_it_starts_on():
    content = '\nid,note\n\n1,"two\nlines"\n\n2,one\n'

    assert cells_of(content) == [(4, {"id": "1", "note": "two\nlines"}), (7, {"id": "2", "note": "one"})]


def test_the_old_line_ends_of_a_macintosh_are_lines_too():
    assert cells_of("id,name\r1,A\r2,B\r") == [(2, {"id": "1", "name": "A"}), (3, {"id": "2", "name": "B"})]


def test_a_line_separator_inside_a_cell_ends_no_line():
    content = '{"id": "1", "name": "A\u2028B"}\n{"id": "2", "name": "C"}'

    assert [line for line, _ in cells_of(content)] == [1, 2]


def test_an_element_of_an_array_carries_the_line_it_starts_on():
    content = '[\n  {\n    "id": 1\n  },\n\n  {"id": 2}, {"id": 3}\n]\n'

    assert [line for line, _ in cells_of(content)] == [2, 6, 6]


def test_names_of_columns_lose_case_and_outer_blanks_and_nameless_ones_are_dropped():
    assert cells_of(" ID ,Name,,\n1,A,x,\n") == [(2, {"id": "1", "name": "A"})]


def test_json_values_become_the_text_they_are():
    content = '[{"id": 12345678901234567890123, "a": 1.50, "b": true, "c": false, "d": null, "e": NaN}]'

    assert cells_of(content) == [
        (1, {"id": "12345678901234567890123", "a": "1.50", "b": "TRUE", "c": "FALSE", "d": "", "e": "NaN"})
    ]


def test_lists_and_objects_inside_a_row_are_spelt_out():
    content = '[{"articles": ["one", "two"], "prison": {"title": "P", "address": "A"}}]'

    assert cells_of(content) == [
        (1, {"articles/0": "one", "articles/1": "two", "prison/title": "P", "prison/address": "A"})
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("1,A,B", "wrong number of cells", id="one cell too many"),
        pytest.param("1", "wrong number of cells", id="one cell missing"),
        pytest.param("1,A\0", "cell holds a NUL", id="NUL"),
        pytest.param("1," + "A" * 10_001, "cell is too long", id="over-long"),
        pytest.param('1,"A"B', "quotes are broken", id="text after a quote"),
        pytest.param('1,"A', "quotes are broken", id="a quote never closed"),
    ],
)
def test_a_bad_csv_row_is_refused_and_the_others_go_on(row, reason):
    file = read_rows(f"id,name\n0,Alice\n{row}\n2,Bob\n".encode())

    assert [(refused.line, refused.reason) for refused in file.refused] == [(3, reason)]
    assert [(kept.line, kept.cells["name"]) for kept in file.rows] == [(2, "Alice"), (4, "Bob")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param('"Mallory"', "row is not an object", id="a string"),
        pytest.param("[1]", "row is not an object", id="a list"),
        pytest.param("null", "row is not an object", id="nothing"),
        pytest.param('{"id": 1, "id": 2}', "column stands twice", id="a key twice"),
        pytest.param('{"a": [1], "a/0": 2}', "column stands twice", id="a key twice, once spelt out"),
        pytest.param('{"id": [[1]]}', "cell is nested", id="a list in a list"),
        pytest.param('{"id": "\\u0000"}', "cell holds a NUL", id="NUL"),
        pytest.param('{"id": "\\ud800"}', "cell holds half a character", id="half a character"),
        pytest.param(json.dumps({"id": "A" * 10_001}), "cell is too long", id="over-long"),
    ],
)
@pytest.mark.parametrize("shape", ["lines", "array"])
def test_a_bad_json_row_is_refused_and_the_others_go_on(row, reason, shape):
    rows = ['{"id": "0"}', row, '{"id": "2"}']
    content = "\n".join(rows) if shape == "lines" else "[" + ",\n".join(rows) + "]"

    assert refused_of(content) == [(2, reason)]
    assert [line for line, _ in cells_of(content)] == [1, 3]


@pytest.mark.parametrize(
    ("line", "reason"),
    [("{", "line is not JSON"), ("[" * 100_000, "row is nested too deeply")],
    ids=["broken", "deep"],
)
def test_a_line_that_is_no_json_is_refused_alone(line, reason):
    assert refused_of(f'{{"id": 1}}\n{line}\n\n{{"id": 2}}\n') == [(2, reason)]


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        pytest.param(b"", "file is empty", None, id="nothing"),
        pytest.param(b"\xef\xbb\xbf \r\n", "file is empty", None, id="only blanks"),
        pytest.param(b"id,name\n1,\xff\n", "file is not UTF-8", 2, id="another encoding"),
        pytest.param("id,name\n".encode("utf-16"), "file is not UTF-8", 1, id="UTF-16"),
        pytest.param(b"id,name\n", "no rows", None, id="only a header"),
        pytest.param(b"[ ]", "no rows", None, id="an empty array"),
        pytest.param(b"id,name,ID\n1,A,B\n", "column stands twice", 1, id="a column twice in the header"),
        pytest.param(b'"id,name\n1,A\n', "header cannot be read", 1, id="a header that never ends"),
        pytest.param(b'[{"id": 1},\n{"id": 2}\n', "JSON is broken", 3, id="an array cut off"),
        pytest.param(b'[{"id": 1},\n]', "JSON is broken", 2, id="a comma too many"),
        pytest.param(b'[{"id": 1}\n{"id": 2}]', "JSON is broken", 2, id="a comma missing"),
        pytest.param(b'[{"id": 1}]\n[]', "text after the array", 1, id="two arrays"),
        pytest.param(b"[" * 100_000, "row is nested too deeply", 1, id="a deep array"),
        pytest.param(b'{\n"id": 1\n}', "no line is a JSON row", 1, id="one object over many lines"),
    ],
)
def test_a_file_that_is_wrong_as_a_whole_is_refused(content, reason, line):
    with pytest.raises(RegisterRefused) as refusal:
        read_rows(content)

    assert (refusal.value.reason, refusal.value.line) == (reason, line)


def test_a_file_past_the_limit_of_bytes_is_refused_unread(tmp_path: Path):
    path = tmp_path / "register.csv"
    path.write_bytes(b"id,name\n1,A\n")

    with pytest.raises(RegisterRefused, match="file is too large"):
        read_rows(path, max_bytes=11)


def test_a_file_past_the_limit_of_rows_is_refused():
    with pytest.raises(RegisterRefused, match="too many rows"):
        read_rows(b"id\n1\n2\n3\n", max_rows=2)


def test_a_file_with_ever_new_columns_is_refused():
    row = json.dumps({f"column {number}": "" for number in range(501)})

    with pytest.raises(RegisterRefused, match="too many columns"):
        read_rows(f"[{row}]".encode())


@pytest.mark.parametrize(("name", "reason"), [("missing", "no such file"), (".", "no such file")])
def test_what_is_no_file_is_refused(tmp_path: Path, name, reason):
    with pytest.raises(RegisterRefused, match=reason):
        read_rows(tmp_path / name)


def test_a_quote_never_closed_swallows_no_row():
    rows = "".join(f"{number},Bob\n" for number in range(1000))

    file = read_rows(f'id,name\n0,"Alice\n{rows}'.encode())

    assert len(file.rows) == 1000


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)),
        min_size=1,
    )
)
def test_what_a_json_line_says_is_what_is_read(rows):
    content = "\n".join(json.dumps({"id": text}, ensure_ascii=False) for (text,) in rows)

    file = read_rows(content.encode())

    assert [row.cells["id"] for row in file.rows] == [text for (text,) in rows]
    assert [row.line for row in file.rows] == list(range(1, len(rows) + 1))
