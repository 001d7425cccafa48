"""Five words alone give nothing: a second coordinator confirms who came with them."""

import pytest
from sqlalchemy import update

from solidarity.access import Actor
from solidarity.codes import find_code, give_relative_code, redeem
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.hearings.life import hearing_for
from solidarity.kinship import unconfirmed_relatives, waits_to_be_confirmed
from solidarity.naming import may_see_name
from solidarity.people import actor_of, person_of
from solidarity.pseudonyms import pseudonym
from solidarity.relevance import prisoner_concerning
from solidarity.reminders import concerned_with, hearings_for
from solidarity.requests import approve, ask, decline, requests_at_desk
from storage.models import Kinship, KinshipState, Prisoner, Publicity, Role, RoleName
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, TODAY, House
from .test_requests import WHY, coordinator


@pytest.fixture
async def bob(house: House) -> Actor:
    return await coordinator(house)


@pytest.fixture
async def carol(house: House) -> Actor:
    return await coordinator(house)


@pytest.fixture
async def hidden(house: House) -> Prisoner:
    return await house.prisoner(Publicity.HIDDEN, alias="Sailor")


async def comes_with_words(uow: UnitOfWork, who: Actor, by: Actor, prisoner: Prisoner) -> Actor:
    given = await give_relative_code(uow, by, prisoner.id, is_on_behalf=False, now=NOON)
    found = await find_code(uow, given.words, now=NOON)
    assert found is not None
    return await redeem(uow, who, found, now=NOON)


async def test_a_stolen_code_gives_mallory_nothing(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, mallory: Actor, hidden: Prisoner
):
    hearing = await house.hearing(hidden)

    mallory = await comes_with_words(uow, mallory, bob, hidden)

    assert not await may_see_name(uow, mallory, hidden)
    assert await hearings_for(uow, mallory.id, now=NOON) == []
    assert mallory.id not in {person.id for person in await concerned_with(uow, hidden.id)}
    assert await house.due(mallory) == []
    with pytest.raises(NotForYou):
        await hearing_for(uow, mallory, hearing.id)
    with pytest.raises(NotForYou):
        await prisoner_concerning(uow, mallory, hidden.id)
    assert await waits_to_be_confirmed(uow, mallory.id)


async def test_who_gave_the_words_asks_and_a_second_coordinator_confirms(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, vera: Actor, hidden: Prisoner
):
    hearing = await house.hearing(hidden)
    await comes_with_words(uow, vera, bob, hidden)
    (card,) = await requests_at_desk(uow, carol, now=NOON)
    assert (card.prisoner, card.person, card.why) == ("Sailor", pseudonym(vera.id.bytes, "en"), None)

    await approve(uow, carol, card.request_id, now=NOON)

    (tie,) = await uow.kinships.of_person(vera.id)
    assert (tie.state, tie.confirmed_by) == (KinshipState.CONFIRMED, carol.id)
    assert await may_see_name(uow, vera, hidden)
    assert await house.kinds(vera, tie.id) == ["kinship_confirmed"]
    assert "hearing_new" in await house.kinds(vera, hearing.id)
    assert not await waits_to_be_confirmed(uow, vera.id)


async def test_who_gave_the_words_does_not_confirm_alone(
    uow: UnitOfWork, bob: Actor, carol: Actor, vera: Actor, hidden: Prisoner
):
    await comes_with_words(uow, vera, bob, hidden)
    (card,) = await requests_at_desk(uow, bob, now=NOON)

    with pytest.raises(NotForYou):
        await approve(uow, bob, card.request_id, now=NOON)


async def test_a_coordinator_who_comes_as_a_relative_does_not_confirm_themselves(
    uow: UnitOfWork, bob: Actor, carol: Actor, hidden: Prisoner
):
    await comes_with_words(uow, carol, bob, hidden)

    assert await requests_at_desk(uow, carol, now=NOON) == []


async def test_own_words_ask_nobody_by_themselves(
    uow: UnitOfWork, bob: Actor, carol: Actor, hidden: Prisoner
):
    await comes_with_words(uow, bob, bob, hidden)
    (found,) = await unconfirmed_relatives(uow, hidden.id, "en")

    assert await requests_at_desk(uow, carol, now=NOON) == []
    with pytest.raises(NotForYou):
        await ask(uow, bob, "kinship", found.kinship_id, why=WHY, now=NOON)


async def test_who_is_not_confirmed_is_family_no_more_and_is_told_nothing(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, vera: Actor, hidden: Prisoner
):
    await comes_with_words(uow, vera, bob, hidden)
    (card,) = await requests_at_desk(uow, carol, now=NOON)

    await decline(uow, carol, card.request_id, now=NOON)

    after = await actor_of(uow, await person_of(uow, vera.id), now=NOON)
    assert not after.is_relative
    assert await uow.kinships.standing_of(vera.id) == []
    assert await house.due(vera) == []
    assert await unconfirmed_relatives(uow, hidden.id, "en") == []


async def test_who_waits_can_be_asked_for_again_once_the_request_ran_out(
    uow: UnitOfWork, bob: Actor, carol: Actor, vera: Actor, hidden: Prisoner
):
    await comes_with_words(uow, vera, bob, hidden)
    (card,) = await requests_at_desk(uow, carol, now=NOON)
    (found,) = await unconfirmed_relatives(uow, hidden.id, "en")
    assert (found.relative, found.since) == (pseudonym(vera.id.bytes, "en"), NOON.date())

    await ask(uow, carol, "kinship", found.kinship_id, why=WHY, now=NOON)
    await approve(uow, carol, card.request_id, now=NOON)

    # The second request is about a tie that stands by now.
    (other,) = [one for one in await requests_at_desk(uow, bob, now=NOON) if not one.is_mine]
    with pytest.raises(NoLongerSo):
        await approve(uow, bob, other.request_id, now=NOON)


async def test_mallory_who_redeemed_the_words_does_not_confirm_herself(
    uow: UnitOfWork, bob: Actor, carol: Actor, mallory: Actor, hidden: Prisoner
):
    await comes_with_words(uow, mallory, bob, hidden)
    await uow.session.execute(update(Kinship).values(state=KinshipState.CONFIRMED, confirmed_by=carol.id))

    assert await uow.kinships.of_person(mallory.id) == []
    assert hidden.id not in await uow.kinships.prisoners_of(mallory.id)
    assert await uow.kinships.family_of(hidden.id) == []
    assert await waits_to_be_confirmed(uow, mallory.id)
    assert len(await unconfirmed_relatives(uow, hidden.id, "en")) == 1


async def test_a_second_coordinator_still_decides_about_who_wrote_that_they_are_confirmed(
    uow: UnitOfWork, bob: Actor, carol: Actor, vera: Actor, hidden: Prisoner
):
    await comes_with_words(uow, vera, bob, hidden)
    await uow.session.execute(update(Kinship).values(state=KinshipState.CONFIRMED))
    (request,) = await uow.requests.open_at(NOON)

    await approve(uow, carol, request.id, now=NOON)

    assert [tie.prisoner_id for tie in await uow.kinships.of_person(vera.id)] == [hidden.id]


async def test_nobody_is_confirmed_by_a_tie_whose_right_has_ended(
    uow: UnitOfWork, bob: Actor, carol: Actor, mallory: Actor, hidden: Prisoner
):
    await comes_with_words(uow, mallory, bob, hidden)
    (request,) = await uow.requests.open_at(NOON)
    await decline(uow, carol, request.id, now=NOON)
    await uow.session.execute(update(Kinship).values(state=KinshipState.REDEEMED))
    (tie,) = await uow.kinships.unconfirmed(hidden.id)
    await ask(uow, bob, "kinship", tie.id, why=WHY, now=NOON)
    (again,) = await uow.requests.open_at(NOON)

    with pytest.raises(NoLongerSo):
        await approve(uow, carol, again.id, now=NOON)


async def test_a_right_that_mallory_raised_to_a_confirmed_one_ends_all_of_hers(
    uow: UnitOfWork, bob: Actor, mallory: Actor, hidden: Prisoner
):
    await comes_with_words(uow, mallory, bob, hidden)
    person = await person_of(uow, mallory.id)
    hers = Role.person_id == mallory.id
    await uow.session.execute(update(Role).where(hers, Role.role == RoleName.RELATIVE).values(revision=3))
    uow.people._held.clear()

    after = await actor_of(uow, person, now=NOON)

    assert (after.is_relative, after.is_suspended) == (False, True)


@pytest.mark.parametrize("change", ["another prisoner's", "a new one", "of a role that was withdrawn"])
async def test_mallory_is_no_family_by_a_tie_that_she_wrote_herself(
    uow: UnitOfWork, house: House, mallory: Actor, prisoner: Prisoner, change: str
):
    hidden = await house.prisoner(Publicity.HIDDEN)
    if change != "a new one":
        await house.relative(mallory, hidden if change.startswith("of") else prisoner)
    if change == "another prisoner's":
        await uow.session.execute(update(Kinship).values(prisoner_id=hidden.id))
    elif change == "a new one":
        tie = await uow.kinships.add(mallory.id, hidden.id, is_on_behalf=False, day=TODAY)
        tie.state = KinshipState.CONFIRMED
        await uow.session.flush()
    else:
        person = await person_of(uow, mallory.id)
        for role in await uow.people.roles_of(person):
            if role.role is RoleName.RELATIVE:
                await uow.people.revoke(role, person)

    assert await uow.kinships.of_person(mallory.id) == []
    assert hidden.id not in await uow.kinships.prisoners_of(mallory.id)
    assert await uow.kinships.family_of(hidden.id) == []
