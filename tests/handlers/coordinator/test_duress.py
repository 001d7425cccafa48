"""The duress PIN opens what looks like the desk: rights have ended with it, and the others know."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from handlers.routes import COMMANDS
from solidarity.access import is_at_desk
from solidarity.duress import DURESS, pretend
from solidarity.leaving import erase_person
from solidarity.own_data import own_records
from storage.models import CodeKind, Posted, Purpose, Request, RequestKind, RequestState, Role
from tests.desks import change_desk
from tests.handlers.acts import claim, deliver

from .conftest import PIN, types_pin
from .duress import DURESS_PIN, WRONG_PIN, Cut, has_both_pins, is_forced, settle

TRUE_DESK = [
    "Inbox", "Prisoners", "Hearings", "People", "Facilities", "Coverage", "Broadcast", "Letter evening",
    "This week", "A word for a call", "Lock", "Desk settings", "Help", "Seal everything", "Back",
]  # fmt: skip


async def roles_of(chat):
    async with chat.storage.view() as uow:
        person = await uow.people.get_by_chat(chat.chat_id)
        return sorted(role.role for role in await uow.people.roles_of(person))


async def test_the_duress_pin_opens_what_looks_like_the_desk(forced):
    await is_forced(forced)

    assert forced.labels == TRUE_DESK
    assert forced.text == "<b>Desk</b>\n\nNothing waits for you."


async def test_the_rights_end_with_the_very_tap(forced, storage, clock):
    await forced.says("/desk")
    for digit in DURESS_PIN:
        await forced.taps(digit)
    ok = next(b for b in forced.buttons(forced.newest) if b.text == "OK")
    forced.conversation = Cut(forced.conversation)

    await forced.forge(ok.callback_data, forced.newest)
    actor = await forced.actor()

    assert (actor.is_coordinator, actor.is_administrator, actor.has_decoy_desk) == (False, False, True)
    assert "coordinator" in await roles_of(forced)
    await settle(storage, clock)
    assert await roles_of(forced) == ["supporter"]


async def test_roles_are_withdrawn_by_signed_revisions(forced):
    await is_forced(forced)

    assert await roles_of(forced) == ["supporter"]


async def test_an_administrator_loses_both_rights(bob, clock):
    await bob.joins_as(CodeKind.ADMINISTRATOR)
    await has_both_pins(bob, clock)

    await is_forced(bob)

    assert await roles_of(bob) == ["supporter"]


async def test_the_others_are_warned_at_once_of_a_pseudonym(forced, carol, storage, clock):
    clock.moves(hours=11)  # in quiet hours
    await is_forced(forced)

    rows = await claim(storage, clock())

    assert [(row.kind, row.person_id) for row in rows] == [(DURESS, (await carol.actor()).id)]


async def test_the_warning_opens_to_a_pseudonym(forced, carol):
    await is_forced(forced)
    await deliver(carol)

    await carol.taps("Open")

    assert "was forced to open the desk" in carol.text


async def test_the_warning_stays_one_where_whoever_forced_the_desk_erases_its_owner(forced, carol):
    await is_forced(forced)
    await deliver(carol)
    async with forced.storage.unit() as uow:
        await erase_person(uow, (await forced.actor()).id, now=forced.clock())

    await carol.taps("Open")

    assert "was forced to open the desk" in carol.text
    assert "is back" not in carol.text


async def test_the_warning_comes_once_however_often_the_decoy_is_opened(forced, carol, storage, clock):
    await is_forced(forced)
    await forced.taps("Lock")
    await is_forced(forced)
    await settle(storage, clock)

    rows = await claim(storage, clock())

    assert [row.kind for row in rows] == [DURESS]


@pytest.mark.parametrize("pin", [PIN, DURESS_PIN])
async def test_afterwards_either_pin_opens_the_decoy(forced, pin):
    await is_forced(forced)
    await forced.taps("Lock")
    await forced.says("/desk")

    await types_pin(forced, pin)

    assert forced.labels == TRUE_DESK
    assert not (await forced.actor()).is_coordinator


async def test_a_wrong_pin_opens_no_decoy_either(forced):
    await is_forced(forced)
    await forced.taps("Lock")
    await forced.says("/desk")

    await types_pin(forced, WRONG_PIN)

    assert "not your PIN" in forced.text


async def test_the_true_pin_before_opens_the_true_desk(forced):
    await forced.says("/desk")

    await types_pin(forced, PIN)

    assert (await forced.actor()).is_coordinator


async def test_the_menu_still_leads_to_the_desk(forced):
    await is_forced(forced)

    await forced.says("/menu")

    assert "Desk" in forced.labels


async def test_the_decoy_closes_after_five_minutes_and_asks_for_the_pin(forced, clock):
    await is_forced(forced)
    clock.moves(minutes=5)

    await forced.taps("Inbox")

    assert "OK" in forced.labels
    assert "The desk is closed" in forced.text


async def test_codes_requests_and_drafts_of_the_forced_go(forced, storage, clock):
    actor = await forced.actor()
    async with storage.unit() as uow:
        await uow.codes.add(
            "a-code", CodeKind.COORDINATOR, expires_at=clock() + timedelta(hours=1), issued_by=actor.id
        )
        await uow.drafts.put(actor.id, "hearing", {"prisoner": "x"}, expires_at=clock() + timedelta(hours=1))
        uow.session.add(
            Request(
                requested_by=actor.id,
                kind=RequestKind.CONTACT,
                about_id=actor.id,
                state=RequestState.WAITING,
                asked_at=clock(),
                expires_at=clock() + timedelta(hours=1),
                mac=b"x",
            )
        )

    await is_forced(forced)

    async with storage.view() as uow:
        left = [
            await uow.session.scalar(text(f"SELECT count(*) FROM {t}")) for t in ("code", "draft", "request")
        ]
    assert left == [0, 0, 0]


async def test_what_stands_in_the_chat_is_covered_or_goes(forced, storage, clock):
    actor = await forced.actor()
    async with storage.unit() as uow:
        day = clock() + timedelta(days=1)
        push = await uow.posted.add(
            Posted(
                person_id=actor.id,
                message_id=901,
                purpose=Purpose.PUSH,
                screen="application-waiting",
                posted_at=clock(),
                delete_at=day,
            )
        )
        apart = await uow.posted.add(
            Posted(
                person_id=actor.id,
                message_id=902,
                purpose=Purpose.APART,
                screen="x",
                posted_at=clock(),
                delete_at=day,
            )
        )

    await is_forced(forced)

    async with storage.view() as uow:
        covered, gone = await uow.posted.get(push.id), await uow.posted.get(apart.id)
    assert covered.cover_at == clock()
    assert gone is None


async def test_own_data_show_the_same_as_before(forced):
    async def seen():
        await forced.says("/mydata")
        pages = [forced.text]
        while "Next" in forced.labels:
            await forced.taps("Next")
            pages.append(forced.text)
        return "\n".join(pages).count("Right:"), "coordinator" in "\n".join(pages)

    before = await seen()
    await is_forced(forced)

    assert await seen() == before == (2, True)


async def test_own_data_do_not_tell_that_a_decoy_remembers_what_was_done_at_it(forced, carol, clock):
    await is_forced(forced)
    async with forced.storage.unit() as uow:
        await pretend(uow, await forced.actor(), (await carol.actor()).id, "hidden", now=clock())

    async with forced.storage.view() as uow:
        records = await own_records(uow, (await forced.actor()).id)

    assert "desk" in {one.table for one in records}
    assert "draft" not in {one.table for one in records}


async def test_a_right_that_ended_otherwise_is_not_shown_any_more(coordinator, storage):
    async with storage.unit() as uow:
        person = await uow.people.get_by_chat(coordinator.chat_id)
        for role in await uow.people.roles_of(person):
            if role.role == "coordinator":
                await uow.people.revoke(role, person)

    await coordinator.says("/mydata")

    assert coordinator.text.count("Right:") <= 1
    assert "coordinator" not in coordinator.text


async def test_somebody_made_a_coordinator_anew_has_a_new_desk(forced, carol):
    await is_forced(forced)

    await forced.joins_as(CodeKind.COORDINATOR)
    await forced.says("/desk")

    assert "Choose a PIN of six digits" in forced.text
    assert (await forced.actor()).is_coordinator


async def acts_of(storage):
    async with storage.view() as uow:
        entries = await uow.session.scalars(text("SELECT entry FROM audit_entry ORDER BY number"))
        return [json.loads(entry)["act"] for entry in entries]


async def test_the_trail_tells_of_it_once_however_often_and_at_once_it_is_settled(forced, storage, clock):
    forced.conversation = Cut(forced.conversation)
    await is_forced(forced)

    await asyncio.gather(settle(storage, clock), settle(storage, clock))
    await settle(storage, clock)

    assert (await acts_of(storage))[-3:] == ["desk_opened", "role_ended", "duress"]
    assert await roles_of(forced) == ["supporter"]


async def test_rights_that_mallory_forged_keep_nobody_else_from_being_warned_of(
    forced, carol, new_chat, storage, clock
):
    dan = new_chat(700_000_006)
    await dan.joins_as(CodeKind.COORDINATOR)
    await has_both_pins(dan, clock)
    for chat in (forced, dan):
        chat.conversation = Cut(chat.conversation)
        await is_forced(chat)
    async with storage.unit() as uow:
        person = (await forced.actor()).id
        await uow.session.execute(update(Role).where(Role.person_id == person).values(mac=b"forged"))

    await settle(storage, clock)

    told = {
        row.about_id for row in await claim(storage, clock()) if row.person_id == (await carol.actor()).id
    }
    assert told == {person, (await dan.actor()).id}
    assert await roles_of(dan) == ["supporter"]


@pytest.mark.parametrize("command", [r.on for r in COMMANDS if is_at_desk(r.action)])
async def test_mallory_has_no_decoy(mallory, command):
    await mallory.joins()

    await mallory.says(f"/{command}")

    assert "There is nothing here for you" in mallory.text


async def test_a_decoy_in_the_row_of_somebody_who_never_coordinated_gives_nothing(mallory, storage, clock):
    await mallory.joins()
    async with storage.unit() as uow:
        mallory_id = (await mallory.actor()).id
        await uow.desks.begin_anew(mallory_id)
        await change_desk(uow, mallory_id, is_decoy=True, open_until=clock() + timedelta(minutes=5))

    await mallory.says("/desk")

    assert "There is nothing here for you" in mallory.text
