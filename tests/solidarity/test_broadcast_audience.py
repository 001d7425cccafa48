"""Whom a broadcast about a sitting reaches: who is told of its date, and nobody who may not know it."""

import pytest

from solidarity.access import Actor
from solidarity.audience import AudienceSize, audience_size
from solidarity.broadcasts import drafts
from solidarity.broadcasts.sending import outlook
from storage.hearings import Heard
from storage.models import Hearing, Openness, Prisoner, Publicity
from storage.unit_of_work import UnitOfWork

from .broadcasting import coordinator, drafts_own
from .conftest import NOON, TODAY, House

CITY = "Прыкладаў"


@pytest.fixture
async def bob(house: House) -> Actor:
    return await coordinator(house)


class Gallery:
    """One sitting, and people who have to do with it in every way."""

    def __init__(self, uow: UnitOfWork, who: dict[str, Actor], hearing: Hearing) -> None:
        self._uow, self._names = uow, {actor.id: name for name, actor in who.items()}
        self.hearing = hearing

    async def reached(self, bob: Actor, **by: object) -> set[str]:
        await drafts_own(self._uow, bob, **by)
        return await self.outlook(bob)

    async def outlook(self, bob: Actor) -> set[str]:
        found = (await outlook(self._uow, bob, now=NOON)).reach.recipients
        return {self._names[one.person_id] for one in found if one.person_id in self._names}


async def gallery(uow: UnitOfWork, house: House, prisoner: Prisoner, openness: Openness) -> Gallery:
    names = ("guardian", "relative", "attendee", "asks for them", "asks for the city", "mallory")
    who = {name: await house.person("en") for name in names}
    publicity, prisoner.publicity = prisoner.publicity, Publicity.PUBLIC
    await house.guardian(who["guardian"], prisoner)
    await house.relative(who["relative"], prisoner)
    prisoner.publicity = publicity
    hearing = await house.hearing(prisoner, openness=openness, city=CITY)
    await uow.attendances.add(hearing.id, who["attendee"].id, day=TODAY)
    await uow.followings.add(who["asks for them"].id, prisoner_id=prisoner.id, day=TODAY)
    await uow.followings.add(who["asks for the city"].id, city=CITY, day=TODAY)
    await uow.session.flush()
    return Gallery(uow, who, hearing)


CONCERNED = {"guardian", "relative"}
ASKED = {"asks for them", "asks for the city"}


@pytest.mark.parametrize(
    ("publicity", "openness", "wanted"),
    [
        (Publicity.PUBLIC, Openness.OPEN, CONCERNED | {"attendee"} | ASKED),
        (Publicity.PUBLIC, Openness.UNKNOWN, CONCERNED | {"attendee"}),
        (Publicity.PUBLIC, Openness.CLOSED, CONCERNED),
        (Publicity.GUARDIANS, Openness.OPEN, CONCERNED),
        (Publicity.HIDDEN, Openness.OPEN, {"relative"}),
    ],
)
async def test_a_sittings_audience_are_those_who_are_told_of_it(
    uow: UnitOfWork, house: House, bob: Actor, publicity: Publicity, openness: Openness, wanted: set[str]
):
    prisoner = await house.prisoner(publicity)
    there = await gallery(uow, house, prisoner, openness)

    assert await there.reached(bob, hearing=there.hearing.id) == wanted
    guardians = wanted & {"guardian"}
    assert await there.reached(bob, hearing=there.hearing.id, role="guardians") == guardians
    assert await there.reached(bob, hearing=there.hearing.id, role="supporters") == wanted - CONCERNED
    # What the desk counts is who they are.
    size = await audience_size(uow, prisoner.id, there.hearing.id)
    assert size == AudienceSize(len(guardians), 1, len(wanted - CONCERNED))


async def test_of_a_silenced_prisoners_sitting_nobody_belongs_to_the_audience(
    uow: UnitOfWork, house: House, bob: Actor
):
    prisoner = await house.prisoner()
    there = await gallery(uow, house, prisoner, Openness.OPEN)
    prisoner.is_silenced = True
    await uow.session.flush()

    assert await there.reached(bob, hearing=there.hearing.id) == set()


@pytest.mark.parametrize(
    ("publicity", "wanted"),
    [(Publicity.PUBLIC, CONCERNED), (Publicity.GUARDIANS, CONCERNED), (Publicity.HIDDEN, set())],
)
async def test_a_citys_audience_stands_by_who_is_before_a_court_there_unless_they_are_hidden(
    uow: UnitOfWork, house: House, bob: Actor, publicity: Publicity, wanted: set[str]
):
    there = await gallery(uow, house, await house.prisoner(publicity), Openness.OPEN)
    await house.hearing(await house.prisoner(), city="Узорск")

    assert await uow.audiences.cities() == (["Прыкладаў", "Узорск"] if wanted else ["Узорск"])
    if wanted:
        assert await there.reached(bob, city=CITY) == wanted


@pytest.mark.parametrize("publicity", [Publicity.GUARDIANS, Publicity.HIDDEN])
async def test_a_ready_text_tells_no_guardian_court_and_date_of_somebody_hidden(
    uow: UnitOfWork, house: House, bob: Actor, publicity: Publicity
):
    there = await gallery(uow, house, await house.prisoner(publicity, alias="Blue Dog"), Openness.OPEN)

    await drafts.begin_draft(uow, bob, "hearing", there.hearing.id, now=NOON)
    await drafts.narrow(uow, bob, "hearing", None, now=NOON)

    assert await there.outlook(bob) == (CONCERNED if publicity is Publicity.GUARDIANS else {"relative"})


async def test_who_was_told_of_a_date_counts_where_it_is_moved(uow: UnitOfWork, house: House):
    prisoner = await house.prisoner()
    there = await gallery(uow, house, prisoner, Openness.CLOSED)
    went_away = await house.person()
    heard = Heard(there.hearing.id, went_away.id, revision=1, keep_until=there.hearing.starts_at)
    await uow.hearings.note_told([heard])

    assert await audience_size(uow, prisoner.id, there.hearing.id) == AudienceSize(1, 1, others=1)
    assert await audience_size(uow, prisoner.id) == AudienceSize(1, 1)
    prisoner.publicity = Publicity.HIDDEN
    assert await audience_size(uow, prisoner.id, there.hearing.id) == AudienceSize(0, 1)
