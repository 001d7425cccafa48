"""What may be sent, in words: on every screen about a prisoner, within one message, and to nobody else."""

from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import date
from itertools import product
from uuid import UUID

import pytest

from handlers.fitting import MESSAGE_LIMIT, fitting_parts, units
from handlers.post import abroad_advice, all_parts, in_letter_parts, letter_part
from locales import LANGUAGES, Words
from solidarity.possible import Held, RuleCard, Thing, Verdict, Writer, possible
from solidarity.post import Post
from solidarity.post_changes import follow_prisoner
from solidarity.shipped.reading import shipped_cards
from solidarity.work import Action
from storage.models import CustodyStatus, GuardianshipState, Publicity

from .acts import deliver, guards, is_family, opens, prisoner_of
from .conftest import Chat, NewPrisoner

TODAY = date(2026, 11, 23)
KINDS = ("sizo", "colony", "ivs", "open-facility", "sizo-closed-site", "colony-liquidated", None)
CARD = RuleCard("one", Thing.LETTER, Verdict.ALLOWED, "a guide, 2026", advice={"en": "Write on."})
EN = Words("en")
BEFORE_SENTENCE = Held(CustodyStatus.PRETRIAL)


def post_of(*cards: RuleCard, held: Held = BEFORE_SENTENCE, writer: Writer = Writer.STRANGER) -> Post:
    return Post({thing: possible(cards, held, writer, thing) for thing in Thing})


async def changes(chat: Chat, prisoner_id: UUID, status: CustodyStatus) -> None:
    async with chat.storage.unit() as uow:
        prisoner = await prisoner_of(uow, prisoner_id)
        prisoner.custody_status = status
        await uow.session.flush()
        await follow_prisoner(uow, prisoner, now=chat.clock())


@pytest.fixture
async def prisoner_id(alice: Chat, new_prisoner: NewPrisoner) -> UUID:
    """Somebody Alice writes to every four weeks, and Vera is family of."""
    await opens(alice.storage, "SAMPLE-1")
    return await new_prisoner(facility="SAMPLE-1", status=CustodyStatus.CONVICTED)


@pytest.fixture
async def guardian(alice: Chat, prisoner_id: UUID) -> Chat:
    await alice.joins()
    await guards(alice, prisoner_id)
    await deliver(alice)
    await alice.says("/mine")
    await alice.taps("Example Sampleson")
    return alice


@pytest.mark.parametrize(
    ("verified_on", "said"),
    [
        (None, "Source: <code>a guide, 2026</code>. Nobody has checked this yet."),
        (date(2026, 11, 1), "Source: <code>a guide, 2026</code>. Checked on 1 November 2026."),
        (date(2026, 5, 1), "Last checked on 1 May 2026, more than 180 days ago: it may no longer be so."),
    ],
)
def test_a_card_says_by_whom_and_how_far_it_is_to_be_trusted(verified_on: date | None, said: str):
    text = letter_part(EN, post_of(replace(CARD, verified_on=verified_on)), TODAY)

    assert text.startswith("<b>Letters: possible.</b>\nWrite on.\n")
    assert said in text


def test_a_contradiction_shows_both_and_the_stricter_first():
    other = replace(
        CARD, id="two", verdict=Verdict.DANGEROUS, source="a <leaflet>", advice={"be": "Не пішыце."}
    )

    text = letter_part(EN, post_of(CARD, other), TODAY)

    assert text.splitlines() == [
        "<b>Letters: dangerous, please do not.</b>",
        "Sources disagree. Please keep to the more careful one.",
        "– possible: Write on. Source: <code>a guide, 2026</code>. Nobody has checked this yet.",
        "– dangerous, please do not: Не пішыце."
        " Source: <code>a &lt;leaflet&gt;</code>. Nobody has checked this yet.",
    ]


def test_however_many_sources_disagree_a_danger_is_told_within_one_message():
    long = {"en": "𝓪" * 500}
    others = [replace(CARD, id=f"card-{n}", source="s" * 200, advice=long) for n in range(8)]
    danger = replace(CARD, id="last", verdict=Verdict.DANGEROUS, advice={"en": "It harms them."})

    text = fitting_parts(["x" * 1100, letter_part(EN, post_of(*others, danger), TODAY)])

    assert "Letters: dangerous, please do not." in text
    assert "– dangerous, please do not: It harms them." in text
    assert "…" in text


def test_what_no_card_speaks_of_is_said_to_be_unknown():
    assert "we have no source" in letter_part(EN, post_of(), TODAY)
    assert all_parts(EN, post_of(), TODAY) == [letter_part(EN, post_of(), TODAY)]
    assert in_letter_parts(EN, post_of(), TODAY) == []


def test_what_may_be_put_into_a_letter_is_told_where_one_may_be_sent():
    paper = replace(CARD, id="paper", thing=Thing.BLANK_PAPER)
    no_letter = replace(CARD, verdict=Verdict.IMPOSSIBLE)

    [told] = in_letter_parts(EN, post_of(CARD, paper), TODAY)

    assert "– Blank paper, possible: Write on." in told
    assert in_letter_parts(EN, post_of(no_letter, paper), TODAY) == []


def test_what_sources_disagree_about_is_told_from_the_lenient_to_the_strict():
    strict = replace(CARD, id="a-first-by-its-name", thing=Thing.BLANK_PAPER, verdict=Verdict.DISCOURAGED)
    lenient = replace(CARD, id="b-second-by-its-name", thing=Thing.BLANK_PAPER, verdict=Verdict.ALLOWED)

    [told] = in_letter_parts(EN, post_of(CARD, strict, lenient), TODAY)

    assert told.index("Blank paper, possible") < told.index("Blank paper, with reservations")


def test_everything_said_of_anybody_fits_into_one_message_in_every_language():
    cards = shipped_cards()
    # The longest address, trust, and advice on writing there are.
    above = "x" * 1100
    for status, kind, writer in product(CustodyStatus, KINDS, Writer):
        post = post_of(*cards, held=Held(status, "IK-3", kind), writer=writer)
        for words in map(Words, LANGUAGES):
            advice = map(words.say, ("advice-language", "guardian-say", "guardian-avoid"))
            abroad = filter(None, [abroad_advice(words, post)])
            letter, *ways = all_parts(words, post, TODAY, [*abroad, *advice])
            text = fitting_parts([above, letter, *ways])
            assert units(text) <= MESSAGE_LIMIT + text.count("<") * 8, (status, kind, writer)
            assert text.startswith(f"{above}\n\n{letter}"), (status, kind, writer)


def test_where_one_card_was_checked_each_other_says_that_nobody_checked_it():
    parcel = replace(CARD, id="three", thing=Thing.PARCEL)
    telegram = replace(CARD, id="two", thing=Thing.TELEGRAM, advice={"en": "Ask."})

    said = "\n".join(all_parts(EN, post_of(replace(CARD, verified_on=TODAY), telegram, parcel), TODAY))

    assert said.count("Nobody has checked this yet.") == 2
    assert EN.say("post-none-checked") not in said


def test_what_is_alike_of_several_things_is_said_once():
    telegram = replace(CARD, id="two", thing=Thing.TELEGRAM)
    parcel = replace(CARD, id="three", thing=Thing.PARCEL, advice={"en": "Send nothing sweet."})

    together, alone = all_parts(EN, post_of(CARD, telegram, parcel), TODAY)

    assert together.startswith("<b>Letters: possible.</b>\n<b>Telegrams: possible.</b>\nWrite on.\n")
    assert together.count("Write on.") == together.count("a guide, 2026") == 1
    assert alone.startswith("<b>Parcels: possible.</b>\nSend nothing sweet.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_ships_for_somebody_cut_off_says_each_advice_once(language: str):
    post = post_of(*shipped_cards(), held=Held(CustodyStatus.INCOMMUNICADO))

    lines = "\n".join(all_parts(Words(language), post, TODAY)).splitlines()

    assert lines.count(Words(language).say("post-none-checked")) == 1
    lines.remove(Words(language).say("post-none-checked"))
    advice = [line for line in lines if not line.startswith("<b>") and "<code>" not in line]
    assert len(advice) == len(set(advice)) == 2


def test_a_paragraph_that_does_not_fit_is_left_out_whole():
    assert fitting_parts(["one", "<b>two</b>"]) == "one\n\n<b>two</b>"
    assert fitting_parts(["one", "x" * 4096, "three"]) == "one\n\n…"


async def test_the_address_says_what_is_possible_and_what_may_be_put_in(guardian: Chat):
    await guardian.taps("Address and advice")

    assert "<b>Letters: with reservations.</b>" in guardian.text
    assert "<b>Telegrams: possible.</b>" in guardian.text
    assert "<b>Parcels: not possible.</b>" in guardian.text
    assert "– Blank paper, with reservations: Others advise against blank paper." in guardian.text
    assert "Nobody has checked this yet." not in guardian.text.partition("Letters:")[2]
    assert guardian.text.count("Nobody has checked yet what is said here") == 1
    assert guardian.text.count("…") == 0


async def test_from_abroad_is_asked_for_this_answer_alone(guardian: Chat):
    await guardian.taps("Address and advice")
    assert "From abroad:" not in guardian.text

    await guardian.taps("I write from abroad")

    assert "<b>From abroad:</b> A letter from abroad may take a month or longer." in guardian.text
    actor = await guardian.actor()
    async with guardian.storage.view() as uow:
        place = await uow.posted.get_place(actor.id)
        assert place is not None
        assert (place.screen, place.argument) == ("address", "")
    await guardian.taps("Back")
    assert "A letter every 4 weeks." in guardian.text
    await guardian.taps("Address and advice")
    assert "From abroad:" not in guardian.text


async def test_where_a_letter_endangers_somebody_nobody_is_told_how_to_write_it(
    guardian: Chat, prisoner_id: UUID
):
    await changes(guardian, prisoner_id, CustodyStatus.HOUSE_ARREST)

    await guardian.taps("Address and advice")

    assert "<b>Letters: dangerous, please do not.</b>" in guardian.text
    assert "ask a coordinator" in guardian.text
    assert "Write about:" not in guardian.text
    await guardian.taps("Back")
    assert "No reminder is planned: as far as we know, a letter is not possible" in guardian.text


async def test_a_guardian_is_told_once_what_else_helps_and_again_when_it_changes(
    guardian: Chat, prisoner_id: UUID
):
    await changes(guardian, prisoner_id, CustodyStatus.INCOMMUNICADO)
    assert await deliver(guardian) == ["letter_impossible"]
    assert "Sampleson" not in guardian.text

    await guardian.taps("Open")

    assert "You are not reminded to write for now" in guardian.text
    assert "<b>Letters: not possible.</b>" in guardian.text
    assert "Ask a coordinator what else helps" in guardian.text
    assert guardian.labels == ["Address and advice", "Back"]
    await guardian.taps("Address and advice")
    await guardian.taps("Back")
    assert "You are not reminded to write for now" in guardian.text
    guardian.clock.moves(days=90)
    assert await deliver(guardian) == []

    await changes(guardian, prisoner_id, CustodyStatus.CONVICTED)
    assert await deliver(guardian) == ["letter_possible"]
    await guardian.taps("Open")
    assert "You are reminded to write again" in guardian.text
    assert guardian.labels == ["I wrote", "Address and advice", "Back"]
    guardian.clock.moves(days=7, hours=1)
    assert await deliver(guardian) == ["letter"]


async def test_a_reminder_carries_the_advice_where_a_letter_has_little_hope(guardian: Chat):
    guardian.clock.moves(days=30)
    assert "letter" in await deliver(guardian)

    await guardian.taps("Open")

    assert "It is time for a letter" in guardian.text
    assert "Those of others are mostly held back." in guardian.text


async def test_a_reminder_opened_too_late_says_how_it_stands_now(guardian: Chat, prisoner_id: UUID):
    guardian.clock.moves(days=30)
    assert "letter" in await deliver(guardian)
    await changes(guardian, prisoner_id, CustodyStatus.INCOMMUNICADO)

    await guardian.taps("Open")

    assert "It is time for a letter" not in guardian.text
    assert "You are not reminded to write for now" in guardian.text


async def test_a_relative_reads_what_family_may_send(vera: Chat, prisoner_id: UUID):
    await vera.joins()
    await is_family(vera, prisoner_id)
    await vera.says("/family")
    assert "Letters: possible. Telegrams: possible. Parcels: possible. Visits: possible." in vera.text

    await vera.taps("What is possible: Example Sampleson")

    assert "Letters of close relatives named in the file are mostly handed over." in vera.text
    assert "<b>Visits: possible.</b>" in vera.text
    await vera.taps("I write from abroad")
    assert "In 2022–2023 parcels from abroad took 5–6 weeks" in vera.text
    await vera.taps("Back")
    assert "Court dates" in vera.labels


@pytest.mark.parametrize("verb", ["address-abroad", "one-letter-abroad", "family-abroad"])
async def test_mallory_learns_nothing_by_asking_from_abroad(
    guardian: Chat, mallory: Chat, new_prisoner: NewPrisoner, verb: str
):
    await mallory.joins()
    await is_family(mallory, await new_prisoner("Example Two", publicity=Publicity.HIDDEN))
    hidden = await new_prisoner("Example Three", publicity=Publicity.HIDDEN)
    alice, actor = await guardian.actor(), await mallory.actor()
    async with mallory.storage.unit() as uow:
        [promise] = await uow.guardianships.of_person(alice.id, GuardianshipState.ACTIVE)
        place = await uow.posted.get_place(actor.id)
        assert place is not None
        action = Action(verb, promise.id if verb == "address-abroad" else hidden, "")
        [token] = await uow.posted.replace_buttons(place.id, [action], expires_at=place.delete_at, keep=False)

    await mallory.forge("b:" + urlsafe_b64encode(token).decode())

    assert "There is nothing here for you." in f"{mallory.text} {mallory.answer}"
    assert "From abroad" not in mallory.text


@pytest.mark.parametrize("screen", ["letter-impossible", "letter-possible", "family-post", "address"])
async def test_mallory_reads_nothing_of_what_alice_or_vera_may(
    guardian: Chat, vera: Chat, mallory: Chat, new_prisoner: NewPrisoner, prisoner_id: UUID, screen: str
):
    await vera.joins()
    await is_family(vera, prisoner_id)
    await mallory.joins()
    await is_family(mallory, await new_prisoner("Example Two", publicity=Publicity.HIDDEN))
    alice, actor = await guardian.actor(), await mallory.actor()
    async with mallory.storage.unit() as uow:
        [promise] = await uow.guardianships.of_person(alice.id, GuardianshipState.ACTIVE)
        place = await uow.posted.get_place(actor.id)
        assert place is not None
        place.screen = screen
        place.target = prisoner_id if screen == "family-post" else promise.id

    await mallory.forge("b:nonsense")

    assert "Sampleson" not in mallory.text
    assert "There is nothing here for you." in mallory.text
