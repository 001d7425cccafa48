"""Parts become bytes that can be told apart again."""

import pickle
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.framing import E, NeverPickled, begun, framed, split


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_what_was_joined_comes_apart_again(parts: list[bytes]) -> None:
    assert split(E(*parts)) == tuple(parts)


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_two_lists_never_give_the_same_bytes(one: list[bytes], other: list[bytes]) -> None:
    assert (E(*one) == E(*other)) == (one == other)


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_what_is_joined_in_two_steps_is_the_same(first: list[bytes], then: list[bytes]) -> None:
    assert begun(*first, count=len(first) + len(then)) + framed(*then) == E(*first, *then)


def test_each_type_has_its_own_bytes() -> None:
    parts = split(E("так", 258, b"\x00\xff", UUID(int=10)))

    assert parts == ("так".encode(), b"\0\0\0\0\0\0\x01\x02", b"\x00\xff", b"\0" * 15 + b"\x0a")


@pytest.mark.parametrize("number", [0, 2**64 - 1])
def test_a_number_may_be_any_uint64(number: int) -> None:
    assert int.from_bytes(split(E(number))[0], "big") == number


@pytest.mark.parametrize("number", [-1, 2**64])
def test_a_number_that_is_no_uint64_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="does not fit 8 bytes"):
        E(number)


def test_more_parts_than_can_be_counted_are_refused() -> None:
    assert len(split(E(*[b""] * 65_535))) == 65_535

    with pytest.raises(ValueError, match="does not fit 2 bytes"):
        E(*[b""] * 65_536)


@pytest.mark.parametrize("part", [None, 1.5, True, bytearray(b"x")])
def test_a_part_of_another_type_is_refused(part: object) -> None:
    with pytest.raises(TypeError, match=type(part).__name__):
        E(part)  # type: ignore[arg-type]


def test_bytes_cut_anywhere_do_not_come_apart() -> None:
    whole = E("role/v1", 7, b"")

    for length in range(len(whole)):
        with pytest.raises(ValueError, match="cut short"):
            split(whole[:length])


def test_bytes_after_the_last_part_are_refused() -> None:
    with pytest.raises(ValueError, match="go on"):
        split(E("role/v1", 7) + b"\0")


def test_what_holds_a_key_is_not_pickled_by_any_protocol() -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="never pickled"):
            pickle.dumps(NeverPickled(), protocol)
