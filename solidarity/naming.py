"""What a prisoner is called for a given person: by name where their wish allows it, else by an alias."""

from uuid import UUID

from solidarity.access import Actor
from solidarity.pseudonyms import pseudonym
from storage.guardianships import STOOD_BY
from storage.models import Guardianship, GuardianshipState, Prisoner, Publicity
from storage.prisoners import OUT_OF_REACH
from storage.unit_of_work import UnitOfWork

# Why a guardianship ended when its prisoner came free or died: who wrote goes on knowing the name.
RELEASED, DIED = "released", "died"


async def may_see_name(
    uow: UnitOfWork, actor: Actor, prisoner: Prisoner | None, *, at_desk: bool = False
) -> bool:
    """Say whether a person may see a prisoner's name: family always, nobody else where it is hidden.

    Args:
        prisoner: None where nobody was found; that is asked of the database like a name that is not for them.
    """
    if prisoner is not None and prisoner.publicity is Publicity.PUBLIC:
        return True
    family = {tie.prisoner_id for tie in await uow.kinships.of_person(actor.id)}
    if prisoner is not None and prisoner.id in family:
        return True
    is_for_guardians = prisoner is not None and prisoner.publicity is Publicity.GUARDIANS
    if is_for_guardians and at_desk and actor.is_coordinator:
        return True
    # Asked also where it decides nothing: how long a refusal takes must not tell why.
    mine = await uow.guardianships.of_person(actor.id, *STOOD_BY, GuardianshipState.ENDED)
    if prisoner is None or not is_for_guardians:
        return False
    return any(g.prisoner_id == prisoner.id and _still_knows(g, prisoner) for g in mine)


def _still_knows(guardianship: Guardianship, prisoner: Prisoner) -> bool:
    if guardianship.state is not GuardianshipState.ENDED:
        return True
    return guardianship.reason in (RELEASED, DIED) and prisoner.custody_status in OUT_OF_REACH


async def promise_to(uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None) -> Guardianship | None:
    """Return the promise by which a person stands by a prisoner; None where they have none."""
    mine = await uow.guardianships.of_person(actor.id, *STOOD_BY)
    return next((promise for promise in mine if promise.prisoner_id == prisoner_id), None)


async def alias_of(uow: UnitOfWork, prisoner: Prisoner, language: str) -> str:
    """Return a prisoner's alias, or a fixed pair of calm words where none is known."""
    return await uow.prisoners.reveal_alias(prisoner) or pseudonym(prisoner.id.bytes, language)


async def alias_before(uow: UnitOfWork, actor: Actor, prisoner_id: UUID) -> str | None:
    """Return the alias by which a Guardian knew somebody while they applied; None where they saw the name."""
    prisoner = await uow.prisoners.get(prisoner_id)
    if prisoner is None or prisoner.publicity is not Publicity.GUARDIANS:
        return None
    if any(k.prisoner_id == prisoner.id for k in await uow.kinships.of_person(actor.id)):
        return None
    return await alias_of(uow, prisoner, actor.language)


async def name_for(uow: UnitOfWork, actor: Actor, prisoner: Prisoner, *, at_desk: bool = False) -> str:
    """Return what this person may call this prisoner, in their language where the register has it."""
    if not await may_see_name(uow, actor, prisoner, at_desk=at_desk):
        return await alias_of(uow, prisoner, actor.language)
    names = await uow.prisoners.reveal_names(prisoner)
    for language in (actor.language, "be", "ru", "en"):
        if language in names:
            return names[language]
    return await alias_of(uow, prisoner, actor.language)


async def names_for(uow: UnitOfWork, actor: Actor, prisoner: Prisoner) -> tuple[str, ...]:
    """Return whatever this person may call this prisoner, in every language the register has it in."""
    if await may_see_name(uow, actor, prisoner):
        names = await uow.prisoners.reveal_names(prisoner)
        if names:
            return tuple(names.values())
    return (await alias_of(uow, prisoner, actor.language),)
