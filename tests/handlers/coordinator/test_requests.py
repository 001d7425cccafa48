"""What takes two coordinators, in their chats: asked, decided, shown for a minute."""

from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest

from handlers.coordinator.requests import REVEALED
from solidarity.desk import TypedPin, choose_pin
from solidarity.people import set_contact
from solidarity.pseudonyms import pseudonym
from solidarity.request_answers import answers
from solidarity.restrictions import flag_custody, freeze, suspend
from solidarity.work import Action
from storage.models import CodeKind, Posted, Publicity, Purpose, RestrictionKind
from tests.handlers.acts import deliver, phrase_of
from tests.handlers.conftest import CheapPins

from .conftest import PIN, types_pin
from .duress import has_both_pins

PHONE = "+000 00 000-00-00"


@pytest.fixture
async def carol(vera, storage, clock):
    """A second coordinator at her desk."""
    await vera.joins_as(CodeKind.COORDINATOR)
    actor, pin_hash = await vera.actor(), await CheapPins().hash(PIN)
    async with storage.unit() as uow:
        await choose_pin(uow, actor, TypedPin(PIN, first=PIN, stored=None), pin_hash, now=clock())
    await vera.says("/desk")
    return vera


@pytest.fixture
async def kept(alice, storage):
    """Alice, who left a phone number."""
    actor = await alice.joins()
    async with storage.unit() as uow:
        await set_contact(uow, actor, "phone", PHONE)
    return actor


async def gets_a_button(chat, storage, verb, target=None, argument=""):
    """Put a button under a person's place."""
    async with storage.unit() as uow:
        person = await uow.people.get_by_chat(chat.chat_id)
        place = await uow.posted.get_place(person.id)
        action = Action(verb, target, argument)
        [token] = await uow.posted.replace_buttons(place.id, [action], expires_at=place.delete_at)
    await chat.forge(f"b:{urlsafe_b64encode(token).decode()}")


async def asks(chat, storage, about, why="She asked to be called back."):
    await gets_a_button(chat, storage, "ask-contact", about.id)
    await chat.says(why)


async def decides(chat, what, answer="Approve"):
    await chat.says("/desk")
    await chat.taps("Inbox")
    await chat.taps("Requests of colleagues")
    label = next(one for one in chat.labels if one.endswith(what))
    await chat.taps(label)
    await chat.taps(answer)


async def opens(chat, what="contact details"):
    await chat.says("/desk")
    await chat.taps("Inbox")
    await chat.taps("Requests of colleagues")
    await chat.taps(f"Ready: {what}")
    await chat.taps("Open it once")


async def test_contact_details_are_shown_in_a_message_of_their_own_for_a_minute(
    at_desk, carol, kept, storage, clock
):
    await asks(at_desk, storage, kept)
    assert "Asked." in at_desk.text
    await decides(carol, "contact details")

    await opens(at_desk)

    lines = at_desk.shown[at_desk.apart].text.splitlines()
    assert (lines[0], lines[-1]) == (await phrase_of(at_desk), f"Phone: {PHONE}")
    assert PHONE not in at_desk.text
    async with storage.view() as uow:
        actor = await at_desk.actor()
        posted = await uow.posted.by_message(actor.id, at_desk.apart)
        assert (posted.purpose, posted.screen) == (Purpose.APART, REVEALED)
    clock.moves(seconds=59)
    await at_desk.tidy()
    assert at_desk.apart in at_desk.shown
    clock.moves(seconds=1)
    await at_desk.tidy()
    assert at_desk.apart not in at_desk.shown


@pytest.mark.parametrize("screen", ["/desk", "Inbox"])
async def test_an_approved_request_of_ones_own_is_counted_until_it_is_opened(
    at_desk, carol, kept, storage, screen
):
    async def says():
        await at_desk.says("/desk")
        if screen == "Inbox":
            await at_desk.taps("Inbox")
        return at_desk.text

    await asks(at_desk, storage, kept)
    waiting = await says()
    await decides(carol, "contact details")
    approved, carols = await says(), carol.text
    await opens(at_desk)

    assert "Nothing waits for you" in waiting
    assert "1 request of yours is ready" in approved
    assert "of yours" not in carols
    assert "Nothing waits for you" in await says()


async def test_the_colleague_reads_who_asks_for_whom_and_why(at_desk, carol, kept, storage):
    await asks(at_desk, storage, kept, "Her parcel came <back>")
    bob = await at_desk.actor()
    await carol.taps("Inbox")
    assert "1 request of a colleague" in carol.text
    await carol.taps("Requests of colleagues")

    await carol.taps(f"{pseudonym(bob.id.bytes, 'en')}: contact details")

    assert pseudonym(kept.id.bytes, "en") in carol.text
    assert "Her parcel came &lt;back&gt;" in carol.text
    assert PHONE not in carol.text
    assert carol.labels == ["Approve", "Decline", "Back"]


async def test_the_same_update_again_shows_nothing_a_second_time(at_desk, carol, kept, storage):
    await asks(at_desk, storage, kept)
    await decides(carol, "contact details")
    await opens(at_desk)

    await at_desk.repeat()

    assert at_desk.answer.file is None
    assert [one for one in at_desk.shown.values() if PHONE in one.text] == [at_desk.shown[at_desk.apart]]


async def test_a_button_that_opened_it_opens_nothing_more(at_desk, carol, kept, storage):
    await asks(at_desk, storage, kept)
    await decides(carol, "contact details")
    await opens(at_desk)

    async with storage.view() as uow:
        assert await uow.requests.open_about(kept.id, now=at_desk.clock()) == []
    assert "Ready: contact details" not in at_desk.labels


async def test_declined_is_told_without_a_reason(at_desk, carol, kept, storage):
    # What the host did to begin with.
    await deliver(at_desk)
    await asks(at_desk, storage, kept)
    await decides(carol, "contact details", "Decline")

    assert await deliver(at_desk) == ["desk_request_decided"]
    await at_desk.taps("Open")
    assert "A colleague has decided" in at_desk.text
    for chat, is_told in ((at_desk, True), (carol, False)):
        await chat.says("/desk")
        await chat.taps("Inbox")
        await chat.taps("Requests of colleagues")
        assert ("Declined: contact details." in chat.text) is is_told
    at_desk.clock.moves(days=3, minutes=1)
    async with storage.view() as uow:
        assert await answers(uow, await at_desk.actor(), now=at_desk.clock()) == []


async def test_a_colleague_is_told_that_something_waits_and_no_more(at_desk, carol, kept, storage):
    await deliver(carol)
    await asks(at_desk, storage, kept)

    assert await deliver(carol) == ["desk_request_waiting"]
    await carol.taps("Open")
    assert "takes two" in carol.text
    assert pseudonym(kept.id.bytes, "en") not in carol.text


async def test_a_request_is_withdrawn(at_desk, carol, kept, storage):
    await asks(at_desk, storage, kept)
    await at_desk.taps("You: contact details")
    await at_desk.taps("Withdraw")

    assert "withdrawn" in at_desk.text
    await carol.says("/desk")
    assert "Nothing waits" in carol.text


async def test_a_reason_is_asked_for_until_it_is_one(at_desk, kept, storage):
    await gets_a_button(at_desk, storage, "ask-contact", kept.id)
    assert "Type the reason" in at_desk.text

    await at_desk.says("?")
    assert "Please say in a few words why" in at_desk.text
    await at_desk.says("x" * 201)
    assert "200 characters at most" in at_desk.text

    await at_desk.says("To call back")
    assert "You: contact details" in at_desk.labels


async def test_who_left_no_details_is_said_so(at_desk, carol, alice, storage):
    nobody = await alice.joins()
    await asks(at_desk, storage, nobody)
    await decides(carol, "contact details")

    await opens(at_desk)

    assert "has left no contact details" in at_desk.text
    assert at_desk.apart is None


async def test_a_closed_desk_opens_nothing(at_desk, carol, kept, storage, clock):
    await asks(at_desk, storage, kept)
    await decides(carol, "contact details")
    await at_desk.says("/desk")
    await at_desk.taps("Inbox")
    await at_desk.taps("Requests of colleagues")
    await at_desk.taps("Ready: contact details")
    clock.moves(minutes=5)

    await at_desk.taps("Open it once")

    assert "The desk is closed" in at_desk.text
    assert at_desk.apart is None


async def test_mallory_with_the_buttons_of_both_gets_nothing(at_desk, carol, kept, mallory, storage):
    await mallory.joins()
    await asks(at_desk, storage, kept)
    async with storage.view() as uow:
        (request,) = await uow.requests.open_about(kept.id, now=at_desk.clock())
    verbs = (
        "go:request",
        "request-approve",
        "request-decline",
        "request-withdraw",
        "request-open",
        "go:requests",
    )

    for verb in verbs:
        await gets_a_button(mallory, storage, verb, request.id)
        assert "There is nothing here for you" in mallory.text
    await decides(carol, "contact details")
    for verb in verbs:
        await gets_a_button(mallory, storage, verb, request.id)
    assert mallory.apart is None
    assert all(PHONE not in one.text for one in mallory.shown.values())


async def test_what_is_over_and_what_is_not_theirs_are_answered_alike_to_a_third_coordinator(
    at_desk, carol, kept, storage
):
    await asks(at_desk, storage, kept)
    async with storage.view() as uow:
        (request,) = await uow.requests.open_about(kept.id, now=at_desk.clock())
    await decides(carol, "contact details")

    await gets_a_button(carol, storage, "request-approve", request.id)
    again = carol.text
    await gets_a_button(carol, storage, "request-decline", request.id)

    assert "changed in the meantime" in again
    assert "changed in the meantime" in carol.text


async def test_a_hidden_name_is_asked_for_and_shown(at_desk, carol, new_prisoner, storage):
    await new_prisoner("Example Sampleson", alias="Sailor", publicity=Publicity.HIDDEN)
    await at_desk.taps("Prisoners")
    await at_desk.says("Sailor")
    await at_desk.taps("Sailor")
    await at_desk.taps("Ask for the name")
    await at_desk.says("The lawyer needs it")
    await decides(carol, "a hidden name")
    assert "Sampleson" not in carol.text

    await opens(at_desk, "a hidden name")

    assert at_desk.shown[at_desk.apart].text.splitlines()[-1] == "In English: Example Sampleson"


async def test_a_hidden_name_is_widened_by_two(at_desk, carol, new_prisoner, storage):
    prisoner_id = await new_prisoner("Example Sampleson", alias="Sailor", publicity=Publicity.HIDDEN)
    await at_desk.taps("Prisoners")
    await at_desk.says("Sailor")
    for label in ("Sailor", "Who may see the name", "Guardians and family"):
        await at_desk.taps(label)
    await at_desk.says("The family wishes it")

    await decides(carol, "who may see a name")

    async with storage.view() as uow:
        assert (await uow.prisoners.get(prisoner_id)).publicity is Publicity.GUARDIANS


async def test_a_coordinators_code_is_given_by_two(at_desk, carol, storage):
    await at_desk.taps("Inbox")
    await at_desk.taps("Requests of colleagues")
    await at_desk.taps("Ask for a coordinator's code")
    await at_desk.says("We are too few")
    await decides(carol, "a new coordinator")

    await opens(at_desk, "a new coordinator")

    shown = at_desk.shown[at_desk.apart]
    assert shown.text.startswith(f"{await phrase_of(at_desk)}\n")
    code = shown.text.partition("<code>")[2].partition("</code>")[0]
    [[copies]] = shown.keyboard
    assert copies.copy_text == code


async def test_a_relative_waits_and_is_confirmed_by_a_second_coordinator(
    at_desk, carol, alice, new_prisoner, storage
):
    await new_prisoner("Example Sampleson", publicity=Publicity.GUARDIANS)
    await alice.joins()
    await at_desk.taps("Prisoners")
    await at_desk.says("Sampleson")
    for label in ("Example Sampleson", "Invite a relative", "For themselves"):
        await at_desk.taps(label)
    await alice.says(at_desk.text.partition("<code>")[2].partition("</code>")[0])
    assert "A second coordinator still confirms" in alice.text
    await alice.says("/family")
    assert "Sampleson" not in alice.text
    await at_desk.taps("Back")
    await at_desk.taps("Relatives to confirm")
    assert pseudonym((await alice.actor()).id.bytes, "en") in at_desk.labels[0]

    await decides(carol, "a relative")

    await alice.says("/family")
    assert "Sampleson" in alice.text
    assert await deliver(alice) == ["kinship_confirmed"]
    await alice.taps("Open")
    await alice.taps("Family")
    assert "Sampleson" in alice.text


@pytest.fixture
async def administrator(new_chat, clock):
    """Somebody with an administrator's right, at their desk."""
    chat = new_chat(700_000_005)
    await chat.joins_as(CodeKind.ADMINISTRATOR)
    await has_both_pins(chat, clock)
    await chat.says("/desk")
    await types_pin(chat)
    return chat


async def asks_for_a_new_pin(chat, storage, colleague):
    await gets_a_button(chat, storage, "ask-new-pin", (await colleague.actor()).id)
    await chat.says("I called her back on the number I know.")


async def test_a_forgotten_pin_is_chosen_anew_once_a_colleague_and_an_administrator_agree(
    at_desk, carol, administrator, storage
):
    await carol.taps("Lock")
    await asks_for_a_new_pin(at_desk, storage, carol)

    await decides(administrator, "a new PIN")
    await carol.says("/desk")

    assert "Choose a PIN" in carol.text


async def test_an_administrator_who_forgot_their_pin_reads_that_they_agree_on_the_server(
    administrator, at_desk
):
    for chat in (administrator, at_desk):
        await chat.taps("Lock")
        await chat.says("/desk")
        await chat.taps("I forgot my PIN")

    assert "poruch approve NUMBER" in administrator.text
    assert "poruch approve" not in at_desk.text


async def test_no_colleague_who_is_not_an_administrator_gives_a_new_pin(
    at_desk, carol, new_chat, storage, clock
):
    mallory = new_chat(700_000_006)
    await mallory.joins_as(CodeKind.COORDINATOR)
    await has_both_pins(mallory, clock)
    await asks_for_a_new_pin(at_desk, storage, carol)
    await mallory.says("/desk")
    await types_pin(mallory)

    await mallory.taps("Inbox")
    await mallory.taps("Requests of colleagues")

    assert not any(label.endswith("a new PIN") for label in mallory.labels)


async def test_nobody_asks_for_a_new_pin_of_somebody_without_a_desk(at_desk, kept, storage):
    await gets_a_button(at_desk, storage, "ask-new-pin", kept.id)
    await at_desk.says("I called her back on the number I know.")

    async with storage.view() as uow:
        assert await uow.requests.open_about(kept.id, now=at_desk.clock()) == []


@pytest.mark.parametrize("restrict", [freeze, flag_custody])
async def test_what_was_shown_for_a_while_goes_at_once_when_a_colleague_keeps_them_away(
    at_desk, carol, storage, clock, restrict
):
    await a_code_is_shown(at_desk, carol, storage)
    bob = await at_desk.actor()

    async with storage.unit() as uow:
        await restrict(uow, await carol.actor(), bob.id, now=clock())
    await at_desk.tidy()

    assert at_desk.apart not in at_desk.shown


async def test_what_was_shown_for_a_while_goes_with_the_suspension(at_desk, carol, alice, storage, clock):
    await a_code_is_shown(at_desk, carol, storage)
    bob = await at_desk.actor()
    await alice.joins_as(CodeKind.COORDINATOR)

    async with storage.unit() as uow:
        await uow.people.restrict(
            await uow.people.get(bob.id), RestrictionKind.FROZEN, set_by=(await carol.actor()).id, now=clock()
        )
        await suspend(uow, await alice.actor(), bob.id, now=clock())
    await at_desk.tidy()

    assert at_desk.apart not in at_desk.shown


async def test_lock_takes_away_what_the_desk_has_shown_and_no_file_of_ones_own(
    at_desk, carol, storage, clock
):
    await a_code_is_shown(at_desk, carol, storage)
    bob, later = await at_desk.actor(), clock() + timedelta(hours=1)
    async with storage.unit() as uow:
        own = await uow.posted.add(
            Posted(
                person_id=bob.id, message_id=999, purpose=Purpose.APART, screen="mydata-file",
                posted_at=clock(), delete_at=later,
            )
        )  # fmt: skip

    await at_desk.says("/lock")

    assert at_desk.apart not in at_desk.shown
    async with storage.view() as uow:
        assert (await uow.posted.get(own.id)).delete_at == later


async def a_code_is_shown(at_desk, carol, storage):
    """Let a coordinator's code stand in its maker's chat, as it does for ten minutes."""
    await gets_a_button(at_desk, storage, "ask-role", (await at_desk.actor()).id)
    await at_desk.says("Somebody new will help us.")
    await decides(carol, "a new coordinator")
    await opens(at_desk, "a new coordinator")
    assert at_desk.apart in at_desk.shown
