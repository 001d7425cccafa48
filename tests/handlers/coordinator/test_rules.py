"""Facilities, rule cards and risky words at the desk: changed in one chat, agreed to in another."""

import re
from dataclasses import replace

import pytest

from handlers.rooms import ACTION_OF
from handlers.routes import BUTTONS
from locales import LANGUAGES, Words
from solidarity.risky_words import words_in_force
from solidarity.rule_cards import cards_in_force, write_card
from solidarity.shipped.reading import shipped_cards, shipped_words
from storage.models import CardChange
from storage.starting import starting_facilities

from .conftest import PIN
from .duress import is_forced
from .test_requests import carol, decides, gets_a_button

__all__ = ["carol"]
SHIPPED = shipped_cards()[0]


async def place_is_kept(storage, code, **other):
    """Let the register know one place."""
    said = {
        "verified_on": None,
        "kind": "colony",
        "name_be": "Узорная калонія",
        "name_ru": "Образцовая колония",
        "name_en": "Sample Colony",
        "postal_code": "210000",
        "city": "Узорск",
        "street": "вул. Прыкладная 1",
        "source": "an invented list, 2026",
        "transit_days": 17,
    }
    async with storage.unit() as uow:
        await uow.facilities.put(code, **(said | other))


@pytest.fixture
async def place(storage):
    """One place that the register knows."""
    await place_is_kept(storage, "SAMPLE-1")


async def in_force(storage):
    async with storage.view() as uow:
        return await cards_in_force(uow), await words_in_force(uow)


async def goes_to(chat, thing):
    await chat.says("/desk")
    await chat.taps("Facilities")
    await chat.taps("Sample Colony")
    await chat.taps(next(label for label in chat.labels if label.startswith(f"{thing}: ")))


async def goes_to_letters(chat):
    await goes_to(chat, "letter")


async def drafts_a_card(chat, verdict="not possible"):
    await goes_to_letters(chat)
    await chat.taps("New card for this place")
    await chat.taps("Rule")
    await chat.taps(verdict)
    await chat.taps("Advice")
    await chat.says("Nothing is handed over there.")
    await chat.taps("Source")
    await chat.says("A call to the place.")


async def test_a_place_is_shown_with_its_address_and_how_long_letters_are_under_way(at_desk, place):
    await at_desk.says("/desk")
    await at_desk.taps("Facilities")
    await at_desk.says("узорск")
    await at_desk.taps("Sample Colony")

    for said in (
        "Sample Colony",
        "210000 Узорск",
        "Nobody has checked this address",
        "17 days",
        "an invented list",
    ):
        assert said in at_desk.text


async def test_a_card_of_one_place_names_the_place_and_not_its_code(at_desk, carol, place):
    await drafts_a_card(at_desk)
    assert "Where: Sample Colony" in at_desk.text
    await at_desk.taps("Ask a colleague")
    await at_desk.taps(next(label for label in at_desk.labels if label.endswith("rule card")))

    assert "Where: Sample Colony" in at_desk.text


async def test_a_card_of_a_kind_of_place_says_the_kind_in_words(at_desk, storage):
    await place_is_kept(storage, "SAMPLE-2", kind="ivs")
    await goes_to(at_desk, "parcel")
    await at_desk.taps(next(label for label in at_desk.labels if label.endswith("places like this")))

    assert "Where: every temporary detention place (IVS)" in at_desk.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_of_place_that_ships_has_its_words(language):
    said = {Words(language).say("card-where-kind", place=place["kind"]) for place in starting_facilities()}
    other = Words(language).say("card-where-kind", place="a kind from elsewhere")

    assert "a kind from elsewhere" in other
    assert [words for words in said if words.startswith(other.partition("a kind")[0])] == []


async def test_places_stand_in_the_order_of_their_numbers(at_desk, storage):
    for number in (10, 9, 2):
        await place_is_kept(storage, f"SAMPLE-{number}", name_en=f"Sample Colony No. {number}")
    await at_desk.says("/desk")
    await at_desk.taps("Facilities")

    assert [label for label in at_desk.labels if label.startswith("Sample")] == [
        f"Sample Colony No. {number}" for number in (2, 9, 10)
    ]


async def test_a_place_without_a_name_in_the_readers_language_is_listed_by_another_of_its_names(
    at_desk, storage
):
    await place_is_kept(storage, "SAMPLE-2", name_be="", name_en="", name_ru="Образцовая тюрьма")
    await at_desk.says("/desk")
    await at_desk.taps("Facilities")

    assert "Образцовая тюрьма" in at_desk.labels


async def test_a_search_for_a_place_is_over_when_its_screen_is_left_or_all_are_asked_for(at_desk, storage):
    for number in (1, 2):
        await place_is_kept(storage, f"SAMPLE-{number}", name_en=f"Sample Colony No. {number}")
    both = ["Sample Colony No. 1", "Sample Colony No. 2"]
    await at_desk.says("/desk")
    await at_desk.taps("Facilities")
    assert "All places" not in at_desk.labels
    await at_desk.says("SAMPLE-2")
    assert at_desk.labels[:2] == [both[1], "All places"]
    await at_desk.taps("All places")
    assert at_desk.labels[:2] == both
    await at_desk.says("SAMPLE-2")
    await at_desk.taps(both[1])
    await at_desk.taps("Back")
    assert at_desk.labels[:2] == [both[1], "All places"]
    await at_desk.taps("Back")

    await at_desk.taps("Facilities")

    assert at_desk.labels[:2] == both


async def test_a_place_says_how_many_rule_cards_there_are_of_each_thing(at_desk, place):
    await at_desk.says("/desk")
    await at_desk.taps("Facilities")
    await at_desk.taps("Sample Colony")

    assert [label for label in at_desk.labels if re.fullmatch(r"letter: \d+ rule cards?", label)]


async def test_a_search_that_fits_nothing_says_so(at_desk, place):
    await at_desk.says("/desk")
    await at_desk.taps("Facilities")
    await at_desk.says("Atlantis <b>")

    assert "Nothing is found for “Atlantis &lt;b&gt;”" in at_desk.text


async def test_a_new_card_counts_once_a_colleague_has_seen_it_and_agreed(at_desk, carol, place, storage):
    await drafts_a_card(at_desk)
    await at_desk.taps("Ask a colleague")
    assert "Asked." in at_desk.text
    assert (await in_force(storage))[0] == shipped_cards()
    await carol.says("/desk")
    await carol.taps("Inbox")
    await carol.taps("Requests of colleagues")
    await carol.taps(next(label for label in carol.labels if label.endswith("a rule card")))
    for said in ("Sample Colony", "not possible", "Nothing is handed over there.", "A call to the place."):
        assert said in carol.text
    await carol.taps("Approve")

    (new,) = [card for card in (await in_force(storage))[0] if card.facility == "SAMPLE-1"]
    assert new.verdict == "impossible"
    await goes_to_letters(carol)
    assert "not possible: any · anybody · here" in carol.labels


async def test_a_card_that_ships_is_changed_from_where_it_holds(at_desk, carol, place, storage):
    await goes_to_letters(at_desk)
    await at_desk.taps("allowed: in pre-trial detention · anybody · anywhere")
    assert "Nobody has checked this yet." in at_desk.text
    await at_desk.taps("Change")
    await at_desk.taps("Rule")
    await at_desk.taps("dangerous")
    await at_desk.taps("Ask a colleague")
    await decides(carol, "a rule card")

    await at_desk.says("/desk")
    await at_desk.taps("Inbox")
    await at_desk.taps("Requests of colleagues")
    assert "Agreed to: a rule card." in at_desk.text
    (card,) = [card for card in (await in_force(storage))[0] if card.id == SHIPPED.id]
    assert (card.verdict, card.verified_on, card.advice) == ("dangerous", None, SHIPPED.advice)


async def test_a_card_says_that_its_source_was_looked_at_only_where_somebody_says_so(
    at_desk, carol, place, storage, clock
):
    await goes_to_letters(at_desk)
    await at_desk.taps("allowed: in pre-trial detention · anybody · anywhere")
    await at_desk.taps("Change")
    await at_desk.taps("I did not look at the source today")
    assert "✓ I looked at the source today" in at_desk.labels
    await at_desk.taps("Ask a colleague")
    await decides(carol, "a rule card")

    (card,) = [card for card in (await in_force(storage))[0] if card.id == SHIPPED.id]
    assert card.verified_on == clock().date()


@pytest.mark.parametrize("button", ["Checked again today", "Take away"])
async def test_one_button_asks_a_colleague(at_desk, carol, place, storage, clock, button):
    await goes_to_letters(at_desk)
    await at_desk.taps("allowed: in pre-trial detention · anybody · anywhere")
    await at_desk.taps(button)
    assert (await in_force(storage))[0] == shipped_cards()
    await decides(carol, "a rule card")

    found = [card for card in (await in_force(storage))[0] if card.id == SHIPPED.id]
    assert [card.verified_on for card in found] == ([] if button == "Take away" else [clock().date()])


async def test_what_was_checked_today_asks_for_no_second_check(at_desk, carol, place):
    await goes_to_letters(at_desk)
    await at_desk.taps("allowed: in pre-trial detention · anybody · anywhere")
    await at_desk.taps("Checked again today")
    await decides(carol, "a rule card")

    await goes_to_letters(at_desk)
    await at_desk.taps("allowed: in pre-trial detention · anybody · anywhere")
    assert "Take away" in at_desk.labels
    assert "Checked again today" not in at_desk.labels


async def test_a_card_without_source_is_not_proposed(at_desk, place, storage, clock):
    await goes_to_letters(at_desk)
    await at_desk.taps("New card for this place")
    await at_desk.taps("Ask a colleague")

    assert "still lacks" in at_desk.text
    async with storage.view() as uow:
        assert await uow.requests.open_at(clock()) == []


async def test_advice_is_typed_in_each_language(at_desk, place):
    await goes_to_letters(at_desk)
    await at_desk.taps("New card for this place")
    await at_desk.taps("Advice")
    await at_desk.says("Write at once.")
    await at_desk.taps("Advice")
    await at_desk.taps("Belarusian")
    await at_desk.says("Пішыце адразу.")

    assert "English: Write at once." in at_desk.text
    assert "Belarusian: Пішыце адразу." in at_desk.text


async def goes_to_words(chat):
    await chat.says("/desk")
    for label in ("Facilities", "Risky words", "Belarusian", "war and army"):
        await chat.taps(label)


async def test_a_word_is_added_and_taken_off_by_two(at_desk, carol, storage, clock):
    await goes_to_words(at_desk)
    await at_desk.says("бульб~")
    assert "A colleague will be asked" in at_desk.text
    async with storage.view() as uow:
        assert await uow.requests.open_at(clock()) == []
    await at_desk.taps("Ask a colleague")
    assert (await in_force(storage))[1] == shipped_words()
    await decides(carol, "a risky word")
    assert "бульб~" in [word.entry for word in (await in_force(storage))[1]]
    await goes_to_words(carol)
    await carol.taps("бульб~")
    await carol.taps("Take away")
    await decides(at_desk, "a risky word")

    assert (await in_force(storage))[1] == shipped_words()


async def test_what_begins_like_an_entry_of_the_list_is_shown_beside_it_before_anybody_is_asked(at_desk):
    there = next(w for w in shipped_words() if w.language == "be" and w.entry.endswith("~"))
    await goes_to_words(at_desk)
    await at_desk.says(f"{there.entry[:-1]}*")

    assert "These begin alike" in at_desk.text
    assert f"– {there.entry} (" in at_desk.text
    await at_desk.taps("Back")
    assert "war and army" in at_desk.text


async def test_what_is_no_entry_is_refused_with_how_it_is_written(at_desk):
    await goes_to_words(at_desk)
    await at_desk.says("a~ !!")

    assert "The list cannot take this." in at_desk.text


async def test_what_was_begun_is_offered_again_when_the_desk_has_closed(at_desk, place, clock):
    await drafts_a_card(at_desk)
    clock.moves(minutes=6)
    await at_desk.says("/desk")
    for digit in PIN:
        await at_desk.taps(digit)
    await at_desk.taps("OK")
    assert "changing a rule card" in at_desk.text
    await at_desk.taps("Go on")

    assert "Nothing is handed over there." in at_desk.text


WAYS = [
    *(route.on for route in BUTTONS if route.action == "desk.rules"),
    *(f"go:{name}" for name, action in ACTION_OF.items() if action in ("desk.rules", "desk.facilities")),
]


@pytest.mark.parametrize("verb", WAYS)
@pytest.mark.parametrize(
    "argument", ["", SHIPPED.id, "SAMPLE-1:letter", "be:war:0", f"SAMPLE-1:{SHIPPED.id}"]
)
async def test_mallory_has_no_desk_and_none_of_its_buttons(mallory_chat, place, storage, verb, argument):
    await gets_a_button(mallory_chat, storage, verb, argument=argument)

    assert "Sample Colony" not in mallory_chat.text
    assert SHIPPED.source not in mallory_chat.text
    async with storage.view() as uow:
        assert not await uow.card_changes.has_forged()
    assert await in_force(storage) == (shipped_cards(), shipped_words())


@pytest.fixture
async def mallory_chat(alice):
    await alice.joins()
    return alice


@pytest.mark.parametrize("verb", ["card-checked", "card-withdraw", "go:facility", "go:card-draft"])
async def test_a_closed_desk_shows_and_does_nothing(at_desk, place, storage, clock, verb):
    await goes_to_letters(at_desk)
    clock.moves(minutes=6)
    await gets_a_button(at_desk, storage, verb, argument=SHIPPED.id)

    assert "PIN" in at_desk.text or "closed" in at_desk.text.casefold()
    async with storage.view() as uow:
        assert await uow.requests.open_at(clock()) == []


async def test_a_decoy_desk_shows_what_ships_and_only_seems_to_ask(forced, carol, place, storage, clock):
    async with storage.unit() as uow:
        actor = await carol.actor()
        change = await uow.card_changes.add(
            CardChange(
                card="desk-1",
                says=write_card(replace(SHIPPED, facility="SAMPLE-1", status=None, verdict="dangerous")),
                proposed_by=actor.id,
                proposed_at=clock(),
            )
        )
        await uow.card_changes.agree(change, by=None, at=clock())
    await is_forced(forced)
    await goes_to_letters(forced)
    assert not [label for label in forced.labels if label.startswith("here")]
    await drafts_a_card(forced)
    await forced.taps("Ask a colleague")
    assert "Asked." in forced.text
    await goes_to_words(forced)
    await forced.says("бульб~")
    await forced.taps("Ask a colleague")

    assert "Asked." in forced.text
    async with storage.view() as uow:
        assert await uow.requests.open_at(clock()) == []
        assert len(await uow.card_changes.agreed()) == 1
        assert await words_in_force(uow) == shipped_words()
    await goes_to_letters(carol)
    assert "dangerous: any · anybody · here" in carol.labels


async def sees_the_request(carol):
    await carol.says("/desk")
    await carol.taps("Inbox")
    await carol.taps("Requests of colleagues")
    await carol.taps(next(label for label in carol.labels if label.endswith("a rule card")))


async def test_a_colleague_sees_advice_in_every_language_before_agreeing_to_it(at_desk, carol, place):
    await drafts_a_card(at_desk)
    for language, advice in (("Russian", "Звоните по этому номеру."), ("Belarusian", "Тэлефануйце туды.")):
        await at_desk.taps("Advice")
        await at_desk.taps(language)
        await at_desk.says(advice)
    await at_desk.taps("Ask a colleague")

    await sees_the_request(carol)

    for said in ("Nothing is handed over there.", "Звоните по этому номеру.", "Тэлефануйце туды."):
        assert said in carol.text


async def types_as_much_as_fits(chat, age):
    for language in ("English", "Russian", "Belarusian"):
        await chat.taps("Advice")
        if language in chat.labels:
            await chat.taps(language)
        # Letters that count twice in a message.
        await chat.says(f"{'𝓪' * 450} {age} {language}")
    await chat.taps("Source")
    await chat.says(f"{'𝓪' * 180} {age} source")
    await chat.taps("I did not look at the source today")
    await chat.taps("Ask a colleague")


async def test_nothing_of_what_would_hold_is_cut_off_before_a_colleague_agrees_to_it(at_desk, carol, place):
    await drafts_a_card(at_desk)
    await types_as_much_as_fits(at_desk, "old")
    await decides(carol, "a rule card")
    await goes_to_letters(at_desk)
    await at_desk.taps("not possible: any · anybody · here")
    await at_desk.taps("Change")
    await types_as_much_as_fits(at_desk, "new")

    await sees_the_request(carol)

    for said in ("new English", "new Russian", "new Belarusian", "new source", "Checked on"):
        assert said in carol.text


async def test_what_is_typed_for_a_card_has_no_letters_that_nobody_sees(at_desk, carol, place, storage):
    await drafts_a_card(at_desk)
    await at_desk.taps("Advice")
    await at_desk.says("Letters\u202e reversed\u202c and\u200b hid\u2066den.")
    await at_desk.taps("Source")
    await at_desk.says("A call\u202e there.")
    await at_desk.taps("Ask a colleague")
    await decides(carol, "a rule card")

    (new,) = [card for card in (await in_force(storage))[0] if card.facility == "SAMPLE-1"]
    assert "".join([*new.advice.values(), new.source]).isprintable()
