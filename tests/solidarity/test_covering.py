"""The count of how prisoners are written to, kept by the database: equal to the rule's, on either engine."""

import random
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, update

from solidarity.access import Actor
from solidarity.coverage import APPLICATION_COUNTS, Promise, Tier, cover_of
from solidarity.covering import count_anew, count_some
from solidarity.errors import NobodyToSuggest
from solidarity.guardianship import step_down, withdraw_application
from solidarity.letters import report_letter
from solidarity.publicity import set_publicity
from solidarity.suggesting import suggest
from storage.coverage import Support
from storage.models import Coverage, Guardianship, GuardianshipState, Letter, Prisoner, Publicity
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, TODAY, House

ANY = ["be", "ru", "en"]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


async def seen(uow: UnitOfWork, prisoner: Prisoner) -> Support:
    support = await uow.coverage.of(prisoner.id)
    assert support is not None
    return support


async def promise(
    uow: UnitOfWork, prisoner: Prisoner, person: UUID, weeks: int, state: GuardianshipState, day: date
) -> UUID:
    made = Guardianship(
        id=uuid4(),
        person_id=person,
        prisoner_id=prisoner.id,
        rhythm_weeks=weeks,
        state=state,
        applied_on=day,
        started_on=None if state is GuardianshipState.APPLIED else day,
    )
    uow.session.add(made)
    await uow.session.flush()
    return made.id


async def test_the_database_counts_as_the_rule_does(uow: UnitOfWork, house: House):
    chance = random.Random(6)
    people = [(await house.person()).id for _ in range(5)]
    expected = {}
    for _ in range(25):
        prisoner = await house.prisoner()
        promises, letters = [], []
        for person in chance.sample(people, chance.randint(0, 4)):
            weeks, day = chance.choice([2, 4, 8]), ago(chance.randint(0, 300))
            state = chance.choice([*GuardianshipState][:4])
            made = await promise(uow, prisoner, person, weeks, state, day)
            days = [
                ago(chance.choice([0, 6, 7, 8, 55, 56, 57, 89, 90, 91])) for _ in range(chance.randint(0, 3))
            ]
            for number, written in enumerate(days, 1):
                uow.session.add(
                    Letter(
                        person_id=person,
                        prisoner_id=prisoner.id,
                        guardianship_id=made,
                        number=number,
                        written_on=written,
                    )
                )
            letters += days
            is_waiting = state is GuardianshipState.APPLIED and day >= TODAY - APPLICATION_COUNTS
            if state is GuardianshipState.ACTIVE or is_waiting:
                promises.append(Promise(weeks, max([*days], default=day)))
        expected[prisoner.id] = cover_of(
            promises,
            last_letter_on=max(letters, default=None),
            recent_letters=sum(day >= ago(90) for day in letters),
            today=TODAY,
        )
        await count_anew(uow, prisoner.id, today=TODAY)

    for prisoner_id, cover in expected.items():
        assert await uow.coverage.of(prisoner_id) == (prisoner_id, cover.tier, cover.points, cover.heard)


async def test_an_application_counts_as_a_guardian_until_it_is_withdrawn(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner)
    waiting = await seen(uow, prisoner)

    await withdraw_application(uow, alice, application.id)

    assert (waiting.tier, (await seen(uow, prisoner)).tier) == (Tier.SOMEBODY, Tier.NOBODY)


async def test_an_application_nobody_decides_hides_a_prisoner_for_two_weeks_only(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await house.application(alice, prisoner)

    await count_anew(uow, prisoner.id, today=TODAY + timedelta(days=15))

    assert (await seen(uow, prisoner)).tier == Tier.NOBODY


async def test_who_steps_down_leaves_a_prisoner_with_nobody(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    guardianship = await house.guardian(alice, prisoner)

    await step_down(uow, alice, guardianship.id, now=NOON)

    assert (await seen(uow, prisoner)).tier == Tier.NOBODY


async def test_a_letter_is_counted_at_once(uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner):
    guardianship = await house.guardian(alice, prisoner)
    before = await seen(uow, prisoner)

    await report_letter(uow, alice, guardianship.id, now=NOON)

    after = await seen(uow, prisoner)
    assert (after.points > before.points, after.heard) == (True, 7)


async def test_the_night_counts_everybody_whatever_was_forgotten(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    other = await house.prisoner()
    await uow.session.execute(update(Coverage).values(tier=0, points=0))
    await uow.session.execute(delete(Coverage).where(Coverage.prisoner_id == other.id))

    last = await count_some(uow, after=None, today=TODAY)

    assert await count_some(uow, after=last, today=TODAY) is None
    assert [(await seen(uow, one)).tier for one in (prisoner, other)] == [Tier.SOMEBODY, Tier.NOBODY]


async def test_who_is_hidden_is_never_suggested_though_the_count_is_old(
    uow: UnitOfWork, alice: Actor, prisoner: Prisoner
):
    prisoner.publicity = Publicity.HIDDEN
    await uow.session.flush()

    with pytest.raises(NobodyToSuggest):
        await suggest(uow, alice, languages=ANY, shown=[])


async def test_who_is_no_longer_hidden_is_suggested_again(uow: UnitOfWork, alice: Actor, prisoner: Prisoner):
    await set_publicity(uow, prisoner, Publicity.HIDDEN, now=NOON)
    hidden = await seen(uow, prisoner)

    await set_publicity(uow, prisoner, Publicity.PUBLIC, now=NOON)

    assert hidden.tier == Tier.CLOSED
    assert await suggest(uow, alice, languages=ANY, shown=[]) == prisoner.id


async def test_two_who_ask_today_see_different_people(uow: UnitOfWork, house: House):
    for _ in range(12):
        await house.prisoner()
    people = [await house.person() for _ in range(8)]

    assert len({await suggest(uow, one, languages=ANY, shown=[]) for one in people}) > 2


async def test_everybody_is_shown_once_before_it_begins_again(uow: UnitOfWork, house: House, alice: Actor):
    everybody = {(await house.prisoner()).id for _ in range(7)}
    await house.guardian(await house.person(), await uow.session.get_one(Prisoner, min(everybody)))
    shown: list[UUID] = []
    for _ in everybody:
        shown.append(await suggest(uow, alice, languages=ANY, shown=shown))

    assert set(shown) == everybody
    assert shown[-1] == min(everybody)
