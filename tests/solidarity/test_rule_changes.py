"""Rule cards and risky words are changed by two coordinators; what was written by hand changes nothing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from solidarity.access import Actor
from solidarity.card_changes import propose_checked, propose_draft, propose_withdrawal
from solidarity.card_drafts import (
    CardDraft,
    begin_change,
    begin_new,
    choose,
    get_card_draft,
    turn_checked,
    type_advice,
    type_source,
)
from solidarity.desk import open_desk
from solidarity.errors import DeskClosed, NoLongerSo, NotForYou
from solidarity.forgery import notice_forged_rules
from solidarity.leaving import erase_person
from solidarity.letter_check import Reason, RiskyWord
from solidarity.people import actor_of, person_of
from solidarity.possible import Held, RuleCard, Thing, Verdict, Writer, possible
from solidarity.proposals import CardProposal, WordProposal
from solidarity.requests import approve, approve_as, decline, request_card, requests_at_desk, withdraw
from solidarity.retention import NIGHTLY
from solidarity.risky_words import words_in_force
from solidarity.rule_cards import cards_in_force
from solidarity.shipped.reading import shipped_cards, shipped_words
from solidarity.typed_errors import CardIncomplete, EntryRefused, ReasonRefused, TextTooLong
from solidarity.word_changes import propose_removal, propose_word, words_at_desk
from storage.models import AuditEntry, CardChange, CustodyStatus, OutboxRow, Request, WordChange
from storage.unit_of_work import Storage, UnitOfWork
from tests.statements import statements

from .conftest import NOON, TODAY, House
from .test_requests import coordinator, sits_down

SHIPPED = shipped_cards()[0]
WORD = RiskyWord("be", "бульб~", Reason.WAR)


@pytest.fixture
async def bob(house: House) -> Actor:
    return await coordinator(house)


@pytest.fixture
async def carol(house: House) -> Actor:
    return await coordinator(house)


@pytest.fixture
async def mallory(house: House) -> Actor:
    return await house.person("en")


async def waiting(uow: UnitOfWork) -> Request:
    """The one request that waits."""
    (found,) = await uow.session.scalars(select(Request).execution_options(populate_existing=True))
    return found


async def card_in_force(uow: UnitOfWork, card_id: str) -> RuleCard | None:
    return next((card for card in await cards_in_force(uow) if card.id == card_id), None)


async def proposes(uow: UnitOfWork, actor: Actor, verdict: Verdict = Verdict.DANGEROUS) -> None:
    """Propose another verdict for the first card that ships."""
    await begin_change(uow, actor, SHIPPED.id, now=NOON)
    await choose(uow, actor, "verdict", verdict, now=NOON)
    await turn_checked(uow, actor, now=NOON)
    await propose_draft(uow, actor, now=NOON)


async def test_without_a_change_what_ships_is_in_force(uow: UnitOfWork):
    assert await cards_in_force(uow) == shipped_cards()
    assert await words_in_force(uow) == shipped_words()


async def test_the_changes_are_read_once_a_unit_however_often_they_are_asked_for(storage: Storage):
    async with storage.unit() as uow:
        with statements(storage) as ran:
            for _ in range(3):
                await cards_in_force(uow)
                await words_in_force(uow)

    assert len(ran) == 2


async def test_a_changed_card_counts_once_a_colleague_agrees(uow: UnitOfWork, bob: Actor, carol: Actor):
    await proposes(uow, bob)
    assert await cards_in_force(uow) == shipped_cards()

    await approve(uow, carol, (await waiting(uow)).id, now=NOON)

    changed = replace(SHIPPED, verdict=Verdict.DANGEROUS, verified_on=TODAY)
    assert await cards_in_force(uow) == (changed, *shipped_cards()[1:])


async def test_of_several_changes_of_a_card_the_one_agreed_to_last_counts(
    uow: UnitOfWork, bob: Actor, carol: Actor
):
    for verdict in (Verdict.DANGEROUS, Verdict.IMPOSSIBLE):
        await proposes(uow, bob, verdict)
        request = next(one for one in await uow.requests.open_at(NOON) if one.state == "waiting")
        await approve_as(uow, request, carol.id, now=NOON)

    card = await card_in_force(uow, SHIPPED.id)
    assert card is not None
    assert card.verdict is Verdict.IMPOSSIBLE
    assert len(list(await uow.session.scalars(select(CardChange)))) == 1


async def test_a_new_card_of_one_place_governs_that_place(
    uow: UnitOfWork, bob: Actor, carol: Actor, house: House
):
    await house.facility("SAMPLE-1")
    held = Held(CustodyStatus.PRETRIAL, "SAMPLE-1", "colony")
    before = possible(await cards_in_force(uow), held, Writer.STRANGER, Thing.LETTER)
    await begin_new(uow, bob, "SAMPLE-1", "letter", now=NOON)
    await choose(uow, bob, "verdict", "impossible", now=NOON)
    await turn_checked(uow, bob, now=NOON)
    await type_advice(uow, bob, "en", "Nothing is handed over there.", now=NOON)
    await type_source(uow, bob, "a call to the place, 23 November", now=NOON)
    await propose_draft(uow, bob, now=NOON)
    await approve(uow, carol, (await waiting(uow)).id, now=NOON)

    after = possible(await cards_in_force(uow), held, Writer.STRANGER, Thing.LETTER)
    assert before.verdict is Verdict.ALLOWED
    assert after.verdict is Verdict.IMPOSSIBLE
    assert after.cards[0].advice == {"en": "Nothing is handed over there."}
    assert after.cards[0].verified_on == TODAY


async def test_a_card_that_was_checked_again_says_so_once_two_agree(
    uow: UnitOfWork, bob: Actor, carol: Actor
):
    await propose_checked(uow, bob, SHIPPED.id, now=NOON)
    assert await card_in_force(uow, SHIPPED.id) == SHIPPED
    await approve(uow, carol, (await waiting(uow)).id, now=NOON)

    assert await card_in_force(uow, SHIPPED.id) == replace(SHIPPED, verified_on=TODAY)
    with pytest.raises(NoLongerSo):
        await propose_checked(uow, bob, SHIPPED.id, now=NOON)


async def test_a_card_is_taken_away_by_two(uow: UnitOfWork, bob: Actor, carol: Actor):
    await propose_withdrawal(uow, bob, SHIPPED.id, now=NOON)
    assert await card_in_force(uow, SHIPPED.id) == SHIPPED
    await approve(uow, carol, (await waiting(uow)).id, now=NOON)

    assert await card_in_force(uow, SHIPPED.id) is None


async def test_a_colleague_sees_the_card_as_it_is_and_as_it_would_be(
    uow: UnitOfWork, bob: Actor, carol: Actor
):
    await proposes(uow, bob)

    card = await request_card(uow, carol, (await waiting(uow)).id, now=NOON)

    after = replace(SHIPPED, verdict=Verdict.DANGEROUS, verified_on=TODAY)
    assert card.change == CardProposal(SHIPPED, after)


@pytest.mark.parametrize("answer", [decline, None])
async def test_what_is_declined_or_taken_back_never_counts(
    uow: UnitOfWork, bob: Actor, carol: Actor, answer: Any
):
    await proposes(uow, bob)
    request = await waiting(uow)
    if answer is None:
        await withdraw(uow, bob, request.id, now=NOON)
    else:
        await decline(uow, carol, request.id, now=NOON)

    with pytest.raises(NoLongerSo):
        await approve(uow, carol, request.id, now=NOON)
    assert await cards_in_force(uow) == shipped_cards()


async def test_nobody_agrees_to_their_own_change(uow: UnitOfWork, bob: Actor, carol: Actor):
    await proposes(uow, bob)

    with pytest.raises(NotForYou):
        await approve(uow, bob, (await waiting(uow)).id, now=NOON)
    assert await cards_in_force(uow) == shipped_cards()


async def test_two_accounts_of_one_maker_are_not_two(uow: UnitOfWork, bob: Actor, house: House):
    other = await coordinator(house, by=bob)
    await proposes(uow, bob)
    await propose_word(uow, bob, "be", "war", WORD.entry, now=NOON)

    assert await requests_at_desk(uow, other, now=NOON) == []
    for request in await uow.requests.open_at(NOON):
        with pytest.raises(NotForYou):
            await approve(uow, other, request.id, now=NOON)
    assert await cards_in_force(uow) == shipped_cards()
    assert await words_in_force(uow) == shipped_words()


async def test_mallory_without_a_desk_neither_proposes_nor_agrees(
    uow: UnitOfWork, bob: Actor, carol: Actor, mallory: Actor
):
    await begin_change(uow, mallory, SHIPPED.id, now=NOON)
    with pytest.raises(NotForYou):
        await propose_checked(uow, mallory, SHIPPED.id, now=NOON)
    with pytest.raises(NotForYou):
        await propose_word(uow, mallory, "be", "war", WORD.entry, now=NOON)
    await uow.session.execute(text("DELETE FROM rule_card"))
    await proposes(uow, bob)

    with pytest.raises(NotForYou):
        await approve(uow, mallory, (await waiting(uow)).id, now=NOON)
    assert await cards_in_force(uow) == shipped_cards()


async def test_a_closed_desk_neither_proposes_nor_agrees(uow: UnitOfWork, bob: Actor, carol: Actor):
    late = NOON + timedelta(minutes=6)
    with pytest.raises(DeskClosed):
        await propose_checked(uow, bob, SHIPPED.id, now=late)
    await uow.session.execute(text("DELETE FROM rule_card"))
    await proposes(uow, bob)

    with pytest.raises(DeskClosed):
        await approve(uow, carol, (await waiting(uow)).id, now=late)


async def test_a_change_of_somebody_else_is_not_asked_for(uow: UnitOfWork, bob: Actor, carol: Actor):
    from solidarity.requests import ask

    change = await uow.card_changes.add(
        CardChange(card=SHIPPED.id, says=None, proposed_by=bob.id, proposed_at=NOON)
    )
    for change_id in (change.id, uuid4()):
        with pytest.raises(NotForYou):
            await ask(uow, carol, "rule_card", change_id, why="It is old.", now=NOON)


async def test_who_may_decide_is_told_and_then_the_asker(
    uow: UnitOfWork, bob: Actor, carol: Actor, mallory: Actor, house: House
):
    await proposes(uow, bob)
    assert "desk_request_waiting" in await house.kinds(carol)
    await approve(uow, carol, (await waiting(uow)).id, now=NOON)

    assert "desk_request_decided" in await house.kinds(bob)
    assert not [kind for kind in await house.kinds(mallory) if kind.startswith("desk")]


async def test_the_trail_holds_both_acts(uow: UnitOfWork, bob: Actor, carol: Actor):
    await proposes(uow, bob)
    await approve(uow, carol, (await waiting(uow)).id, now=NOON)

    entries = list(await uow.session.scalars(select(AuditEntry.entry).order_by(AuditEntry.number)))
    told = [entry for entry in entries if '"kind":"rule_card"' in entry]
    assert ['"act":"request_made"' in told[0], '"act":"request_approved"' in told[1]] == [True, True]
    assert len(told) == 2


async def writes_by_hand(uow: UnitOfWork, statement: str, given: dict[str, Any]) -> None:
    """Change a row as nobody should; what this unit has read of the rules it reads anew, as another would."""
    await uow.session.execute(text(statement), given)
    for name in ("card_changes", "word_changes"):
        uow.__dict__.pop(name, None)


AGREED: dict[str, tuple[str, dict[str, Any]]] = {
    "an agreement": ("agreed_by = :by, agreed_at = :at", {}),
    "an agreement of the host": ("agreed_at = :at", {"by": None}),
}


@pytest.mark.parametrize("table", ["rule_card", "word_list"])
@pytest.mark.parametrize("how", AGREED)
async def test_an_agreement_written_by_hand_is_none(
    uow: UnitOfWork, bob: Actor, carol: Actor, house: House, table: str, how: str
):
    await proposes(uow, bob)
    await propose_word(uow, bob, "be", "war", WORD.entry, now=NOON)
    values, given = AGREED[how]
    await writes_by_hand(
        uow,
        f"UPDATE {table} SET {values}, proposed_by = :bob",
        {"by": carol.id.bytes, "at": 1, "bob": bob.id.bytes} if not given else {"at": 1, "bob": bob.id.bytes},
    )

    assert await cards_in_force(uow) == shipped_cards()
    assert await words_in_force(uow) == shipped_words()
    await notice_forged_rules(uow, NOON)
    assert {bob.id, carol.id} == await warned(uow)


async def warned(uow: UnitOfWork) -> set[UUID]:
    rows = await uow.session.scalars(select(OutboxRow).where(OutboxRow.kind == "desk_rules_forged"))
    return {row.person_id for row in rows}


CHANGED: dict[str, str] = {
    "another verdict": 'says = \'{"thing": "letter", "verdict": "allowed", "source": "x"}\'',
    "another card": "card = 'letter-pretrial-2'",
    "taken away": "says = NULL",
    "an instant that is none": "agreed_at = 4611686018427387904",
    "somebody else's agreement": "agreed_by = proposed_by",
    "nobody's": "proposed_by = NULL",
    "a short id": "agreed_by = proposed_by_short",
    "no mark": "mac = mac_empty",
}


@pytest.mark.parametrize("how", CHANGED)
async def test_a_card_that_was_changed_by_hand_counts_as_if_there_were_none(
    uow: UnitOfWork, bob: Actor, carol: Actor, how: str
):
    await proposes(uow, bob)
    await approve(uow, carol, (await waiting(uow)).id, now=NOON)
    changed = CHANGED[how].replace("proposed_by_short", ":bytes").replace("mac_empty", ":bytes")
    given = {"bytes": b"short"} if ":bytes" in changed else {}
    await writes_by_hand(uow, f"UPDATE rule_card SET {changed}".replace('": "', '"\\: "'), given)

    assert await cards_in_force(uow) == shipped_cards()
    await notice_forged_rules(uow, NOON)
    assert await warned(uow) == {bob.id, carol.id}


async def test_of_what_two_agreed_upon_nobody_is_warned(uow: UnitOfWork, bob: Actor, carol: Actor):
    await proposes(uow, bob)
    await approve(uow, carol, (await waiting(uow)).id, now=NOON)
    await notice_forged_rules(uow, NOON)

    assert await warned(uow) == set()


async def test_a_proposal_that_was_changed_by_hand_is_not_agreed_to(
    uow: UnitOfWork, bob: Actor, carol: Actor
):
    await proposes(uow, bob)
    await writes_by_hand(uow, "UPDATE rule_card SET says = NULL", {})
    request = await waiting(uow)

    with pytest.raises(NotForYou):
        await request_card(uow, carol, request.id, now=NOON)
    with pytest.raises(NoLongerSo):
        await approve(uow, carol, request.id, now=NOON)
    assert await requests_at_desk(uow, carol, now=NOON) == []
    assert await cards_in_force(uow) == shipped_cards()


async def test_what_two_agreed_upon_stands_without_those_who_left(uow: UnitOfWork, bob: Actor, carol: Actor):
    await proposes(uow, bob)
    await approve(uow, carol, (await waiting(uow)).id, now=NOON)
    before = await cards_in_force(uow)
    for actor in (bob, carol):
        await erase_person(uow, actor.id, now=NOON)

    assert await cards_in_force(uow) == before != shipped_cards()
    (row,) = await uow.session.scalars(select(CardChange))
    assert (row.proposed_by, row.agreed_by) == (None, None)


async def test_what_nobody_agreed_to_goes_with_who_proposed_it(uow: UnitOfWork, bob: Actor):
    await proposes(uow, bob)
    await erase_person(uow, bob.id, now=NOON)

    assert list(await uow.session.scalars(select(CardChange))) == []


async def test_what_nobody_agreed_to_is_forgotten_after_three_days(uow: UnitOfWork, bob: Actor, carol: Actor):
    await propose_word(uow, bob, "be", "war", WORD.entry, now=NOON)
    await approve(uow, carol, (await waiting(uow)).id, now=NOON)
    await proposes(uow, bob)
    rule = next(one for one in NIGHTLY if "nobody agreed" in one.what)
    await rule.apply(uow, now=NOON + timedelta(hours=71))
    kept = list(await uow.session.scalars(select(CardChange)))
    await rule.apply(uow, now=NOON + timedelta(hours=72))

    assert len(kept) == 1
    assert list(await uow.session.scalars(select(CardChange))) == []
    assert len(list(await uow.session.scalars(select(WordChange)))) == 1


async def test_a_draft_that_lacks_something_is_not_proposed(uow: UnitOfWork, bob: Actor, house: House):
    await house.facility("SAMPLE-1")
    await begin_new(uow, bob, "SAMPLE-1", "letter", now=NOON)

    with pytest.raises(CardIncomplete):
        await propose_draft(uow, bob, now=NOON)


async def test_typed_advice_replaces_what_was_said_in_every_language(uow: UnitOfWork, bob: Actor):
    await begin_change(uow, bob, SHIPPED.id, now=NOON)
    await type_advice(uow, bob, "ru", "Пишите  сразу.", now=NOON)
    await type_advice(uow, bob, "en", "Write at once.", now=NOON)

    draft = await get_card_draft(uow, bob, now=NOON)
    assert draft is not None
    assert draft.texts == {"ru": "Пишите сразу.", "en": "Write at once."}


async def test_what_cannot_be_is_not_taken_into_a_draft(uow: UnitOfWork, bob: Actor, house: House):
    await begin_change(uow, bob, SHIPPED.id, now=NOON)
    for what, value in (("verdict", "maybe"), ("status", "released"), ("source", "x"), ("card_id", "x")):
        with pytest.raises(NotForYou):
            await choose(uow, bob, what, value, now=NOON)
    with pytest.raises(TextTooLong):
        await type_advice(uow, bob, "en", "a" * 501, now=NOON)
    with pytest.raises(ReasonRefused):
        await type_source(uow, bob, "1234", now=NOON)
    with pytest.raises(NotForYou):
        await type_advice(uow, bob, "pl", "Tekst po polsku", now=NOON)
    for code, thing in (("NOWHERE", "letter"), ("SAMPLE-1", "bomb")):
        with pytest.raises(NotForYou):
            await begin_new(uow, bob, code, thing, now=NOON)
    with pytest.raises(NotForYou):
        await begin_change(uow, bob, "no-such-card", now=NOON)


async def test_a_draft_lasts_a_day_and_is_ones_own(uow: UnitOfWork, bob: Actor, carol: Actor):
    await begin_change(uow, bob, SHIPPED.id, now=NOON)
    await turn_checked(uow, bob, now=NOON)

    mine = await get_card_draft(uow, bob, now=NOON)
    assert isinstance(mine, CardDraft)
    assert mine.is_checked
    assert await get_card_draft(uow, carol, now=NOON) is None
    with pytest.raises(NoLongerSo):
        await propose_draft(uow, await sits_down(uow, bob), now=NOON + timedelta(hours=24))


async def test_a_word_is_added_moved_and_taken_off_by_two(uow: UnitOfWork, bob: Actor, carol: Actor):
    async def agree() -> None:
        (request,) = await uow.requests.open_at(NOON)
        card = await request_card(uow, carol, request.id, now=NOON)
        changes.append(card.change)
        await approve(uow, carol, request.id, now=NOON)

    changes: list[Any] = []
    await propose_word(uow, bob, "be", "war", "  бульб~ ", now=NOON)
    assert WORD not in await words_in_force(uow)
    await agree()
    assert WORD in await words_in_force(uow)
    with pytest.raises(NoLongerSo):
        await propose_word(uow, bob, "be", "war", "Бульб~", now=NOON)
    assert "бульб~" in (await words_at_desk(uow, "be", "war", 99)).entries
    await propose_removal(uow, bob, "be", "бульб~", now=NOON)
    await agree()

    assert await words_in_force(uow) == shipped_words()
    assert changes == [
        WordProposal("be", "бульб~", None, Reason.WAR),
        WordProposal("be", "бульб~", Reason.WAR, None),
    ]


async def test_a_word_that_ships_can_be_taken_off(uow: UnitOfWork, bob: Actor, carol: Actor):
    first = shipped_words()[0]
    await propose_removal(uow, bob, first.language, first.entry, now=NOON)
    await approve(uow, carol, (await waiting(uow)).id, now=NOON)

    assert await words_in_force(uow) == shipped_words()[1:]


@pytest.mark.parametrize("typed", ["", "a~", "слова!", "аб*", "№ 5", "слова " * 7])
async def test_what_is_no_entry_is_refused(uow: UnitOfWork, bob: Actor, typed: str):
    with pytest.raises(EntryRefused):
        await propose_word(uow, bob, "be", "war", typed, now=NOON)


async def test_there_is_no_list_of_another_language_or_reason(uow: UnitOfWork, bob: Actor):
    for language, reason in (("pl", "war"), ("be", "emoji"), ("be", "")):
        with pytest.raises(NotForYou):
            await propose_word(uow, bob, language, reason, "бульба", now=NOON)
    with pytest.raises(NotForYou):
        await words_at_desk(uow, "be", "emoji", 0)
    with pytest.raises(NoLongerSo):
        await propose_removal(uow, bob, "be", "бульба", now=NOON)


async def test_a_desk_that_stands_open_again_goes_on(uow: UnitOfWork, bob: Actor):
    later = NOON + timedelta(hours=1)
    await begin_change(uow, bob, SHIPPED.id, now=NOON)
    await open_desk(uow, bob, is_right=True, now=later)
    again = await actor_of(uow, await person_of(uow, bob.id), now=later)
    await choose(uow, again, "verdict", "impossible", now=later)
    await propose_draft(uow, again, now=later)

    assert (await waiting(uow)).requested_by == bob.id
