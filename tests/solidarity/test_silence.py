"""Silence beyond what is usual for a place, learnt from what Guardians report."""

from collections.abc import Collection
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity.silence import FEWEST_ANSWERS, silences, usual_by_place, usual_of
from storage.letters import Fates
from storage.models import CustodyStatus, Letter, LetterOutcome, Prisoner
from storage.unit_of_work import UnitOfWork

from .conftest import TODAY, House

A_DAY = timedelta(days=1)


def days(count: int) -> date:
    return TODAY - count * A_DAY


async def held(house: House, code: str = "SAMPLE-1") -> Prisoner:
    if await house.uow.facilities.get(code) is None:
        await house.facility(code)
    return await house.prisoner(facility=code)


async def writes(
    house: House, prisoner: Prisoner, written: date, *, answered: date | None = None, returned: bool = False
) -> Letter:
    """Let somebody report a letter, and what became of it."""
    letter = await house.uow.letters.add(
        person_id=(await house.person()).id,
        prisoner_id=prisoner.id,
        guardianship_id=None,
        day=written,
        facility_code=prisoner.facility_code,
    )
    if answered is not None:
        letter.outcome, letter.outcome_on = LetterOutcome.ANSWERED, answered
    if returned:
        letter.outcome = LetterOutcome.RETURNED
    await house.uow.session.flush()
    return letter


async def learnt(house: House, gaps: Collection[int] = (20, 25, 30, 35, 40), code: str = "SAMPLE-1") -> None:
    """Let answers from a place have taken so many days."""
    for gap in gaps:
        await writes(house, await held(house, code), days(200), answered=days(200 - gap))


async def test_what_is_usual_is_learnt_from_all_ledgers(uow: UnitOfWork, house: House):
    await learnt(house)
    await writes(house, await held(house), days(100), returned=True)
    await writes(house, await held(house), days(100))

    usual = (await usual_by_place(uow, today=TODAY))["SAMPLE-1"]

    assert (usual.gap, usual.longest) == (30 * A_DAY, 40 * A_DAY)
    assert (usual.answered, usual.returned) == (pytest.approx(5 / 7), pytest.approx(1 / 7))


async def test_who_waits_for_longer_than_usual_is_found(uow: UnitOfWork, house: House):
    await learnt(house)
    prisoner = await held(house)
    await writes(house, prisoner, days(41))
    await writes(house, prisoner, days(20))

    [found] = await silences(uow, today=TODAY)

    assert (found.prisoner_id, found.since, found.letters) == (prisoner.id, days(41), 2)


async def test_nobody_is_found_while_it_is_still_usual(uow: UnitOfWork, house: House):
    await learnt(house)
    prisoner = await held(house)
    await writes(house, prisoner, days(40))
    await writes(house, prisoner, days(20))

    assert await silences(uow, today=TODAY) == []


async def test_answers_that_somebody_invents_make_nobody_missed_whom_a_letter_has_hardly_reached(
    uow: UnitOfWork, house: House
):
    await learnt(house, gaps=(0,) * 20)
    prisoner = await held(house)
    await writes(house, prisoner, days(28))
    await writes(house, prisoner, days(20))
    assert await silences(uow, today=TODAY) == []

    [found] = await silences(uow, today=TODAY + A_DAY)

    assert found.prisoner_id == prisoner.id


async def test_one_letter_alone_says_nothing(uow: UnitOfWork, house: House):
    await learnt(house)
    await writes(house, await held(house), days(150))

    assert await silences(uow, today=TODAY) == []


async def test_where_few_answers_are_known_nothing_is_usual(uow: UnitOfWork, house: House):
    await learnt(house, gaps=(20,) * (FEWEST_ANSWERS - 1))
    prisoner = await held(house)
    await writes(house, prisoner, days(150))
    await writes(house, prisoner, days(140))

    assert await silences(uow, today=TODAY) == []


async def test_letters_to_two_places_are_not_one_silence(uow: UnitOfWork, house: House):
    await learnt(house)
    await learnt(house, code="SAMPLE-2")
    prisoner = await held(house)
    await writes(house, prisoner, days(150))
    prisoner.facility_code = "SAMPLE-2"
    await writes(house, prisoner, days(140))

    assert await silences(uow, today=TODAY) == []


async def test_an_answer_begins_the_waiting_anew(uow: UnitOfWork, house: House):
    await learnt(house)
    prisoner = await held(house)
    await writes(house, prisoner, days(150), answered=days(30))
    await writes(house, prisoner, days(140))
    await writes(house, prisoner, days(25))

    assert await silences(uow, today=TODAY) == []


async def test_letters_to_where_they_are_no_more_do_not_count(uow: UnitOfWork, house: House):
    await learnt(house)
    await learnt(house, code="SAMPLE-2")
    prisoner = await held(house)
    await writes(house, prisoner, days(150))
    await writes(house, prisoner, days(140))
    prisoner.facility_code = "SAMPLE-2"

    assert await silences(uow, today=TODAY) == []


@pytest.mark.parametrize("status", [CustodyStatus.RELEASED, CustodyStatus.EXILED, CustodyStatus.DIED])
async def test_of_who_is_free_or_dead_nobody_waits_for_answers(
    uow: UnitOfWork, house: House, status: CustodyStatus
):
    await learnt(house)
    prisoner = await held(house)
    await writes(house, prisoner, days(150))
    await writes(house, prisoner, days(140))
    prisoner.custody_status = status

    assert await silences(uow, today=TODAY) == []


async def test_what_was_told_is_not_told_again(uow: UnitOfWork, house: House):
    await learnt(house)
    prisoner = await held(house)
    await writes(house, prisoner, days(150))
    await writes(house, prisoner, days(140))
    await uow.prisoners.note_unheard([prisoner.id], TODAY)

    assert await silences(uow, today=TODAY) == []


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 50), min_size=1))
def test_nine_of_ten_answers_came_within_the_longest_that_is_usual(gaps: dict[int, int]):
    usual = usual_of(Fates(gaps, 0, sum(gaps.values())))
    answers = sum(gaps.values())

    if answers < FEWEST_ANSWERS:
        assert usual.longest is None
    else:
        assert usual.gap is not None
        assert usual.longest is not None
        within = sum(count for gap, count in gaps.items() if gap <= usual.longest.days)
        before = sum(count for gap, count in gaps.items() if gap < usual.longest.days)
        assert before < 0.9 * answers <= within
        assert usual.gap <= usual.longest
