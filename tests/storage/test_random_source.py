"""Nonces are fresh in every process, and a random source that has stuck costs nothing but equality."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storage.cells import GCM, GCM_SIV, DataKey, Place, WrappingKey
from storage.key_sources import create_key_file
from tests.storage.sealing import MANY
from tests.world import DEPLOYMENT, RING

ROOT = Path(__file__).parents[2]
ALICE = UUID(int=11)
PLACE = Place("person", "phone", UUID(int=13), ALICE)
HEADER = BLOCK = 16

Drawn = list[list[dict[str, str]]]


def stuck_key() -> DataKey:
    return DataKey(b"\x04" * 32, deployment=DEPLOYMENT, subject=ALICE, gen=1, random=bytes)


def drawn_by_a_process_that_forks(folder: Path) -> Drawn:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.storage.sealing", folder / "keyring", folder / "unseal.key"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [json.loads(line) for line in ran.stdout.splitlines()]


def twice(lists: Drawn, what: str) -> int:
    """Count what was drawn more than once."""
    values = [drawn[what] for half in lists for drawn in half]
    return len(values) - len(set(values))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    RING.save(tmp_path / "keyring", create_key_file(tmp_path / "unseal.key"))
    return tmp_path


def test_after_a_fork_and_in_a_second_process_of_the_same_files_everything_is_drawn_anew(
    folder: Path,
) -> None:
    lists = drawn_by_a_process_that_forks(folder) + drawn_by_a_process_that_forks(folder)

    assert [len(half) for half in lists] == [MANY] * 4
    assert {what: twice(lists, what) for what in lists[0][0]} == {
        "cell": 0, "data key": 0, "wrapped key": 0, "keyring": 0, "button": 0,
    }  # fmt: skip


@given(words=st.tuples(st.text(max_size=300), st.text(max_size=300)), alg=st.sampled_from([GCM_SIV, GCM]))
def test_under_a_stuck_random_source_all_cells_of_one_place_open(words: tuple[str, str], alg: int) -> None:
    cells = [stuck_key().seal(PLACE, one, alg=alg) for one in words]

    assert tuple(stuck_key().open(PLACE, cell).decode() for cell in cells) == words


def test_under_a_stuck_random_source_equal_words_of_one_place_show_as_equal() -> None:
    assert stuck_key().seal(PLACE, "x") == stuck_key().seal(PLACE, "x")


def differences(one: str, other: str, *, alg: int = GCM_SIV) -> tuple[list[bytes], list[bytes]]:
    """Say how the insides of two cells differ, block by block, and how their sealed bytes do."""
    first, second = (stuck_key().seal(PLACE, words, alg=alg)[HEADER:-BLOCK] for words in (one, other))
    return xor(inside(one), inside(other)), xor(first, second)


@given(st.text(max_size=15), st.text(max_size=15))
def test_under_a_stuck_random_source_other_words_of_one_place_tell_nothing_more(one: str, other: str) -> None:
    assume(one != other)

    meant, seen = differences(one, other)

    assert bytes(BLOCK) not in seen
    assert not set(meant) & set(seen)


def test_the_faster_algorithm_would_tell_how_they_differ() -> None:
    meant, seen = differences("yes", "no!", alg=GCM)

    assert meant == seen


def inside(words: str) -> bytes:
    plain = words.encode()
    return (len(plain).to_bytes(4, "big") + plain).ljust(64, b"\0")


def xor(one: bytes, other: bytes) -> list[bytes]:
    whole = bytes(a ^ b for a, b in zip(one, other, strict=True))
    return [whole[start : start + BLOCK] for start in range(0, len(whole), BLOCK)]


def test_under_a_stuck_random_source_equal_words_of_two_places_stay_apart() -> None:
    one = stuck_key().seal(PLACE, "x")
    other = stuck_key().seal(replace(PLACE, column="email"), "x")

    assert one[16:] != other[16:]


def test_under_a_stuck_random_source_wrapped_keys_still_open_and_stay_apart() -> None:
    kek = WrappingKey(b"\x02" * 32, deployment=DEPLOYMENT)
    deks = [bytes([number]) * 32 for number in (4, 5)]

    wrapped = [kek.wrap(dek, subject=ALICE, gen=1, random=bytes) for dek in deks]

    opened = [kek.unwrap(one, subject=ALICE, gen=1) for one in wrapped]
    assert opened == deks
    assert xor(wrapped[0][12:44], wrapped[1][12:44]) != xor(*deks)
