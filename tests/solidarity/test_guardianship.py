"""The life of a promise to write: suggested, applied for, accepted or declined, ended."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from solidarity.access import Actor, require
from solidarity.errors import (
    AlreadyGuardian,
    GuardiansFull,
    NobodyToSuggest,
    NoLongerSo,
    NotForYou,
    TooManyPrisoners,
)
from solidarity.guardianship import (
    accept_guardian,
    apply_as_guardian,
    decline_guardian,
    mine,
    require_free_hands,
    step_down,
    tidy_word,
    withdraw_application,
)
from solidarity.hearings.life import move_hearing
from solidarity.hearings.told import note_told
from solidarity.people import change_setting, person_of
from solidarity.reminders import news_for
from solidarity.suggesting import require_suggestible, suggest
from solidarity.typed_errors import TextTooLong
from storage.models import CustodyStatus, GuardianshipState, Prisoner, Publicity
from storage.outbox import Due
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, SITTING, House

ANY = ["be", "ru", "en"]


async def test_whoever_is_written_to_least_is_suggested_first(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor
):
    covered, alone = await house.prisoner(), await house.prisoner()
    await house.guardian(vera, covered)

    found = await suggest(uow, alice, languages=ANY, shown=[])

    assert found == alone.id


async def test_a_person_who_was_shown_is_not_shown_again_before_the_others(
    uow: UnitOfWork, house: House, alice: Actor
):
    both = {(await house.prisoner()).id, (await house.prisoner()).id}
    first = await suggest(uow, alice, languages=ANY, shown=[])

    second = await suggest(uow, alice, languages=ANY, shown=[first])

    assert {first, second} == both


async def test_after_the_last_person_it_begins_again(uow: UnitOfWork, alice: Actor, prisoner: Prisoner):
    found = await suggest(uow, alice, languages=ANY, shown=[prisoner.id])

    assert found == prisoner.id


async def test_those_one_stands_by_already_are_not_suggested(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await house.application(alice, prisoner)

    with pytest.raises(NobodyToSuggest):
        await suggest(uow, alice, languages=ANY, shown=[])


async def test_ones_own_family_is_not_suggested(
    uow: UnitOfWork, house: House, vera: Actor, prisoner: Prisoner
):
    await house.relative(vera, prisoner)

    with pytest.raises(NobodyToSuggest):
        await suggest(uow, vera, languages=ANY, shown=[])


async def test_nobody_is_suggested_who_reads_none_of_the_languages(
    uow: UnitOfWork, house: House, alice: Actor
):
    await house.prisoner(languages="be")

    with pytest.raises(NobodyToSuggest):
        await suggest(uow, alice, languages=["en"], shown=[])


@pytest.mark.parametrize(
    ("publicity", "status", "is_silenced"),
    [
        pytest.param(Publicity.HIDDEN, CustodyStatus.PRETRIAL, False, id="hidden"),
        pytest.param(Publicity.PUBLIC, CustodyStatus.RELEASED, False, id="released"),
        pytest.param(Publicity.PUBLIC, CustodyStatus.DIED, False, id="dead"),
        pytest.param(Publicity.PUBLIC, CustodyStatus.PRETRIAL, True, id="silenced"),
    ],
)
async def test_who_may_not_be_offered_is_neither_suggested_nor_applied_for(
    uow: UnitOfWork,
    house: House,
    alice: Actor,
    publicity: Publicity,
    status: CustodyStatus,
    is_silenced: bool,
):
    prisoner = await house.prisoner(publicity, status)
    prisoner.is_silenced = is_silenced
    await uow.session.flush()

    with pytest.raises(NobodyToSuggest):
        await suggest(uow, alice, languages=ANY, shown=[])
    with pytest.raises(NotForYou):
        await house.application(alice, prisoner)


async def test_mallory_cannot_ask_for_a_prisoner_who_does_not_exist(uow: UnitOfWork, mallory: Actor):
    with pytest.raises(NotForYou):
        await require_suggestible(uow, mallory.id)


async def test_coordinators_hear_of_an_application_that_waits_for_three_days(
    house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner)

    assert [(row.kind, row.due_at) for row in await house.due(bob, application.id)] == [
        ("application_waiting", NOON + timedelta(days=3))
    ]


async def test_an_application_that_waits_wakes_nobody(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    midnight = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)

    await apply_as_guardian(uow, alice, prisoner.id, rhythm_weeks=4, word=None, now=midnight)

    assert [row.due_at for row in await house.due(bob)] == [datetime(2026, 11, 27, 6, 0, tzinfo=UTC)]


async def test_a_coordinator_is_not_reminded_of_their_own_application(
    house: House, bob: Actor, prisoner: Prisoner
):
    await house.application(bob, prisoner)

    assert await house.due(bob) == []


async def test_a_word_for_the_coordinators_is_kept_sealed(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner, "  I knit.\n")

    assert await uow.guardianships.reveal_word(application) == "I knit."
    assert "knit" not in str(application.word)


def test_a_word_longer_than_five_hundred_characters_is_refused():
    with pytest.raises(TextTooLong):
        tidy_word("x" * 501)


async def test_nobody_applies_for_the_same_person_twice(house: House, alice: Actor, prisoner: Prisoner):
    await house.application(alice, prisoner)

    with pytest.raises(AlreadyGuardian):
        await house.application(alice, prisoner)


async def test_one_person_stands_by_three_at_most(uow: UnitOfWork, house: House, alice: Actor):
    for _ in range(3):
        await house.application(alice, await house.prisoner())

    with pytest.raises(TooManyPrisoners):
        await require_free_hands(uow, alice)
    with pytest.raises(TooManyPrisoners):
        await house.application(alice, await house.prisoner())


async def test_a_prisoner_with_three_guardians_is_neither_suggested_nor_applied_for(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    for _ in range(3):
        await house.guardian(await house.person(), prisoner)

    with pytest.raises(NobodyToSuggest):
        await suggest(uow, alice, languages=ANY, shown=[])
    with pytest.raises(GuardiansFull):
        await house.application(alice, prisoner)


async def test_a_rhythm_that_is_not_offered_is_refused(uow: UnitOfWork, alice: Actor, prisoner: Prisoner):
    with pytest.raises(NotForYou):
        await apply_as_guardian(uow, alice, prisoner.id, rhythm_weeks=3, word=None, now=NOON)


async def test_an_accepted_guardian_is_told_and_reminded_a_rhythm_later(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner)

    await accept_guardian(uow, bob, application.id, now=NOON)

    assert application.state is GuardianshipState.ACTIVE
    assert [(row.kind, row.due_at) for row in await house.due(alice)] == [
        ("application_accepted", NOON - timedelta(milliseconds=1)),
        ("letter", datetime(2026, 12, 21, 7, 0, tzinfo=UTC)),
    ]
    assert await house.due(bob) == []


async def test_an_accepted_guardian_is_told_of_the_hearings_that_stand(
    house: House, alice: Actor, prisoner: Prisoner
):
    hearing = await house.hearing(prisoner)

    await house.guardian(alice, prisoner)

    assert await house.kinds(alice, hearing.id) == ["hearing_1d", "hearing_3h", "hearing_7d", "hearing_new"]


async def test_a_guardianship_begins_on_the_guardians_own_day(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner)
    await change_setting(uow, alice, "zone", "Pacific/Auckland", now=NOON)

    await accept_guardian(uow, bob, application.id, now=datetime(2026, 11, 23, 14, 0, tzinfo=UTC))

    assert application.started_on == date(2026, 11, 24)


async def test_a_second_yes_does_not_make_a_second_guardian(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    application = await house.guardian(alice, prisoner)

    with pytest.raises(NoLongerSo):
        await accept_guardian(uow, bob, application.id, now=NOON)

    assert len(await uow.guardianships.of_prisoner(prisoner.id, GuardianshipState.ACTIVE)) == 1


async def test_a_fourth_guardian_is_not_accepted(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner)
    for _ in range(3):
        await house.guardian(await house.person(), prisoner)

    with pytest.raises(GuardiansFull):
        await accept_guardian(uow, bob, application.id, now=NOON)


@pytest.mark.parametrize("change", ["hidden", "released", "silenced"])
async def test_an_application_for_somebody_who_is_no_longer_offered_is_not_accepted(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner, change: str
):
    application = await house.application(alice, prisoner)
    if change == "hidden":
        prisoner.publicity = Publicity.HIDDEN
    elif change == "released":
        prisoner.custody_status = CustodyStatus.RELEASED
    else:
        prisoner.is_silenced = True

    with pytest.raises(NoLongerSo):
        await accept_guardian(uow, bob, application.id, now=NOON)

    assert await house.due(alice) == []


async def test_nobody_accepts_their_own_application(
    uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner
):
    application = await house.application(bob, prisoner)

    with pytest.raises(NotForYou):
        await accept_guardian(uow, bob, application.id, now=NOON)


async def test_mallory_may_not_decide_applications(mallory: Actor):
    with pytest.raises(NotForYou):
        require(mallory, "desk.applications", now=NOON)


async def test_a_declined_applicant_is_told_and_the_coordinators_reminder_goes(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner)

    await decline_guardian(uow, bob, application.id, now=NOON)

    assert application.state is GuardianshipState.DECLINED
    assert await house.kinds(alice) == ["application_declined"]
    assert await house.due(bob) == []


@pytest.mark.parametrize("decide", [accept_guardian, decline_guardian])
async def test_nobody_decides_their_own_application(
    uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner, decide: Callable[..., Awaitable[None]]
):
    application = await house.application(bob, prisoner)

    with pytest.raises(NotForYou):
        await decide(uow, bob, application.id, now=NOON)

    assert application.state is GuardianshipState.APPLIED


async def test_after_a_decline_one_may_apply_anew(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner)
    await decline_guardian(uow, bob, application.id, now=NOON)

    again = await house.application(alice, prisoner)

    assert again.state is GuardianshipState.APPLIED


async def test_a_withdrawn_application_waits_for_nobody(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner)

    await withdraw_application(uow, alice, application.id)

    assert application.state is GuardianshipState.WITHDRAWN
    assert await house.due(bob) == []


async def test_what_was_accepted_cannot_be_withdrawn(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    guardianship = await house.guardian(alice, prisoner)

    with pytest.raises(NoLongerSo):
        await withdraw_application(uow, alice, guardianship.id)


async def test_what_was_not_accepted_cannot_be_stepped_down_from(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner)

    with pytest.raises(NoLongerSo):
        await step_down(uow, alice, application.id, now=NOON)


async def test_after_stepping_down_nothing_more_is_sent(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    guardianship = await house.guardian(alice, prisoner)
    await house.hearing(prisoner)
    person = await person_of(uow, alice.id)
    await uow.outbox.queue([news_for(person, "prisoner_moved", prisoner.id, now=NOON)])

    await step_down(uow, alice, guardianship.id, now=NOON)

    assert await house.due(alice) == []


async def test_a_guardian_who_was_told_an_old_date_hears_the_new_one_after_stepping_down(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    guardianship = await house.guardian(alice, prisoner)
    hearing = await house.hearing(prisoner)
    await note_told(uow, [Due(alice.id, "hearing_new", hearing.id, "k", NOON, 1)], now=NOON)
    await move_hearing(uow, hearing, SITTING + timedelta(days=1), now=NOON)

    await step_down(uow, alice, guardianship.id, now=NOON)

    assert await house.kinds(alice) == ["hearing_moved"]


async def test_family_who_also_guards_keeps_the_hearings_after_stepping_down(
    uow: UnitOfWork, house: House, vera: Actor, prisoner: Prisoner
):
    guardianship = await house.guardian(vera, prisoner)
    await house.relative(vera, prisoner)
    hearing = await house.hearing(prisoner)

    await step_down(uow, vera, guardianship.id, now=NOON)

    assert "hearing_1d" in await house.kinds(vera, hearing.id)


@pytest.mark.parametrize("rule", [mine, withdraw_application])
async def test_mallory_reaches_nobody_elses_guardianship(
    uow: UnitOfWork, house: House, alice: Actor, mallory: Actor, prisoner: Prisoner, rule
):
    application = await house.application(alice, prisoner)

    with pytest.raises(NotForYou):
        await rule(uow, mallory, application.id)

    assert application.state is GuardianshipState.APPLIED


async def test_mallory_cannot_end_alices_guardianship(
    uow: UnitOfWork, house: House, alice: Actor, mallory: Actor, prisoner: Prisoner
):
    guardianship = await house.guardian(alice, prisoner)

    with pytest.raises(NotForYou):
        await step_down(uow, mallory, guardianship.id, now=NOON)

    assert guardianship.state is GuardianshipState.ACTIVE


@pytest.mark.parametrize(
    "status", [CustodyStatus.HOUSE_ARREST, CustodyStatus.HOME_KHIMIYA, CustodyStatus.OPEN_FACILITY]
)
async def test_nobody_is_led_to_promise_letters_that_may_endanger_who_receives_them(
    uow: UnitOfWork, house: House, alice: Actor, status: CustodyStatus
):
    endangered = await house.prisoner(status=status)

    with pytest.raises(NobodyToSuggest):
        await suggest(uow, alice, languages=["be"], shown=[])
    with pytest.raises(NotForYou):
        await house.application(alice, endangered)


async def test_who_is_accepted_in_the_night_reads_that_before_the_news_of_hearings(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    await house.hearing(prisoner)
    application = await house.application(alice, prisoner)

    await accept_guardian(uow, bob, application.id, now=NOON + timedelta(hours=14))

    assert [row.kind for row in await house.due(alice)][:2] == ["application_accepted", "hearing_new"]
