"""Which rule card wins: the narrower, then the newer; those that disagree are shown as such."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity.possible import (
    Above,
    Held,
    Possibility,
    RuleCard,
    Thing,
    Verdict,
    Writer,
    in_language,
    possible,
)
from solidarity.trust import Trust
from storage.models import CustodyStatus

TODAY = date(2026, 11, 28)
CONVICTED = Held(CustodyStatus.CONVICTED, "IK-90", "colony")
STRICTER = ["allowed", "discouraged", "impossible", "dangerous"]
FREE = {CustodyStatus.RELEASED, CustodyStatus.EXILED, CustodyStatus.DIED}
SET_APART = {CustodyStatus.HOUSE_ARREST, CustodyStatus.HOME_KHIMIYA, CustodyStatus.INCOMMUNICADO}


def card(name: str = "one", verdict: Verdict = Verdict.ALLOWED, **told) -> RuleCard:
    return RuleCard(name, Thing.LETTER, verdict, "a source", **told)


def letter(cards, held=CONVICTED, writer=Writer.STRANGER) -> Possibility:
    return possible(cards, held, writer, Thing.LETTER)


# Each names more than the one after it; the first thing in which two differ decides.
FROM_NARROW_TO_WIDE = [
    card("a", facility="IK-90", status=CustodyStatus.CONVICTED, writer=Writer.STRANGER),
    card("b", facility="IK-90", status=CustodyStatus.CONVICTED),
    card("c", facility="IK-90", writer=Writer.STRANGER),
    card("d", facility="IK-90"),
    card("e", kind="colony", status=CustodyStatus.CONVICTED, writer=Writer.STRANGER),
    card("f", kind="colony", status=CustodyStatus.CONVICTED),
    card("g", kind="colony", writer=Writer.STRANGER),
    card("h", kind="colony"),
    card("i", status=CustodyStatus.CONVICTED, writer=Writer.STRANGER),
    card("j", status=CustodyStatus.CONVICTED),
    card("k", writer=Writer.STRANGER),
    card("l"),
]


@pytest.mark.parametrize("left", range(len(FROM_NARROW_TO_WIDE)))
def test_of_all_ways_to_be_narrow_the_narrowest_that_is_left_wins(left: int):
    assert letter(FROM_NARROW_TO_WIDE[left:]).cards == (FROM_NARROW_TO_WIDE[left],)


def test_without_a_card_nothing_is_known_and_a_reminder_still_goes_out():
    answer = letter([])

    assert answer == Possibility(above=None, verdict=None, cards=())
    assert not answer.is_known
    assert answer.is_reminded_of
    assert answer.trust(TODAY) is None


@pytest.mark.parametrize(
    "other",
    [
        card(facility="IK-91"),
        card(kind="prison"),
        card(status=CustodyStatus.PRETRIAL),
        card(writer=Writer.RELATIVE),
        RuleCard("one", Thing.VISIT, Verdict.ALLOWED, "a source"),
    ],
)
def test_a_card_about_something_else_says_nothing(other: RuleCard):
    assert not letter([other]).is_known


def test_a_place_that_is_not_known_is_no_place_of_a_card():
    nowhere = Held(CustodyStatus.CONVICTED)

    assert not letter([card(facility="IK-90"), card(kind="colony")], nowhere).is_known
    assert letter([card()], nowhere).is_known


def test_the_newer_of_two_equally_narrow_cards_wins_whatever_it_says():
    older = card("older", Verdict.DANGEROUS, verified_on=date(2026, 1, 1))
    newer = card("newer", Verdict.ALLOWED, verified_on=date(2026, 1, 2))

    for cards in permutations([older, newer]):
        assert letter(cards) == Possibility(verdict=Verdict.ALLOWED, cards=(newer,))


def test_what_was_never_verified_is_older_than_all():
    never = card("never", Verdict.DANGEROUS)
    once = card("once", Verdict.ALLOWED, verified_on=date(1999, 1, 1))

    assert letter([never, once]).cards == (once,)


def test_a_narrower_card_wins_over_a_newer_one():
    narrower = card("narrower", writer=Writer.STRANGER)
    newer = card("newer", Verdict.DANGEROUS, verified_on=TODAY)

    assert letter([narrower, newer]).cards == (narrower,)


@pytest.mark.parametrize(("milder", "stricter"), list(pairwise(STRICTER)))
def test_a_contradiction_shows_both_and_acts_upon_the_stricter(milder: str, stricter: str):
    one, two = card("one", Verdict(milder)), card("two", Verdict(stricter))

    for cards in permutations([one, two]):
        answer = letter(cards)
        assert answer.is_contradicted
        assert answer.cards == (one, two)
        assert answer.verdict is Verdict(stricter)


def test_two_cards_that_agree_are_no_contradiction():
    answer = letter([card("two"), card("one")])

    assert not answer.is_contradicted
    assert [each.id for each in answer.cards] == ["one", "two"]


@pytest.mark.parametrize(
    ("verdict", "goes_out"),
    [("allowed", True), ("discouraged", True), ("impossible", False), ("dangerous", False)],
)
def test_a_reminder_goes_out_unless_it_is_in_vain_or_does_harm(verdict: str, goes_out: bool):
    assert letter([card(verdict=Verdict(verdict))]).is_reminded_of is goes_out


@pytest.mark.parametrize(
    ("status", "above"),
    [
        (CustodyStatus.RELEASED, Above.FREE),
        (CustodyStatus.EXILED, Above.FREE),
        (CustodyStatus.DIED, Above.DEAD),
    ],
)
def test_who_is_free_or_dead_has_no_post_whatever_the_cards_say(status: CustodyStatus, above: Above):
    answer = letter([card(), card("two", status=status)], Held(status, "IK-90", "colony"))

    assert answer == Possibility(above=above)
    assert not answer.is_reminded_of


@pytest.mark.parametrize("status", list(CustodyStatus))
def test_who_is_silenced_is_not_spoken_of_be_they_dead_or_free(status: CustodyStatus):
    answer = letter([card()], Held(status, is_silenced=True))

    assert answer == Possibility(above=Above.SILENCED)
    assert not answer.is_reminded_of


@pytest.mark.parametrize("status", sorted(SET_APART))
def test_any_custody_status_means_nobody_at_home_and_nobody_without_contact(status: CustodyStatus):
    held = Held(status, "IK-90", "colony")
    everybody = [card("a", facility="IK-90"), card("b", kind="colony"), card("c")]
    meant = card("d", Verdict.DANGEROUS, status=status)

    assert not letter(everybody, held).is_known
    assert letter([*everybody, meant], held).cards == (meant,)


def test_a_card_cannot_name_both_a_place_and_a_kind_of_place():
    with pytest.raises(ValueError):
        card(facility="IK-90", kind="colony")


@pytest.mark.parametrize(
    ("days", "trust"),
    [(None, Trust.NEVER), (0, Trust.CHECKED), (180, Trust.CHECKED), (181, Trust.LONG_AGO)],
)
def test_a_card_is_trusted_for_180_days(days: int | None, trust: Trust):
    verified_on = None if days is None else TODAY - timedelta(days=days)

    assert letter([card(verified_on=verified_on)]).trust(TODAY) is trust


def test_a_text_comes_in_the_language_asked_for_else_in_the_first_there_is():
    assert in_language({"be": "так", "en": "yes"}, "en") == "yes"
    assert in_language({"ru": "да", "en": "yes"}, "be") == "да"
    assert in_language({"be": "", "en": "yes"}, "be") == "yes"
    assert in_language({}, "be") is None


ids = st.integers(0, 10_000).map("card-{}".format)
places = st.sampled_from(["IK-90", "IK-91", None])
kinds = st.sampled_from(["colony", "sizo", None])
days = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 4))
statuses = st.sampled_from(list(CustodyStatus))


@st.composite
def cards(draw) -> RuleCard:
    facility = draw(places)
    return RuleCard(
        id=draw(ids),
        thing=draw(st.sampled_from([Thing.LETTER, Thing.VISIT])),
        verdict=draw(st.sampled_from(list(Verdict))),
        source="a source",
        facility=facility,
        kind=None if facility else draw(kinds),
        status=draw(st.none() | statuses),
        writer=draw(st.none() | st.sampled_from(list(Writer))),
        verified_on=draw(days),
    )


def decks(**bounds):
    return st.lists(cards(), unique_by=lambda each: each.id, **bounds)


helds = st.builds(Held, statuses, places, kinds, st.booleans())
cells = st.tuples(helds, st.sampled_from(list(Writer)), st.sampled_from(list(Thing)))


@given(decks(max_size=12), cells, st.randoms())
def test_the_order_of_the_cards_is_of_no_account(deck, cell, random):
    shuffled = random.sample(deck, len(deck))

    assert possible(deck, *cell) == possible(shuffled, *cell)


@given(decks(max_size=12), cells)
def test_a_card_that_lost_is_not_missed(deck, cell):
    answer = possible(deck, *cell)

    assert possible(answer.cards, *cell) == answer or answer.above is not None


@st.composite
def dealt(draw) -> tuple[list[RuleCard], tuple[Held, Writer, Thing]]:
    """Cards that all fit one prisoner, and that prisoner."""
    held = Held(draw(st.sampled_from(sorted(set(CustodyStatus) - FREE - SET_APART))), "IK-90", "colony")
    writer = draw(st.sampled_from(list(Writer)))
    places = st.sampled_from([(held.facility, None), (None, held.kind), (None, None)])
    told = st.tuples(
        places, st.sampled_from([held.status, None]), st.sampled_from([writer, None]), days,
        st.sampled_from(list(Verdict)),
    )  # fmt: skip
    deck = [
        RuleCard(f"card-{number}", Thing.LETTER, verdict, "", *place, status, who, verified_on=day)
        for number, (place, status, who, day, verdict) in enumerate(draw(st.lists(told, min_size=1)))
    ]
    return deck, (held, writer, Thing.LETTER)


@given(dealt(), st.sampled_from(["facility", "kind", "status", "writer"]))
def test_a_card_that_names_more_than_the_winner_wins_alone(dealing, name):
    deck, cell = dealing
    held, writer, _ = cell
    winner = possible(deck, *cell).cards[0]
    named = {"facility": held.facility, "kind": held.kind, "status": held.status, "writer": writer}
    more = (
        replace(winner, id="new", verified_on=None, **{name: named[name]})
        if fits_with(winner, name)
        else None
    )

    if more is not None:
        assert possible([*deck, more], *cell).cards == (more,)


def fits_with(card: RuleCard, name: str) -> bool:
    """Whether a card can name one thing more, and would then name what it did not."""
    has_place = card.facility is not None or card.kind is not None
    return getattr(card, name) is None and not (name in ("facility", "kind") and has_place)


@given(dealt())
def test_a_card_as_narrow_as_the_winner_and_newer_wins_alone(dealing):
    deck, cell = dealing
    winner = possible(deck, *cell).cards[0]
    newer = replace(
        winner, id="new", verified_on=(winner.verified_on or date(2020, 1, 1)) + timedelta(days=1)
    )

    assert possible([*deck, newer], *cell) == Possibility(verdict=winner.verdict, cards=(newer,))


@given(dealt(), st.sampled_from(list(Verdict)))
def test_a_card_as_narrow_and_as_new_as_the_winner_stands_beside_it(dealing, verdict):
    deck, cell = dealing
    before = possible(deck, *cell)
    other = replace(before.cards[0], id="new", verdict=verdict)

    answer = possible([*deck, other], *cell)

    assert set(answer.cards) == {*before.cards, other}
    assert answer.is_contradicted == (before.is_contradicted or verdict is not before.verdict)
    assert STRICTER.index(answer.verdict) == max(STRICTER.index(v) for v in (verdict, before.verdict))


@given(decks(max_size=12), cells)
def test_a_verdict_is_a_winners_and_none_of_the_winners_is_stricter(deck, cell):
    answer = possible(deck, *cell)
    said = [STRICTER.index(each.verdict) for each in answer.cards]

    assert (answer.verdict is None) == (not said)
    assert not said or STRICTER.index(answer.verdict) == max(said)
    assert answer.is_contradicted == (len(set(said)) > 1)


@given(decks(max_size=12), cells)
def test_nobody_free_dead_or_silenced_is_ever_written_to(deck, cell):
    held, *_ = cell
    answer = possible(deck, *cell)

    assert (answer.above is not None) == (held.is_silenced or held.status in FREE)
    assert answer.above is None or (answer.cards, answer.verdict) == ((), None)
