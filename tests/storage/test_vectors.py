"""The sealed formats, byte for byte, against vectors computed apart from the product."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from storage.blind_index import BlindIndex
from storage.cells import DataKey, Place, WrappingKey
from storage.framing import E
from storage.keyring import keyring_key, kid_of

Vector = dict[str, Any]
VECTORS: dict[str, Any] = json.loads(Path(__file__).parents[1].joinpath("vectors.json").read_text("utf-8"))
every_cell = pytest.mark.parametrize(
    "vector", VECTORS["cells"], ids=[f"alg {cell['alg']}, {len(cell['text'])}" for cell in VECTORS["cells"]]
)


def data_key_of(vector: Vector) -> DataKey:
    return DataKey(
        bytes.fromhex(vector["dek"]),
        deployment=UUID(vector["deployment"]),
        subject=UUID(vector["subject"]),
        gen=vector["gen"],
        random=lambda size: bytes.fromhex(vector["nonce"])[:size],
    )


def place_of(vector: Vector) -> Place:
    return Place(vector["table"], vector["column"], UUID(vector["row"]), UUID(vector["subject"]))


def wrapping_key_of(vector: Vector) -> WrappingKey:
    return WrappingKey(bytes.fromhex(vector["kek"]), deployment=UUID(vector["deployment"]))


def test_no_kind_of_vector_is_left_out() -> None:
    assert set(VECTORS) == {"E", "keyring_key", "kid", "wrapped_dek", "cells", "blind_index"}


@pytest.mark.parametrize("vector", VECTORS["E"])
def test_parts_are_framed_as_frozen(vector: Vector) -> None:
    label, number, deployment, table = vector["parts"]

    assert E(label, number, UUID(deployment), table).hex() == vector["hex"]


def test_the_keyrings_key_is_derived_as_frozen() -> None:
    vector = VECTORS["keyring_key"]

    assert keyring_key(bytes.fromhex(vector["U"]), UUID(vector["deployment"])).hex() == vector["hex"]


def test_a_keys_id_is_as_frozen() -> None:
    assert kid_of(bytes.fromhex(VECTORS["kid"]["key"])).hex() == VECTORS["kid"]["hex"]


def test_a_data_key_is_wrapped_as_frozen() -> None:
    vector = VECTORS["wrapped_dek"]

    wrapped = wrapping_key_of(vector).wrap(
        bytes.fromhex(vector["dek"]),
        subject=UUID(vector["subject"]),
        gen=vector["gen"],
        random=lambda size: bytes.fromhex(vector["nonce"])[:size],
    )

    assert wrapped.hex() == vector["hex"]


def test_a_frozen_data_key_is_unwrapped() -> None:
    vector = VECTORS["wrapped_dek"]

    dek = wrapping_key_of(vector).unwrap(
        bytes.fromhex(vector["hex"]), subject=UUID(vector["subject"]), gen=vector["gen"]
    )

    assert dek.hex() == vector["dek"]


@every_cell
def test_a_cell_is_sealed_as_frozen(vector: Vector) -> None:
    cell = data_key_of(vector).seal(place_of(vector), vector["text"], alg=vector["alg"])

    assert cell.hex() == vector["hex"]


@every_cell
def test_a_frozen_cell_is_opened(vector: Vector) -> None:
    opened = data_key_of(vector).open(place_of(vector), bytes.fromhex(vector["hex"]))

    assert opened.decode() == vector["text"]


@pytest.mark.parametrize("vector", VECTORS["blind_index"])
def test_a_blind_index_is_as_frozen(vector: Vector) -> None:
    index = BlindIndex(bytes.fromhex(vector["idx"])).of(
        vector["table"], vector["column"], vector["transform"], vector["value"], size=vector["bytes"]
    )

    assert index.hex() == vector["hex"]
