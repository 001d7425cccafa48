"""A mark holds for exactly what was marked."""

import hashlib
import hmac
import pickle
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from storage.framing import E
from storage.macs import Macs

SIG = b"\x05" * 32
HERE, ROW, BOB, MALLORY, PRISONER = (UUID(int=number) for number in (10, 11, 12, 13, 14))
DAY = date(2026, 11, 21)
ROLE: dict[str, Any] = {
    "row_id": ROW,
    "subject": BOB,
    "chat_index": b"c" * 16,
    "role": "coordinator",
    "scope": None,
    "granted_by": BOB,
    "day": DAY,
    "revision": 3,
}


def by_hand(message: bytes) -> bytes:
    return hmac.new(SIG, message, hashlib.sha256).digest()


def test_a_role_is_marked_as_documented() -> None:
    mark = Macs(SIG, HERE).role_mac(ROW, BOB, b"c" * 16, "coordinator", PRISONER, MALLORY, DAY, 3)

    expected = E("role/v1", HERE, ROW, BOB, b"c" * 16, "coordinator", PRISONER, MALLORY, "2026-11-21", 3)
    assert mark == by_hand(expected)


def test_what_a_role_does_not_have_counts_as_no_bytes() -> None:
    mark = Macs(SIG, HERE).role_mac(ROW, BOB, b"c" * 16, "coordinator", None, None, DAY, 3)

    expected = E("role/v1", HERE, ROW, BOB, b"c" * 16, "coordinator", b"", b"", "2026-11-21", 3)
    assert mark == by_hand(expected)


@pytest.mark.parametrize(
    "changed",
    [
        {"row_id": MALLORY},
        {"subject": MALLORY},
        {"chat_index": b"m" * 16},
        {"role": "administrator"},
        {"scope": PRISONER},
        {"granted_by": None},
        {"granted_by": MALLORY},
        {"scope": BOB, "granted_by": None},
        {"day": date(2026, 11, 22)},
        {"revision": 4},
    ],
)
def test_mallory_cannot_change_any_part_of_a_marked_role(changed: dict[str, Any]) -> None:
    macs = Macs(SIG, HERE)

    assert not macs.matches(macs.role_mac(**ROLE), macs.role_mac(**ROLE | changed))


DESK: dict[str, Any] = {
    "owner": BOB,
    "pins": (b"pin", b"duress"),
    "shuffles": False,
    "is_decoy": False,
    "wrong_tries": 1,
    "locked_ms": None,
    "open_ms": 7,
}


def test_a_desk_is_marked_as_documented() -> None:
    expected = E("desk/v1", HERE, BOB, b"pin", b"duress", 0, 0, 1, b"", 7)

    assert Macs(SIG, HERE).desk_mac(**DESK) == by_hand(expected)


@pytest.mark.parametrize(
    "changed",
    [
        {"owner": MALLORY},
        {"pins": (None, b"duress")},
        {"pins": (b"pin", None)},
        {"pins": (b"duress", b"pin")},
        {"shuffles": True},
        {"is_decoy": True},
        {"wrong_tries": 0},
        {"locked_ms": 7},
        {"open_ms": None},
        {"locked_ms": 7, "open_ms": None},
    ],
)
def test_mallory_cannot_change_any_part_of_a_marked_desk(changed: dict[str, Any]) -> None:
    macs = Macs(SIG, HERE)

    assert not macs.matches(macs.desk_mac(**DESK), macs.desk_mac(**DESK | changed))


# Of a risky word: its language, the entry, and no reason, by which the word is taken away.
CHANGE: dict[str, Any] = {
    "table": "word_list",
    "row_id": ROW,
    "words": ("ru", "стих", None),
    "proposed": (BOB, 5),
    "agreed": (None, None),
}


def test_a_change_is_marked_as_documented() -> None:
    said = (1, "ru", 1, "стих", 0, "")
    expected = E("change/v1", HERE, "word_list", ROW, *said, BOB, 5, b"", b"")

    assert Macs(SIG, HERE).change_mac(**CHANGE) == by_hand(expected)


def test_a_change_to_which_somebody_agreed_is_marked_as_documented() -> None:
    mark = Macs(SIG, HERE).change_mac(**CHANGE | {"proposed": (None, 5), "agreed": (MALLORY, 7)})

    said = (1, "ru", 1, "стих", 0, "")
    assert mark == by_hand(E("change/v1", HERE, "word_list", ROW, *said, b"", 5, MALLORY, 7))


def test_a_change_is_marked_byte_for_byte_as_ever() -> None:
    mark = Macs(SIG, HERE).change_mac(**CHANGE)

    assert mark.hex() == "b89512e0e71bd68aa92475c43db378e8efc08ee8265ffda6d22c7824bf18fbde"


@pytest.mark.parametrize(
    "changed",
    [
        {"table": "rule_card"},
        {"row_id": MALLORY},
        {"words": ("be", "стих", None)},
        {"words": ("ru", "стихи", None)},
        {"words": ("ru", "стих", "")},
        {"words": ("ru", "стих", "politics")},
        {"proposed": (MALLORY, 5)},
        {"proposed": (None, 5)},
        {"proposed": (BOB, 6)},
        {"agreed": (MALLORY, None)},
        {"agreed": (None, 7)},
        {"agreed": (MALLORY, 7)},
        {"proposed": (None, 5), "agreed": (BOB, None)},
    ],
)
def test_mallory_cannot_change_any_part_of_a_marked_change(changed: dict[str, Any]) -> None:
    macs = Macs(SIG, HERE)

    assert not macs.matches(macs.change_mac(**CHANGE), macs.change_mac(**CHANGE | changed))


def test_a_mark_of_another_installation_or_key_does_not_match() -> None:
    mark = Macs(SIG, HERE).role_mac(**ROLE)

    assert not Macs.matches(mark, Macs(SIG, ROW).role_mac(**ROLE))
    assert not Macs.matches(mark, Macs(b"\x06" * 32, HERE).role_mac(**ROLE))


def test_a_right_mark_matches() -> None:
    assert Macs.matches(Macs(SIG, HERE).role_mac(**ROLE), Macs(SIG, HERE).role_mac(**ROLE))


def test_a_codes_ticket_is_marked_and_not_its_id() -> None:
    ticket = Macs(SIG, HERE).code_ticket(ROW)

    assert ticket == UUID(bytes=by_hand(E("code-ticket/v1", HERE, ROW))[:16])


def test_a_code_is_marked_as_documented() -> None:
    mark = Macs(SIG, HERE).code_mac("river stone")

    assert mark == by_hand(E("code/v1", HERE, "river stone"))


def test_the_pepper_is_derived_as_documented() -> None:
    assert Macs(SIG, HERE).pin_pepper == by_hand(b"poruch/pin/v1")


def test_a_key_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Macs(b"short", HERE)


def test_marks_show_and_pickle_no_key() -> None:
    macs = Macs(SIG, HERE)

    assert "\\x05" not in repr(macs)
    with pytest.raises(TypeError, match="never pickled"):
        pickle.dumps(macs)


def test_an_entry_in_a_calendar_leads_to_nobody_without_the_key() -> None:
    mine = Macs(SIG, HERE).calendar_id(BOB, ROW)
    others = [
        Macs(b"\x06" * 32, HERE).calendar_id(BOB, ROW),
        Macs(SIG, HERE).calendar_id(MALLORY, ROW),
        Macs(SIG, HERE).calendar_id(BOB, PRISONER),
    ]

    assert mine == UUID(bytes=by_hand(E("calendar/v1", HERE, BOB, ROW))[:16])
    assert mine not in others
