"""Several real processes on one PostgreSQL: nothing twice, nothing lost, Telegram's limits kept together."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.sending.parcels import LEASE
from storage.models import Person
from tests.attacks.crew import Crew, crew
from tests.attacks.hands import Hands

# What was handed over and not yet settled when a process was ended may come twice (rule 3).
IN_FLIGHT = 100
PER_SECOND = 200
DELIVERED = 'poruch_messages_total{kind="Delivered"}'
TAKEN = 'poruch_updates_total{kind="taken"}'


@pytest.fixture
async def opened(
    tmp_path: Path, empty_postgresql: str, unused_tcp_port_factory: Callable[[], int]
) -> AsyncIterator[tuple[Crew, str]]:
    async with crew(tmp_path, empty_postgresql, unused_tcp_port_factory, per_second=PER_SECOND) as opened:
        yield opened


@pytest.fixture
def working(opened: tuple[Crew, str]) -> Crew:
    return opened[0]


async def send_by_two(working: Crew, *, people: int, times: int, seconds: float) -> None:
    known = await working.knows(people)
    one, other, *_ = await working.starts("delivery", "delivery", "intake", "intake")

    await working.is_to_ask(known, *range(times))
    await working.has_sent(people * times, seconds=seconds)

    arrived = working.arrived()
    assert (len(arrived), set(arrived.values())) == (people, {times})
    # A machine with much else to do hands messages over in bunches, of which now and then one is too large.
    refusals = working.telegram.limits.refusals
    assert (working.hurried(), refusals <= people * times // 100) == ([], True)
    shares = [await each.count(DELIVERED) for each in (one, other)]
    assert min(shares) > 0
    print(f"{shares[0]} and {shares[1]} messages, 0 twice, 0 lost, {refusals} refused")


async def test_two_that_deliver_send_nothing_twice_and_keep_the_limits(working: Crew):
    await send_by_two(working, people=100, times=2, seconds=60)


@pytest.mark.proof
@pytest.mark.timeout(900)
async def test_two_that_deliver_send_twenty_thousand_and_nothing_twice(working: Crew):
    await send_by_two(working, people=2_000, times=10, seconds=800)


@pytest.mark.proof
@pytest.mark.timeout(600)
async def test_who_is_killed_while_sending_is_followed_by_the_other_within_its_lease(working: Crew):
    known = await working.knows(2_000)
    killed, _ = await working.starts("delivery", "delivery")
    await working.is_to_ask(known, 1)
    await working.has_handed_over(500)

    await killed.dies()
    # What else there is to send takes less time than the claims of the dead last.
    await working.has_sent(len(known), seconds=LEASE.total_seconds() + 10)

    arrived = working.arrived()
    twice = arrived.total() - len(known)
    assert len(arrived) == len(known)
    assert twice <= IN_FLIGHT
    print(f"0 lost, {twice} twice")


@pytest.mark.proof
@pytest.mark.timeout(600)
async def test_who_stalls_for_longer_than_its_lease_sends_nothing_again_when_it_goes_on(working: Crew):
    known = await working.knows(1_000)
    [stalled] = await working.starts("delivery")
    await working.is_to_ask(known, 1)
    await working.has_handed_over(500)

    stalled.stalls()
    # By the time another process has met Telegram, it has read whatever this one had sent off.
    await working.starts("intake")
    in_flight = working.arrived().total() - await working.sent()
    [other] = await working.starts("delivery")
    await working.has_sent(len(known), seconds=LEASE.total_seconds() + 30)
    stalled.goes_on()
    await other.dies()
    # Whoever goes on has looked at all it had in hand by the time it has sent to everybody once more.
    await working.is_to_ask(known, 2)
    await working.has_sent(2 * len(known), seconds=LEASE.total_seconds())

    arrived = working.arrived()
    twice = arrived.total() - 2 * len(known)
    assert min(arrived.values()) == 2
    assert twice <= in_flight <= IN_FLIGHT
    print(f"{in_flight} in flight, {twice} twice, 0 lost")


async def test_updates_given_to_two_processes_at_once_have_one_effect(opened: tuple[Crew, str]):
    working, code = opened
    telegram = working.telegram
    both = await working.starts("intake", "intake")
    bob, hands = telegram.person("Bob"), Hands(telegram, telegram.settled)

    await hands.joins(bob, code)
    # Of a stranger nothing is kept, not even whose turn it is: both may have answered at once.
    refusals = telegram.limits.refusals
    await hands.chooses_pin(bob)
    await hands.says(bob, "/lock")
    # A digit that counted twice would make another PIN.
    await hands.opens_desk(bob)
    await hands.reads(bob, "Nothing waits for you")

    async with working.storage.view() as uow:
        assert await uow.session.scalar(select(func.count()).select_from(Person)) == 1
    [account] = telegram.world.bots.values()
    assert [await each.count(TAKEN) for each in both] == [len(account.queue.past)] * 2
    assert telegram.limits.refusals == refusals
    assert [each.errors for each in both] == [[], []]
