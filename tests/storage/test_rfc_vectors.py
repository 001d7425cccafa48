"""The primitives that keys, cells and PINs are made with, against the vectors of their RFCs."""

import base64
from collections.abc import Iterator
from typing import Any

import cryptography_vectors
import pytest

from storage import cells, passwords
from storage.cells import GCM_SIV
from storage.keyring import derive_key
from storage.passwords import Cost, hash_pin, pin_matches

Vector = dict[str, str]


def vectors(file: str) -> Iterator[Vector]:
    """Read the lines ``name = value`` of a file; each COUNT begins another vector."""
    with cryptography_vectors.open_vector_file(file, "r") as lines:
        vector: Vector = {}
        for line in lines:
            name, given, value = (part.strip() for part in line.partition("="))
            if name == "COUNT" and vector:
                yield vector
                vector = {}
            if given and not name.startswith("#"):
                vector[name] = value
        yield vector


def named(found: list[Vector]) -> list[Any]:
    return [pytest.param(vector, id=f"vector {vector['COUNT']}") for vector in found]


# Of appendix C.2 and C.3; the file leaves out the texts of no bytes, which stand here.
SIV = [v for v in vectors("ciphers/AES/GCM-SIV/openssl.txt") if len(v["Key"]) == 64] + [
    {
        "COUNT": "C.2, the first",
        "Key": "01" + "00" * 31,
        "IV": "03" + "00" * 11,
        "Plaintext": "",
        "Ciphertext": "",
        "Tag": "07f5f4169bbf55a8400cd47ea6fd400f",
    },
    {
        "COUNT": "C.2, no text under another key",
        "Key": "e66021d5eb8e4f4066d4adb9c33560e4f46e44bb3da0015c94f7088736864200",
        "IV": "e0eaf5284d884a0e77d31646",
        "Plaintext": "",
        "Ciphertext": "",
        "Tag": "169fbb2fbf389a995f6390af22228a62",
    },
]
HKDF = list(vectors("KDF/rfc-5869-HKDF-SHA256.txt"))
ARGON2ID = list(vectors("KDF/argon2id.txt"))


def test_the_files_hold_all_the_vectors_that_are_meant() -> None:
    assert (len(SIV), len(HKDF), len(ARGON2ID)) == (26, 3, 6)


@pytest.mark.parametrize("vector", named(SIV))
def test_the_cipher_of_cells_agrees_with_rfc_8452(vector: Vector) -> None:
    key, nonce, text, sealed, tag, extra = (
        bytes.fromhex(vector.get(part, "")) for part in ("Key", "IV", "Plaintext", "Ciphertext", "Tag", "AAD")
    )
    cipher = cells._CIPHERS[GCM_SIV](key)

    assert cipher.encrypt(nonce, text, extra) == sealed + tag
    assert cipher.decrypt(nonce, sealed + tag, extra) == text


@pytest.mark.parametrize("vector", named(HKDF))
def test_derivation_agrees_with_rfc_5869(vector: Vector) -> None:
    key, salt, info = (bytes.fromhex(vector[part]) for part in ("IKM", "salt", "info"))

    # A longer result only goes on after the 32 bytes that every key of ours has.
    assert derive_key(key, info=info, salt=salt).hex() == vector["OKM"][:64]


@pytest.mark.parametrize("vector", named(ARGON2ID))
def test_argon2id_agrees_with_rfc_9106(vector: Vector) -> None:
    derived = passwords.Argon2id(
        salt=bytes.fromhex(vector["salt"]),
        length=int(vector["length"]),
        iterations=int(vector["iter"]),
        lanes=int(vector["lanes"]),
        memory_cost=int(vector["memcost"]),
        ad=bytes.fromhex(vector["ad"]) if "ad" in vector else None,
        secret=bytes.fromhex(vector["secret"]) if "secret" in vector else None,
    ).derive(bytes.fromhex(vector["pass"]))

    assert derived.hex() == vector["output"]


@pytest.mark.parametrize("vector", named(ARGON2ID[1:3]))
def test_a_pins_hash_without_a_pepper_is_argon2id_and_nothing_more(vector: Vector) -> None:
    pin = bytes.fromhex(vector["pass"]).decode()
    cost = Cost(memory_kib=int(vector["memcost"]), passes=int(vector["iter"]), lanes=int(vector["lanes"]))

    stored = hash_pin(pin, pepper=b"", cost=cost, random=lambda size: bytes.fromhex(vector["salt"])[:size])

    assert base64.b64decode(stored.rpartition("$")[2] + "=").hex() == vector["output"]
    assert pin_matches(pin, stored, pepper=b"")
