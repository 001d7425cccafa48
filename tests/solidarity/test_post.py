"""What may be sent to a prisoner as the register knows them, and who counts as what."""

from datetime import date, timedelta

import pytest

from solidarity.access import Actor
from solidarity.cards import card_for, card_of_family, family_cards
from solidarity.errors import NotForYou
from solidarity.possible import Above, Held, Thing, Verdict, Writer, possible
from solidarity.post import is_written_to, post_for, writer_to, written_to
from solidarity.shipped.reading import shipped_cards
from storage.models import CustodyStatus, Prisoner
from storage.unit_of_work import UnitOfWork

from .conftest import TODAY, House

KINDS = ("sizo", "colony", "ivs", "open-facility", "sizo-closed-site", "colony-liquidated", None)


async def test_everybody_is_spoken_of_as_the_cards_in_force_say(uow: UnitOfWork, house: House):
    cards = shipped_cards()
    for kind in filter(None, KINDS):
        await house.facility(f"AT-{kind}", kind=kind)
    for kind in KINDS:
        code = None if kind is None else f"AT-{kind}"
        for status in CustodyStatus:
            prisoner = Prisoner(custody_status=status, facility_code=code, is_silenced=False)
            for writer in Writer:
                post = await post_for(uow, prisoner, writer, today=TODAY)
                held = Held(status, code, kind)
                assert post.of == {thing: possible(cards, held, writer, thing) for thing in Thing}


@pytest.mark.parametrize(
    ("status", "kind", "expected"),
    [
        ("detained", "sizo", True),
        ("pretrial", "sizo", True),
        ("convicted", "colony", True),
        ("prison_regime", "colony", True),
        ("house_arrest", "sizo", False),
        ("open_facility", "open-facility", True),
        ("home_khimiya", "open-facility", False),
        ("psychiatric", "colony", True),
        ("incommunicado", "colony", False),
        ("convicted", "colony-liquidated", False),
        ("pretrial", "sizo-closed-site", False),
        ("released", "colony", False),
        ("exiled", "colony", False),
        ("died", "colony", False),
    ],
)
async def test_guardians_are_reminded_where_a_letter_is_neither_impossible_nor_dangerous(
    uow: UnitOfWork, house: House, status: str, kind: str, expected: bool
):
    await house.facility("SAMPLE-1", kind=kind)
    prisoner = await house.prisoner(status=CustodyStatus(status), facility="SAMPLE-1")

    assert await is_written_to(uow, prisoner, today=TODAY) is expected


async def test_many_are_told_apart_at_once(uow: UnitOfWork, house: House):
    await house.facility("GONE", kind="colony-liquidated")
    near, far = await house.prisoner(), await house.prisoner(facility="GONE")
    cut_off = await house.prisoner(status=CustodyStatus.INCOMMUNICADO)

    assert await written_to(uow, [near, far, cut_off], today=TODAY) == {near.id}


async def test_a_place_that_was_replaced_counts_as_the_one_in_its_stead(uow: UnitOfWork, house: House):
    await house.facility("OLD", kind="sizo-closed-site", valid_to=TODAY, replaced_by="NEW")
    await house.facility("NEW", kind="sizo")
    prisoner = await house.prisoner(facility="OLD")

    assert not await is_written_to(uow, prisoner, today=TODAY)
    assert await is_written_to(uow, prisoner, today=TODAY + timedelta(days=1))


async def test_a_place_that_only_ceased_to_be_one_says_nothing_of_its_kind(uow: UnitOfWork, house: House):
    await house.facility("OVER", kind="ivs", valid_to=date(2026, 1, 1))
    prisoner = await house.prisoner(status=CustodyStatus.DETAINED, facility="OVER")

    post = await post_for(uow, prisoner, Writer.STRANGER, today=TODAY)

    assert not post.of[Thing.PARCEL].is_known


async def test_about_the_silenced_nothing_is_said(uow: UnitOfWork, prisoner: Prisoner):
    prisoner.is_silenced = True

    post = await post_for(uow, prisoner, Writer.RELATIVE, today=TODAY)

    assert post.above is Above.SILENCED
    assert not await is_written_to(uow, prisoner, today=TODAY)


async def test_family_counts_as_family_and_a_guardian_as_a_stranger(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor
):
    prisoner = await house.prisoner(status=CustodyStatus.CONVICTED)
    await house.guardian(alice, prisoner)
    await house.relative(vera, prisoner)

    assert await writer_to(uow, alice, prisoner.id) is Writer.STRANGER
    assert await writer_to(uow, vera, prisoner.id) is Writer.RELATIVE
    [(_, card)] = await family_cards(uow, vera)
    assert card.post.letter.verdict is Verdict.ALLOWED
    assert (await card_for(uow, alice, prisoner.id)).post.letter.verdict is Verdict.DISCOURAGED


async def test_mallory_gets_no_card_of_somebody_elses_family(
    uow: UnitOfWork, house: House, vera: Actor, mallory: Actor, prisoner: Prisoner
):
    await house.relative(vera, prisoner)
    assert (await card_of_family(uow, vera, prisoner.id)).name

    for nobody in (prisoner.id, mallory.id, None):
        with pytest.raises(NotForYou):
            await card_of_family(uow, mallory, nobody)
