"""One-time codes: given out, redeemed once, and what they make of a person."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from solidarity.access import Actor, require
from solidarity.codes import (
    LINK_LIFE,
    WORDS_LIFE,
    find_code,
    give_guardian_code,
    give_relative_code,
    give_staff_code,
    redeem,
)
from solidarity.errors import CodeUnknown, NoLongerSo, NotForYou, TooManyPrisoners
from solidarity.naming import may_see_name
from solidarity.people import actor_of, person_of
from solidarity.restrictions import FROZEN_FOR, freeze
from storage.models import Code, CodeKind, CustodyStatus, GuardianshipState, Prisoner, Publicity, Role
from storage.unit_of_work import UnitOfWork
from tests.desks import change_desk

from .conftest import NOON, House

A_MOMENT = timedelta(seconds=1)


async def test_a_coordinators_code_makes_a_coordinator(uow: UnitOfWork, alice: Actor):
    given = await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=NOON)
    found = await find_code(uow, given.words, now=NOON)
    assert found is not None

    actor = await redeem(uow, alice, found, now=NOON)

    assert (actor.is_coordinator, actor.is_administrator, actor.is_relative) == (True, False, False)


async def test_an_administrators_code_makes_a_coordinator_as_well(uow: UnitOfWork, alice: Actor):
    given = await give_staff_code(uow, CodeKind.ADMINISTRATOR, issued_by=None, now=NOON)
    found = await find_code(uow, given.words, now=NOON)
    assert found is not None

    actor = await redeem(uow, alice, found, now=NOON)

    assert (actor.is_coordinator, actor.is_administrator) == (True, True)


async def test_a_code_is_good_for_one_person_only(uow: UnitOfWork, alice: Actor, mallory: Actor):
    given = await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=NOON)
    found = await find_code(uow, given.words, now=NOON)
    assert found is not None
    await redeem(uow, alice, found, now=NOON)

    with pytest.raises(CodeUnknown):
        await redeem(uow, mallory, found, now=NOON)

    assert await find_code(uow, given.words, now=NOON) is None
    assert not (await actor_of(uow, await person_of(uow, mallory.id), now=NOON)).is_coordinator


async def test_a_staff_code_lasts_two_days(uow: UnitOfWork):
    given = await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=NOON)

    assert given.expires_at == NOON + LINK_LIFE
    assert await find_code(uow, given.words, now=NOON + LINK_LIFE - A_MOMENT) is not None
    assert await find_code(uow, given.words, now=NOON + LINK_LIFE) is None


async def test_a_code_found_in_time_is_not_redeemed_after_its_time(uow: UnitOfWork, alice: Actor):
    given = await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=NOON)
    found = await find_code(uow, given.words, now=NOON)
    assert found is not None

    with pytest.raises(CodeUnknown):
        await redeem(uow, alice, found, now=NOON + LINK_LIFE)


async def test_five_words_link_a_relative_to_one_prisoner_and_tell_nothing_yet(
    uow: UnitOfWork, house: House, vera: Actor, bob: Actor, prisoner: Prisoner
):
    hearing = await house.hearing(prisoner)
    given = await give_relative_code(uow, bob, prisoner.id, is_on_behalf=True, now=NOON)
    found = await find_code(uow, given.words, now=NOON)
    assert found is not None

    actor = await redeem(uow, vera, found, now=NOON)

    (tie,) = await uow.kinships.standing_of(vera.id)
    assert (actor.is_relative, tie.prisoner_id, tie.is_on_behalf) == (True, prisoner.id, True)
    assert await uow.kinships.of_person(vera.id) == []
    assert await house.kinds(vera, hearing.id) == []


async def test_five_words_last_a_week_and_are_read_as_people_type_them(
    uow: UnitOfWork, bob: Actor, prisoner: Prisoner
):
    given = await give_relative_code(uow, bob, prisoner.id, is_on_behalf=False, now=NOON)
    typed = "  ".join(word.upper() for word in given.words.split())

    assert len(given.words.split()) == 5
    assert given.expires_at == NOON + WORDS_LIFE
    assert await find_code(uow, typed, now=NOON + WORDS_LIFE - A_MOMENT) is not None


async def test_a_second_code_for_the_same_family_links_once(
    uow: UnitOfWork, vera: Actor, bob: Actor, prisoner: Prisoner
):
    for _ in range(2):
        given = await give_relative_code(uow, bob, prisoner.id, is_on_behalf=False, now=NOON)
        found = await find_code(uow, given.words, now=NOON)
        assert found is not None
        await redeem(uow, vera, found, now=NOON)

    assert len(await uow.kinships.standing_of(vera.id)) == 1


async def test_a_code_for_a_prisoner_who_does_not_exist_is_refused(uow: UnitOfWork, bob: Actor):
    with pytest.raises(NotForYou):
        await give_relative_code(uow, bob, bob.id, is_on_behalf=False, now=NOON)


async def test_what_is_no_code_is_not_found(uow: UnitOfWork):
    assert await find_code(uow, "hello", now=NOON) is None


async def test_mallory_may_not_give_codes_to_relatives(mallory: Actor):
    with pytest.raises(NotForYou):
        require(mallory, "desk.invite", now=NOON)


async def test_mallory_redeems_no_code_by_guessing_its_row(uow: UnitOfWork, mallory: Actor):
    with pytest.raises(CodeUnknown):
        await redeem(uow, mallory, mallory.id, now=NOON)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": CodeKind.ADMINISTRATOR},
        {"prisoner_id": None},
        {"is_on_behalf": True},
        {"issued_by": None},
        {"expires_at": NOON + timedelta(days=365)},
    ],
)
async def test_a_code_that_was_changed_by_hand_gives_nothing(
    uow: UnitOfWork, alice: Actor, bob: Actor, prisoner: Prisoner, changes: dict[str, object]
):
    """Mallory was given five words, and can write to the database."""
    given = await give_relative_code(uow, bob, prisoner.id, is_on_behalf=False, now=NOON)
    found = await find_code(uow, given.words, now=NOON)
    assert found is not None
    await uow.session.execute(update(Code).values(**changes))
    uow.session.expire_all()

    with pytest.raises(CodeUnknown):
        await redeem(uow, alice, found, now=NOON)

    assert await find_code(uow, given.words, now=NOON) is None


async def test_no_code_stands_in_the_database(uow: UnitOfWork):
    given = await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=NOON)
    found = await find_code(uow, given.words, now=NOON)
    assert found is not None

    code = await uow.codes.get(found, now=NOON)

    assert code is not None
    assert given.words not in repr(vars(code))


@pytest.mark.parametrize("kind", [CodeKind.COORDINATOR, CodeKind.ADMINISTRATOR])
@pytest.mark.parametrize("why", ["frozen", "forced", "forged"])
async def test_a_staff_code_of_somebody_who_is_no_coordinator_now_makes_nobody_one(
    uow: UnitOfWork, house: House, bob: Actor, mallory: Actor, kind: CodeKind, why: str
):
    given = await give_staff_code(uow, kind, issued_by=bob.id, now=NOON)
    if why == "frozen":
        await freeze(uow, await house.coordinator(), bob.id, now=NOON)
    elif why == "forced":
        await change_desk(uow, bob.id, is_decoy=True)
    else:
        await uow.session.execute(update(Role).where(Role.person_id == bob.id).values(mac=b"\0" * 32))
        uow.people._held.clear()
    found = await find_code(uow, given.words, now=NOON)
    assert found is not None

    with pytest.raises(CodeUnknown):
        await redeem(uow, mallory, found, now=NOON)

    assert not (await actor_of(uow, await person_of(uow, mallory.id), now=NOON)).is_coordinator
    assert await find_code(uow, given.words, now=NOON) is not None


async def test_a_staff_code_gives_its_role_again_once_its_giver_is_not_frozen_any_more(
    uow: UnitOfWork, house: House, bob: Actor, alice: Actor
):
    given = await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=bob.id, now=NOON)
    await freeze(uow, await house.coordinator(), bob.id, now=NOON)
    found = await find_code(uow, given.words, now=NOON)
    assert found is not None

    assert (await redeem(uow, alice, found, now=NOON + FROZEN_FOR)).is_coordinator


# Guardians who write already.


async def taken_over(uow: UnitOfWork, actor: Actor, prisoner: Prisoner, *, weeks: int = 2) -> None:
    given = await give_guardian_code(uow, prisoner.id, rhythm_weeks=weeks, language="be", now=NOON)
    found = await find_code(uow, given.words, now=NOON)
    assert found is not None
    await redeem(uow, actor, found, now=NOON)


async def test_who_writes_already_goes_on_without_an_application(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await taken_over(uow, alice, prisoner)

    [promise] = await uow.guardianships.of_person(alice.id, *GuardianshipState)
    assert (promise.state, promise.rhythm_weeks) == (GuardianshipState.ACTIVE, 2)
    assert await house.kinds(alice) == ["application_accepted", "letter"]


async def test_an_application_of_theirs_is_decided_by_it(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner)

    await taken_over(uow, alice, prisoner)

    assert application.state is GuardianshipState.ACTIVE
    assert len(await uow.guardianships.of_person(alice.id, *GuardianshipState)) == 1


async def test_a_promise_that_stands_stays_as_it_is(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    promise = await house.guardian(alice, prisoner)

    await taken_over(uow, alice, prisoner, weeks=8)

    assert promise.rhythm_weeks == 4


async def test_of_who_came_free_meanwhile_nobody_is_made_a_guardian(
    uow: UnitOfWork, alice: Actor, prisoner: Prisoner
):
    given = await give_guardian_code(uow, prisoner.id, rhythm_weeks=4, language="be", now=NOON)
    found = await find_code(uow, given.words, now=NOON)
    assert found is not None
    prisoner.custody_status = CustodyStatus.RELEASED

    with pytest.raises(NoLongerSo):
        await redeem(uow, alice, found, now=NOON)


async def test_a_rhythm_written_by_hand_opens_nothing(uow: UnitOfWork, prisoner: Prisoner):
    given = await give_guardian_code(uow, prisoner.id, rhythm_weeks=4, language="be", now=NOON)

    await uow.session.execute(update(Code).values(rhythm_weeks=2))
    uow.session.expire_all()

    assert await find_code(uow, given.words, now=NOON) is None


async def test_who_finds_a_whole_sheet_of_codes_stands_by_three_and_learns_no_fourth_name(
    uow: UnitOfWork, house: House, mallory: Actor
):
    for _ in range(3):
        await taken_over(uow, mallory, await house.prisoner(Publicity.GUARDIANS))
    fourth = await house.prisoner(Publicity.GUARDIANS)

    with pytest.raises(TooManyPrisoners):
        await taken_over(uow, mallory, fourth)
    assert not await may_see_name(uow, mallory, fourth)
