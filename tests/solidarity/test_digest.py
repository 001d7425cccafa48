"""One word a week for each coordinator about whom they look after, and whom nobody does."""

from datetime import datetime, timedelta

import pytest

from solidarity.access import Actor
from solidarity.digest import KIND, digest_of, offer_all_again, plan_digests
from storage.models import CustodyStatus, Guardianship, OutboxRow, Prisoner
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, TODAY, House

A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)


async def words(house: House, actor: Actor) -> list[OutboxRow]:
    return [row for row in await house.due(actor) if row.kind == KIND]


@pytest.fixture
async def quiet(house: House, alice: Actor, prisoner: Prisoner) -> Guardianship:
    """Alice, of whom nothing is heard."""
    promise = await house.guardian(alice, prisoner)
    promise.unanswered, promise.quiet_on = 3, TODAY
    await house.uow.session.flush()
    return promise


async def test_a_coordinator_hears_once_a_week(
    uow: UnitOfWork, house: House, bob: Actor, quiet: Guardianship
):
    for days in range(7):
        await plan_digests(uow, NOON + days * A_DAY)
    assert len(await words(house, bob)) == 1

    await plan_digests(uow, NOON + A_WEEK)
    assert len(await words(house, bob)) == 2


async def test_it_comes_on_monday_at_their_hour(
    uow: UnitOfWork, house: House, bob: Actor, quiet: Guardianship
):
    night = datetime.combine(TODAY + A_WEEK, NOON.time(), NOON.tzinfo) - timedelta(hours=8)

    await plan_digests(uow, night)

    [row] = await words(house, bob)
    assert row.due_at == night + timedelta(hours=6)


async def test_where_nothing_stands_out_no_word_comes(
    uow: UnitOfWork, house: House, bob: Actor, alice: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)

    await plan_digests(uow, NOON)

    assert await words(house, bob) == []


@pytest.mark.parametrize("of", ["a quiet guardian", "a new silence", "nobody"])
async def test_each_of_the_three_is_worth_a_word_to_whose_they_are_and_to_no_colleague(
    uow: UnitOfWork, house: House, bob: Actor, alice: Actor, prisoner: Prisoner, of: str
):
    carol = await house.coordinator()
    await uow.portfolios.add(prisoner.id, bob.id, day=TODAY)
    promise = None if of == "nobody" else await house.guardian(alice, prisoner)
    if promise is not None and of == "a quiet guardian":
        promise.quiet_on = TODAY
    elif promise is not None:
        await uow.prisoners.note_unheard([prisoner.id], TODAY)
    await uow.session.flush()

    await plan_digests(uow, NOON)

    assert (len(await words(house, bob)), await words(house, carol)) == (1, [])


async def test_a_silence_told_of_long_ago_is_no_news(
    uow: UnitOfWork, house: House, bob: Actor, alice: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    await uow.prisoners.note_unheard([prisoner.id], TODAY - 3 * A_WEEK)

    await plan_digests(uow, NOON)

    assert await words(house, bob) == []


async def test_who_is_no_coordinator_hears_nothing(
    uow: UnitOfWork, house: House, mallory: Actor, quiet: Guardianship
):
    await plan_digests(uow, NOON)

    assert await words(house, mallory) == []


async def test_quiet_guardians_and_those_with_nobody_stand_in_it(
    uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner, quiet: Guardianship
):
    alone = await house.prisoner(names={"en": "Lonely Example"})

    found = await digest_of(uow, bob)

    assert [one.prisoner_id for one in found.quiet.lines] == [prisoner.id]
    assert [(one.prisoner_id, one.name) for one in found.nobodys.lines] == [(alone.id, "Lonely Example")]
    assert found.unheard.count == 0


@pytest.mark.parametrize("status", [CustodyStatus.RELEASED, CustodyStatus.DIED])
async def test_nobody_is_needed_for_who_is_free_or_dead(
    uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner, quiet: Guardianship, status: CustodyStatus
):
    await house.prisoner(status=status)
    prisoner.custody_status = status

    found = await digest_of(uow, bob)

    assert (found.quiet.count, found.nobodys.count) == (0, 0)


async def test_whom_a_colleague_looks_after_stands_in_theirs(
    uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner, quiet: Guardianship
):
    carol = await house.coordinator()
    await uow.portfolios.add(prisoner.id, carol.id, day=TODAY)

    assert (await digest_of(uow, bob)).quiet.count == 0
    assert (await digest_of(uow, carol)).quiet.count == 1


async def test_ten_are_listed_and_all_are_counted(uow: UnitOfWork, house: House, bob: Actor):
    for _ in range(12):
        await house.prisoner()

    found = await digest_of(uow, bob)

    assert (found.nobodys.count, len(found.nobodys.lines)) == (12, 10)


async def test_all_quiet_ones_are_offered_with_one_tap(
    uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner, quiet: Guardianship
):
    assert await offer_all_again(uow, bob) == 1
    assert await offer_all_again(uow, bob) == 0
    assert quiet.offered_on == bob.today


async def test_what_a_colleague_looks_after_is_not_offered(
    uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner, quiet: Guardianship
):
    carol = await house.coordinator()
    await uow.portfolios.add(prisoner.id, carol.id, day=TODAY)

    assert await offer_all_again(uow, bob) == 0


async def test_a_new_silence_stands_in_it_for_a_week_and_is_told_once(
    uow: UnitOfWork, house: House, bob: Actor
):
    await house.facility("SAMPLE-1")
    prisoner = await house.prisoner(facility="SAMPLE-1")

    async def letter(days: int, gap: int | None, who: Prisoner) -> None:
        written = TODAY - days * A_DAY
        one = await uow.letters.add(
            person_id=bob.id, prisoner_id=who.id, guardianship_id=None, day=written, facility_code="SAMPLE-1"
        )
        if gap is not None:
            one.outcome, one.outcome_on = "answered", written + gap * A_DAY

    for _ in range(5):
        await letter(200, 30, await house.prisoner(facility="SAMPLE-1"))
    await letter(150, None, prisoner)
    await letter(140, None, prisoner)
    await uow.session.flush()

    await plan_digests(uow, NOON)

    assert [one.prisoner_id for one in (await digest_of(uow, bob)).unheard.lines] == [prisoner.id]
    await uow.session.refresh(prisoner)
    assert prisoner.unheard_on == TODAY
    await plan_digests(uow, NOON + A_WEEK)
    await uow.session.refresh(prisoner)
    assert prisoner.unheard_on == TODAY
