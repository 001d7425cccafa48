from collections import deque
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram_api.pace import Pace

ALICE, BOB, VERA = 1, 2, 3


def send(pace: Pace, chat: int, now: float) -> None:
    pace.take(chat, now)
    pace.sent(chat, now)


def test_the_first_message_may_leave_at_once() -> None:
    assert Pace().ready_at(ALICE, 100.0) == 100.0


def test_the_thirty_first_message_waits_for_the_window_and_its_guard() -> None:
    pace = Pace()
    for chat in range(30):
        send(pace, chat, 100.0 + chat / 100)

    assert pace.ready_at(999, 100.5) == pytest.approx(101.02)


def test_a_message_under_way_counts_until_it_has_left() -> None:
    pace = Pace(per_second=1)
    pace.take(ALICE, 100.0)

    assert pace.ready_at(BOB, 150.0) == pytest.approx(151.02)


def test_the_window_counts_from_when_the_bytes_left() -> None:
    pace = Pace(per_second=1)
    pace.take(ALICE, 100.0)

    pace.sent(ALICE, 105.0)

    assert pace.ready_at(BOB, 105.0) == pytest.approx(106.02)


def test_a_message_that_never_left_gives_its_place_back() -> None:
    pace = Pace(per_second=1)
    pace.take(ALICE, 100.0)

    pace.answered(ALICE, 105.0)

    assert pace.ready_at(BOB, 105.0) == 105.0


def test_a_chat_rests_for_a_second_after_the_answer() -> None:
    pace = Pace()
    send(pace, ALICE, 100.0)

    pace.answered(ALICE, 107.0)

    assert pace.ready_at(ALICE, 107.5) == 108.0


def test_a_chat_without_an_answer_is_not_ready() -> None:
    pace = Pace()
    send(pace, ALICE, 100.0)

    assert pace.ready_at(ALICE, 500.0) == 501.0


def test_other_chats_overtake_one_that_rests() -> None:
    pace = Pace()
    send(pace, ALICE, 100.0)

    assert pace.ready_at(BOB, 100.0) == 100.0


def round_trip(pace: Pace, chat: int, left_at: float, seconds: float) -> None:
    pace.take(chat, left_at)
    pace.sent(chat, left_at)
    pace.answered(chat, left_at + seconds)


def test_a_message_with_a_slow_answer_may_have_arrived_late() -> None:
    pace = Pace(per_second=1)
    round_trip(pace, ALICE, 100.0, 0.05)

    round_trip(pace, BOB, 110.0, 0.35)

    assert pace.ready_at(VERA, 110.5) == pytest.approx(111.02 + 0.3 - 0.01, abs=0.001)


def test_an_answer_a_little_slow_costs_nothing() -> None:
    pace = Pace(per_second=1)
    round_trip(pace, ALICE, 100.0, 0.05)

    round_trip(pace, BOB, 110.0, 0.06)

    assert pace.ready_at(VERA, 110.5) == pytest.approx(111.02)


def test_slow_answers_become_usual() -> None:
    pace = Pace(per_second=1)
    round_trip(pace, ALICE, 0.0, 0.05)
    for chat in range(2_000):
        round_trip(pace, chat, 10.0 + 10 * chat, 0.35)

    round_trip(pace, BOB, 100_000.0, 0.35)

    assert pace.ready_at(VERA, 100_000.5) == pytest.approx(100_001.02)


def test_one_quick_failure_does_not_make_what_follows_slow() -> None:
    pace = Pace(per_second=1)
    round_trip(pace, ALICE, 100.0, 0.05)
    round_trip(pace, BOB, 110.0, 0.0)

    round_trip(pace, ALICE, 120.0, 0.05)

    assert pace.ready_at(VERA, 120.5) == pytest.approx(121.02, abs=0.02)


def test_of_many_under_way_only_what_was_slow_makes_room_late() -> None:
    pace = Pace(per_second=3)
    round_trip(pace, 0, 50.0, 0.05)
    for chat, left_at in ((1, 100.0), (2, 100.1), (3, 100.2)):
        pace.take(chat, left_at)
        pace.sent(chat, left_at)
    pace.answered(2, 100.15)
    pace.answered(3, 100.25)

    pace.answered(1, 100.75)

    ready = pace.ready_at(4, 100.8)
    pace.take(4, ready)
    pace.sent(4, ready)
    assert ready == pytest.approx(101.12)
    assert pace.ready_at(5, ready) == pytest.approx(101.22)


def test_what_never_left_had_no_trip() -> None:
    pace = Pace(per_second=1)
    round_trip(pace, ALICE, 100.0, 0.05)
    pace.take(BOB, 110.0)

    pace.answered(BOB, 120.0)

    assert pace.ready_at(VERA, 120.0) == 120.0


def test_what_is_not_ready_is_not_granted() -> None:
    pace = Pace()
    pace.take(ALICE, 100.0)

    with pytest.raises(ValueError, match="early"):
        pace.take(ALICE, 100.5)


def test_a_hold_stops_everyone() -> None:
    pace = Pace()

    pace.hold(20, 100.0)

    assert pace.ready_at(VERA, 101.0) == 120.0
    assert pace.held_until == 120.0


def test_nothing_lifts_a_hold_early() -> None:
    pace = Pace()
    send(pace, ALICE, 99.0)
    pace.hold(20, 100.0)

    pace.hold(1, 101.0)
    pace.answered(ALICE, 102.0)

    assert pace.ready_at(BOB, 103.0) == 120.0


def test_a_refusal_in_one_chat_holds_that_chat_only() -> None:
    pace = Pace()

    pace.refused(ALICE, 20, 100.0, is_new=True)

    assert (pace.ready_at(ALICE, 101.0), pace.ready_at(BOB, 101.0)) == (120.0, 101.0)


def test_a_second_chat_refused_meanwhile_holds_everybody() -> None:
    pace = Pace()
    pace.refused(ALICE, 20, 100.0, is_new=False)

    pace.refused(BOB, 10, 105.0, is_new=False)

    assert (pace.ready_at(ALICE, 106.0), pace.ready_at(VERA, 106.0)) == (120.0, 115.0)


def test_a_second_chat_refused_later_holds_only_itself() -> None:
    pace = Pace()
    pace.refused(ALICE, 2, 100.0, is_new=False)

    pace.refused(BOB, 10, 105.0, is_new=False)

    assert pace.ready_at(VERA, 106.0) == 106.0


def test_the_same_chat_refused_again_holds_nobody_else() -> None:
    pace = Pace()
    pace.refused(ALICE, 20, 100.0, is_new=False)

    pace.refused(ALICE, 30, 101.0, is_new=False)

    assert (pace.ready_at(ALICE, 102.0), pace.ready_at(BOB, 102.0)) == (131.0, 102.0)


@pytest.mark.parametrize(("is_new", "ready_at"), [(True, 120.5), (False, 101.0)])
def test_a_refusal_while_many_messages_leave_holds_everybody_if_it_was_one_of_them(
    is_new: bool, ready_at: float
) -> None:
    pace = Pace()
    for chat in range(100, 120):
        send(pace, chat, 100.0)

    pace.refused(ALICE, 20, 100.5, is_new=is_new)

    assert pace.ready_at(BOB, 101.0) == ready_at


def test_an_answer_waits_for_its_chat_but_not_for_everybodys_window() -> None:
    pace = Pace(per_second=1)
    send(pace, ALICE, 100.0)
    pace.answered(ALICE, 100.0)

    assert (pace.chat_ready_at(ALICE, 100.5), pace.chat_ready_at(BOB, 100.5)) == (101.0, 100.5)


def test_the_window_grows_with_each_hold_up_to_a_tenth() -> None:
    pace = Pace(per_second=1)
    for _ in range(50):
        pace.hold(0, 100.0)

    send(pace, ALICE, 100.0)

    assert pace.ready_at(BOB, 100.0) == pytest.approx(101.1)


def test_a_part_of_a_message_a_second_makes_a_longer_window() -> None:
    pace = Pace(per_second=0.5, guard=0)

    send(pace, ALICE, 100.0)

    assert pace.ready_at(BOB, 100.0) == 102.0


def test_a_rate_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="rate"):
        Pace(per_second=0)


def test_chats_that_have_rested_are_forgotten() -> None:
    pace = Pace(per_second=1000)
    for chat in range(5000):
        now = 100.0 + chat / 100
        pace.take(chat, now)
        pace.sent(chat, now)
        pace.answered(chat, now)

    assert len(pace._answered) <= 101
    assert not pace._unanswered
    assert not pace._granted


class Sender:
    """Sends as fast as the pace allows, each message leaving and answered after its own delay."""

    def __init__(self, pace: Pace) -> None:
        self.pace, self.now = pace, 1000.0
        self.left: list[tuple[float, int]] = []
        self.due: list[tuple[float, int, str]] = []

    def run_to(self, instant: float) -> None:
        while self.due and min(self.due)[0] <= instant:
            self.now, chat, what = min(self.due)
            self.due.remove((self.now, chat, what))
            if what == "sent":
                self.left.append((self.now, chat))
                self.pace.sent(chat, self.now)
            else:
                self.pace.answered(chat, self.now)
        self.now = max(self.now, instant)

    def send(self, chat: int, leaves_after: float, answered_after: float) -> None:
        while (ready := self.pace.ready_at(chat, self.now)) > self.now:
            self.run_to(ready)
        self.pace.take(chat, self.now)
        leaves = self.now + leaves_after
        self.due += [(leaves, chat, "sent"), (leaves + answered_after, chat, "sent, answered")]


delays = st.floats(0, 2, allow_nan=False).map(lambda seconds: round(seconds, 3))
plans = st.lists(st.tuples(st.integers(0, 60), delays, delays), max_size=150)


@settings(deadline=None)
@given(plan=plans, rate=st.sampled_from([3, 10, 30]))
def test_no_rolling_second_ever_holds_more_than_the_rate(
    plan: list[tuple[int, float, float]], rate: int
) -> None:
    sender = Sender(Pace(per_second=rate))
    for chat, leaves_after, answered_after in plan:
        sender.send(chat, leaves_after, answered_after)
    sender.run_to(sender.now + 10)

    instants = [instant for instant, _ in sender.left]

    assert len(instants) == len(plan)
    assert all(late - early > 1 for early, late in zip(instants, instants[rate:], strict=False))


@settings(deadline=None)
@given(plan=plans)
def test_no_chat_ever_gets_two_messages_within_a_second(plan: list[tuple[int, float, float]]) -> None:
    sender = Sender(Pace())
    for chat, leaves_after, answered_after in plan:
        sender.send(chat % 4, leaves_after, answered_after)
    sender.run_to(sender.now + 10)

    for chat in range(4):
        instants = [instant for instant, each in sender.left if each == chat]

        assert all(late >= early + 1 for early, late in pairwise(instants))


@pytest.mark.parametrize("rate", [30, 300])
def test_what_a_stall_holds_up_does_not_arrive_with_the_next_seconds_messages(rate: int) -> None:
    """Every two seconds or so nothing arrives for up to 80 ms; then all of it does."""
    chance = Random(rate)
    stalls = [(at, at + chance.uniform(0, 0.08)) for at in (chance.uniform(0, 100) for _ in range(50))]
    pace, now, arrived = Pace(per_second=rate), 0.0, []
    answers: deque[tuple[float, int]] = deque()
    for chat in range(60 * rate):
        while (ready := pace.ready_at(chat, now)) > now:
            now = min(ready, answers[0][0]) if answers else ready
            while answers and answers[0][0] <= now:
                pace.answered(answers.popleft()[1], now)
        pace.take(chat, now)
        pace.sent(chat, now)
        on_its_way = now + 0.025
        arrived.append(max([on_its_way, *(end for begin, end in stalls if begin < on_its_way < end)]))
        answers.append((arrived[-1] + 0.025, chat))
        now += 0.5 / rate

    arrived.sort()
    assert all(late - early > 1 for early, late in zip(arrived, arrived[rate:], strict=False))
    assert (len(arrived) - rate) / rate / (arrived[-1] - arrived[0]) > 0.96
