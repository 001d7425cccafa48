"""Lets one cell of the matrix happen and undoes it: it stands in one transaction that is rolled back."""

import re
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from handlers.answer import Answer
from handlers.arrival import Arrival
from handlers.conversation import Conversation
from handlers.deps import Deps
from handlers.vocabulary import Step, write
from locales import LANGUAGES, Words
from locales.words import NAMES
from solidarity.looking import addresses
from storage.buttons import Action
from storage.models import Person as PersonRow
from storage.models import Posted
from storage.unit_of_work import Storage, UnitOfWork
from tests.attacks.matrix import ARGUMENTS, KEYPAD_OF, TO_COLLEAGUE, TYPED, Cell, How, Verdict
from tests.attacks.matrix_before import happened
from tests.attacks.matrix_people import Person, World
from tests.handlers.conftest import CheapPins, HandPress

NUMBERS = count(5_000_001)
NOT_SPOKEN_OF = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")
WRITES = re.compile(r"(?:INSERT INTO|DELETE FROM|(?<!FOR )UPDATE)\s+\"?(\w+)\"?")
ASKED = re.compile(r"(?s)SELECT .*?(?= FROM )")
EN = Words("en")
FIRST_SCREEN = [[NAMES[one] for one in LANGUAGES], [EN.say("button-newcomer-clear")]]
SENTENCES = {
    EN.say("error-resting"): Verdict.RESTING,
    EN.say("error-desk-frozen"): Verdict.DESK_FROZEN,
    EN.say("sealed-line"): Verdict.NOT_NOW,
    EN.say("error-not-for-you"): Verdict.NOT_FOR_YOU,
    EN.say("error-desk-closed"): Verdict.DESK_CLOSED,
    EN.say("desk-words-kept"): Verdict.KEPT,
    EN.say("decoy-nothing"): Verdict.NOTHING,
    EN.say("hint-stale-button"): Verdict.STALE,
    EN.say("error-no-longer-so"): Verdict.GONE,
    EN.say("desk-application-decided"): Verdict.GONE,
    EN.say("notices-danger-over"): Verdict.GONE,
    EN.say("notices-restriction-over"): Verdict.GONE,
    EN.say("notices-person-left"): Verdict.GONE,
    EN.say("codes-gone"): Verdict.GONE,
    EN.say("error-surprise", reference="").split(".")[0]: Verdict.SURPRISE,
}


class Undone(Storage):
    """A storage whose units all happen inside one transaction of the test's."""

    def __init__(self, storage: Storage, connection: AsyncConnection) -> None:
        super().__init__(storage.database, storage.keys, home_zone=storage.home_zone)
        self._connection = connection

    @asynccontextmanager
    async def unit(self, *, together: bool = False) -> AsyncIterator[UnitOfWork]:
        async with self._session() as session:
            yield self._work(session, locks=True)
            await session.commit()

    @asynccontextmanager
    async def view(self) -> AsyncIterator[UnitOfWork]:
        async with self._session() as session:
            yield self._work(session, locks=False)

    def _session(self) -> AsyncSession:
        return AsyncSession(
            self._connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        )


@asynccontextmanager
async def undone(storage: Storage) -> AsyncIterator[Undone]:
    """Give a storage of which nothing stays."""
    async with storage.database.writer.connect() as connection:
        await connection.begin()
        try:
            yield Undone(storage, connection)
        finally:
            await connection.rollback()


@dataclass
class Outcome:
    """What somebody saw, and what it did to the database."""

    answer: Answer
    statements: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        showing, file = self.answer.showing, self.answer.file
        content = "" if file is None or file.document is None else file.document.content.decode()
        return f"{self.answer.toast or ''}\n{'' if showing is None else showing.text}\n{content}"

    @property
    def labels(self) -> list[list[str]]:
        showing = self.answer.showing
        keyboard = None if showing is None else showing.keyboard
        return [[b.text for b in row] for row in keyboard or ()]

    @property
    def shown(self) -> str:
        return f"{self.text}\n{self.labels}"

    @property
    def verdict(self) -> Verdict:
        if self.labels == FIRST_SCREEN:
            return Verdict.GREETED
        if self.answer == Answer(self.answer.chat_id, delete=self.answer.delete):
            return Verdict.NOT_NOW
        return next((verdict for said, verdict in SENTENCES.items() if said in self.text), Verdict.DONE)

    @property
    def asked(self) -> list[str]:
        """What was asked of the database, in order: each statement's kind and its table."""
        return [ASKED.sub("", statement)[:60] for statement in self.statements]

    @property
    def written(self) -> set[str]:
        """The tables that were written to."""
        return {found for statement in self.statements for found in WRITES.findall(statement)}


@contextmanager
def overheard(storage: Storage, outcome: list[str]) -> Iterator[None]:
    """Note every statement, from keys that are forgotten."""

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(NOT_SPOKEN_OF):
            outcome.append(statement)

    storage.keys.cache.clear()
    engine = storage.database.writer.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def happen(world: World, person: Person, cell: Cell) -> Outcome:
    """Let a cell happen, and undo it."""
    async with undone(world.storage) as storage:
        arrival = await arranged(world, storage, person, cell)
        deps = Deps(storage, world.clock, CheapPins(), press=HandPress(), delete=is_gone)
        conversation = Conversation(deps)
        heard: list[str] = []
        with overheard(storage, heard):
            answer = await conversation.take(arrival)
    return Outcome(answer, heard)


async def is_gone(chat_id: int, message_id: int) -> bool:
    """Answer for Telegram, which deletes what it is asked to."""
    return True


async def arranged(world: World, storage: Undone, person: Person, cell: Cell) -> Arrival:
    """Put the cell's button under somebody's place, or let the place be the screen on which they type."""
    way, chat_id = cell.way, person.chat.chat_id
    if way.how is How.COMMAND:
        return typed(chat_id, f"/{way.on}")
    if way.how is How.STEP:
        return tapped(chat_id, 1, await _step(world, storage, cell))
    argument = ARGUMENTS.get(way.on, "")
    if way.how is How.BUTTON and way.on == TO_COLLEAGUE:
        argument = str(world.common["colleague"])
    async with storage.unit() as uow:
        row, place = await _place_of(uow, world, person)
        await happened(uow, way.on, row.id, cell.target, now=world.now())
        if way.how is How.WORDS:
            place.screen, place.target, place.argument = way.on, cell.target, argument
            return typed(chat_id, TYPED[way.on])
        place.screen = KEYPAD_OF.get(way.on, place.screen)
        token = await puts(uow, place, Action(way.on, cell.target, argument))
    assert place.message_id is not None
    return tapped(chat_id, place.message_id, token)


async def _place_of(uow: UnitOfWork, world: World, person: Person) -> tuple[PersonRow, Posted]:
    """Find somebody's screen; who is no one here holds a button of Olga's."""
    row = await uow.people.get_by_chat(person.chat.chat_id)
    row = row or await uow.people.get_by_chat(700_200_001)
    assert row is not None
    place = await uow.posted.get_place(row.id)
    assert place is not None
    return row, place


async def puts(uow: UnitOfWork, place: Posted, action: Action) -> str:
    """Put one button under a message, and return what it carries."""
    [token] = await uow.posted.replace_buttons(place.id, [action], expires_at=place.delete_at)
    return f"b:{urlsafe_b64encode(token).decode()}"


async def _step(world: World, storage: Undone, cell: Cell) -> str:
    thing: UUID | None = cell.target
    if cell.way.on == "place":
        async with storage.view() as uow:
            page = await addresses(uow, language="en", number=0, today=world.now().date())
        thing = page.entries[0].id
    return write(Step(cell.way.on, "en", thing=thing))


def typed(chat_id: int, text: str) -> Arrival:
    """Return an update in which somebody types."""
    return Arrival(next(NUMBERS), chat_id, next(NUMBERS), text, None, None, "en")


def tapped(chat_id: int, message_id: int, data: str | None) -> Arrival:
    """Return an update in which somebody taps."""
    number = next(NUMBERS)
    return Arrival(number, chat_id, message_id, None, f"q{number}", data, "en")
