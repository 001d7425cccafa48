"""One-time codes: given out, redeemed once, and what they make of a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from solidarity.access import Actor
from solidarity.audit import Act, By, record, record_of_host
from solidarity.code_words import new_link_code, new_word_code, normalise_code
from solidarity.errors import CodeUnknown, NotForYou
from solidarity.guardianship import take_over
from solidarity.moving import move_account
from solidarity.people import actor_of, person_of
from solidarity.requests import ask_to_confirm
from storage.models import Code, CodeKind, Person, RoleName
from storage.unit_of_work import UnitOfWork

STAFF = (CodeKind.COORDINATOR, CodeKind.ADMINISTRATOR)
LINK_LIFE = timedelta(hours=48)
WORDS_LIFE = timedelta(days=7)


@dataclass(frozen=True)
class GivenCode:
    """A code as it is told to somebody, once; it cannot be shown again."""

    words: str
    expires_at: datetime


async def give_staff_code(
    uow: UnitOfWork, kind: CodeKind, *, issued_by: UUID | None, now: datetime
) -> GivenCode:
    """Make a link's code for a role, good for 48 hours; `issued_by` None is the host."""
    given = GivenCode(new_link_code(), now + LINK_LIFE)
    await uow.codes.add(given.words, kind, expires_at=given.expires_at, issued_by=issued_by)
    if issued_by is None:
        await record_of_host(uow, Act.CODE_GIVEN, kind=kind, now=now)
    else:
        await record(uow, Act.CODE_GIVEN, by=issued_by, kind=kind, now=now)
    return given


async def give_relative_code(
    uow: UnitOfWork,
    actor: Actor,
    prisoner_id: UUID,
    *,
    is_on_behalf: bool,
    language: str | None = None,
    now: datetime,
) -> GivenCode:
    """Make five words, good for seven days, that link a person to a prisoner as family.

    Args:
        language: of the words; the coordinator's own where none is named.
    """
    prisoner = await uow.prisoners.get(prisoner_id)
    if prisoner is None:
        raise NotForYou(str(prisoner_id))
    words = new_word_code(language or actor.language)
    normalised = normalise_code(words)
    if normalised is None:
        raise RuntimeError("a new code does not read as one")
    given = GivenCode(words, now + WORDS_LIFE)
    await uow.codes.add(
        normalised,
        CodeKind.RELATIVE,
        expires_at=given.expires_at,
        issued_by=actor.id,
        prisoner_id=prisoner.id,
        is_on_behalf=is_on_behalf,
    )
    await record(uow, Act.CODE_GIVEN, by=actor.id, about=prisoner.id, kind=CodeKind.RELATIVE, now=now)
    return given


async def give_guardian_code(
    uow: UnitOfWork, prisoner_id: UUID, *, rhythm_weeks: int, language: str, now: datetime
) -> GivenCode:
    """Make five words, good for seven days, that take over a guardian who writes to a prisoner already.

    The host alone gives these; whoever imports many writes one line of the trail for them all.
    """
    words = new_word_code(language)
    normalised = normalise_code(words)
    if normalised is None:
        raise RuntimeError("a new code does not read as one")
    given = GivenCode(words, now + WORDS_LIFE)
    await uow.codes.add(
        normalised,
        CodeKind.GUARDIAN,
        expires_at=given.expires_at,
        issued_by=None,
        prisoner_id=prisoner_id,
        rhythm_weeks=rhythm_weeks,
    )
    return given


async def find_code(uow: UnitOfWork, typed: str, *, now: datetime) -> UUID | None:
    """Return the id of a code somebody typed, or None when it is none that can be redeemed."""
    normalised = normalise_code(typed)
    code = None if normalised is None else await uow.codes.get_by_words(normalised, now=now)
    return None if code is None else code.id


async def ticket_for(uow: UnitOfWork, typed: str, *, now: datetime) -> UUID | None:
    """Return what stands for a typed code in a stranger's buttons; not its id, which the database shows."""
    code_id = await find_code(uow, typed, now=now)
    return None if code_id is None else uow.codes.ticket(code_id)


async def redeem_ticket(uow: UnitOfWork, actor: Actor, ticket: UUID, *, now: datetime) -> Actor:
    """Spend the code that a stranger's button stands for; see `redeem`."""
    code = await uow.codes.get_by_ticket(ticket, now=now)
    if code is None:
        raise CodeUnknown(str(ticket))
    return await redeem(uow, actor, code.id, now=now)


async def redeem(uow: UnitOfWork, actor: Actor, code_id: UUID, *, now: datetime) -> Actor:
    """Spend a code and give what it stands for; returns the person with their new rights.

    Raises:
        CodeUnknown: it was used, has expired or never was; or it is for the desk, and who gave it is kept
            from theirs.
        AccountInUse: a code for another account, typed by somebody who is more than a newcomer.
    """
    code = await uow.codes.get(code_id, now=now)
    if code is None or code.kind is CodeKind.WORD:
        raise CodeUnknown(str(code_id))
    if code.kind in STAFF and not await _is_giver_at_work(uow, code, now=now):
        raise CodeUnknown(str(code_id))
    await uow.codes.spend(code)
    if code.kind is CodeKind.ACCOUNT:
        return await move_account(uow, actor, code, now=now)
    person = await person_of(uow, actor.id)
    match code.kind:
        case CodeKind.RELATIVE:
            granted = await _link_relative(uow, person, code, now=now)
        case CodeKind.GUARDIAN:
            granted = []
            await take_over(uow, person, code.prisoner_id, rhythm_weeks=code.rhythm_weeks, now=now)
        case CodeKind.SUPPORTER:
            granted = await _vouch(uow, person, code, actor)
        case CodeKind.COORDINATOR | CodeKind.ADMINISTRATOR:
            granted = await _grant_staff(uow, person, code, actor)
        case _:
            raise CodeUnknown(str(code.id))
    await record(uow, Act.CODE_REDEEMED, by=actor.id, about=code.prisoner_id, kind=code.kind, now=now)
    for role in granted:
        by = code.issued_by or By.HOST
        await record(uow, Act.ROLE_GRANTED, by=by, about=person.id, kind=role, now=now)
    return await actor_of(uow, person, now=now)


async def _is_giver_at_work(uow: UnitOfWork, code: Code, *, now: datetime) -> bool:
    """Say whether the host gave a code, or somebody who may act as a coordinator now, too."""
    if code.issued_by is None:
        return True
    giver = await uow.people.get(code.issued_by)
    return giver is not None and (await actor_of(uow, giver, now=now)).is_at_work


async def _grant_staff(uow: UnitOfWork, person: Person, code: Code, actor: Actor) -> list[RoleName]:
    names = [RoleName.COORDINATOR]
    if code.kind is CodeKind.ADMINISTRATOR:
        names.append(RoleName.ADMINISTRATOR)
    held = {role.role for role in await uow.people.roles_of(person)}
    if RoleName.COORDINATOR in held and (actor.has_decoy_desk or actor.has_forged_desk):
        await uow.desks.begin_anew(person.id)
    new = [name for name in names if name not in held]
    for name in new:
        await uow.people.grant(person, name, scope=None, granted_by=code.issued_by, day=actor.today)
    return new


async def _vouch(uow: UnitOfWork, person: Person, code: Code, actor: Actor) -> list[RoleName]:
    """Write down who vouches for a supporter, in a role beside the one that everybody has."""
    name = RoleName.SUPPORTER
    roles = await uow.people.roles_of(person)
    if any(role.role is name and role.granted_by == code.issued_by for role in roles):
        return []
    await uow.people.grant(person, name, scope=None, granted_by=code.issued_by, day=actor.today)
    return [name]


async def _link_relative(uow: UnitOfWork, person: Person, code: Code, *, now: datetime) -> list[RoleName]:
    if code.prisoner_id is None:
        raise CodeUnknown(str(code.id))
    if any(k.prisoner_id == code.prisoner_id for k in await uow.kinships.standing_of(person.id)):
        return []
    day = now.date()
    tie = await uow.kinships.add(person.id, code.prisoner_id, is_on_behalf=code.is_on_behalf, day=day)
    await uow.people.grant(
        person, RoleName.RELATIVE, scope=code.prisoner_id, granted_by=code.issued_by, day=day
    )
    await ask_to_confirm(uow, tie, given_by=code.issued_by, now=now)
    return [RoleName.RELATIVE]
