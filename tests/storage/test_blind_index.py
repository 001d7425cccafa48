"""An index finds a value, tells columns apart, and is cut where search must stay vague."""

import pickle

import pytest

from storage.blind_index import BlindIndex

IDX = b"\x03" * 32


def of(value: str, *, table: str = "person", column: str = "chat", transform: str = "decimal") -> bytes:
    return BlindIndex(IDX).of(table, column, transform, value, size=16)


def test_equal_values_of_one_column_have_one_index() -> None:
    index = BlindIndex(IDX)

    first, second = (index.of("person", "chat", "decimal", "7000000001", size=16) for _ in range(2))

    assert first == second == of("7000000001")


def test_every_table_column_transform_and_value_has_an_index_of_its_own() -> None:
    indexes = {
        of("1"),
        of("2"),
        of("1", table="prisoner"),
        of("1", column="code"),
        of("1", transform="folded"),
        of("1", table="personc", column="hat"),
    }

    assert len(indexes) == 6


def test_one_object_keeps_columns_apart() -> None:
    index = BlindIndex(IDX)

    first = index.of("person", "chat", "decimal", "1", size=16)
    second = index.of("person", "code", "decimal", "1", size=16)

    assert (first, second) == (of("1"), of("1", column="code"))


def test_another_key_gives_another_index() -> None:
    assert BlindIndex(b"\x04" * 32).of("person", "chat", "decimal", "1", size=16) != of("1")


@pytest.mark.parametrize("size", [1, 16, 32])
def test_a_shorter_index_is_the_beginning_of_the_longer(size: int) -> None:
    whole = BlindIndex(IDX).of("person", "chat", "decimal", "1", size=32)

    assert BlindIndex(IDX).of("person", "chat", "decimal", "1", size=size) == whole[:size]
    assert len(whole) == 32


@pytest.mark.parametrize("size", [0, 33])
def test_an_index_longer_than_the_hash_or_empty_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="1 to 32"):
        BlindIndex(IDX).of("person", "chat", "decimal", "1", size=size)


@pytest.mark.parametrize("bits", [8, 11, 14])
def test_a_search_index_is_the_first_bits(bits: int) -> None:
    whole = BlindIndex(IDX).of("prisoner", "name", "folded", "імя", size=32)

    cut = BlindIndex(IDX).bits("prisoner", "name", "folded", "імя", bits=bits)

    assert cut == int.from_bytes(whole, "big") >> (256 - bits)


@pytest.mark.parametrize("bits", [7, 15])
def test_a_search_index_that_tells_too_much_or_too_little_is_refused(bits: int) -> None:
    with pytest.raises(ValueError, match="8 to 14"):
        BlindIndex(IDX).bits("prisoner", "name", "folded", "імя", bits=bits)


def test_many_names_share_a_search_index() -> None:
    index = BlindIndex(IDX)

    found = {index.bits("prisoner", "name", "folded", f"name {number}", bits=8) for number in range(2000)}

    assert found == set(range(256))


def test_a_key_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        BlindIndex(b"short")


def test_an_index_shows_and_pickles_no_key() -> None:
    index = BlindIndex(IDX)

    assert "\\x03" not in repr(index)
    with pytest.raises(TypeError, match="never pickled"):
        pickle.dumps(index)
