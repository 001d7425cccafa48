"""People: recognised by their account, kept after they agreed, and how they want to be treated."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import update

from solidarity.access import Actor
from solidarity.errors import NotForYou, SolidarityError
from solidarity.people import (
    actor_of,
    agree,
    change_setting,
    letter_languages_of,
    note_visit,
    person_of,
    recognise,
    reveal_contacts,
    reveal_phrase,
    set_contact,
    set_letter_languages,
    set_phrase,
)
from solidarity.phrases import READY
from solidarity.typed_errors import TextTooLong
from storage.errors import ForgedRow
from storage.models import Role, RoleName, TextStyle
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, House

CHAT = 700_000_900


async def test_a_stranger_is_nobody(uow: UnitOfWork):
    assert await recognise(uow, CHAT, now=NOON) is None


@pytest.mark.parametrize("language", ["be", "ru", "en"])
async def test_who_agrees_is_kept_with_calm_settings(uow: UnitOfWork, language: str):
    actor = await agree(uow, CHAT, language=language, now=NOON)

    assert (actor.language, actor.hours.zone, actor.hours.hour) == (language, uow.home_zone, time(10))
    assert (actor.shows_full_texts, actor.delete_after_hours) == (False, 24)
    assert await reveal_phrase(uow, actor.id) in READY[language]


async def test_agreeing_twice_keeps_one_person(uow: UnitOfWork):
    first = await agree(uow, CHAT, language="be", now=NOON)

    second = await agree(uow, CHAT, language="ru", now=NOON)

    assert (second.id, second.language) == (first.id, "be")


async def test_today_is_the_day_where_the_person_lives(uow: UnitOfWork, alice: Actor):
    await change_setting(uow, alice, "zone", "Pacific/Auckland", now=NOON)

    actor = await recognise(uow, 700_000_001, now=datetime(2026, 11, 23, 14, 0, tzinfo=UTC))

    assert actor is not None
    assert actor.today == date(2026, 11, 24)


async def test_a_revoked_right_is_none(uow: UnitOfWork, bob: Actor):
    person = await person_of(uow, bob.id)
    (role,) = [r for r in await uow.people.roles_of(person) if r.role is RoleName.COORDINATOR]

    await uow.people.revoke(role, person)

    assert not (await actor_of(uow, person, now=NOON)).is_coordinator


async def test_mallory_cannot_make_herself_a_coordinator_in_the_database(uow: UnitOfWork, mallory: Actor):
    person = await person_of(uow, mallory.id)

    await uow.session.execute(update(Role).values(role=RoleName.COORDINATOR))
    # As a unit of its own reads it.
    del uow.__dict__["people"]

    seen = await actor_of(uow, person, now=NOON)
    assert (seen.is_coordinator, seen.is_suspended) == (False, True)


async def test_mallory_cannot_take_over_the_row_of_another_account(
    uow: UnitOfWork, alice: Actor, mallory: Actor
):
    mine, hers = await person_of(uow, mallory.id), await person_of(uow, alice.id)
    index = mine.chat_index
    mine.chat_index = b"0" * len(index)
    await uow.session.flush()
    hers.chat_index = index
    await uow.session.flush()

    with pytest.raises(ForgedRow):
        await recognise(uow, await uow.people.reveal_chat(mine), now=NOON)


async def test_a_visit_is_noted_by_the_day(uow: UnitOfWork, alice: Actor):
    person = await person_of(uow, alice.id)
    person.last_seen_on = date(2026, 1, 1)

    await note_visit(uow, alice, now=NOON)

    assert person.last_seen_on == alice.today


async def test_nobody_has_an_id_that_was_made_up(uow: UnitOfWork, prisoner):
    with pytest.raises(NotForYou):
        await person_of(uow, prisoner.id)


async def test_contact_details_are_sealed_tidied_and_forgotten(uow: UnitOfWork, alice: Actor):
    await set_contact(uow, alice, "name", "  Alice   Example ")
    await set_contact(uow, alice, "phone", "+000 00 000-00-00")
    assert await reveal_contacts(uow, alice) == {"name": "Alice Example", "phone": "+000 00 000-00-00"}

    await set_contact(uow, alice, "phone", None)

    assert await reveal_contacts(uow, alice) == {"name": "Alice Example"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("phone", "call me", id="no phone"),
        pytest.param("email", "nobody", id="no e-mail"),
        pytest.param("name", "...", id="no name"),
        pytest.param("chat", "1", id="no such detail"),
    ],
)
async def test_what_cannot_be_a_contact_is_refused(uow: UnitOfWork, alice: Actor, field: str, value: str):
    with pytest.raises(SolidarityError):
        await set_contact(uow, alice, field, value)

    assert await reveal_contacts(uow, alice) == {}


async def test_a_contact_detail_has_its_limit(uow: UnitOfWork, alice: Actor):
    with pytest.raises(TextTooLong):
        await set_contact(uow, alice, "post", "x" * 301)


async def test_mallory_sees_only_her_own_contacts(uow: UnitOfWork, alice: Actor, mallory: Actor):
    await set_contact(uow, alice, "name", "Alice Example")

    assert await reveal_contacts(uow, mallory) == {}


async def test_a_phrase_can_be_changed(uow: UnitOfWork, alice: Actor):
    await set_phrase(uow, alice, "Blue teapot")

    assert await reveal_phrase(uow, alice.id) == "Blue teapot"


async def test_letter_languages_are_kept_in_a_fixed_order(uow: UnitOfWork, alice: Actor):
    assert await letter_languages_of(uow, alice) == []

    await set_letter_languages(uow, alice, {"ru", "be"})

    assert await letter_languages_of(uow, alice) == ["be", "ru"]


@pytest.mark.parametrize("languages", [[], ["be", "xx"]], ids=["none", "one that is not offered"])
async def test_letter_languages_that_are_not_offered_are_refused(
    uow: UnitOfWork, alice: Actor, languages: list[str]
):
    with pytest.raises(NotForYou):
        await set_letter_languages(uow, alice, languages)


@pytest.mark.parametrize(
    ("setting", "value", "attribute", "kept"),
    [
        ("language", "en", "language", "en"),
        ("form", "feminine", "form", "feminine"),
        ("texts", "full", "texts", TextStyle.FULL),
        ("delete", "44", "delete_after_hours", 44),
        ("zone", "Asia/Tbilisi", "zone", "Asia/Tbilisi"),
        ("hour", "08:00", "hour", time(8)),
        ("quiet", "22:00-07:00", "quiet_from", time(22)),
    ],
)
async def test_a_setting_is_kept(
    uow: UnitOfWork, alice: Actor, setting: str, value: str, attribute: str, kept: object
):
    await change_setting(uow, alice, setting, value, now=NOON)

    assert getattr(await person_of(uow, alice.id), attribute) == kept


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("language", "pl"),
        ("form", "royal"),
        ("texts", "loud"),
        ("delete", "48"),
        ("delete", "soon"),
        ("zone", "Europe/Nowhere"),
        ("zone", "../../etc/passwd"),
        ("hour", "25:00"),
        ("hour", "10:00+03:00"),
        ("hour", "10:00:30"),
        ("quiet", "21:00"),
        ("phone", "1"),
    ],
)
async def test_a_setting_that_is_not_offered_is_refused(
    uow: UnitOfWork, alice: Actor, setting: str, value: str
):
    with pytest.raises(NotForYou):
        await change_setting(uow, alice, setting, value, now=NOON)


async def test_a_setting_of_one_is_no_setting_of_another(
    uow: UnitOfWork, house: House, alice: Actor, mallory: Actor
):
    await change_setting(uow, mallory, "language", "en", now=NOON)

    assert (await person_of(uow, alice.id)).language == "be"
