"""The sealed formats, byte for byte, against vectors computed apart from the product and those of RFCs."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from storage.blind_index import BlindIndex
from storage.cells import DataKey, Place, unwrap_dek, wrap_dek
from storage.framing import E
from storage.keyring import derive_key, keyring_key, kid_of

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

    wrapped = wrap_dek(
        bytes.fromhex(vector["kek"]),
        bytes.fromhex(vector["dek"]),
        deployment=UUID(vector["deployment"]),
        subject=UUID(vector["subject"]),
        gen=vector["gen"],
        random=lambda size: bytes.fromhex(vector["nonce"])[:size],
    )

    assert wrapped.hex() == vector["hex"]


def test_a_frozen_data_key_is_unwrapped() -> None:
    vector = VECTORS["wrapped_dek"]

    dek = unwrap_dek(
        bytes.fromhex(vector["kek"]),
        bytes.fromhex(vector["hex"]),
        deployment=UUID(vector["deployment"]),
        subject=UUID(vector["subject"]),
        gen=vector["gen"],
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


@pytest.mark.parametrize(
    ("plain", "sealed"),
    [
        pytest.param("", "07f5f4169bbf55a8400cd47ea6fd400f", id="nothing"),
        pytest.param(
            "0100000000000000", "c2ef328e5c71c83b843122130f7364b761e0b97427e3df28", id="eight bytes"
        ),
    ],
)
def test_the_cipher_agrees_with_rfc_8452(plain: str, sealed: str) -> None:
    cipher = AESGCMSIV(bytes.fromhex("01" + "00" * 31))

    assert cipher.encrypt(bytes.fromhex("03" + "00" * 11), bytes.fromhex(plain), None).hex() == sealed


@pytest.mark.parametrize(
    ("key", "salt", "info", "derived"),
    [
        pytest.param(
            "0b" * 22,
            "000102030405060708090a0b0c",
            "f0f1f2f3f4f5f6f7f8f9",
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
            id="case 1",
        ),
        pytest.param(
            "0b" * 22,
            "",
            "",
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d",
            id="case 3",
        ),
    ],
)
def test_derivation_agrees_with_rfc_5869(key: str, salt: str, info: str, derived: str) -> None:
    result = derive_key(bytes.fromhex(key), info=bytes.fromhex(info), salt=bytes.fromhex(salt))

    assert result.hex() == derived
