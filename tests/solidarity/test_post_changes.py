"""A letter becomes impossible or possible again: one word each time, and reminders that keep to it."""

from datetime import timedelta

import pytest

from solidarity import post
from solidarity.access import Actor
from solidarity.letter_reminders import next_letter_due, plan_next_letters
from solidarity.letters import remind_in_three_days, report_letter
from solidarity.nightly import COMES_ABOUT
from solidarity.pausing import pause, resume
from solidarity.people import actor_of, person_of
from solidarity.possible import RuleCard, Thing, Verdict
from solidarity.post_changes import follow_cards, follow_prisoner
from solidarity.relevance import addressee_of
from solidarity.settling import drop, settle_delivered
from solidarity.shipped.reading import shipped_cards
from storage.models import CustodyStatus, Guardianship, OutboxState, Prisoner
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, House

MONTHS = NOON + timedelta(days=60)
ABOUT_WRITING = ("letter", "letter_impossible", "letter_possible")


@pytest.fixture
async def promise(house: House, alice: Actor, prisoner: Prisoner) -> Guardianship:
    return await house.guardian(alice, prisoner)


async def told(house: House, actor: Actor, promise: Guardianship) -> list[str]:
    """What waits for a Guardian about writing."""
    return [kind for kind in await house.kinds(actor, promise.id) if kind in ABOUT_WRITING]


async def cut_off(uow: UnitOfWork, prisoner: Prisoner) -> None:
    prisoner.custody_status = CustodyStatus.INCOMMUNICADO
    await uow.session.flush()
    await follow_prisoner(uow, prisoner, now=NOON)


async def reached_again(uow: UnitOfWork, prisoner: Prisoner) -> None:
    prisoner.custody_status = CustodyStatus.CONVICTED
    await uow.session.flush()
    await follow_prisoner(uow, prisoner, now=NOON)


async def test_the_reminder_goes_and_its_guardian_is_told(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    assert await told(house, alice, promise) == ["letter"]

    await cut_off(uow, prisoner)

    assert await told(house, alice, promise) == ["letter_impossible"]


async def test_it_is_told_once_whatever_is_done_and_however_many_nights_pass(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    await cut_off(uow, prisoner)

    for _ in range(3):
        await follow_prisoner(uow, prisoner, now=NOON)
        await follow_cards(uow, NOON + timedelta(days=1))
    await report_letter(uow, alice, promise.id, now=NOON)
    await remind_in_three_days(uow, alice, promise.id, now=NOON)
    await plan_next_letters(uow, [promise.id], now=NOON)
    await pause(uow, alice, promise.id, weeks=2, now=NOON)
    await resume(uow, alice, promise.id, now=NOON)

    assert await told(house, alice, promise) == ["letter_impossible"]


async def test_when_a_letter_is_possible_again_it_is_told_and_planned(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    await cut_off(uow, prisoner)

    await reached_again(uow, prisoner)
    await follow_cards(uow, NOON)

    assert await told(house, alice, promise) == ["letter", "letter_possible"]


async def test_what_is_no_longer_so_when_it_is_due_does_not_go_out(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    await cut_off(uow, prisoner)
    row = await house.claimed("letter_impossible")
    assert await addressee_of(uow, row, now=NOON) is not None

    prisoner.custody_status = CustodyStatus.PRETRIAL

    assert await addressee_of(uow, row, now=NOON) is None


async def test_a_reminder_that_is_due_asks_again_and_gives_way_to_the_word(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    row = await house.claimed("letter", MONTHS)
    assert await addressee_of(uow, row, now=MONTHS) is not None
    prisoner.custody_status = CustodyStatus.HOUSE_ARREST

    assert await addressee_of(uow, row, now=MONTHS) is None
    await drop(uow, [row], now=MONTHS)

    assert (await house.kept(row)).state is OutboxState.DROPPED
    waiting = [one.kind for one in await house.due(alice, promise.id) if one.state is OutboxState.QUEUED]
    assert waiting.count("letter_impossible") == 1
    assert "letter" not in waiting


async def test_after_a_wave_of_reminders_each_guardian_is_told_for_themselves(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, prisoner: Prisoner, promise: Guardianship
):
    other = await house.guardian(vera, await house.prisoner())
    rows = await uow.claims.claim(now=MONTHS, limit=100, lease=timedelta(minutes=1))
    letters = [row for row in rows if row.kind == "letter"]
    prisoner.custody_status = CustodyStatus.INCOMMUNICADO

    await settle_delivered(uow, letters, now=MONTHS)

    assert await next_letter_due(uow, promise.id) is None
    assert "letter_impossible" in await told(house, alice, promise)
    assert await next_letter_due(uow, other.id) is not None
    assert "letter_impossible" not in await told(house, vera, other)


async def test_who_is_accepted_where_letters_do_not_arrive_reads_it_in_that_news_alone(
    uow: UnitOfWork, house: House, alice: Actor
):
    prisoner = await house.prisoner(status=CustodyStatus.INCOMMUNICADO)

    promise = await house.guardian(alice, prisoner)
    await follow_cards(uow, NOON)

    assert await house.kinds(alice, promise.id) == ["application_accepted"]
    await reached_again(uow, prisoner)
    assert await told(house, alice, promise) == ["letter", "letter_possible"]


async def test_a_pause_hears_of_it_when_it_is_over(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    await pause(uow, alice, promise.id, weeks=None, now=NOON)
    await cut_off(uow, prisoner)
    assert await told(house, alice, promise) == []

    await resume(uow, alice, promise.id, now=NOON)

    assert await told(house, alice, promise) == ["letter_impossible"]


async def test_the_silenced_are_not_spoken_of(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    prisoner.is_silenced = True

    await cut_off(uow, prisoner)
    await follow_cards(uow, NOON)

    assert "letter_impossible" not in await told(house, alice, promise)


async def test_a_card_that_changes_is_followed_the_night_after(
    uow: UnitOfWork,
    house: House,
    alice: Actor,
    vera: Actor,
    monkeypatch: pytest.MonkeyPatch,
):
    await house.facility("SAMPLE-1")
    here, there = await house.prisoner(facility="SAMPLE-1"), await house.prisoner()
    promise, other = await house.guardian(alice, here), await house.guardian(vera, there)
    closed = RuleCard("closed", Thing.LETTER, Verdict.IMPOSSIBLE, "a colleague", facility="SAMPLE-1")
    night = next(work for work in COMES_ABOUT if work.do is follow_cards)

    in_force(monkeypatch, *shipped_cards(), closed)
    await night.apply(uow, now=NOON)

    assert await told(house, alice, promise) == ["letter_impossible"]
    assert await told(house, vera, other) == ["letter"]

    in_force(monkeypatch, *shipped_cards())
    await night.apply(uow, now=NOON)

    assert await told(house, alice, promise) == ["letter", "letter_possible"]


def in_force(monkeypatch: pytest.MonkeyPatch, *cards: RuleCard) -> None:
    async def cards_in_force(_uow: UnitOfWork) -> tuple[RuleCard, ...]:
        return cards

    monkeypatch.setattr(post, "cards_in_force", cards_in_force)


async def test_a_promise_of_the_release_before_keeps_its_reminder_and_loses_it_with_a_word(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    promise.rhythm_on = None
    await follow_cards(uow, NOON)
    assert await told(house, alice, promise) == ["letter"]

    prisoner.custody_status = CustodyStatus.INCOMMUNICADO
    await follow_cards(uow, NOON)

    assert await told(house, alice, promise) == ["letter_impossible"]


async def test_mallory_is_told_nothing_of_alices_prisoner(
    uow: UnitOfWork, house: House, mallory: Actor, prisoner: Prisoner, promise: Guardianship
):
    await cut_off(uow, prisoner)
    row = await house.claimed("letter_impossible")
    promise.person_id = (await actor_of(uow, await person_of(uow, mallory.id), now=NOON)).id

    assert await house.due(mallory) == []
    assert await addressee_of(uow, row, now=NOON) is None
