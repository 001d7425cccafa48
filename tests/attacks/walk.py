"""The walk, from the first message to a court date that is cancelled, told in chapters by four people."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.person import Person
from solidarity.codes import give_staff_code
from storage.models import CodeKind
from tests.attacks.hands import Hands, unopened
from tests.attacks.victim import Victim

MINSK = ZoneInfo("Europe/Minsk")
PEOPLE = ("Alice", "Bob", "Carol", "Vera")
# Longer than a dead sender's claim on a message, shorter than a desk stays open.
A_WHILE = timedelta(minutes=3)


@dataclass(frozen=True)
class Words:
    """What people type; contact details by the label of their button."""

    name: str
    word: str
    court: str
    contacts: Mapping[str, str]


class Walk:
    """Its chapters follow one another; after each tap, message and move of the clock comes `after`."""

    def __init__(self, victim: Victim, words: Words, *, after: Callable[[], Awaitable[None]]) -> None:
        self._victim = victim
        self._clock = victim.telegram.clock
        self._words = words
        self._after = after
        self._hands = Hands(victim.telegram, after, insists=True)
        self.people = [victim.telegram.person(name) for name in PEOPLE]
        self.alice, self.bob, self.carol, self.vera = self.people

    async def whole(self, administrator_code: str) -> None:
        await self.a_supporter_applies()
        await self.a_coordinator_accepts(administrator_code)
        await self.a_relative_joins()
        await self.a_second_coordinator_announces_a_hearing()
        await self.a_letter_is_due()
        await self.the_hearing_is_moved()
        await self.the_hearing_is_cancelled()

    async def a_supporter_applies(self) -> None:
        alice, hands = self.alice, self._hands
        await hands.joins(alice)
        await hands.says(alice, "/settings")
        await hands.taps(alice, "Contact details")
        for detail, value in self._words.contacts.items():
            await hands.taps(alice, detail)
            await hands.says(alice, value)
        await hands.says(alice, "/adopt")
        await hands.taps(alice, "Done", "Every 2 weeks", "I'll write")
        await hands.says(alice, self._words.word)
        await hands.taps(alice, "Send")
        await hands.reads(alice, "Sent.")

    async def a_coordinator_accepts(self, administrator_code: str) -> None:
        bob, hands = self.bob, self._hands
        await hands.joins(bob, administrator_code)
        await hands.chooses_pin(bob)
        await hands.taps(bob, "Inbox", f"{self._words.name}…", "Accept", "Back")
        await self._are_told(self._words.name, "Address and advice", self.alice)

    async def a_relative_joins(self) -> None:
        hands = self._hands
        await hands.finds(self.bob, self._words.name)
        await hands.joins(self.vera, await hands.invites(self.bob))
        await hands.says(self.vera, "/family")
        await hands.reads(self.vera, "A second coordinator still confirms")

    async def a_second_coordinator_announces_a_hearing(self) -> None:
        carol, hands = self.carol, self._hands
        await hands.joins(carol, await self._staff_code())
        await hands.chooses_pin(carol)
        await hands.taps(carol, "Inbox", "Requests of colleagues", ": a relative…", "Approve", "Back", "Back")
        await self._are_told("confirmed you", "Family", self.vera)
        await hands.reads(self.vera, self._words.name)
        await hands.finds(carol, self._words.name)
        await hands.taps(carol, "Add a hearing")
        await hands.says(carol, "17.12.2026 14:30")
        await hands.says(carol, self._words.court)
        await hands.taps(carol, "Save")
        await self._are_told("14:30", "Court dates", self.alice, self.vera)

    async def a_letter_is_due(self) -> None:
        await self._comes("2026-12-07 10:00")
        await self._are_told(self._words.name, "I wrote", self.alice)
        await self._hands.reads(self.alice, "your letter is noted")

    async def the_hearing_is_moved(self) -> None:
        """Those told are told, the old date's reminder does not come, and the new one's does."""
        carol, hands = self.carol, self._hands
        await hands.opens_desk(carol)
        await hands.taps(carol, "Hearings", f"{self._words.name}…", "Move")
        await hands.says(carol, "18.12.2026 09:15")
        await hands.taps(carol, "Save")
        await self._are_told("09:15", "Court dates", self.alice, self.vera)
        await self._comes("2026-12-10 10:00")
        await self._is_quiet()
        await self._comes("2026-12-11 10:00")
        await self._are_told("09:15", "Court dates", self.alice, self.vera)

    async def the_hearing_is_cancelled(self) -> None:
        """Those told are told, and nothing more comes."""
        carol, hands = self.carol, self._hands
        await hands.opens_desk(carol)
        await hands.taps(
            carol, "Hearings", f"{self._words.name}…", "Cancel the hearing", "Yes, it is cancelled"
        )
        await self._are_told("Cancelled", "Court dates", self.alice, self.vera)
        for instant in ("2026-12-17 10:00", "2026-12-18 10:00"):
            await self._comes(instant)
            await self._is_quiet()

    async def _staff_code(self) -> str:
        """Make a code beside the running bot, as `poruch code coordinator` does."""
        async with self._victim.storage.unit() as uow:
            now = self._clock.now()
            return (await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=now)).words

    async def _comes(self, instant: str) -> None:
        self._clock.set(datetime.fromisoformat(instant).replace(tzinfo=MINSK))
        await self._after()

    async def _are_told(self, words: str, button: str, *people: Person) -> None:
        """Expect a push for everybody named and nobody else; each is opened, and its button used."""
        await self._pass_a_while()
        assert self._names_of_the_told() == [person.first_name for person in people]
        for person in people:
            await self._hands.opens(person, words, button)

    async def _is_quiet(self) -> None:
        await self._pass_a_while()
        assert self._names_of_the_told() == []

    def _names_of_the_told(self) -> list[str]:
        # Coordinators hear besides what the host does, and where the trail stands.
        return [person.first_name for person in (self.alice, self.vera) if unopened(person)]

    async def _pass_a_while(self) -> None:
        self._clock.advance(A_WHILE)
        await self._victim.rests()
