"""A chat as somebody holds it in their hand: they type and tap, and see what the bot shows and deletes."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import pytest
from sqlalchemy import delete, text

from handlers.answer import Answer, InlineButton, Showing
from handlers.arrival import Arrival
from handlers.conversation import Conversation
from handlers.deps import Deps
from handlers.tries import WrongCodes
from solidarity.access import Actor
from solidarity.audit import HOST_ACT
from solidarity.codes import give_staff_code
from solidarity.envelopes import PaperOrder
from solidarity.people import agree, recognise
from solidarity.pictures import PictureOrder
from storage.database import Database
from storage.errors import StorageError
from storage.models import CodeKind, CustodyStatus, OutboxRow, Prisoner, Publicity
from storage.unit_of_work import Storage

from .beginnings import Beginning, Beginnings

Result = TypeVar("Result")
MONDAY_NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # noon in Minsk
UPDATES = count(1001)
IS_ANYTHING_DUE = text(
    "SELECT EXISTS (SELECT 1 FROM farewell WHERE next_at <= :now)"
    " OR EXISTS (SELECT 1 FROM posted WHERE delete_at <= :now)"
)


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def moves(self, **parts: float) -> None:
        self.now += timedelta(**parts)


class CheapPins:
    """Stands for Argon2id where its cost is not what is tested."""

    async def hash(self, pin: str) -> str:
        return f"cheap:{pin[::-1]}"

    async def matches(self, pin: str, stored: str) -> bool:
        return stored == await self.hash(pin)


@dataclass
class HandPress:
    """Keeps what it was told to print; says no where it is told to."""

    orders: list[PaperOrder] = field(default_factory=list)
    pictures: list[PictureOrder] = field(default_factory=list)
    refusal: Exception | None = None
    # What happens while it prints.
    meanwhile: Callable[[], Awaitable[None]] | None = None

    async def print_envelopes(self, order: PaperOrder) -> bytes:
        self.orders.append(order)
        if self.meanwhile is not None:
            await self.meanwhile()
        if self.refusal is not None:
            raise self.refusal
        return b"%PDF"

    async def draw_picture(self, order: PictureOrder) -> bytes:
        self.pictures.append(order)
        if self.meanwhile is not None:
            await self.meanwhile()
        if self.refusal is not None:
            raise self.refusal
        return b"PNG"


@dataclass
class Chat:
    """One person's chat with the bot; message ids are given out as Telegram would."""

    conversation: Conversation
    storage: Storage
    clock: HandClock
    chat_id: int
    language: str = "en"
    shown: dict[int, Showing] = field(default_factory=dict)
    written: dict[int, str | None] = field(default_factory=dict)
    newest: int | None = None
    # The message that was last sent apart from the screen.
    apart: int | None = None
    answer: Answer | None = None
    last: Arrival | None = None
    beginning: Beginning | None = None
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def text(self) -> str:
        """What the message drawn last says."""
        assert self.newest is not None
        return self.shown[self.newest].text

    @property
    def labels(self) -> list[str]:
        """The buttons of the message drawn last, in reading order."""
        return [] if self.newest is None else [b.text for b in self.buttons(self.newest)]

    def buttons(self, message_id: int) -> list[InlineButton]:
        return [button for row in self.shown[message_id].keyboard or () for button in row]

    async def says(self, text: str) -> None:
        await self._writes(text)

    async def sends_photo(self) -> None:
        await self._writes(None)

    async def taps(self, label: str) -> None:
        """Tap a button of the newest message that still has it."""
        for message_id in sorted(self.shown, reverse=True):
            for button in self.buttons(message_id):
                if button.text == label:
                    assert isinstance(button.callback_data, str), f"{label} is no button to tap"
                    return await self.forge(button.callback_data, message_id)
        raise AssertionError(f"no message has a button {label!r}; the newest has {self.labels}")

    async def forge(self, data: str, message_id: int | None = None) -> None:
        """Tap with data of one's own making, on the message drawn last unless another is named."""
        number = next(UPDATES)
        await self.gives(
            Arrival(number, self.chat_id, message_id or self.newest, None, f"q{number}", data, self.language)
        )

    async def repeat(self) -> None:
        """Let the same update come once more."""
        assert self.last is not None
        await self.gives(self.last)

    async def gives(self, arrival: Arrival) -> None:
        self.last = arrival
        self.answer = await self.conversation.take(arrival)
        await self._perform(self.answer)

    async def receives(self, showing: Showing) -> None:
        """Get a message that was not asked for."""
        await self._show(showing)

    async def joins(self) -> Actor:
        """Agree without the screens before it, and open the menu."""
        return await self.comes("joins", self._agree)

    async def comes(self, step: str, make: Callable[[], Awaitable[Result]]) -> Result:
        """Do what many tests begin with; see `Beginning`."""
        if self.beginning is None:
            return await make()
        result: Result = await self.beginning.comes(
            (step, self.chat_id, self.language, self.clock.now), self, make
        )
        return result

    async def _agree(self) -> Actor:
        async with self.storage.unit() as uow:
            actor = await agree(uow, self.chat_id, language=self.language, now=self.clock())
        await self.says("/menu")
        return actor

    async def joins_as(self, kind: CodeKind) -> Actor:
        """Agree and hold the role that a staff code of this kind gives."""
        await self.joins()
        return await self.comes(f"becomes {kind}", partial(self._types_code, kind))

    async def _types_code(self, kind: CodeKind) -> Actor:
        async with self.storage.unit() as uow:
            given = await give_staff_code(uow, kind, issued_by=None, now=self.clock())
            # Who is a coordinator already would hear of what the host did to begin with.
            await uow.session.execute(delete(OutboxRow).where(OutboxRow.kind == HOST_ACT))
        await self.says(given.words)
        return await self.actor()

    async def actor(self) -> Actor:
        async with self.storage.view() as uow:
            actor = await recognise(uow, self.chat_id, now=self.clock())
        assert actor is not None
        return actor

    async def _writes(self, text: str | None) -> None:
        message_id = next(self._ids)
        self.written[message_id] = text
        await self.gives(Arrival(next(UPDATES), self.chat_id, message_id, text, None, None, self.language))

    async def _perform(self, answer: Answer) -> None:
        if answer.showing is not None:
            await self._show(answer.showing)
        if answer.file is not None and answer.file.document is None:
            # It stands below the screen, which goes on being what is tapped.
            place = self.newest
            await self._show(answer.file)
            self.apart, self.newest = self.newest, place
        for message_id in answer.delete:
            self._loses(message_id)
        if answer.afterwards is not None:
            await answer.afterwards()
        await self.tidy()

    async def _show(self, showing: Showing) -> None:
        message_id = showing.message_id
        if message_id is None or message_id not in self.shown:
            message_id = next(self._ids)
            if showing.posted_id is not None:
                async with self.storage.unit() as uow:
                    posted = await uow.posted.get(showing.posted_id)
                    assert posted is not None
                    posted.message_id = message_id
        self.shown[message_id] = showing
        self.newest = message_id

    async def tidy(self) -> None:
        """Delete what is due for deletion in this chat."""
        async with self.storage.view() as uow:
            if not await uow.session.scalar(IS_ANYTHING_DUE, {"now": int(self.clock().timestamp() * 1000)}):
                return
        async with self.storage.unit() as uow:
            for farewell in await uow.farewells.due(now=self.clock(), limit=100):
                parting = await uow.farewells.reveal(farewell)
                if parting.chat_id == self.chat_id:
                    for message_id in parting.message_ids:
                        self._loses(message_id)
                    await uow.farewells.end(farewell.id)
            for posted in await uow.posted.to_delete(now=self.clock(), limit=100):
                person = await uow.people.get(posted.person_id)
                # What cannot be read is in a chat that nobody can name.
                with suppress(StorageError):
                    if person is not None and await uow.people.reveal_chat(person) == self.chat_id:
                        if posted.message_id is not None:
                            self._loses(posted.message_id)
                        await uow.posted.remove(posted)

    def _loses(self, message_id: int) -> None:
        self.shown.pop(message_id, None)
        self.written.pop(message_id, None)
        if self.newest == message_id:
            self.newest = max(self.shown, default=None)


NewChat = Callable[..., Chat]
NewPrisoner = Callable[..., Awaitable[UUID]]


@pytest.fixture
def clock() -> HandClock:
    return HandClock(MONDAY_NOON)


@pytest.fixture
def wrong_codes() -> WrongCodes:
    return WrongCodes()


@pytest.fixture
def press() -> HandPress:
    return HandPress()


@pytest.fixture
def conversation(
    storage: Storage, clock: HandClock, wrong_codes: WrongCodes, press: HandPress
) -> Conversation:
    return Conversation(Deps(storage, clock, CheapPins(), wrong_codes, press=press))


@pytest.fixture(scope="session")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    return Beginnings(tmp_path_factory.mktemp("beginnings"))


@pytest.fixture
def beginning(beginnings: Beginnings, database: Database, data_dir: Path) -> Beginning | None:
    return Beginning(beginnings, database, data_dir) if database.is_sqlite else None


@pytest.fixture
def new_chat(
    conversation: Conversation, storage: Storage, clock: HandClock, beginning: Beginning | None
) -> NewChat:
    """Opens a chat of a stranger; `joins` and `joins_as` make somebody of them."""

    def make(chat_id: int, language: str = "en") -> Chat:
        return Chat(conversation, storage, clock, chat_id, language, beginning=beginning)

    return make


@pytest.fixture
def alice(new_chat: NewChat) -> Chat:
    return new_chat(700_000_001)


@pytest.fixture
def bob(new_chat: NewChat) -> Chat:
    return new_chat(700_000_002)


@pytest.fixture
def vera(new_chat: NewChat) -> Chat:
    return new_chat(700_000_003)


@pytest.fixture
def mallory(new_chat: NewChat) -> Chat:
    return new_chat(700_000_666)


@pytest.fixture
def new_prisoner(storage: Storage) -> NewPrisoner:
    """Puts an invented prisoner into the register and returns their id."""

    async def make(
        name: str = "Example Sampleson",
        *,
        publicity: Publicity = Publicity.PUBLIC,
        status: CustodyStatus = CustodyStatus.PRETRIAL,
        facility: str | None = None,
        alias: str | None = None,
        interests: str | None = None,
        languages: str = "be,ru",
        detained_on: date | None = None,
    ) -> UUID:
        async with storage.unit() as uow:
            prisoner = Prisoner(
                custody_status=status, publicity=publicity, languages=languages, facility_code=facility
            )
            await uow.prisoners.add(prisoner, source_id=None)
            details = {} if detained_on is None else {"detained_on": detained_on.isoformat()}
            await uow.prisoners.describe(
                prisoner,
                names={"en": name},
                alias=alias,
                born=None,
                interests=interests,
                case_details=details,
            )
            return prisoner.id

    return make


@pytest.fixture
async def carol(new_chat: NewChat) -> Chat:
    """Another coordinator."""
    carol = new_chat(700_000_004)
    await carol.joins_as(CodeKind.COORDINATOR)
    return carol
