"""The table of actions holds: for every way, every kind of person, and whosever thing it is about."""

from collections import defaultdict
from uuid import UUID

import pytest

from storage.unit_of_work import Storage
from tests.attacks.matrix import Cell, Column, Verdict, Way, cells, expected, may_know, ways
from tests.attacks.matrix_people import KINDS, Person, in_the_middle_of_everything, new_world
from tests.attacks.matrix_trial import Outcome, happen

MISSING = UUID("00000000-0000-4000-8000-000000000404")
# What a refusal may leave behind: the update's number, the screen drawn anew, and a desk kept open.
TRACES = {"seen_update", "posted", "button", "desk"}
# The words of an invitation go out of sight wherever the way back leads.
OWN_TRACES = {"invite-done": {"draft"}}
# Words that find a desk closed are kept; a decoy desk remembers what it only seems to have done.
KEPT_IN = {Verdict.KEPT: {"draft"}, Verdict.SEEMS: {"draft"}}
# What is not public is nothing to a decoy desk, or nothing for who sits there, or not so any more.
MEANT = {Verdict.SEEMS: {Verdict.DONE, Verdict.NOTHING, Verdict.NOT_FOR_YOU, Verdict.GONE}}
BY_CHANCE = ("phrase-another", "agree", "mydata-file", "account-code", "vouch", "word-make")
# A decoy desk invents five words each time.
WORDS_OF = {Verdict.SEEMS: ("invite",)}
# The whole is proved on both databases, this always.
ON_BOTH = ("other guardian",)
WITH_MOST_THINGS = ("other guardian", "other relative", "coordinator at an open desk")
# Says the pseudonym of whatever id its row holds, and nothing that is kept.
ECHOES = ("go:desk-account-moved",)
Outcomes = dict[Cell, Outcome]


async def outcomes_of(storage: Storage, name: str, *, is_whole: bool = True) -> tuple[Person, Outcomes]:
    """Let every cell of one kind of person happen, or those that are in the sample."""
    world = await new_world(storage)
    person = await KINDS[name](world, world.chat(700_300_001))
    await in_the_middle_of_everything(world, person)
    every = list(cells(person, MISSING))
    wanted = every if is_whole else sample(name, every)
    return person, {cell: await happen(world, person, cell) for cell in wanted}


def sample(name: str, every: list[Cell]) -> list[Cell]:
    """Choose one in seven ways for each kind of person, others for each, so that together they try every way.

    With all things a way may be about, except one of another kind; for those to whom things tell most one in
    three of the ways that are about a thing.
    """
    kind, numbers = list(KINDS).index(name), {way: number for number, way in enumerate(ways())}
    return [
        cell
        for cell in every
        if cell.column is not Column.ALIEN
        and (numbers[cell.way] + kind) % (3 if cell.way.thing and name in WITH_MOST_THINGS else 7) == 0
    ]


def against_the_table(person: Person, outcomes: Outcomes) -> list[str]:
    wrong = []
    for cell, outcome in outcomes.items():
        should, did = expected(person, cell), outcome.verdict
        if did not in MEANT.get(should, {should}):
            wrong.append(f"{cell}: should be {should}, is {did}: {outcome.text[:160]!r}")
        written = outcome.written - TRACES - person.traces - OWN_TRACES.get(cell.way.on, set())
        written -= KEPT_IN.get(should, set())
        if should is not Verdict.DONE and written:
            wrong.append(f"{cell}: refused, and wrote {written}")
        if not may_know(person, cell):
            wrong += [f"{cell}: shows {one}" for one in person.secrets if one in outcome.shown]
    return wrong


def told_apart(person: Person, outcomes: Outcomes) -> list[str]:
    """Name the ways whose refusals differ: by what is said, by the buttons, or by the statements."""
    alike: dict[tuple[Way, Verdict], list[Cell]] = defaultdict(list)
    for cell in outcomes:
        should = expected(person, cell)
        # That a thing is one's own is no secret.
        if cell.column is Column.OWN and should is not Verdict.DONE:
            continue
        if cell.way.thing is None or should is not Verdict.DONE:
            alike[cell.way, should].append(cell)
    wrong = []
    for (way, should), those in alike.items():
        seen = {(outcomes[one].text, str(outcomes[one].labels)) for one in those}
        asked = {tuple(outcomes[one].asked) for one in those}
        if len(seen) > 1 and way.on not in BY_CHANCE + ECHOES + WORDS_OF.get(should, ()):
            wrong.append(f"{way.how} {way.on}: {seen}")
        # Nobody at a decoy desk is given a button about what stands there but is not public.
        if len(asked) > 1 and should is not Verdict.SEEMS:
            more, less = sorted(asked, key=len)[-1], sorted(asked, key=len)[0]
            wrong.append(
                f"{way.how} {way.on}: {len(more)} statements or {len(less)}: {set(more) ^ set(less)}"
            )
    return wrong


@pytest.mark.parametrize(
    ("engine_name", "name"),
    [*(("sqlite", name) for name in KINDS), *(("postgresql", name) for name in ON_BOTH)],
)
async def test_everybody_may_do_what_the_table_says_and_nothing_else(storage: Storage, name: str):
    person, outcomes = await outcomes_of(storage, name, is_whole=False)

    assert "\n".join(against_the_table(person, outcomes)) == ""
    assert "\n".join(told_apart(person, outcomes)) == ""


@pytest.mark.proof
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", KINDS)
async def test_the_whole_matrix_is_as_the_table_says(storage: Storage, name: str):
    person, outcomes = await outcomes_of(storage, name)

    print(f"{name}: {len(outcomes)} cells")
    assert "\n".join(against_the_table(person, outcomes)) == ""
    assert "\n".join(told_apart(person, outcomes)) == ""
