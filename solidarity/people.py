"""People: recognised by their account, kept after they agreed, and how they want to be treated."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from solidarity.access import Actor
from solidarity.errors import NotForYou
from solidarity.forgery import believed_desk, believed_roles
from solidarity.phrases import check_phrase, choose_phrase
from solidarity.reminder_times import SWITCHES
from solidarity.reminders import hours_of, switched_off
from solidarity.replanning import replan_person
from solidarity.returning import catch_up
from solidarity.typed_errors import ContactRefused, TextTooLong
from storage.models import Address, Person, RestrictionKind, RoleName, TextStyle
from storage.unit_of_work import UnitOfWork

DEFAULT_HOUR, QUIET_FROM, QUIET_TO = time(10), time(21), time(9)
DEFAULT_DELETE_HOURS = 24
DELETE_AFTER = (1, 6, 24, 44)
# How long a screen stays open before the neutral line covers it.
READ_FOR = timedelta(minutes=10)
LANGUAGES = ("be", "ru", "en")
CONTACT_LIMITS = {"name": 100, "phone": 40, "email": 120, "post": 300}


async def recognise(uow: UnitOfWork, chat_id: int, *, now: datetime) -> Actor | None:
    """Say who this account is, with the rights that are signed; None for a stranger."""
    person = await uow.people.get_by_chat(chat_id)
    return None if person is None else await actor_of(uow, person, now=now)


async def actor_of(uow: UnitOfWork, person: Person, *, now: datetime) -> Actor:
    """Return a person as one who acts: settings, signed roles, restrictions, whether their desk stands open.

    Whose rights were changed by hand has none and is treated as suspended.
    """
    believed = await believed_roles(uow, person, now=now)
    roles = {role.role for role in believed or ()}
    restricted = {one.kind for one in await uow.people.restrictions_of(person) if one.is_active(now)}
    is_coordinator = RoleName.COORDINATOR in roles
    # A decoy desk outlives the role that it ended; everybody else has none to ask for.
    has_desk = is_coordinator or await uow.people.has_held(person, RoleName.COORDINATOR)
    desk = await believed_desk(uow, person, is_due=is_coordinator, now=now) if has_desk else None
    is_decoy = desk is not None and desk.is_decoy
    return Actor(
        id=person.id,
        language=person.language,
        form=person.form,
        hours=hours_of(person),
        today=now.astimezone(ZoneInfo(person.zone)).date(),
        shows_full_texts=person.texts is TextStyle.FULL,
        delete_after_hours=person.delete_after_hours,
        is_relative=RoleName.RELATIVE in roles,
        is_coordinator=is_coordinator and not is_decoy,
        is_administrator=RoleName.ADMINISTRATOR in roles and not is_decoy,
        desk_open_until=desk.open_until if desk else None,
        is_vouched=any(
            one.role is RoleName.SUPPORTER and one.granted_by is not None for one in believed or ()
        ),
        is_suspended=believed is None or RestrictionKind.SUSPENDED in restricted,
        is_frozen=RestrictionKind.FROZEN in restricted,
        is_in_custody=RestrictionKind.CUSTODY in restricted,
        has_decoy_desk=is_decoy,
        has_forged_desk=is_coordinator and desk is None,
    )


async def agree(uow: UnitOfWork, chat_id: int, *, language: str, now: datetime) -> Actor:
    """Keep somebody who agreed: a supporter with a phrase, a zone and neutral texts."""
    known = await uow.people.get_by_chat(chat_id)
    if known is not None:
        return await actor_of(uow, known, now=now)
    # No language of a phone tells a zone; somebody elsewhere sets their own.
    zone = uow.home_zone
    today = now.astimezone(ZoneInfo(zone)).date()
    person = Person(
        language=language,
        zone=zone,
        hour=DEFAULT_HOUR,
        quiet_from=QUIET_FROM,
        quiet_to=QUIET_TO,
        delete_after_hours=DEFAULT_DELETE_HOURS,
        joined_on=today,
        last_seen_on=today,
    )
    await uow.people.add(person, chat_id=chat_id, phrase=choose_phrase(language))
    await uow.people.grant(person, RoleName.SUPPORTER, scope=None, granted_by=None, day=today)
    return await actor_of(uow, person, now=now)


async def note_visit(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Note that a person came today; who could not be reached is told what they missed."""
    person = await person_of(uow, actor.id)
    was_away = not person.is_reachable
    await uow.people.seen(person, actor.today)
    if was_away:
        await catch_up(uow, person, now=now)


async def person_of(uow: UnitOfWork, person_id: UUID) -> Person:
    """Return a person's row.

    Raises:
        NotForYou: nobody has this id.
    """
    person = await uow.people.get(person_id)
    if person is None:
        raise NotForYou(str(person_id))
    return person


async def reveal_contacts(uow: UnitOfWork, actor: Actor) -> dict[str, str]:
    """Open a person's own contact details for themselves; empty ones are left out."""
    return await reveal_contacts_of(uow, actor.id)


async def reveal_contacts_of(uow: UnitOfWork, person_id: UUID) -> dict[str, str]:
    """Open what somebody typed as their contact details; of their account there is nothing in it."""
    person = await person_of(uow, person_id)
    opened = {field: await uow.vault.reveal(person, field) for field in CONTACT_LIMITS}
    return {field: value for field, value in opened.items() if value}


async def reveal_phrase(uow: UnitOfWork, person_id: UUID) -> str:
    """Open the phrase that stands before every push to a person."""
    return await uow.vault.reveal(await person_of(uow, person_id), "phrase") or ""


async def set_contact(uow: UnitOfWork, actor: Actor, field: str, value: str | None) -> None:
    """Keep one contact detail of a person, or with None forget it.

    Raises:
        TextTooLong: more characters than this field holds.
        ContactRefused: nothing that could be this detail.
    """
    if field not in CONTACT_LIMITS:
        raise NotForYou(field)
    if value is not None:
        value = " ".join(value.split())
        if len(value) > CONTACT_LIMITS[field]:
            raise TextTooLong(CONTACT_LIMITS[field])
        if not _could_be(field, value):
            raise ContactRefused(field)
    await uow.vault.seal(await person_of(uow, actor.id), **{field: value})


def _could_be(field: str, value: str) -> bool:
    if field == "phone":
        digits = sum(c.isdigit() for c in value)
        return 5 <= digits <= 15 and all(c.isdigit() or c in "+()- ." for c in value)
    if field == "email":
        name, at, host = value.partition("@")
        return bool(name and at and "." in host) and " " not in value
    return any(c.isalnum() for c in value)


async def choose_another_phrase(uow: UnitOfWork, actor: Actor) -> None:
    """Give a person another of the ready phrases than the one they have."""
    now_used = await reveal_phrase(uow, actor.id)
    await set_phrase(uow, actor, choose_phrase(actor.language, other_than=now_used))


async def set_typed_phrase(uow: UnitOfWork, actor: Actor, text: str) -> None:
    """Change the words before every push to what a person typed.

    Raises:
        WordsRefused: too short or long, not words, telling, or part of the name they left as contact.
    """
    own_name = (await reveal_contacts(uow, actor)).get("name")
    await set_phrase(uow, actor, check_phrase(text, own_name=own_name))


async def set_phrase(uow: UnitOfWork, actor: Actor, phrase: str) -> None:
    """Change the words before every push; the caller has checked them."""
    await uow.vault.seal(await person_of(uow, actor.id), phrase=phrase)


async def set_letter_languages(uow: UnitOfWork, actor: Actor, languages: Collection[str]) -> None:
    """Keep in which languages a person can write letters.

    Raises:
        NotForYou: none, or one that is not offered.
    """
    if not languages or not set(languages) <= set(LANGUAGES):
        raise NotForYou("letter languages")
    person = await person_of(uow, actor.id)
    person.letter_languages = ",".join(language for language in LANGUAGES if language in languages)


async def letter_languages_of(uow: UnitOfWork, actor: Actor) -> list[str]:
    """Return the languages in which a person said they can write; empty when they have not said so yet."""
    kept = (await person_of(uow, actor.id)).letter_languages
    return kept.split(",") if kept else []


async def change_setting(
    uow: UnitOfWork,
    actor: Actor,
    setting: str,
    value: str,
    *,
    desk_screens: Collection[str] = (),
    now: datetime,
) -> None:
    """Change one setting to one of its offered values.

    Reminders move with hour, quiet hours and zone; messages that stand already are covered and deleted no
    later than the new setting would have them.

    Args:
        desk_screens: what shows a coordinator's desk, which full texts leave covered in its own time.

    Raises:
        NotForYou: no such setting, or a value that is not offered.
    """
    person = await person_of(uow, actor.id)
    try:
        _apply(person, setting, value)
    except (KeyError, ValueError) as error:
        raise NotForYou(setting) from error
    if setting in ("zone", "hour", "quiet", "reminder"):
        await uow.session.flush()
        await replan_person(uow, person, now=now)
    elif setting == "delete":
        await uow.posted.delete_by(person.id, at=now + timedelta(hours=person.delete_after_hours))
    elif setting == "texts":
        if person.texts is TextStyle.NEUTRAL:
            await uow.posted.cover_by([person.id], at=now + READ_FOR)
        else:
            await uow.posted.leave_open(person.id, but=desk_screens)


def _apply(person: Person, setting: str, value: str) -> None:
    match setting:
        case "language" if value in LANGUAGES:
            person.language = value
        case "form":
            person.form = Address(value)
        case "texts":
            person.texts = TextStyle(value)
        case "delete" if int(value) in DELETE_AFTER:
            person.delete_after_hours = int(value)
        case "zone" if value in available_timezones():
            person.zone = value
        case "hour":
            person.hour = _wall(value)
        case "reminder" if value in SWITCHES:
            off = switched_off(person) ^ {value}
            person.reminders_off = ",".join(one for one in SWITCHES if one in off)
        case "quiet":
            start, end = value.split("-")
            person.quiet_from, person.quiet_to = _wall(start), _wall(end)
        case _:
            raise KeyError(setting)


def _wall(value: str) -> time:
    wall = time.fromisoformat(value)
    if wall != time(wall.hour, wall.minute):
        raise ValueError("a wall time has hours and minutes only")
    return wall
