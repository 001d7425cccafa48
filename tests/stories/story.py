"""People with telephones and one installation: what stories are told with."""

import asyncio
from dataclasses import replace
from datetime import datetime, time, timedelta
from unittest.mock import patch
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bot.assembly import Poruch, assemble
from bot.clock import HandClock
from bot.clockwork import Clockwork
from bot.configuration.settings import Settings
from bot.telegram_api.pace import Pace
from handlers.limits import Limits
from sandbox.lookalike import Lookalike
from sandbox.messages import Message
from sandbox.person import Person
from sandbox.taps import Tap
from solidarity.codes import give_staff_code
from solidarity.desk import choose_pin
from solidarity.guardianship import accept_guardian, apply_as_guardian
from solidarity.hearings.life import Sitting, add_hearing
from solidarity.keypads import TypedPin
from solidarity.people import recognise
from storage.models import CodeKind, CustodyStatus, Prisoner, Publicity
from storage.passwords import Cost, hash_pin
from storage.unit_of_work import Storage
from tests.family import confirm_ties
from tests.world import NOON, count_due

PIN = "271828"
# The clock stands still while people act, so that every story would be one minute.
UNLIMITED = Limits(unknown=None, known=None)
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
MINSK = ZoneInfo("Europe/Minsk")


async def begin(poruch: Poruch) -> None:
    """Start a bot and let the night's work of its start be over, so that no word of it comes in between."""
    over = asyncio.Event()
    tick = Clockwork._tick

    async def noting(clockwork: Clockwork) -> None:
        await tick(clockwork)
        over.set()

    with patch.object(Clockwork, "_tick", noting):
        await poruch.start()
        await over.wait()


class Player:
    """Somebody with a telephone: taps, types and reads, and waits until the bot has done with it."""

    def __init__(self, story: "Story", person: Person) -> None:
        self._story = story
        self.person = person

    @property
    def texts(self) -> str:
        """Everything that stands in the chat."""
        return "\n".join(message.text for message in self.person.visible)

    @property
    def labels(self) -> list[str]:
        """Every button that stands in the chat."""
        return [label for message in self.person.visible for label in message.labels]

    @property
    def pushes(self) -> int:
        """How many unopened pushes stand in the chat."""
        return len(self._unopened())

    def _unopened(self) -> list[Message]:
        return [message for message in self.person.visible if message.labels == ["Open"]]

    def message(self, message_id: int) -> Message:
        return next(m for m in self.person.visible if m.message_id == message_id)

    async def says(self, words: str) -> None:
        await self.person.says(words)
        await self._story.idle()

    async def taps(self, *labels: str) -> None:
        """Tap buttons one after another; a … at either end stands for the rest of a label."""
        for label in labels:
            self._story.answered(await self.person.taps(self._whole(label)))
            await self._story.idle()

    def _whole(self, label: str) -> str:
        part = label.strip("…")
        if part == label:
            return label
        fits = str.startswith if label.endswith("…") else str.endswith
        found = [one for one in self.labels if fits(one, part)]
        assert found, f"no button like {label!r} in {self.labels}"
        return found[-1]

    async def forges(self, data: str) -> None:
        """Send a button's data that this person was never given, from their newest message."""
        message = self.person.last
        assert message is not None
        self._story.answered(await self.person.taps_data(message, data))
        await self._story.idle()

    async def opens(self, message: Message | None = None) -> str:
        """Open a push, the newest where none is named, and return what it says."""
        message = message or self._unopened()[-1]
        self._story.answered(await self.person.taps("Open", message))
        await self._story.idle()
        return self.message(message.message_id).text

    async def agrees(self) -> None:
        await self.says("/start")
        await self.taps("English", "No", "I agree")

    async def joins_by(self, code: str) -> None:
        """Type a code as a stranger, then agree."""
        await self.says(code)
        await self.taps("English", "No", "I agree")

    # A supporter.

    async def chooses(self, *, weeks: int) -> None:
        await self.taps("Become a Guardian", "Done", f"Every {weeks} weeks")

    async def applies(self, *, weeks: int) -> None:
        await self.chooses(weeks=weeks)
        await self.taps("I'll write", "Send")

    # A coordinator.

    async def opens_desk(self) -> None:
        await self.says("/desk")
        for _ in range(2 if "Choose a PIN" in self.texts else 1):
            if "OK" in self.labels:
                await self.taps(*PIN, "OK")

    async def decides(self, name: str, answer: str = "Accept") -> None:
        await self.opens_desk()
        await self.taps("Inbox", f"{name}…", answer)

    async def finds(self, name: str) -> None:
        await self.opens_desk()
        await self.taps("Prisoners")
        await self.says(name)
        await self.taps(f"{name}…")

    async def invites(self, name: str) -> str:
        """Return the five words for a relative, and put them away."""
        await self.finds(name)
        await self.taps("Invite a relative", "For themselves")
        lines = self.texts.splitlines()
        words = next(line for line in lines if len(line.split()) == 5 and line.islower())
        await self.taps("Back")
        return words

    async def adds_hearing(self, name: str, starts: str, court: str = "Example district court") -> None:
        await self.finds(name)
        await self.taps("Add a hearing")
        await self.says(starts)
        await self.says(court)
        await self.taps("Save")

    async def finds_hearing(self, name: str) -> None:
        await self.opens_desk()
        await self.taps("Hearings", f"…{name}")

    async def moves_hearing(self, name: str, starts: str) -> None:
        await self.finds_hearing(name)
        await self.taps("Move")
        await self.says(starts)
        await self.taps("Save")

    async def cancels_hearing(self, name: str) -> None:
        await self.finds_hearing(name)
        await self.taps("Cancel the hearing", "Yes, it is cancelled")


class Story:
    """One installation with its people."""

    def __init__(self, telegram: Lookalike, storage: Storage, settings: Settings, clock: HandClock) -> None:
        self.telegram = telegram
        self.storage = storage
        self._settings = settings
        self._clock = clock
        self._taps: list[Tap] = []
        storage.on_commit(telegram.world.changes.note)
        self.poruch = self._assembled()
        names = ("Alice", "Bob", "Carol", "Vera", "Mallory")
        self.players = [Player(self, telegram.person(name)) for name in names]
        self.alice, self.bob, self.carol, self.vera, self.mallory = self.players

    def _assembled(self) -> Poruch:
        # Nobody waits a real second between two messages to one chat.
        pace = Pace(chat_gap_seconds=0.02)
        return assemble(
            self._settings,
            clock=self._clock,
            storage=self.storage,
            pin_cost=CHEAP,
            pace=pace,
            limits=UNLIMITED,
        )

    @property
    def now(self) -> datetime:
        return self.telegram.clock.now()

    def at_ten(self, days: int) -> datetime:
        """Return ten o'clock in Minsk, so many days from the beginning."""
        day = NOON.astimezone(MINSK).date() + timedelta(days=days)
        return datetime.combine(day, time(10), MINSK)

    def answered(self, tap: Tap) -> None:
        """Expect a tap to be answered before the story goes on."""
        self._taps.append(tap)

    async def idle(self) -> None:
        """Wait until every update is answered and nothing that is due is left undone."""
        await self.telegram.settled()
        await self.telegram.until(self._is_idle)

    async def _is_idle(self) -> bool:
        if not all(tap.is_answered for tap in self._taps):
            return False
        # What a stranger typed goes only after its answer, of which no table knows.
        if not all(message.is_from_bot for player in self.players for message in player.person.visible):
            return False
        async with self.storage.view() as uow:
            unsent = await uow.session.scalar(
                text(
                    "SELECT (SELECT count(*) FROM posted WHERE message_id IS NULL)"
                    " + (SELECT count(*) FROM farewell)"
                )
            )
        return not unsent and not await count_due(self.storage, self.now)

    async def pass_time(self, **by: float) -> None:
        """Move every clock on and wait until what fell due has been done."""
        self.telegram.clock.advance(timedelta(**by))
        await self.idle()

    async def pass_until(self, instant: datetime) -> None:
        self.telegram.clock.set(instant)
        await self.idle()

    async def restart(self) -> None:
        """Begin a new process on the same data."""
        self.poruch = self._assembled()
        await begin(self.poruch)
        await self.idle()

    # What the host's operator does.

    async def staff_code(self, kind: CodeKind = CodeKind.COORDINATOR) -> str:
        async with self.storage.unit() as uow:
            return (await give_staff_code(uow, kind, issued_by=None, now=self.now)).words

    async def becomes_coordinator(self, player: Player, kind: CodeKind = CodeKind.COORDINATOR) -> None:
        await player.agrees()
        await player.says(await self.staff_code(kind))

    async def prisoners(self, *names: str) -> list[UUID]:
        """Keep public prisoners, and return their ids."""
        ids = []
        async with self.storage.unit() as uow:
            for name in names:
                prisoner = await uow.prisoners.add(
                    Prisoner(custody_status=CustodyStatus.PRETRIAL, publicity=Publicity.PUBLIC),
                    source_id=name,
                )
                await uow.prisoners.describe(
                    prisoner, names={"en": name}, alias=None, born=None, interests="chess", case_details={}
                )
                ids.append(prisoner.id)
        return ids

    async def hearing_is_added(self, name: str, starts: str) -> None:
        """Add a hearing as an import does, without waiting for its announcement."""
        async with self.storage.unit() as uow:
            [prisoner] = await uow.prisoners.named(name)
            sitting = Sitting(datetime.fromisoformat(starts), "Europe/Minsk", details={"court": "Example"})
            await add_hearing(uow, prisoner, sitting, now=self.now)

    # Short cuts to where a story begins.

    async def guards(self, player: Player, prisoner_id: UUID, *, weeks: int = 4) -> None:
        """Let somebody be a Guardian, told and nothing pending."""
        await player.agrees()
        async with self.storage.unit() as uow:
            actor = await recognise(uow, player.person.user_id, now=self.now)
            assert actor is not None
            application = await apply_as_guardian(
                uow, actor, prisoner_id, rhythm_weeks=weeks, word=None, now=self.now
            )
            await accept_guardian(uow, replace(actor, id=uuid4()), application.id, now=self.now)
        await self.idle()
        await player.opens()

    async def desk_is_open(self, player: Player) -> None:
        """Choose a coordinator's PIN and open their desk, without the keypad's many taps."""
        pin_hash = hash_pin(PIN, pepper=self.storage.keys.macs().pin_pepper, cost=CHEAP)
        async with self.storage.unit() as uow:
            actor = await recognise(uow, player.person.user_id, now=self.now)
            assert actor is not None
            await choose_pin(uow, actor, TypedPin(PIN, first=PIN, stored=None), pin_hash, now=self.now)

    async def family_and_guardian(self, *, weeks: int = 8) -> None:
        """Let Bob coordinate, Alice guard "Forgotten Example", and Vera be family."""
        await self.becomes_coordinator(self.bob)
        await self.desk_is_open(self.bob)
        [prisoner] = await self.prisoners("Forgotten Example")
        await self.guards(self.alice, prisoner, weeks=weeks)
        await self.vera.joins_by(await self.bob.invites("Forgotten Example"))
        await self.is_confirmed(self.vera)

    async def is_confirmed(self, player: Player) -> None:
        """Let a relative's ties be as if a second coordinator had confirmed them before."""
        async with self.storage.unit() as uow:
            actor = await recognise(uow, player.person.user_id, now=self.now)
            assert actor is not None
            await confirm_ties(uow, actor.id)

    # What the database holds.

    async def count(self, *tables: str) -> int:
        async with self.storage.view() as uow:
            return sum(
                [await uow.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in tables]
            )

    async def hearing_starts(self) -> list[str]:
        async with self.storage.view() as uow:
            return list(await uow.session.scalars(text("SELECT starts_local FROM hearing")))
