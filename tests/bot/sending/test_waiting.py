"""What waits for its place: lower lanes first, chats at rest overtaken, and nothing lost on the way."""

from math import inf
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from bot.sending.parcels import Parcel
from bot.sending.waiting import Waiting
from bot.telegram_api.pace import Pace
from handlers.answer import Showing
from solidarity.work import Lane, Prepared, Unsent
from storage.claims import Claimed
from tests.bot.deliveries import Push
from tests.world import NOON

ALICE, BOB, VERA = 1, 2, 3


def parcel(chat: int = ALICE, lane: Lane = Lane.REMINDER) -> Parcel:
    row = Claimed(uuid4(), UUID(int=chat), "letter", uuid4(), 0, "key", NOON, NOON, None, lane, 0, uuid4())
    unsent = Unsent(uuid4(), row.person_id, "menu", None, "", True, NOON, NOON)
    return Parcel(row, Push(chat, Showing("hello"), Prepared(unsent)), inf)


def send(pace: Pace, chat: int, now: float) -> None:
    pace.take(chat, now)
    pace.sent(chat, now)
    pace.answered(chat, now)


def test_a_lower_lane_goes_first_however_late_it_came() -> None:
    waiting = Waiting(Pace())
    sent = [parcel(chat, lane) for chat, lane in enumerate(reversed(Lane))]
    for one in sent:
        waiting.add([one])

    assert [waiting.take(100.0) for _ in sent] == sent[::-1]
    assert waiting.take(100.0) is None


def test_a_chat_at_rest_is_overtaken_and_comes_first_when_it_has_rested() -> None:
    pace = Pace()
    waiting = Waiting(pace)
    hers, second, his = parcel(ALICE), parcel(ALICE), parcel(BOB)
    send(pace, ALICE, 99.5)
    waiting.add([hers, second, his])

    assert waiting.take(100.0) is his
    assert (waiting.resting, waiting.take(100.0), waiting.look_again_at(100.0)) == (2, None, 100.5)
    assert waiting.take(100.5) is hers


def test_while_the_bot_has_no_slot_nothing_leaves_and_nothing_rests() -> None:
    pace = Pace(per_second=1)
    waiting = Waiting(pace)
    send(pace, VERA, 100.0)
    waiting.add([parcel(ALICE)])

    assert (waiting.take(100.0), waiting.resting) == (None, 0)
    assert waiting.look_again_at(100.0) == pace.ready_at(ALICE, 100.0) > 101


def test_what_waits_in_later_lanes_does_not_count_for_an_earlier_one() -> None:
    waiting = Waiting(Pace())
    waiting.add([parcel(1, Lane.URGENT), parcel(2, Lane.BROADCAST), parcel(3, Lane.BROADCAST)])

    assert [waiting.ready_up_to(lane) for lane in Lane] == [0, 1, 1, 3]


def test_what_is_not_wanted_any_more_is_left_out_at_rest_or_not() -> None:
    pace = Pace()
    waiting = Waiting(pace)
    hers, second, his = parcel(ALICE), parcel(ALICE), parcel(BOB)
    send(pace, ALICE, 99.5)
    waiting.add([hers, second, his])
    waiting.take(100.0)

    assert waiting.keep({second}) == [hers]
    assert waiting.all() == [second]
    assert waiting.take(101.0) is second


@given(chats=st.lists(st.tuples(st.integers(1, 4), st.sampled_from(Lane)), max_size=30))
def test_every_message_is_taken_once_and_a_chats_in_order_within_its_lane(
    chats: list[tuple[int, Lane]],
) -> None:
    pace = Pace()
    waiting = Waiting(pace)
    sent = [parcel(chat, lane) for chat, lane in chats]
    waiting.add(sent)
    taken, now = [], 100.0
    while len(waiting):
        one = waiting.take(now)
        if one is None:
            later = waiting.look_again_at(now)
            assert later is not None
            assert later > now
            now = later
            continue
        send(pace, one.chat_id, now)
        taken.append(one)

    assert sorted(map(id, taken)) == sorted(map(id, sent))
    for chat, lane in set(chats):
        mine = [one for one in sent if (one.chat_id, one.row.lane) == (chat, lane)]
        assert [one for one in taken if one in mine] == mine
