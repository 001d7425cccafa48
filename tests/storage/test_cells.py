"""A cell opens in its own place under its own key, and nowhere else."""

import pickle
from dataclasses import replace
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from hypothesis import given
from hypothesis import strategies as st

from storage import cells
from storage.cells import GCM, GCM_SIV, DataKey, Place, WrappingKey, new_dek
from storage.errors import UnreadableCell, UnreadableDataKey
from storage.framing import E

HERE, ALICE, VERA, ROW = (UUID(int=number) for number in (10, 11, 12, 13))
KEK, DEK = b"\x02" * 32, b"\x04" * 32
PLACE = Place("person", "phone", ROW, ALICE)


def key(raw: bytes = DEK, *, deployment: UUID = HERE, subject: UUID = ALICE, gen: int = 1) -> DataKey:
    return DataKey(raw, deployment=deployment, subject=subject, gen=gen)


def wrap_dek(kek: bytes, dek: bytes, *, deployment: UUID, subject: UUID, gen: int) -> bytes:
    return WrappingKey(kek, deployment=deployment).wrap(dek, subject=subject, gen=gen)


def unwrap_dek(kek: bytes, wrapped: bytes, *, deployment: UUID, subject: UUID, gen: int) -> bytes:
    return WrappingKey(kek, deployment=deployment).unwrap(wrapped, subject=subject, gen=gen)


def flips(data: bytes) -> list[bytes]:
    whole = int.from_bytes(data, "big")
    return [(whole ^ 1 << bit).to_bytes(len(data), "big") for bit in range(8 * len(data))]


def opens(cell: bytes) -> bool:
    try:
        key().open(PLACE, cell)
    except UnreadableCell:
        return False
    return True


def sealed_by_hand(padded: bytes) -> bytes:
    aad = E("fld/v1", GCM_SIV, HERE, PLACE.table, PLACE.column, PLACE.row, PLACE.subject, 1)
    return b"\x01\x01\x00\x01" + bytes(12) + AESGCMSIV(DEK).encrypt(bytes(12), padded, aad)


@given(st.binary(max_size=9000), st.sampled_from([GCM_SIV, GCM]))
def test_what_was_sealed_is_opened(value: bytes, alg: int) -> None:
    assert key().open(PLACE, key().seal(PLACE, value, alg=alg)) == value


def test_one_key_serves_all_cells_of_its_subject_with_one_cipher(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[bytes] = []

    def build(raw: bytes) -> AESGCMSIV:
        built.append(raw)
        return AESGCMSIV(raw)

    monkeypatch.setitem(cells._CIPHERS, GCM_SIV, build)
    alice = key()
    places = [replace(PLACE, column=column) for column in ("phone", "email", "post")]

    opened = [alice.open(place, alice.seal(place, place.column)) for place in places]

    assert opened == [b"phone", b"email", b"post"]
    assert built == [DEK]


def test_text_is_sealed_as_utf_8() -> None:
    assert key().open(PLACE, key().seal(PLACE, "Людзі")) == "Людзі".encode()


@pytest.mark.parametrize(
    ("length", "inside"),
    [
        *[(0, 64), (60, 64), (61, 256), (252, 256), (253, 1024), (1020, 1024), (1021, 4096)],
        *[(4092, 4096), (4093, 8192), (8188, 8192), (8189, 12288)],
    ],
)
def test_a_cells_size_tells_only_its_step(length: int, inside: int) -> None:
    cell = key().seal(PLACE, b"x" * length)

    assert len(cell) == 16 + inside + 16


def test_the_safer_algorithm_is_the_default() -> None:
    assert key().seal(PLACE, "x")[:4] == b"\x01\x01\x00\x01"


def test_the_same_text_gives_another_cell_each_time() -> None:
    assert key().seal(PLACE, "x") != key().seal(PLACE, "x")


@pytest.mark.parametrize("alg", [GCM_SIV, GCM])
def test_a_cell_with_any_bit_flipped_is_refused(alg: int) -> None:
    cell = key().seal(PLACE, "+375 29 000-00-00", alg=alg)

    assert [flipped for flipped in flips(cell) if opens(flipped)] == []


def test_a_cell_cut_anywhere_or_made_longer_is_refused() -> None:
    cell = key().seal(PLACE, "x")

    assert [length for length in range(len(cell)) if opens(cell[:length])] == []
    assert not opens(cell + b"\0")


@pytest.mark.parametrize(
    "elsewhere",
    [
        pytest.param(replace(PLACE, table="offer"), id="table"),
        pytest.param(replace(PLACE, column="email"), id="column"),
        pytest.param(replace(PLACE, row=ALICE), id="row"),
        pytest.param(replace(PLACE, table="personp", column="hone"), id="a slid border"),
    ],
)
def test_a_cell_moved_to_another_place_is_refused(elsewhere: Place) -> None:
    cell = key().seal(PLACE, "x")

    with pytest.raises(UnreadableCell, match="moved"):
        key().open(elsewhere, cell)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(key(b"\x05" * 32), id="key"),
        pytest.param(key(deployment=VERA), id="installation"),
    ],
)
def test_a_cell_is_refused_under_another_key_or_installation(other: DataKey) -> None:
    cell = key().seal(PLACE, "x")

    with pytest.raises(UnreadableCell, match="of another key"):
        other.open(PLACE, cell)


def test_a_cell_of_another_generation_is_refused_without_trying() -> None:
    cell = key(gen=2).seal(PLACE, "x")

    with pytest.raises(UnreadableCell) as refusal:
        key(gen=1).open(PLACE, cell)

    assert refusal.value.reason == "another generation"


def test_alices_cell_given_to_vera_is_refused_even_under_one_key() -> None:
    cell = key().seal(PLACE, "x")

    with pytest.raises(UnreadableCell, match="of another key"):
        key(subject=VERA).open(replace(PLACE, subject=VERA), cell)


def test_a_key_neither_seals_nor_opens_for_another_subject() -> None:
    cell = key().seal(PLACE, "x")

    with pytest.raises(ValueError, match="another subject"):
        key(subject=VERA).seal(PLACE, "x")
    with pytest.raises(UnreadableCell, match="another subject"):
        key(subject=VERA).open(PLACE, cell)


@pytest.mark.parametrize("alg", [0, 3, 255])
def test_an_unknown_algorithm_is_refused_and_not_tried(alg: int) -> None:
    cell = key().seal(PLACE, "x")

    with pytest.raises(UnreadableCell, match="unknown algorithm"):
        key().open(PLACE, cell[:1] + bytes([alg]) + cell[2:])
    with pytest.raises(ValueError, match=f"algorithm {alg} "):
        key().seal(PLACE, "x", alg=alg)


@pytest.mark.parametrize(
    "padded",
    [
        pytest.param(b"", id="nothing inside"),
        pytest.param(b"\0\0\0\x01x".ljust(63, b"\0"), id="not filled"),
        pytest.param(b"\0\0\0\x01x".ljust(256, b"\0"), id="filled to a later step"),
        pytest.param(b"\0\0\0\x01xy".ljust(64, b"\0"), id="padding that begins with another byte"),
        pytest.param(b"\0\0\0\x01x".ljust(63, b"\0") + b"y", id="padding that ends with another byte"),
        pytest.param(b"\0\0\0\x3d".ljust(64, b"x"), id="length beyond the end"),
        pytest.param(b"\xff\xff\xff\xff".ljust(64, b"x"), id="length far beyond the end"),
    ],
)
def test_padding_that_is_not_ours_is_refused(padded: bytes) -> None:
    with pytest.raises(UnreadableCell, match="wrong padding"):
        key().open(PLACE, sealed_by_hand(padded))


def test_a_wrapped_key_comes_back() -> None:
    dek = new_dek()

    wrapped = wrap_dek(KEK, dek, deployment=HERE, subject=ALICE, gen=1)

    assert len(wrapped) == 60
    assert unwrap_dek(KEK, wrapped, deployment=HERE, subject=ALICE, gen=1) == dek


def test_every_data_key_is_another_one() -> None:
    assert len({new_dek() for _ in range(100)}) == 100
    assert len(new_dek()) == 32


def unwraps(
    wrapped: bytes, *, kek: bytes = KEK, deployment: UUID = HERE, subject: UUID = ALICE, gen: int = 1
) -> bool:
    try:
        unwrap_dek(kek, wrapped, deployment=deployment, subject=subject, gen=gen)
    except UnreadableDataKey:
        return False
    return True


def test_a_wrapped_key_with_any_bit_flipped_is_refused() -> None:
    wrapped = wrap_dek(KEK, DEK, deployment=HERE, subject=ALICE, gen=1)

    assert [flipped for flipped in flips(wrapped) if unwraps(flipped)] == []


def test_a_wrapped_key_of_any_other_length_is_refused() -> None:
    wrapped = wrap_dek(KEK, DEK, deployment=HERE, subject=ALICE, gen=1)

    assert [length for length in range(60) if unwraps(wrapped[:length])] == []
    assert not unwraps(wrapped + b"\0")


def test_a_wrapped_key_is_refused_for_anything_but_its_own_row() -> None:
    wrapped = wrap_dek(KEK, DEK, deployment=HERE, subject=ALICE, gen=1)

    assert unwraps(wrapped)
    assert not unwraps(wrapped, kek=b"\x03" * 32)
    assert not unwraps(wrapped, deployment=VERA)
    assert not unwraps(wrapped, subject=VERA)
    assert not unwraps(wrapped, gen=2)


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_data_key_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        wrap_dek(KEK, bytes(size), deployment=HERE, subject=ALICE, gen=1)
    with pytest.raises(ValueError, match="32 bytes"):
        key(bytes(size))


@pytest.mark.parametrize("gen", [-1, 65_536])
def test_a_generation_that_is_no_uint16_is_refused(gen: int) -> None:
    with pytest.raises(ValueError, match="uint16"):
        wrap_dek(KEK, DEK, deployment=HERE, subject=ALICE, gen=gen)
    with pytest.raises(ValueError, match="uint16"):
        key(gen=gen)


@pytest.mark.parametrize("gen", [0, 65_535])
def test_the_first_and_the_last_generation_work(gen: int) -> None:
    wrapped = wrap_dek(KEK, DEK, deployment=HERE, subject=ALICE, gen=gen)

    assert unwraps(wrapped, gen=gen)
    assert key(gen=gen).open(PLACE, key(gen=gen).seal(PLACE, "x")) == b"x"


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_wrapping_key_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        WrappingKey(bytes(size), deployment=HERE)


def test_one_wrapping_key_serves_all_data_keys_with_one_cipher(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[bytes] = []

    def build(raw: bytes) -> AESGCMSIV:
        built.append(raw)
        return AESGCMSIV(raw)

    monkeypatch.setattr(cells, "AESGCMSIV", build)
    kek, deks = WrappingKey(KEK, deployment=HERE), {ALICE: new_dek(), VERA: new_dek()}
    wrapped = {subject: kek.wrap(dek, subject=subject, gen=1) for subject, dek in deks.items()}

    opened = {subject: kek.unwrap(one, subject=subject, gen=1) for subject, one in wrapped.items()}

    assert (opened, built) == (deks, [KEK])


def test_a_key_is_shown_by_its_subject_alone() -> None:
    shown = repr(key())

    assert shown == f"DataKey(subject={ALICE}, gen=1)"


@pytest.mark.parametrize("held", [key(), WrappingKey(KEK, deployment=HERE)], ids=["data", "wrapping"])
def test_a_key_is_not_pickled(held: object) -> None:
    with pytest.raises(TypeError, match="never pickled"):
        pickle.dumps(held)


REFUSED = {
    "not a cell of this version": (b"\x01secret", PLACE),
    "another subject's key": (key().seal(PLACE, "secret"), replace(PLACE, subject=VERA)),
    "unknown algorithm": (b"\x01\x03\x00\x01" + bytes(92), PLACE),
    "another generation": (key(gen=2).seal(PLACE, "secret"), PLACE),
    "changed, moved or of another key": (key(b"\x05" * 32).seal(PLACE, "secret"), PLACE),
    "wrong padding": (sealed_by_hand(b"secret"), PLACE),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_refusal_names_the_place_and_no_value(reason: str) -> None:
    cell, place = REFUSED[reason]

    with pytest.raises(UnreadableCell) as refusal:
        key().open(place, cell)

    assert str(refusal.value) == f"cell person.phone of row {ROW} cannot be opened: {reason}"


@pytest.mark.parametrize("size", [59, 60])
def test_a_refusal_names_whose_data_key_it_is(size: int) -> None:
    with pytest.raises(UnreadableDataKey) as refusal:
        unwrap_dek(KEK, bytes(size), deployment=HERE, subject=ALICE, gen=1)

    assert str(refusal.value) == f"the data key of subject {ALICE} cannot be unwrapped"
