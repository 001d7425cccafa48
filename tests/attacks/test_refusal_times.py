"""How long a refusal takes does not tell whether a thing is somebody else's or is not there at all."""

import random
from statistics import median
from time import perf_counter
from uuid import UUID

import pytest

from handlers.conversation import Conversation
from handlers.deps import Deps
from storage.unit_of_work import Storage
from tests.attacks.matrix import Cell, Column, How, Verdict, Way, expected, ways
from tests.attacks.matrix_people import KINDS, Person, World, in_the_middle_of_everything, new_world
from tests.attacks.matrix_trial import arranged, undone
from tests.handlers.conftest import CheapPins

MISSING = UUID("00000000-0000-4000-8000-000000000404")
PAIRS = 250
NARROW = (0.9, 1.1)
ASKED = (
    ("guardian", "go:guardianship", Column.OTHERS),
    ("guardian", "wrote", Column.OTHERS),
    ("guardian", "application-withdraw", Column.OTHERS),
    ("guardian", "came-back", Column.OTHERS),
    ("guardian", "go:application-asked", Column.OTHERS),
    ("guardian", "go:envelope", Column.OTHERS),
    ("guardian", "go:hearing-notice", Column.OTHERS),
    ("guardian", "go:prisoner-moved", Column.OTHERS),
    ("relative", "go:hearing-notice", Column.OTHERS),
    ("former", "go:desk-application", Column.OTHERS),
    ("coordinator at a closed desk", "application-accept", Column.OTHERS),
    ("coordinator at an open desk", "application-decline", Column.OWN),
)


async def seconds(world: World, person: Person, cell: Cell) -> float:
    """Return how long an answer took, from keys that are forgotten; nothing of it stays."""
    async with undone(world.storage) as storage:
        arrival = await arranged(world, storage, person, cell)
        conversation = Conversation(Deps(storage, world.clock, CheapPins()))
        storage.keys.cache.clear()
        begun = perf_counter()
        await conversation.take(arrival)
        return perf_counter() - begun


def way_of(verb: str) -> Way:
    return next(way for way in ways() if way.how is How.BUTTON and way.on == verb)


@pytest.mark.proof
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("name", "verb", "column"), ASKED)
async def test_not_yours_takes_as_long_as_not_there(storage: Storage, name: str, verb: str, column: Column):
    world = await new_world(storage)
    person = await KINDS[name](world, world.chat(700_300_001))
    await in_the_middle_of_everything(world, person)
    way = way_of(verb)
    things = person.own if column is Column.OWN else person.others
    theirs = Cell(way, column, things[way.thing or ""])
    missing = Cell(way, Column.MISSING, MISSING)
    assert expected(person, theirs) is not Verdict.DONE
    took: dict[Cell, list[float]] = {theirs: [], missing: []}
    chance = random.Random(verb)

    for _ in range(PAIRS):
        for cell in chance.sample((theirs, missing), k=2):
            took[cell].append(await seconds(world, person, cell))

    ratio = median(took[theirs]) / median(took[missing])
    print(f"{name}, {verb}: {ratio:.3f} of {median(took[missing]) * 1000:.1f} ms")
    assert NARROW[0] <= ratio <= NARROW[1]
