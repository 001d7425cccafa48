"""What takes two coordinators: asked with a reason, decided by a second person, opened once."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from solidarity.access import Actor
from solidarity.desk import open_desk
from solidarity.errors import DeskClosed, NoLongerSo, NotForYou, Resting, TooManyRequests, TooManyReveals
from solidarity.leaving import erase_person
from solidarity.people import actor_of, person_of, set_contact
from solidarity.pseudonyms import pseudonym
from solidarity.requests import (
    approve,
    approve_as,
    ask,
    decline,
    is_decided,
    is_waiting,
    request_card,
    requests_at_desk,
    withdraw,
)
from solidarity.restrictions import suspend
from solidarity.reveals import open_request
from solidarity.second_person import deciders
from solidarity.typed_errors import ReasonRefused, TextTooLong
from storage.errors import StorageError
from storage.models import (
    AuditEntry,
    Prisoner,
    Publicity,
    Request,
    RequestKind,
    RequestState,
    RestrictionKind,
    RoleName,
)
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, TODAY, House

WHY = "They asked to be called back."
HOURS = timedelta(hours=1)
Ask = Callable[..., Awaitable[Request]]


async def sits_down(uow: UnitOfWork, actor: Actor, now: datetime = NOON) -> Actor:
    """Open somebody's desk, and return them as they are then."""
    await open_desk(uow, actor, is_right=True, now=now)
    return await actor_of(uow, await person_of(uow, actor.id), now=now)


async def coordinator(house: House, *, by: Actor | None = None, days_ago: int = 0) -> Actor:
    person = await person_of(house.uow, (await house.person("en")).id)
    day = TODAY - timedelta(days=days_ago)
    await house.uow.people.grant(
        person, RoleName.COORDINATOR, scope=None, granted_by=None if by is None else by.id, day=day
    )
    return await sits_down(house.uow, await actor_of(house.uow, person, now=NOON))


@pytest.fixture
async def bob(house: House) -> Actor:
    return await coordinator(house)


@pytest.fixture
async def carol(house: House) -> Actor:
    return await coordinator(house)


@pytest.fixture
async def alice(house: House) -> Actor:
    alice = await house.person("en")
    await set_contact(house.uow, alice, "name", "Alice Example")
    await set_contact(house.uow, alice, "phone", "+000 00 000-00-00")
    return alice


@pytest.fixture
def asks(uow: UnitOfWork) -> Ask:
    """Let a coordinator ask for a person's contact details, or something else."""

    async def make(
        actor: Actor, about: Any, kind: str = "contact", *, now: datetime = NOON, **more: Any
    ) -> Request:
        before = set(await uow.session.scalars(select(Request.id)))
        await ask(uow, actor, kind, about.id, why=WHY, now=now, **more)
        (made,) = [one for one in await uow.session.scalars(select(Request)) if one.id not in before]
        return made

    return make


async def restrict(uow: UnitOfWork, actor: Actor, kind: RestrictionKind, until: datetime | None) -> None:
    await uow.people.restrict(await person_of(uow, actor.id), kind, set_by=None, now=NOON, until=until)


async def test_what_a_colleague_approved_is_opened_once(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    request = await asks(bob, alice)
    await approve(uow, carol, request.id, now=NOON)

    revealed = await open_request(uow, bob, request.id, now=NOON)

    assert dict(revealed.lines) == {"name": "Alice Example", "phone": "+000 00 000-00-00"}
    assert revealed.shown_for == timedelta(seconds=60)
    with pytest.raises(NoLongerSo):
        await open_request(uow, bob, request.id, now=NOON)


async def test_a_reveal_shows_nothing_of_itself(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    request = await asks(bob, alice)
    card = await request_card(uow, carol, request.id, now=NOON)
    await approve(uow, carol, request.id, now=NOON)

    revealed = await open_request(uow, bob, request.id, now=NOON)

    assert "Alice" not in repr(revealed)
    assert "called back" not in repr(card)


async def test_a_colleague_sees_who_asks_for_whom_and_why_by_pseudonym(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    request = await asks(bob, alice)

    (card,) = await requests_at_desk(uow, carol, now=NOON)

    assert card.request_id == request.id
    assert (card.asker, card.person) == (pseudonym(bob.id.bytes, "en"), pseudonym(alice.id.bytes, "en"))
    assert (card.why, card.is_mine, card.until) == (WHY, False, NOON + 72 * HOURS)


async def test_who_asks_and_who_may_decide_are_told(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    request = await asks(bob, alice)
    told = [await house.kinds(one, request.id) for one in (bob, carol, alice)]
    assert told == [[], ["desk_request_waiting"], []]

    await approve(uow, carol, request.id, now=NOON)

    assert await house.kinds(bob, request.id) == ["desk_request_decided"]
    assert not await is_waiting(uow, request.id)
    assert await is_decided(uow, bob.id, request.id)
    assert not await is_decided(uow, carol.id, request.id)


@pytest.mark.parametrize("typed", ["", "x", "  ", " . ,"])
async def test_a_request_without_a_reason_is_refused(uow: UnitOfWork, bob: Actor, alice: Actor, typed: str):
    with pytest.raises(ReasonRefused):
        await ask(uow, bob, "contact", alice.id, why=typed, now=NOON)


async def test_a_reason_has_two_to_two_hundred_characters(uow: UnitOfWork, bob: Actor, alice: Actor):
    with pytest.raises(TextTooLong):
        await ask(uow, bob, "contact", alice.id, why="x" * 201, now=NOON)
    await ask(uow, bob, "contact", alice.id, why="x" * 200, now=NOON)
    await ask(uow, bob, "name", (await House(uow).prisoner(Publicity.HIDDEN)).id, why="ok", now=NOON)


async def test_the_same_asked_twice_waits_once(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    await asks(bob, alice)
    await ask(uow, bob, "contact", alice.id, why="Once more.", now=NOON)

    assert len(await requests_at_desk(uow, carol, now=NOON)) == 1


async def test_ten_requests_of_one_coordinator_are_enough(
    uow: UnitOfWork, house: House, bob: Actor, asks: Ask
):
    for _ in range(10):
        await asks(bob, await house.person())

    with pytest.raises(TooManyRequests):
        await asks(bob, await house.person())


# Who may decide.


async def test_nobody_decides_their_own(uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask):
    request = await asks(bob, alice)

    for deed in (approve, decline):
        with pytest.raises(NotForYou):
            await deed(uow, bob, request.id, now=NOON)


async def test_whom_it_is_about_has_no_say(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, asks: Ask
):
    request = await asks(bob, carol)

    with pytest.raises(NotForYou):
        await approve(uow, carol, request.id, now=NOON)
    assert await requests_at_desk(uow, carol, now=NOON) == []
    assert await house.kinds(carol, request.id) == []


async def test_mallory_decides_and_opens_nothing(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, mallory: Actor, asks: Ask
):
    request = await asks(bob, alice)
    for deed in (approve, decline, withdraw, open_request):
        with pytest.raises(NotForYou):
            await deed(uow, mallory, request.id, now=NOON)
    with pytest.raises(NotForYou):
        await ask(uow, mallory, "contact", alice.id, why=WHY, now=NOON)


async def test_a_colleague_opens_nothing_that_another_asked_for(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    request = await asks(bob, alice)
    await approve(uow, carol, request.id, now=NOON)

    for deed in (open_request, withdraw, request_card):
        with pytest.raises((NotForYou, NoLongerSo)):
            await deed(uow, carol, request.id, now=NOON)


async def test_every_step_needs_ones_own_open_desk(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    request = await asks(bob, alice)
    later = NOON + timedelta(minutes=5)
    for deed, actor in ((approve, carol), (decline, carol), (withdraw, bob), (open_request, bob)):
        with pytest.raises(DeskClosed):
            await deed(uow, actor, request.id, now=later)
    with pytest.raises(DeskClosed):
        await ask(uow, bob, "contact", alice.id, why=WHY, now=later)


@pytest.mark.parametrize("days_ago", [0, 7])
async def test_who_was_let_in_by_one_within_seven_days_is_no_second_person(
    uow: UnitOfWork, house: House, bob: Actor, alice: Actor, asks: Ask, days_ago: int
):
    dan = await coordinator(house, by=bob, days_ago=days_ago)

    for one, other in ((bob, dan), (dan, bob)):
        request = await asks(one, alice)
        with pytest.raises(NotForYou):
            await approve(uow, other, request.id, now=NOON)


async def test_after_seven_days_they_are_two(
    uow: UnitOfWork, house: House, bob: Actor, alice: Actor, asks: Ask
):
    dan = await coordinator(house, by=bob, days_ago=8)
    request = await asks(bob, alice)

    await approve(uow, dan, request.id, now=NOON)

    assert (await request_card(uow, bob, request.id, now=NOON)).is_approved


@pytest.mark.parametrize("kind", list(RestrictionKind))
async def test_who_is_restricted_decides_nothing_and_is_not_told(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, alice: Actor, asks: Ask, kind: RestrictionKind
):
    await restrict(uow, carol, kind, NOON + HOURS)
    request = await asks(bob, alice)

    with pytest.raises(NotForYou):
        await approve(uow, carol, request.id, now=NOON)
    assert await house.kinds(carol, request.id) == []


async def test_an_approval_stands_only_as_long_as_who_gave_it_may_still_decide(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    request = await asks(bob, alice)
    await approve(uow, carol, request.id, now=NOON)
    await restrict(uow, carol, RestrictionKind.FROZEN, NOON + HOURS)

    with pytest.raises(NoLongerSo):
        await open_request(uow, bob, request.id, now=NOON)


async def test_an_approval_of_somebody_who_left_opens_nothing(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    request = await asks(bob, alice)
    await approve(uow, carol, request.id, now=NOON)
    await erase_person(uow, carol.id, now=NOON)

    with pytest.raises(NoLongerSo):
        await open_request(uow, bob, request.id, now=NOON)


async def test_nothing_is_asked_about_somebody_who_left(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    request = await asks(bob, alice)
    await erase_person(uow, alice.id, now=NOON)

    with pytest.raises(NotForYou):
        await approve(uow, carol, request.id, now=NOON)


# How long each step stands.


async def test_a_request_waits_seventy_two_hours(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    request = await asks(bob, alice)
    end = NOON + 72 * HOURS
    carol = await sits_down(uow, carol, end - timedelta(milliseconds=1))

    with pytest.raises(NoLongerSo):
        await approve(uow, carol, request.id, now=end)
    await approve(uow, carol, request.id, now=end - timedelta(milliseconds=1))


async def test_an_approval_stands_twenty_four_hours(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    request = await asks(bob, alice)
    await approve(uow, carol, request.id, now=NOON)
    end = NOON + 24 * HOURS
    bob = await sits_down(uow, bob, end - timedelta(milliseconds=1))

    with pytest.raises(NoLongerSo):
        await open_request(uow, bob, request.id, now=end)
    assert (await open_request(uow, bob, request.id, now=end - timedelta(milliseconds=1))).lines


@pytest.mark.parametrize("end", ["declined", "withdrawn", "opened", "ran out"])
async def test_what_is_over_has_one_answer(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask, end: str
):
    request = await asks(bob, alice)
    now = NOON
    if end == "declined":
        await decline(uow, carol, request.id, now=NOON)
    elif end == "withdrawn":
        await withdraw(uow, bob, request.id, now=NOON)
    elif end == "opened":
        await approve(uow, carol, request.id, now=NOON)
        await open_request(uow, bob, request.id, now=NOON)
    else:
        now = NOON + 72 * HOURS
        bob, carol = await sits_down(uow, bob, now), await sits_down(uow, carol, now)

    for deed, actor in ((approve, carol), (decline, carol), (withdraw, bob), (open_request, bob)):
        with pytest.raises(NoLongerSo):
            await deed(uow, actor, request.id, now=now)


async def test_what_is_not_approved_is_not_opened(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    request = await asks(bob, alice)

    with pytest.raises(NoLongerSo):
        await open_request(uow, bob, request.id, now=NOON)


# Five a day, and nothing for nothing.


async def test_five_people_a_day_are_opened_and_no_more(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, asks: Ask
):
    requests = []
    for _ in range(6):
        person = await house.person()
        await set_contact(uow, person, "phone", "+000 00 000-00-00")
        requests.append(await asks(bob, person))
        await approve(uow, carol, requests[-1].id, now=NOON)
    for request in requests[:5]:
        await open_request(uow, bob, request.id, now=NOON)

    with pytest.raises(TooManyReveals):
        await open_request(uow, bob, requests[5].id, now=NOON)

    later = NOON + 24 * HOURS - timedelta(milliseconds=1)
    bob = await sits_down(uow, bob, later)
    with pytest.raises(TooManyReveals):
        await open_request(uow, bob, requests[5].id, now=later)


async def test_who_left_no_details_uses_up_none_of_the_five(
    uow: UnitOfWork, bob: Actor, carol: Actor, vera: Actor, asks: Ask
):
    request = await asks(bob, vera)
    await approve(uow, carol, request.id, now=NOON)

    assert (await open_request(uow, bob, request.id, now=NOON)).lines == {}

    since = NOON - 24 * HOURS
    assert await uow.requests.count_used(bob.id, RequestKind.CONTACT, since=since) == 0
    with pytest.raises(NoLongerSo):
        await open_request(uow, bob, request.id, now=NOON)


# The trace.


async def acts(uow: UnitOfWork) -> list[str]:
    entries = await uow.session.scalars(select(AuditEntry.entry).order_by(AuditEntry.number))
    return [entry.partition('"act":"')[2].partition('"')[0] for entry in entries]


async def test_each_step_is_written_into_the_trail(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    request = await asks(bob, alice)
    await approve(uow, carol, request.id, now=NOON)
    await open_request(uow, bob, request.id, now=NOON)

    assert (await acts(uow))[-3:] == ["request_made", "request_approved", "contact_revealed"]


async def test_a_reveal_that_cannot_be_written_down_does_not_happen(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask, monkeypatch: pytest.MonkeyPatch
):
    request = await asks(bob, alice)
    await approve(uow, carol, request.id, now=NOON)
    await uow.session.execute(text("DELETE FROM audit_head"))
    uow.session.expunge_all()

    with pytest.raises(StorageError):
        await open_request(uow, bob, request.id, now=NOON)


# Other kinds.


async def test_a_hidden_name_is_shown_by_two(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, asks: Ask
):
    prisoner = await house.prisoner(Publicity.HIDDEN, alias="Sailor")
    request = await asks(bob, prisoner, "name")
    card = await request_card(uow, carol, request.id, now=NOON)
    await approve(uow, carol, request.id, now=NOON)

    revealed = await open_request(uow, bob, request.id, now=NOON)

    assert (card.prisoner, card.person) == ("Sailor", None)
    assert dict(revealed.lines) == {"en": "Example Sampleson"}


async def test_a_hidden_name_is_widened_with_the_approval(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, asks: Ask
):
    prisoner = await house.prisoner(Publicity.HIDDEN)
    request = await asks(bob, prisoner, "publicity", argument="guardians")
    assert prisoner.publicity is Publicity.HIDDEN

    await approve(uow, carol, request.id, now=NOON)

    assert prisoner.publicity is Publicity.GUARDIANS
    with pytest.raises(NoLongerSo):
        await open_request(uow, bob, request.id, now=NOON)


@pytest.mark.parametrize("kind", ["name", "publicity"])
async def test_what_is_not_hidden_needs_nobody(uow: UnitOfWork, bob: Actor, prisoner: Prisoner, kind: str):
    argument = "public" if kind == "publicity" else ""
    with pytest.raises(NoLongerSo):
        await ask(uow, bob, kind, prisoner.id, argument=argument, why=WHY, now=NOON)


@pytest.mark.parametrize(("kind", "argument"), [("publicity", "hidden"), ("publicity", ""), ("name", "x")])
async def test_nothing_else_can_be_asked_of_a_name(
    uow: UnitOfWork, house: House, bob: Actor, kind: str, argument: str
):
    prisoner = await house.prisoner(Publicity.HIDDEN)
    with pytest.raises(NotForYou):
        await ask(uow, bob, kind, prisoner.id, argument=argument, why=WHY, now=NOON)


@pytest.mark.parametrize("kind", ["export", "broadcast", "anything"])
async def test_what_nobody_may_ask_for_yet_is_refused(uow: UnitOfWork, bob: Actor, alice: Actor, kind: str):
    with pytest.raises(NotForYou):
        await ask(uow, bob, kind, alice.id, why=WHY, now=NOON)


async def test_a_coordinators_code_is_given_by_two_and_names_who_gave_it(
    uow: UnitOfWork, bob: Actor, carol: Actor, asks: Ask
):
    request = await asks(bob, bob, "role")
    await approve(uow, carol, request.id, now=NOON)

    words = (await open_request(uow, bob, request.id, now=NOON)).lines["code"]

    code = await uow.codes.get_by_words(words, now=NOON)
    assert code is not None
    assert (code.kind, code.issued_by) == ("coordinator", bob.id)


async def test_the_host_approves_where_nobody_else_is(uow: UnitOfWork, bob: Actor, alice: Actor, asks: Ask):
    request = await asks(bob, alice)

    await approve_as(uow, request, None, now=NOON)

    assert (await open_request(uow, bob, request.id, now=NOON)).lines
    assert (await uow.session.get_one(Request, request.id)).state is RequestState.OPENED


async def test_a_suspension_is_lifted_by_two(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    with pytest.raises(NoLongerSo):
        await ask(uow, bob, "unsuspend", alice.id, why=WHY, now=NOON)
    await suspend(uow, bob, alice.id, now=NOON)
    request = await asks(bob, alice, "unsuspend")

    with pytest.raises(NotForYou):
        await approve(uow, bob, request.id, now=NOON)
    assert (await actor_of(uow, await person_of(uow, alice.id), now=NOON)).is_suspended

    await approve(uow, carol, request.id, now=NOON)

    assert not (await actor_of(uow, await person_of(uow, alice.id), now=NOON)).is_suspended
    assert "suspension_lifted" in await acts(uow)


async def test_mallory_does_not_lift_her_own_suspension(uow: UnitOfWork, bob: Actor, mallory: Actor):
    await suspend(uow, bob, mallory.id, now=NOON)
    again = await actor_of(uow, await person_of(uow, mallory.id), now=NOON)

    with pytest.raises(Resting):
        await ask(uow, again, "unsuspend", mallory.id, why=WHY, now=NOON)


async def test_a_new_pin_takes_an_administrator(uow: UnitOfWork, house: House, bob: Actor, carol: Actor):
    dan = await coordinator(house)
    administrator = await person_of(uow, (await coordinator(house)).id)
    await uow.people.grant(administrator, RoleName.ADMINISTRATOR, scope=None, granted_by=None, day=TODAY)
    request = await uow.requests.add(
        RequestKind.NEW_PIN,
        requested_by=bob.id,
        about_id=dan.id,
        argument="",
        why=WHY,
        asked_at=NOON,
        expires_at=NOON + 72 * HOURS,
    )

    assert [person.id for person in await deciders(uow, request, now=NOON)] == [administrator.id]


async def test_two_whom_the_same_coordinator_has_just_made_are_no_two_persons(
    uow: UnitOfWork, house: House, bob: Actor, alice: Actor, asks: Ask
):
    one, other = [await coordinator(house, by=bob) for _ in range(2)]
    request = await asks(one, alice)

    with pytest.raises(NotForYou):
        await approve(uow, other, request.id, now=NOON)


async def test_two_whom_the_same_coordinator_made_long_ago_are_two_persons(
    uow: UnitOfWork, house: House, bob: Actor, alice: Actor, asks: Ask
):
    new, old = await coordinator(house, by=bob), await coordinator(house, by=bob, days_ago=8)
    request = await asks(new, alice)

    await approve(uow, old, request.id, now=NOON)

    assert await is_decided(uow, new.id, request.id)


async def test_two_whom_the_host_made_are_two_persons_at_once(
    uow: UnitOfWork, house: House, alice: Actor, asks: Ask
):
    one, other = [await coordinator(house) for _ in range(2)]
    request = await asks(one, alice)

    await approve(uow, other, request.id, now=NOON)

    assert await is_decided(uow, one.id, request.id)


async def test_a_colleague_whose_desk_was_just_forced_open_counts_no_more_from_that_tap_on(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor, asks: Ask
):
    request = await asks(bob, alice)
    await approve(uow, carol, request.id, now=NOON)
    # Rights are withdrawn by a unit of its own; until then the role still stands.
    await open_desk(uow, carol, is_right=False, is_duress=True, now=NOON)

    assert await deciders(uow, request, now=NOON) == []
    with pytest.raises(NoLongerSo):
        await open_request(uow, bob, request.id, now=NOON)
