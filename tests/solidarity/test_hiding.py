"""Hiding makes an account a stranger's; four digits bring its person back, and nobody else's do."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from solidarity.access import Actor
from solidarity.danger import warn_colleagues
from solidarity.guardianship import apply_as_guardian
from solidarity.hiding import are_digits, count_wrong, doors_under, hide, settle_digits, try_digits
from solidarity.people import actor_of, agree, person_of, recognise
from solidarity.relevance import is_still_due
from storage.buttons import Action
from storage.columns import Cell
from storage.models import (
    GuardianshipState,
    Lane,
    OutboxRow,
    OutboxState,
    Posted,
    Prisoner,
    Purpose,
    RoleName,
)
from storage.unit_of_work import UnitOfWork
from tests.desks import change_desk, desk_of

from .conftest import NOON, House

ALICES_CHAT = 700_000_001
HOUR = timedelta(hours=1)
MOMENT = timedelta(milliseconds=1)


class CheapHasher:
    """Stands for Argon2id, and counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def hash(self, pin: str) -> str:
        return f"cheap:{pin}"

    async def matches(self, pin: str, stored: str) -> bool:
        self.asked += 1
        return stored == f"cheap:{pin}"


async def types(
    uow: UnitOfWork,
    digits: str,
    now: datetime = NOON,
    chat_id: int = ALICES_CHAT,
    hasher: CheapHasher | None = None,
) -> bool:
    """Type four digits in a chat; says whether somebody is back."""
    doors = await doors_under(uow, chat_id, now=now)
    if not doors:
        return False
    tried = await try_digits(doors, digits, hasher or CheapHasher())
    await count_wrong(uow, tried, now=now)
    return await settle_digits(uow, chat_id, tried, now=now)


async def hides(uow: UnitOfWork, actor: Actor, digits: str | None = "4711", now: datetime = NOON) -> None:
    await hide(uow, actor, now=now)
    if digits is not None:
        assert not await types(uow, digits, now)


async def agrees(uow: UnitOfWork, chat_id: int = ALICES_CHAT) -> Actor:
    return await agree(uow, chat_id, language="en", now=NOON)


async def known(uow: UnitOfWork, chat_id: int = ALICES_CHAT) -> UUID | None:
    actor = await recognise(uow, chat_id, now=NOON)
    return None if actor is None else actor.id


async def ids(uow: UnitOfWork) -> set[UUID]:
    return {one for one, _ in await uow.people.joining_days()}


@pytest.mark.parametrize(
    ("text", "are"),
    [("4711", True), (" 0000\n", True), ("471", False), ("47111", False), ("47 11", False), ("٤٧١١", False),
     ("/4711", False), ("", False), (None, False)],
)  # fmt: skip
def test_digits_are_four_and_nothing_else(text: str | None, are: bool):
    assert are_digits(text) is are


async def test_who_hides_is_a_stranger(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice)

    assert await known(uow) is None


async def test_the_right_digits_bring_them_back(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice)

    assert await types(uow, "4711")
    assert await known(uow) == alice.id


@pytest.mark.parametrize("digits", ["4712", "1174", "0000"])
async def test_other_digits_bring_nobody_back(uow: UnitOfWork, alice: Actor, digits: str):
    await hides(uow, alice)

    assert not await types(uow, digits)
    assert await known(uow) is None


async def test_the_same_digits_from_another_account_do_nothing(uow: UnitOfWork, alice: Actor, mallory: Actor):
    chat_id = await uow.people.reveal_chat(await person_of(uow, mallory.id))
    await hides(uow, alice)

    assert not await types(uow, "4711", chat_id=chat_id)
    assert await known(uow, chat_id) == mallory.id


async def test_digits_can_be_chosen_for_an_hour(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice, None)

    await types(uow, "4711", NOON + HOUR)

    assert await types(uow, "4711", NOON + HOUR)


async def test_after_an_hour_no_digits_are_chosen_any_more(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice, None)

    await types(uow, "4711", NOON + HOUR + MOMENT)

    assert not await types(uow, "4711", NOON + HOUR + MOMENT)


async def test_what_was_chosen_stays_chosen(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice)
    await types(uow, "0000")

    assert not await types(uow, "0000")
    assert await types(uow, "4711")


async def test_the_line_goes_with_the_choice(uow: UnitOfWork, alice: Actor):
    await hide(uow, alice, now=NOON)
    line = await uow.posted.add(
        Posted(
            person_id=alice.id, purpose=Purpose.APART, screen="hiding", posted_at=NOON,
            delete_at=NOON + timedelta(minutes=1),
        )
    )  # fmt: skip

    await types(uow, "4711", NOON + MOMENT)

    await uow.session.refresh(line)
    assert line.delete_at == NOON + MOMENT


# Five wrong ones.


async def wrong(uow: UnitOfWork, times: int, now: datetime = NOON) -> None:
    for number in range(times):
        await types(uow, f"000{number}", now)


async def test_four_wrong_ones_change_nothing(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice)
    await wrong(uow, 4)

    assert await types(uow, "4711")


async def test_after_five_wrong_ones_not_even_the_right_ones_are_compared(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice)
    await wrong(uow, 5)
    hasher = CheapHasher()

    back = await types(uow, "4711", NOON + HOUR - MOMENT, hasher=hasher)

    assert (back, hasher.asked) == (False, 0)


async def test_after_an_hour_the_door_is_open_again(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice)
    await wrong(uow, 5)

    assert await types(uow, "4711", NOON + HOUR)


async def test_each_hour_has_five_tries(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice)
    await wrong(uow, 5)
    await wrong(uow, 4, NOON + HOUR)

    assert await types(uow, "4711", NOON + HOUR)


async def test_a_spoiled_code_lets_nobody_choose_another(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice)
    (await uow.hidings.get(alice.id)).code = Cell(b"")

    await types(uow, "0000")

    assert not await types(uow, "0000")
    assert await known(uow) is None


async def test_a_spoiled_code_closes_no_other_door(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice, "1111")
    second = await agrees(uow)
    await hides(uow, second, "2222", NOON + MOMENT)
    (await uow.hidings.get(alice.id)).code = Cell(b"")

    assert await types(uow, "2222")
    assert await known(uow) == second.id


# A second person under the same account, and a third.


async def test_digits_that_open_for_the_second_count_as_a_wrong_try_for_the_first(
    uow: UnitOfWork, alice: Actor
):
    await hides(uow, alice, "1111")
    second = await agrees(uow)
    await wrong(uow, 5)
    await hides(uow, second, "2222", NOON + MOMENT)
    await wrong(uow, 4, NOON + HOUR)

    await types(uow, "2222", NOON + HOUR)

    assert await known(uow) == second.id
    assert not await types(uow, "1111", NOON + HOUR)


async def test_who_agrees_anew_is_a_second_person(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice)

    second = await agrees(uow)

    assert second.id != alice.id
    assert await known(uow) == second.id


async def test_coming_back_forgets_the_second_person(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice)
    second = await agrees(uow)

    assert await types(uow, "4711")

    assert await known(uow) == alice.id
    assert second.id not in await ids(uow)


async def test_the_second_persons_messages_go_as_those_of_who_left(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice)
    second = await agrees(uow)
    await uow.posted.add(
        Posted(
            person_id=second.id,
            message_id=21,
            purpose=Purpose.PLACE,
            screen="menu",
            posted_at=NOON,
            delete_at=NOON,
        )
    )

    await types(uow, "4711")

    [farewell] = await uow.farewells.due(now=NOON, limit=10)
    parting = await uow.farewells.reveal(farewell)
    assert (parting.chat_id, list(parting.message_ids)) == (ALICES_CHAT, [21])


async def test_two_who_hide_under_one_account_each_come_back_by_their_own_digits(
    uow: UnitOfWork, alice: Actor
):
    await hides(uow, alice, "1111")
    second = await agrees(uow)
    await hides(uow, second, "2222", NOON + MOMENT)

    assert await types(uow, "2222")
    assert await known(uow) == second.id
    assert alice.id in await ids(uow)


async def test_the_first_to_hide_forgets_who_hid_after_them(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice, "1111")
    second = await agrees(uow)
    await hides(uow, second, "2222", NOON + MOMENT)

    await types(uow, "1111")

    assert await known(uow) == alice.id
    assert second.id not in await ids(uow)


async def test_digits_of_who_hid_later_are_nothing_once_the_first_is_back(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice, "1111")
    await hides(uow, await agrees(uow), "2222", NOON + MOMENT)
    await types(uow, "1111")

    assert not await types(uow, "2222")
    assert await known(uow) == alice.id


async def test_who_hides_again_and_again_makes_no_try_dear(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice, "1111")
    for number in range(1, 6):
        await hides(uow, await agrees(uow), f"222{number}", NOON + timedelta(days=number))
    hasher, later = CheapHasher(), NOON + timedelta(days=6)

    back = await types(uow, "9999", later, hasher=hasher)

    assert (back, hasher.asked) == (False, 3)
    assert await types(uow, "1111", later)


async def test_a_choice_counts_as_a_wrong_try_for_who_hid_before(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice, "1111")
    for number in range(5):
        await hides(uow, await agrees(uow), f"222{number}", NOON + (number + 1) * MOMENT)

    assert not await types(uow, "1111")


# A clock that steps back.


async def test_who_hid_second_does_not_forget_the_first_when_the_clock_has_stepped_back(
    uow: UnitOfWork, alice: Actor
):
    await hides(uow, alice, "1111")
    second = await agrees(uow)
    await hides(uow, second, "2222", NOON - 2 * HOUR)

    assert await types(uow, "2222", NOON - 2 * HOUR)

    assert await known(uow) == second.id
    assert alice.id in await ids(uow)


async def test_the_first_forgets_who_hid_second_also_when_the_clock_has_stepped_back(
    uow: UnitOfWork, alice: Actor
):
    await hides(uow, alice, "1111")
    second = await agrees(uow)
    await hides(uow, second, "2222", NOON - 2 * HOUR)

    assert await types(uow, "1111", NOON - 2 * HOUR)

    assert await known(uow) == alice.id
    assert second.id not in await ids(uow)


async def test_who_hides_again_with_the_clock_set_back_stays_behind_the_first(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice, "1111")
    second = await agrees(uow)
    await hides(uow, second, "2222", NOON + MOMENT)
    await types(uow, "2222", NOON + MOMENT)
    back = NOON - 24 * HOUR
    await hides(uow, second, "2222", back)
    hidden = await known(uow)

    assert await types(uow, "2222", back)

    assert (hidden, await known(uow)) == (None, second.id)
    assert {alice.id, second.id} <= await ids(uow)


async def test_who_comes_back_and_hides_again_with_the_clock_set_back_is_a_stranger_again(
    uow: UnitOfWork, alice: Actor
):
    await hides(uow, alice)
    await types(uow, "4711")
    back = NOON - 24 * HOUR

    await hides(uow, alice, "0815", back)

    assert await known(uow) is None
    assert not await types(uow, "4711", back)
    assert await types(uow, "0815", back)


async def test_a_clock_that_was_ahead_lets_nobody_choose_digits_for_longer(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice, None, NOON + 24 * HOUR)

    await types(uow, "4711")

    assert not await types(uow, "4711")


async def test_a_clock_that_was_ahead_keeps_no_door_closed_for_longer(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice)
    await wrong(uow, 5, NOON + 24 * HOUR)

    assert await types(uow, "4711")


# What goes and what stays.


async def test_what_stands_in_the_chat_goes_at_once_and_its_buttons_are_dead(uow: UnitOfWork, alice: Actor):
    standing = await uow.posted.add(
        Posted(
            person_id=alice.id, message_id=11, purpose=Purpose.PLACE, screen="menu", posted_at=NOON,
            cover_at=NOON + HOUR, delete_at=NOON + 24 * HOUR,
        )
    )  # fmt: skip
    [token] = await uow.posted.replace_buttons(standing.id, [Action("erase")], expires_at=NOON + HOUR)

    await hide(uow, alice, now=NOON)

    await uow.session.refresh(standing)
    assert (standing.purpose, standing.delete_at, standing.cover_at) == (Purpose.DISCARDED, NOON, None)
    assert await uow.posted.tapped(alice.id, 11, token, now=NOON) == (standing, None)


async def test_a_desk_is_closed_and_drafts_are_gone(uow: UnitOfWork, bob: Actor):
    await change_desk(uow, bob.id, open_until=NOON + HOUR)
    await uow.drafts.put(bob.id, "hearing", {"court": "Example"}, expires_at=NOON + HOUR)

    await hide(uow, bob, now=NOON)

    assert (await desk_of(uow, bob.id)).open_until is None
    assert await uow.drafts.reveal(bob.id, "hearing", now=NOON) == {}


async def test_a_role_is_believed_while_its_holder_hides_and_after(uow: UnitOfWork, bob: Actor):
    chat_id = await uow.people.reveal_chat(await person_of(uow, bob.id))
    await hide(uow, bob, now=NOON)
    hidden = [person.id for person in await uow.people.with_role(RoleName.COORDINATOR)]
    await types(uow, "4711", chat_id=chat_id)
    await types(uow, "4711", chat_id=chat_id)

    actor = await recognise(uow, chat_id, now=NOON)

    assert (hidden, actor.is_coordinator) == ([bob.id], True)


async def test_a_role_given_while_they_hid_is_believed_when_they_are_back(uow: UnitOfWork, alice: Actor):
    await hides(uow, alice)
    person = await person_of(uow, alice.id)
    await uow.people.grant(person, RoleName.RELATIVE, scope=None, granted_by=None, day=NOON.date())
    await types(uow, "4711")

    assert (await actor_of(uow, person, now=NOON)).is_relative


async def test_a_promise_stands_and_coordinators_see_nothing(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    promise = await house.guardian(alice, prisoner)

    await hides(uow, alice)

    assert promise.state is GuardianshipState.ACTIVE
    assert [p.id for p in await uow.guardianships.guardians_of(prisoner.id)] == [alice.id]


# Nothing goes out to who hides.


async def due(uow: UnitOfWork, now: datetime) -> Sequence[OutboxRow]:
    return await uow.claims.claim(now=now, limit=100, lease=HOUR)


async def test_what_falls_due_waits_until_they_are_back(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    await hides(uow, alice)
    later = NOON + timedelta(days=28)
    while_hidden = [row.kind for row in await due(uow, later) if row.person_id == alice.id]

    await types(uow, "4711", later)

    assert while_hidden == []
    assert sorted(row.kind for row in await due(uow, later)) == ["application_accepted", "letter"]


async def test_nobody_looks_again_and_again_for_what_waits(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)

    await hides(uow, alice)

    assert await uow.claims.next_due() == {}


async def test_what_a_sender_holds_is_not_handed_over_any_more(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    held = [row for row in await due(uow, NOON) if row.person_id == alice.id]

    await hide(uow, alice, now=NOON)

    assert held
    assert await uow.claims.withdrawn(held) == {row.id for row in held}


async def test_what_was_claimed_in_that_instant_is_not_handed_over_either(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    await hide(uow, alice, now=NOON)
    [row] = await uow.session.scalars(select(OutboxRow).where(OutboxRow.kind == "application_accepted"))
    row.state, row.claim = OutboxState.CLAIMED, alice.id
    await uow.session.flush()

    assert await uow.claims.withdrawn([row]) == {row.id}


async def test_a_coordinator_who_hides_hears_of_an_application_when_they_are_back(
    uow: UnitOfWork, alice: Actor, bob: Actor, prisoner: Prisoner
):
    chat_id = await uow.people.reveal_chat(await person_of(uow, bob.id))
    await hide(uow, bob, now=NOON)
    await types(uow, "4711", chat_id=chat_id)
    await apply_as_guardian(uow, alice, prisoner.id, rhythm_weeks=4, word=None, now=NOON)
    later = NOON + timedelta(days=3)
    assert await due(uow, later) == []

    await types(uow, "4711", later, chat_id=chat_id)

    [row] = await due(uow, later)
    assert (row.kind, await is_still_due(uow, bob, row, now=later)) == ("application_waiting", True)


# From danger colleagues are warned.


async def test_danger_is_told_to_every_other_coordinator_at_once(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, vera: Actor
):
    carol = await house.coordinator()

    await warn_colleagues(uow, bob, now=NOON)

    assert [await house.kinds(one) for one in (bob, carol, alice, vera)] == [[], ["danger"], [], []]
    [row] = await house.due(carol)
    assert (row.about_id, row.due_at, row.lane) == (bob.id, NOON, Lane.URGENT)


@pytest.mark.parametrize(("is_back", "still"), [(False, True), (True, False)])
async def test_a_warning_holds_until_they_are_back(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, is_back: bool, still: bool
):
    await warn_colleagues(uow, alice, now=NOON)
    await hides(uow, alice)
    [row] = await house.due(bob)
    if is_back:
        await types(uow, "4711")

    assert await is_still_due(uow, bob, row, now=NOON) is still


async def test_who_hides_without_danger_is_reported_to_nobody(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor
):
    await hides(uow, alice)

    assert await house.due(bob) == []
