"""The far side's readings of Telegram's limits, which benches hold senders to."""

import json

import pytest

from bench.far_side import Account, FarSide
from bench.load import MARKUP, TEXT, audience

ALICE, BOB = 7001, 7002


def taken(account: Account, *moments: float) -> list[bool]:
    return [account.take(chat, at) == 0 for chat, at in enumerate(moments)]


@pytest.mark.parametrize("reading", ["bucket", "window"])
def test_so_many_may_come_at_once_and_no_more(reading: str) -> None:
    account = Account(reading, per_second=3)

    assert taken(account, 100.0, 100.0, 100.0, 100.0) == [True, True, True, False]
    assert account.refused == {"bot": 1, "chat": 0}


def test_a_bucket_fills_up_bit_by_bit() -> None:
    account = Account("bucket", per_second=3)

    assert taken(account, 100.0, 100.0, 100.0, 100.4, 100.4) == [True, True, True, True, False]


def test_a_window_opens_a_second_after_what_fills_it() -> None:
    account = Account("window", per_second=3)

    assert taken(account, 100.0, 100.5, 100.5, 100.9, 101.0, 101.1) == [True, True, True, False, True, False]


def test_what_is_refused_does_not_count() -> None:
    account = Account("window", per_second=1)

    assert taken(account, 100.0, 100.9, 101.0) == [True, False, True]
    assert account.tally()["count"] == 2


def test_a_chat_has_a_second_of_its_own() -> None:
    account = Account("window", per_second=30)

    waits = [account.take(chat, at) for chat, at in ((ALICE, 100.0), (BOB, 100.1), (ALICE, 100.75))]

    assert waits == [0.0, 0.0, 0.25]
    assert account.refused == {"bot": 0, "chat": 1}


def test_nothing_is_refused_without_a_limit() -> None:
    account = Account("none", per_second=1)

    assert [account.take(ALICE, 100.0) for _ in range(5)] == [0.0] * 5


def test_the_tally_knows_the_fullest_second() -> None:
    account = Account("none", per_second=1)
    taken(account, 100.0, 100.5, 101.4, 101.45, 102.5)

    assert account.tally()["most_in_a_second"] == 3


@pytest.mark.parametrize("body", [b'{"chat_id": 7001, "text": "a"}', b"text=a&chat_id=7001"])
def test_it_answers_as_telegram_does(body: bytes) -> None:
    far_side = FarSide(delay=0.05, reading="none", per_second=30)

    answer, delay = far_side.answer("/bot1:a/sendMessage", body)

    result = json.loads(answer.partition(b"\r\n\r\n")[2])["result"]
    assert (result["message_id"], result["chat"]["id"], delay) == (1, ALICE, 0.05)
    assert (result["text"], result["reply_markup"]) == (TEXT, MARKUP)


def test_a_refusal_says_when_to_come_again() -> None:
    far_side = FarSide(delay=0.05, reading="window", per_second=30)
    far_side.answer("/bot1:a/sendMessage", b"chat_id=7001")

    answer, _ = far_side.answer("/bot1:a/sendMessage", b"chat_id=7001")

    assert answer.startswith(b"HTTP/1.1 429 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["parameters"] == {"retry_after": 1}


def test_accounts_do_not_count_for_one_another() -> None:
    far_side = FarSide(delay=0.05, reading="window", per_second=1)

    answers = [far_side.answer(f"/bot{token}/sendMessage", b"chat_id=7001")[0] for token in ("1:a", "2:b")]

    assert all(answer.startswith(b"HTTP/1.1 200 ") for answer in answers)


def test_an_audience_of_pairs_and_triples() -> None:
    chats = audience("pairs")

    times = [chats.count(chat) for chat in dict.fromkeys(chats)]
    assert (len(chats), times.count(3), times.count(2), times.count(1)) == (900, 12, 12, 840)
