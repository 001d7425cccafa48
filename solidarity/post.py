"""What may be sent to a prisoner today, by the cards in force; to whom Guardians are reminded to write."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from solidarity.access import Actor
from solidarity.addresses import is_over, standing_facility
from solidarity.possible import Above, Held, Possibility, RuleCard, Thing, Writer, possible
from solidarity.rule_cards import cards_in_force
from storage.models import CustodyStatus, Facility, Prisoner
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Post:
    """What is known of each thing that one kind of writer could send one prisoner."""

    of: Mapping[Thing, Possibility]

    @property
    def letter(self) -> Possibility:
        return self.of[Thing.LETTER]

    @property
    def above(self) -> Above | None:
        """What stands above all cards, for every thing alike."""
        return self.letter.above


async def post_for(uow: UnitOfWork, prisoner: Prisoner, writer: Writer, *, today: date) -> Post:
    """Say what one kind of writer may send a prisoner."""
    facility = await standing_facility(uow, prisoner.facility_code, today)
    held, cards = _held(prisoner, facility, today), await cards_in_force(uow)
    return Post({thing: possible(cards, held, writer, thing) for thing in Thing})


async def writer_to(uow: UnitOfWork, actor: Actor, prisoner_id: UUID) -> Writer:
    """Say who somebody is to a prisoner: family by a confirmed tie, to everybody else a stranger.

    Whether a name stands on the list that a prisoner filed is known to nobody here.
    """
    ties = await uow.kinships.of_person(actor.id)
    return Writer.RELATIVE if prisoner_id in {tie.prisoner_id for tie in ties} else Writer.STRANGER


async def is_written_to(uow: UnitOfWork, prisoner: Prisoner, *, today: date) -> bool:
    """Say whether Guardians are reminded to write to a prisoner today."""
    return prisoner.id in await written_to(uow, [prisoner], today=today)


async def written_to(uow: UnitOfWork, prisoners: Collection[Prisoner], *, today: date) -> set[UUID]:
    """Return to whom of some prisoners Guardians are reminded to write today.

    Not to who is free, dead or silenced, nor where a letter is impossible or dangerous; where nothing is
    known there is hope. However many they are, cards and places are looked at once.
    """
    cards = await cards_in_force(uow)
    codes = {prisoner.facility_code for prisoner in prisoners}
    places = {code: await standing_facility(uow, code, today) for code in codes}
    known: dict[Held, bool] = {}
    found = set()
    for prisoner in prisoners:
        held = _held(prisoner, places[prisoner.facility_code], today)
        if held not in known:
            known[held] = _is_reminded(cards, held)
        if known[held]:
            found.add(prisoner.id)
    return found


async def is_written_under(
    uow: UnitOfWork, status: CustodyStatus, facility_code: str | None, *, today: date
) -> bool:
    """Say whether Guardians are reminded to write to those under a custody status in a place."""
    facility = await standing_facility(uow, facility_code, today)
    return _is_reminded(await cards_in_force(uow), _held_under(status, facility, today))


def _is_reminded(cards: Collection[RuleCard], held: Held) -> bool:
    return possible(cards, held, Writer.STRANGER, Thing.LETTER).is_reminded_of


def _held(prisoner: Prisoner, facility: Facility | None, today: date) -> Held:
    held = _held_under(prisoner.custody_status, facility, today)
    return replace(held, is_silenced=prisoner.is_silenced)


def _held_under(status: CustodyStatus, facility: Facility | None, today: date) -> Held:
    # A place that ceased to be one without another in its stead says nothing about wherever they are now.
    if facility is None or is_over(facility, today):
        return Held(status)
    return Held(status, facility.code, facility.kind)
