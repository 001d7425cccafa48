"""A PIN's hash answers one question and gives nothing else away."""

from uuid import UUID

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from storage.passwords import (
    PASSPHRASE_COST,
    PIN_COST,
    Cost,
    hash_pin,
    pin_matches,
    secret_from_passphrase,
)
from tests.world import DEPLOYMENT

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
PEPPER = b"\x07" * 32


def test_the_right_pin_matches() -> None:
    assert pin_matches("114400", hash_pin("114400", pepper=PEPPER, cost=CHEAP), pepper=PEPPER)


@pytest.mark.parametrize("pin", ["114401", "11440", "1144000", "", "١١٤٤٠٠"])
def test_another_pin_does_not_match(pin: str) -> None:
    assert not pin_matches(pin, hash_pin("114400", pepper=PEPPER, cost=CHEAP), pepper=PEPPER)


@pytest.mark.parametrize("pepper", [b"\x08" * 32, b""])
def test_without_its_pepper_the_right_pin_does_not_match(pepper: bytes) -> None:
    assert not pin_matches("114400", hash_pin("114400", pepper=PEPPER, cost=CHEAP), pepper=pepper)


def test_one_pin_has_another_hash_each_time() -> None:
    first, second = (hash_pin("114400", pepper=PEPPER, cost=CHEAP) for _ in range(2))

    assert first != second


def test_a_hash_names_its_salt_and_cost_and_is_argon2id() -> None:
    stored = hash_pin("114400", pepper=PEPPER, cost=CHEAP, random=lambda size: b"s" * size)

    kdf = Argon2id(salt=b"s" * 16, length=32, iterations=1, lanes=1, memory_cost=8, secret=PEPPER)
    assert stored == kdf.derive_phc_encoded(b"114400")
    assert stored.startswith("$argon2id$v=19$m=8,t=1,p=1$")


def test_a_hash_made_at_another_cost_still_matches() -> None:
    stored = hash_pin("114400", pepper=PEPPER, cost=Cost(memory_kib=32, passes=2, lanes=2))

    assert pin_matches("114400", stored, pepper=PEPPER)


def test_the_cost_is_64_mebibytes_three_passes_and_four_lanes() -> None:
    assert Cost(64 * 1024, 3, 4) == PIN_COST


def test_a_hash_is_made_at_full_cost_unless_told_otherwise() -> None:
    assert hash_pin("114400", pepper=PEPPER).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "114400",
        "$argon2id$",
        "$argon2i$v=19$m=8,t=1,p=1$c3Nzc3Nzc3Nzc3Nzc3Nzcw$YWFhYWFhYWE",
        "$argon2id$v=19$m=1,t=0,p=9$c3Nzc3Nzc3Nzc3Nzc3Nzcw$YWFhYWFhYWE",
    ],
)
def test_what_is_no_hash_of_ours_matches_nothing(stored: str) -> None:
    assert not pin_matches("114400", stored, pepper=PEPPER)


PASSPHRASE = "kettle window seven grey rivers"


def secret(passphrase: str = PASSPHRASE, deployment: UUID = DEPLOYMENT, cost: Cost = CHEAP) -> bytes:
    return secret_from_passphrase(passphrase, deployment=deployment, cost=cost)


def test_a_passphrase_gives_one_secret_of_32_bytes_within_an_installation() -> None:
    assert secret() == secret()
    assert len(secret()) == 32


def test_a_secret_is_argon2id_salted_with_the_deployment() -> None:
    kdf = Argon2id(salt=DEPLOYMENT.bytes, length=32, iterations=1, lanes=1, memory_cost=8)

    assert secret() == kdf.derive(PASSPHRASE.encode())


def test_another_passphrase_installation_or_cost_gives_another_secret() -> None:
    others = {
        secret(PASSPHRASE + "s"),
        secret(deployment=UUID(int=1)),
        secret(cost=Cost(memory_kib=16, passes=1, lanes=1)),
    }

    assert len(others | {secret()}) == 4


def test_a_letter_typed_in_two_ways_is_one_letter() -> None:
    assert secret("й" * 20) == secret("и\u0306" * 20)


def test_a_passphrase_costs_256_mebibytes_three_passes_and_four_lanes() -> None:
    kdf = Argon2id(salt=DEPLOYMENT.bytes, length=32, iterations=3, lanes=4, memory_cost=256 * 1024)

    assert Cost(256 * 1024, 3, 4) == PASSPHRASE_COST
    assert secret_from_passphrase(PASSPHRASE, deployment=DEPLOYMENT) == kdf.derive(PASSPHRASE.encode())
