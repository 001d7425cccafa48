"""A coordinator's desk: a PIN of six digits, open for five minutes after the last tap."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from solidarity.access import Actor, require
from solidarity.desk import (
    Choice,
    choose_pin,
    close_desk,
    keep_open,
    open_desk,
)
from solidarity.errors import DeskClosed, NotForYou, PinLocked
from solidarity.keypads import press_key, typed_pin
from solidarity.people import actor_of, person_of
from storage.unit_of_work import UnitOfWork

from .conftest import NOON

MINUTE = timedelta(minutes=1)


async def types(uow: UnitOfWork, actor: Actor, keys: str) -> None:
    for key in keys:
        await press_key(uow, actor, key, now=NOON)


async def digits(uow: UnitOfWork, actor: Actor) -> str:
    return (await typed_pin(uow, actor, now=NOON)).digits


async def at(uow: UnitOfWork, actor: Actor, now: datetime) -> Actor:
    return await actor_of(uow, await person_of(uow, actor.id), now=now)


async def choose(uow: UnitOfWork, actor: Actor, first: str, second: str) -> list[Choice]:
    outcomes = []
    for keys in (first, second):
        await types(uow, actor, keys)
        typed = await typed_pin(uow, actor, now=NOON)
        outcomes.append(await choose_pin(uow, actor, typed, "a hash", now=NOON))
    return outcomes


async def test_keys_add_digits_and_take_them_away(uow: UnitOfWork, bob: Actor):
    await types(uow, bob, "12⌫3")

    assert await digits(uow, bob) == "13"


async def test_no_more_than_six_digits_are_taken(uow: UnitOfWork, bob: Actor):
    await types(uow, bob, "12345678")

    assert await digits(uow, bob) == "123456"


async def test_what_is_no_digit_is_not_taken(uow: UnitOfWork, bob: Actor):
    await types(uow, bob, "1x2")

    assert await digits(uow, bob) == "12"


async def test_digits_are_forgotten_after_five_minutes(uow: UnitOfWork, bob: Actor):
    await types(uow, bob, "123")

    assert (await typed_pin(uow, bob, now=NOON + 5 * MINUTE)).digits == ""


async def test_a_typed_pin_shows_itself_to_nobody(uow: UnitOfWork, bob: Actor):
    await types(uow, bob, "123456")

    assert "123456" not in repr(await typed_pin(uow, bob, now=NOON))


async def test_a_pin_chosen_twice_alike_opens_the_desk(uow: UnitOfWork, bob: Actor):
    outcomes = await choose(uow, bob, "271828", "271828")

    assert outcomes == [Choice.REPEAT, Choice.MADE]
    assert (await at(uow, bob, NOON)).has_open_desk(NOON)
    assert (await typed_pin(uow, bob, now=NOON)).stored == "a hash"


async def test_two_different_choices_are_both_forgotten(uow: UnitOfWork, bob: Actor):
    outcomes = await choose(uow, bob, "271828", "314159")

    assert outcomes == [Choice.REPEAT, Choice.DIFFERENT]
    typed = await typed_pin(uow, bob, now=NOON)
    assert (typed.digits, typed.first, typed.stored) == ("", None, None)


async def test_a_desk_closes_five_minutes_after_the_last_tap(uow: UnitOfWork, bob: Actor):
    await open_desk(uow, bob, is_right=True, now=NOON)
    actor = await at(uow, bob, NOON + 4 * MINUTE)

    await keep_open(uow, actor, now=NOON + 4 * MINUTE)

    actor = await at(uow, bob, NOON)
    require(actor, "desk", now=NOON + 8 * MINUTE)
    with pytest.raises(DeskClosed):
        require(actor, "desk", now=NOON + 9 * MINUTE)


async def test_a_closed_desk_is_not_kept_open(uow: UnitOfWork, bob: Actor):
    await open_desk(uow, bob, is_right=True, now=NOON)
    await close_desk(uow, bob, screens=[], now=NOON)

    await keep_open(uow, await at(uow, bob, NOON), now=NOON)

    assert not (await at(uow, bob, NOON)).has_open_desk(NOON)


async def test_the_fifth_wrong_pin_locks_the_keypad_for_a_quarter_of_an_hour(uow: UnitOfWork, bob: Actor):
    for _ in range(5):
        assert not await open_desk(uow, bob, is_right=False, now=NOON)

    with pytest.raises(PinLocked):
        await open_desk(uow, bob, is_right=True, now=NOON + 15 * MINUTE - timedelta(seconds=1))
    assert await open_desk(uow, bob, is_right=True, now=NOON + 15 * MINUTE)


async def test_a_right_pin_forgets_the_wrong_ones_before(uow: UnitOfWork, bob: Actor):
    for _ in range(4):
        await open_desk(uow, bob, is_right=False, now=NOON)
    await open_desk(uow, bob, is_right=True, now=NOON)

    await open_desk(uow, bob, is_right=False, now=NOON)

    assert await open_desk(uow, bob, is_right=True, now=NOON)


async def test_mallory_cannot_choose_a_new_pin_over_bobs(uow: UnitOfWork, bob: Actor):
    await choose(uow, bob, "271828", "271828")
    typed = replace(await typed_pin(uow, bob, now=NOON), digits="314159", first="314159")

    with pytest.raises(NotForYou):
        await choose_pin(uow, bob, typed, "another hash", now=NOON)


async def test_mallory_has_no_desk_even_when_a_row_says_so(uow: UnitOfWork, mallory: Actor):
    with pytest.raises(NotForYou):
        await open_desk(uow, mallory, is_right=True, now=NOON)
    await uow.desks.begin_anew(mallory.id)
    await open_desk(uow, mallory, is_right=True, now=NOON)

    with pytest.raises(NotForYou):
        require(await at(uow, mallory, NOON), "desk", now=NOON)
