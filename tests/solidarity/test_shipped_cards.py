"""The cards that ship: what they say of everybody, compared with what was written down by hand."""

import json
import subprocess
import sys
from importlib.resources import files
from itertools import product

import pytest
import yaml
from jsonschema import Draft202012Validator

from solidarity.possible import IN_A_LETTER, Held, Possibility, RuleCard, Thing, Verdict, Writer, possible
from solidarity.shipped.reading import shipped_cards
from storage.models import CustodyStatus

ROOM = files("solidarity.shipped")
CARDS = shipped_cards()
BY_ID = {card.id: card for card in CARDS}

# Every kind of the list of places, and no place at all; those side by side are alike to the cards.
KINDS = {
    "ordinary": (None, "sizo", "sizo-and-prison", "prison", "colony", "colony-women"),
    "open": ("open-facility",),
    "ivs": ("ivs",),
    "closed": ("sizo-closed-site", "colony-liquidated"),
}
THINGS = (Thing.LETTER, Thing.TELEGRAM, Thing.PARCEL, Thing.VISIT)

# For a stranger, somebody on the list, a relative: a(llowed), d(iscouraged), x dangerous, i(mpossible),
# - not known; a capital is what is acted upon where sources contradict each other; f(ree), † dead.
EXPECTED = """
    status         kind      letter  telegram  parcel  visit   in a letter

    detained       ordinary  ---     ---       ---     ---     DDD
    detained       open      ddd     ---       ---     ---     DDD
    detained       ivs       ---     ---       iiI     ---     DDD
    detained       closed    iii     iii       iii     iii     DDD

    pretrial       ordinary  aaa     aaa       aaa     ---     DDD
    pretrial       open      ddd     aaa       aaa     ---     DDD
    pretrial       ivs       aaa     aaa       iiI     ---     DDD
    pretrial       closed    iii     iii       iii     iii     DDD

    convicted      ordinary  dDa     aaa       iia     --a     DDD
    convicted      open      ddd     aaa       iia     --a     DDD
    convicted      ivs       dDa     aaa       iiI     --a     DDD
    convicted      closed    iii     iii       iii     iii     DDD

    prison_regime  ordinary  dDa     aaa       iia     --a     DDD
    prison_regime  open      ddd     aaa       iia     --a     DDD
    prison_regime  ivs       dDa     aaa       iiI     --a     DDD
    prison_regime  closed    iii     iii       iii     iii     DDD

    house_arrest   ordinary  xxx     xxx       xx-     xx-     ---
    house_arrest   open      xxx     xxx       xx-     xx-     ---
    house_arrest   ivs       xxx     xxx       xx-     xx-     ---
    house_arrest   closed    xxx     xxx       xx-     xx-     ---

    open_facility  ordinary  ddd     ---       ---     ---     DDD
    open_facility  open      ddd     ---       ---     ---     DDD
    open_facility  ivs       ddd     ---       iiI     ---     DDD
    open_facility  closed    iii     iii       iii     iii     DDD

    home_khimiya   ordinary  xxx     xxx       xx-     xx-     ---
    home_khimiya   open      xxx     xxx       xx-     xx-     ---
    home_khimiya   ivs       xxx     xxx       xx-     xx-     ---
    home_khimiya   closed    xxx     xxx       xx-     xx-     ---

    psychiatric    ordinary  ---     ---       ---     ---     DDD
    psychiatric    open      ddd     ---       ---     ---     DDD
    psychiatric    ivs       ---     ---       iiI     ---     DDD
    psychiatric    closed    iii     iii       iii     iii     DDD

    incommunicado  ordinary  iii     iii       iii     iii     ---
    incommunicado  open      iii     iii       iii     iii     ---
    incommunicado  ivs       iii     iii       iii     iii     ---
    incommunicado  closed    iii     iii       iii     iii     ---

    released       ordinary  fff     fff       fff     fff     fff
    released       open      fff     fff       fff     fff     fff
    released       ivs       fff     fff       fff     fff     fff
    released       closed    fff     fff       fff     fff     fff

    exiled         ordinary  fff     fff       fff     fff     fff
    exiled         open      fff     fff       fff     fff     fff
    exiled         ivs       fff     fff       fff     fff     fff
    exiled         closed    fff     fff       fff     fff     fff

    died           ordinary  †††     †††       †††     †††     †††
    died           open      †††     †††       †††     †††     †††
    died           ivs       †††     †††       †††     †††     †††
    died           closed    †††     †††       †††     †††     †††
"""
SIGNS = {"allowed": "a", "discouraged": "d", "dangerous": "x", "impossible": "i", "free": "f", "dead": "†"}
ROWS = [line.split() for line in EXPECTED.splitlines()[2:] if line.strip()]


def sign(answer: Possibility) -> str:
    said = answer.above or answer.verdict
    found = "-" if said is None else SIGNS[said]
    return found.upper() if answer.is_contradicted else found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_what_is_possible_is_what_was_written_down_by_hand(row: list[str]):
    status, group, *expected = row
    for kind in KINDS[group]:
        held = Held(CustodyStatus(status), "XX-1", kind)
        table = ["".join(sign(possible(CARDS, held, w, thing)) for w in Writer) for thing in THINGS]
        assert [*table, expected[-1]] == expected, kind
        for thing in IN_A_LETTER:
            assert "".join(sign(possible(CARDS, held, w, thing)) for w in Writer) == expected[-1], kind


def test_every_status_and_every_kind_of_place_is_written_down_once():
    written = [(status, group) for status, group, *_ in ROWS]

    assert sorted(written) == sorted(product(CustodyStatus, KINDS))


@pytest.mark.parametrize(
    ("code", "kind", "status", "thing", "expected"),
    [
        ("IK-3", "colony", "convicted", Thing.LETTER, "ddd"),
        ("IK-3", "colony", "prison_regime", Thing.LETTER, "dDa"),
        ("SIZO-6", "sizo", "pretrial", Thing.PARCEL, "aaa"),
        ("SIZO-7", "sizo", "pretrial", Thing.PARCEL, "aaa"),
        ("SIZO-7", "sizo", "convicted", Thing.PARCEL, "iia"),
    ],
)
def test_what_is_known_of_single_places(code, kind, status, thing, expected):
    answers = [possible(CARDS, Held(CustodyStatus(status), code, kind), w, thing) for w in Writer]

    assert "".join(map(sign, answers)) == expected


@pytest.mark.parametrize("code", ["SIZO-6", "SIZO-7", "IK-3"])
def test_a_single_places_card_stands_before_the_general_one(code: str):
    status, thing = ("convicted", Thing.LETTER) if code == "IK-3" else ("pretrial", Thing.PARCEL)
    answer = possible(CARDS, Held(CustodyStatus(status), code, None), Writer.STRANGER, thing)

    assert [card.facility for card in answer.cards] == [code]


def cells() -> list[tuple[Held, Writer, Thing]]:
    """One cell for each way in which a card could tell people apart."""
    places = [("XX-1", kind) for kinds in KINDS.values() for kind in kinds]
    named = [("IK-3", "colony"), ("SIZO-6", "sizo"), ("SIZO-7", "sizo")]
    helds = [Held(status, *place) for status in CustodyStatus for place in [*places, *named]]
    return list(product(helds, Writer, Thing))


def governed_by(card: RuleCard, cell: tuple[Held, Writer, Thing]) -> bool:
    """Whether no other card beats a card in a cell, by comparing it with each of the others alone."""
    return speaks_of(card, cell) and not any(
        speaks_of(other, cell) and beats(other, card) for other in CARDS if other is not card
    )


def speaks_of(card: RuleCard, cell: tuple[Held, Writer, Thing]) -> bool:
    held, writer, thing = cell
    if held.status in ("released", "exiled", "died") or card.thing != thing:
        return False
    if card.status is None and held.status in ("house_arrest", "home_khimiya", "incommunicado"):
        return False
    wishes = [(card.facility, held.facility), (card.kind, held.kind), (card.status, held.status)]
    return all(wish is None or wish == has for wish, has in [*wishes, (card.writer, writer)])


def beats(one: RuleCard, other: RuleCard) -> bool:
    for name in ("facility", "kind", "status", "writer"):
        if (getattr(one, name) is None) != (getattr(other, name) is None):
            return getattr(one, name) is not None
    # None of the shipped cards has a day, and so none is newer.
    return False


def test_taking_a_card_away_changes_what_it_governed_and_nothing_else():
    everything = cells()
    before = {cell: possible(CARDS, *cell) for cell in everything}
    for gone in CARDS:
        left = [card for card in CARDS if card is not gone]
        changed = {cell for cell in everything if possible(left, *cell) != before[cell]}
        assert changed == {cell for cell in everything if governed_by(gone, cell)}, gone.id
        assert changed, f"{gone.id} governs nothing"


def test_the_file_keeps_to_its_schema():
    schema = json.loads(ROOM.joinpath("rule_cards.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)

    document = yaml.safe_load(ROOM.joinpath("rule_cards.yaml").read_text(encoding="utf-8"))

    assert [error.message for error in validator.iter_errors(document)] == []
    for spoilt in SPOILT:
        assert not validator.is_valid({"cards": [{**document["cards"][0], **spoilt}]}), spoilt


SPOILT = (
    {"verdict": "perhaps"},
    {"kind": "colony", "facility": "IK-1"},
    {"status": "released"},
    {"verified_on": "28.11.2026"},
    {"advice": {"be": "Толькі па-беларуску."}},
    {"remark": "unknown"},
)


def test_the_schema_knows_the_words_of_the_code():
    card = json.loads(ROOM.joinpath("rule_cards.schema.json").read_text(encoding="utf-8"))["$defs"]["card"]
    words = {name: set(card["properties"][name]["enum"]) for name in ("thing", "verdict", "writer", "status")}

    assert words["thing"] == set(Thing)
    assert words["verdict"] == set(Verdict)
    assert words["writer"] == set(Writer)
    assert words["status"] == set(CustodyStatus) - {"released", "exiled", "died"}


def test_what_runs_does_without_a_reader_of_yaml():
    code = "import sys, solidarity.shipped.reading; sys.exit('yaml' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_card_has_a_name_of_its_own():
    assert len(BY_ID) == len(CARDS)


def test_the_texts_say_guardian_never_by_the_legal_word_and_are_in_their_own_script():
    for card in CARDS:
        for texts in (card.advice, card.abroad):
            for language, text in texts.items():
                assert not any(word in text.lower() for word in ("апякун", "апекун", "опекун")), card.id
                letters = [sign for sign in text if sign.isalpha()]
                latin = sum(letter.isascii() for letter in letters) / len(letters)
                assert latin == 1 if language == "en" else latin == 0, (card.id, language, text)
        for sign_ in "иъщ":
            assert sign_ not in card.advice["be"].lower(), card.id
        for sign_ in "іў":
            assert sign_ not in card.advice["ru"].lower(), card.id


def test_no_card_that_ships_claims_to_have_been_verified():
    assert [card.id for card in CARDS if card.verified_on is not None] == []


STRANGERS_ADVICE = (
    *("Agree with the family", "the family wishes", "help the family", "from others than close relatives"),
    *("Дамоўцеся з блізкімі", "просяць блізкія", "Дапамагчы можна", "не ад блізкіх сваякоў"),
    *("Договоритесь с близкими", "просят ли близкие", "Помочь можно", "не от близких родственников"),
)


def test_a_relative_reads_no_advice_that_is_meant_for_strangers():
    places = [(None, kind) for kind in {kind for kinds in KINDS.values() for kind in kinds}]
    places += [(card.facility, None) for card in CARDS if card.facility is not None]

    for status, (facility, kind), thing in product(CustodyStatus, places, THINGS):
        found = possible(CARDS, Held(status, facility, kind), Writer.RELATIVE, thing)
        said = " ".join(text for card in found.cards for text in card.advice.values())
        assert [words for words in STRANGERS_ADVICE if words in said] == [], (status, facility, kind, thing)
