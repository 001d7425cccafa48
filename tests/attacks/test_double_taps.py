"""One button tapped twice at once, also before two processes, has one effect; the second tap says so."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import func, select

from handlers.answer import Answer
from handlers.arrival import Arrival
from handlers.conversation import Conversation
from handlers.deps import Deps
from handlers.vocabulary import Step, write
from solidarity.codes import give_staff_code
from solidarity.work import Action
from storage.database import open_postgresql
from storage.keys import Keys
from storage.models import (
    Base,
    Code,
    CodeKind,
    Departed,
    Guardianship,
    GuardianshipState,
    Hearing,
    HearingStatus,
    Hiding,
    Letter,
    LetterOutcome,
    OutboxRow,
    Person,
    Posted,
    Role,
    RoleName,
)
from storage.unit_of_work import Storage
from tests.attacks.matrix import ARGUMENTS
from tests.attacks.matrix_before import happened
from tests.attacks.matrix_people import KINDS, World, in_the_middle_of_everything, new_world
from tests.attacks.matrix_people import Person as Somebody
from tests.attacks.matrix_trial import EN, FIRST_SCREEN, puts, tapped, typed
from tests.handlers.conftest import CheapPins
from tests.world import RING

GUARDIAN, AT_DESK = "guardian", "coordinator at an open desk"


@dataclass(frozen=True)
class Effect:
    """A button, whose thing it is about, and the rows of which there must be one more after it."""

    verb: str
    who: str
    table: type[Base]
    is_it: object = True
    target: Callable[[World, Somebody], UUID | None] = lambda _world, _somebody: None
    more: int = 1


def own(thing: str) -> Callable[[World, Somebody], UUID]:
    return lambda _world, somebody: somebody.own[thing]


def others(thing: str) -> Callable[[World, Somebody], UUID]:
    return lambda _world, somebody: somebody.others[thing]


EFFECTS = (
    Effect("wrote", GUARDIAN, Letter, target=own("guardianship")),
    Effect("letter-wrote", GUARDIAN, Letter, target=own("guardianship")),
    Effect("one-letter-wrote", GUARDIAN, Letter, target=others("public")),
    Effect("came-back", GUARDIAN, Letter, Letter.outcome == LetterOutcome.RETURNED, own("guardianship")),
    Effect("pause", GUARDIAN, Guardianship,
           Guardianship.state == GuardianshipState.PAUSED, own("guardianship")),
    Effect("adopt-send", GUARDIAN, Guardianship, target=others("prisoner")),
    Effect("mydata-file", GUARDIAN, Posted, Posted.screen == "mydata-file"),
    Effect("application-withdraw", GUARDIAN, Guardianship,
           Guardianship.state == GuardianshipState.WITHDRAWN, own("application")),
    Effect("step-down", GUARDIAN, Guardianship,
           Guardianship.state == GuardianshipState.ENDED, own("guardianship")),
    Effect("danger", GUARDIAN, Hiding),
    Effect("erase", GUARDIAN, Departed),
    Effect("application-accept", AT_DESK, OutboxRow,
           OutboxRow.kind == "application_accepted", others("application")),
    Effect("application-decline", AT_DESK, OutboxRow,
           OutboxRow.kind == "application_declined", others("application")),
    Effect("invite", AT_DESK, Code, target=others("prisoner")),
    Effect("hearing-save", AT_DESK, Hearing),
    Effect("hearing-move-save", AT_DESK, Hearing, Hearing.revision == 2, others("hearing")),
    Effect("hearing-cancel", AT_DESK, Hearing,
           Hearing.status == HearingStatus.CANCELLED, others("hearing")),
)  # fmt: skip


@pytest.fixture
async def elsewhere(storage: Storage, engine_name: str) -> Storage:
    """The same database as another process has it; on SQLite there is one process, and one writer in it."""
    database = storage.database
    if engine_name == "postgresql":
        database = open_postgresql(database.writer.url.render_as_string(hide_password=False))
    return Storage(database, Keys(RING))


Twice = Callable[[World, Arrival, Arrival], Awaitable[list[Answer]]]


@pytest.fixture
def at_once(elsewhere: Storage) -> Twice:
    """Gives two updates at the same time, each to a bot of its own."""

    async def give(world: World, first: Arrival, second: Arrival) -> list[Answer]:
        one = Conversation(Deps(world.storage, world.clock, CheapPins()))
        other = Conversation(Deps(elsewhere, world.clock, CheapPins()))
        try:
            return list(await asyncio.gather(one.take(first), other.take(second)))
        finally:
            if elsewhere.database is not world.storage.database:
                await elsewhere.database.close()

    return give


async def rows(storage: Storage, table: type[Base], is_it: object = True) -> int:
    async with storage.view() as uow:
        query = select(func.count()).select_from(table)
        if is_it is not True:
            query = query.where(is_it)  # type: ignore[arg-type]
        return await uow.session.scalar(query) or 0


def said(answer: Answer) -> str:
    return f"{answer.toast or ''}{answer.showing.text if answer.showing else ''}"


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.verb)
async def test_two_taps_at_once_have_one_effect(storage: Storage, at_once: Twice, effect: Effect):
    world = await new_world(storage)
    somebody = await KINDS[effect.who](world, world.chat(700_300_001))
    await in_the_middle_of_everything(world, somebody)
    actor, target = await somebody.chat.actor(), effect.target(world, somebody)
    async with storage.unit() as uow:
        await happened(uow, effect.verb, actor.id, target, now=world.now())
        place = await uow.posted.get_place(actor.id)
        assert place is not None
        assert place.message_id is not None
        data = await puts(uow, place, Action(effect.verb, target, ARGUMENTS.get(effect.verb, "")))
    before = await rows(storage, effect.table, effect.is_it)
    taps = [tapped(somebody.chat.chat_id, place.message_id, data) for _ in range(2)]

    answers = await at_once(world, *taps)

    assert await rows(storage, effect.table, effect.is_it) == before + effect.more
    late = [answer for answer in answers if EN.say("hint-stale-button") in said(answer)]
    if effect.verb in ("danger", "erase"):
        # Whoever is no longer known is greeted, or told over the tap what became of them.
        assert late == []
        assert sum(is_first_screen(answer) for answer in answers) == 1
        return
    [stale] = late
    [done] = [answer for answer in answers if answer is not stale]
    # Both stand in one message: the second shows what the first led to.
    assert stale.showing is not None
    assert done.showing is not None
    assert stale.showing.posted_id == done.showing.posted_id
    assert body_of(stale) == body_of(done)


def body_of(answer: Answer) -> str:
    return said(answer).rpartition("</i>\n\n")[2]


def is_first_screen(answer: Answer) -> bool:
    keyboard = answer.showing.keyboard if answer.showing else None
    return [[b.text for b in row] for row in keyboard or ()] == FIRST_SCREEN


async def test_two_who_agree_at_once_under_one_account_are_one_person(storage: Storage, at_once: Twice):
    world = await new_world(storage)
    before = await rows(storage, Person)
    data = write(Step("agree"))

    answers = await at_once(world, *(tapped(700_300_009, 1, data) for _ in range(2)))

    assert await rows(storage, Person) == before + 1
    assert not any(EN.say("error-surprise", reference="")[:30] in said(answer) for answer in answers)


async def test_a_code_that_two_people_type_at_once_gives_one_of_them_a_right(
    storage: Storage, at_once: Twice
):
    world = await new_world(storage)
    people = [await KINDS["agreed"](world, world.chat(700_300_000 + number)) for number in range(2)]
    async with storage.unit() as uow:
        given = await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=world.now())
    before = await rows(storage, Role, Role.role == RoleName.COORDINATOR)

    answers = await at_once(world, *(typed(one.chat.chat_id, given.words) for one in people))

    assert await rows(storage, Role, Role.role == RoleName.COORDINATOR) == before + 1
    assert sum(EN.say("error-code-unknown") in said(answer) for answer in answers) == 1


async def test_two_coordinators_who_decide_at_once_decide_once(storage: Storage, at_once: Twice):
    world = await new_world(storage)
    taps = []
    for number, verb in enumerate(("application-accept", "application-decline")):
        somebody = await KINDS[AT_DESK](world, world.chat(700_300_000 + number))
        actor = await somebody.chat.actor()
        async with storage.unit() as uow:
            place = await uow.posted.get_place(actor.id)
            assert place is not None
            assert place.message_id is not None
            data = await puts(uow, place, Action(verb, somebody.others["application"]))
        taps.append(tapped(somebody.chat.chat_id, place.message_id, data))

    answers = await at_once(world, *taps)

    told = OutboxRow.kind.in_(("application_accepted", "application_declined"))
    about = OutboxRow.about_id == world.of_olga["application"]
    assert await rows(storage, OutboxRow, told & about) == 1
    assert sum(EN.say("error-no-longer-so") in said(answer) for answer in answers) == 1
