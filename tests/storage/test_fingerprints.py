"""What people write down of an installation: one form, the same for its whole life, nobody else's."""

from base64 import b32encode
from datetime import date
from hashlib import sha256
from hmac import digest
from uuid import UUID

import pytest

from storage.errors import BadFingerprint
from storage.fingerprints import fingerprint_of, typed_fingerprint
from storage.framing import E
from storage.keyring import KeyRing, Purpose
from storage.ring_steps import prepared, promoted, retired
from tests.world import DEPLOYMENT, RING

DAY = date(2026, 11, 23)


def test_it_is_120_bits_of_a_mac_under_the_signing_key_in_six_groups():
    mark = digest(RING.primary(Purpose.SIG).key, E("fingerprint/v1", DEPLOYMENT), sha256)

    fingerprint = fingerprint_of(RING)

    assert fingerprint.replace("-", "") == b32encode(mark[:15]).decode()
    assert [len(group) for group in fingerprint.split("-")] == [4] * 6


def test_it_stays_the_same_when_the_wrapping_key_is_rotated():
    turned = promoted(prepared(RING, day=DAY))
    after = retired(turned, [RING.primary(Purpose.KEK).kid])

    assert fingerprint_of(after) == fingerprint_of(RING)


@pytest.mark.parametrize("deployment", [DEPLOYMENT, UUID(int=9)])
def test_mallory_with_keys_of_her_own_has_another(deployment: UUID):
    assert fingerprint_of(KeyRing.create(deployment, day=DAY)) != fingerprint_of(RING)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("ABCD-EFGH-IJKL-MNOB-QRST-UVW2", id="as it is printed"),
        pytest.param("abcd efgh ijkl mnob qrst uvw2", id="small, with spaces"),
        pytest.param(" ABCDEFGHIJKLMNOBQRSTUVW2\n", id="in one piece"),
        pytest.param("ABCD–EFGH–1JKL–MN08–QRST–UVW2", id="digits for letters, other dashes"),
    ],
)
def test_what_somebody_copied_by_hand_is_read(typed: str):
    assert typed_fingerprint(typed) == "ABCD-EFGH-IJKL-MNOB-QRST-UVW2"


@pytest.mark.parametrize(
    "typed", ["", "ABCD", "ABCD-EFGH-IJKL-MNOP-QRST-UVW", "ABCD-EFGH-IJKL-MNOP-QRST-UVW9", "я" * 24]
)
def test_what_is_none_is_refused(typed: str):
    with pytest.raises(BadFingerprint, match="24 letters and digits"):
        typed_fingerprint(typed)
