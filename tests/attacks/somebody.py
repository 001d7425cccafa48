"""Somebody whose account, names and words are all canaries, with hands of their own."""

from collections.abc import Awaitable

from sandbox.lookalike import Lookalike
from sandbox.person import Person
from storage.unit_of_work import Storage
from tests.attacks.canaries import Canaries
from tests.attacks.hands import Hands
from tests.attacks.victim import WAIT_SECONDS, is_under_way
from tests.attacks.ways import Ways

# Among the last of all requests are those that an act has led to.
RECENT = 200


class Somebody:
    """Goes on as soon as the bot has taken an act and answered in this chat; others act meanwhile."""

    def __init__(self, telegram: Lookalike, canaries: Canaries, storage: Storage, ways: Ways) -> None:
        self.canaries = canaries
        self._telegram = telegram
        names = {"last_name": canaries.cyrillic(), "username": canaries.word()}
        self.person = telegram.person(canaries.word(), user_id=canaries.account(), **names)
        self.hands = _NotingHands(telegram, self._is_answered, storage, ways)

    @property
    def labels(self) -> list[str]:
        """Every button that stands in the chat."""
        return [label for message in self.person.visible for label in message.labels]

    @property
    def files(self) -> list[bytes]:
        """What stands in the files that the bot has sent."""
        media = [one.media for one in self.person.history if one.is_from_bot and one.media is not None]
        kept = self._telegram.world.files.by_id
        return [kept[each.file_id].upload.data for each in media if each.file_id is not None]

    async def says(self, *words: str) -> None:
        for each in words:
            await self.hands.says(self.person, each)

    async def taps(self, *labels: str) -> None:
        await self.hands.taps(self.person, *labels)

    async def reads(self, *words: str) -> None:
        await self.hands.reads(self.person, *words)

    async def does(self, act: Awaitable[object]) -> None:
        """Do something that is no word and no button."""
        await act
        await self._is_answered()

    async def opens(self, *then: str) -> None:
        """Open everything that is covered, and use buttons on what shows."""
        for _ in range(self.labels.count("Open")):
            await self.taps("Open")
        await self.taps(*then)

    async def is_asked_for_a_name(self) -> None:
        await self.says("/settings")
        await self.taps("Contact details", "Name")

    async def leaves_an_email(self) -> None:
        await self.says("/settings")
        await self.taps("Contact details", "E-mail")
        await self.says(self.canaries.email())

    async def leaves_a_name(self) -> None:
        await self.says(self.canaries.cyrillic())

    async def hides_and_comes_back(self) -> None:
        mint = self.canaries
        await self.says("/hide", "4711", "1174", mint.phone(), mint.cyrillic(), "4711", "/menu")

    async def is_in_danger(self) -> None:
        await self.says("/menu")
        await self.taps("I am in danger")
        await self.says("2580", self.canaries.cyrillic())

    async def leaves(self) -> None:
        await self.says("/forget", "/menu", "/erase")
        await self.taps("Erase everything")
        await self.says(self.canaries.cyrillic())

    async def _is_answered(self) -> None:
        await self._telegram.settled(WAIT_SECONDS)
        await self._telegram.until(lambda: not self._is_spoken_to(), WAIT_SECONDS)

    def _is_spoken_to(self) -> bool:
        calls = self._telegram.calls
        recent = (calls[-number] for number in range(1, min(len(calls), RECENT) + 1))
        return any(call.chat == self.person.user_id and is_under_way(call) for call in recent)


class _NotingHands(Hands):
    def __init__(self, telegram: Lookalike, after: object, storage: Storage, ways: Ways) -> None:
        super().__init__(telegram, after)
        self._storage = storage
        self._ways = ways

    async def says(self, person: Person, words: str) -> None:
        await self._ways.note_words(self._storage, person, words)
        await super().says(person, words)

    async def _tap(self, person: Person, label: str) -> None:
        await self._ways.note_tap(self._storage, person, label)
        await super()._tap(person, label)
