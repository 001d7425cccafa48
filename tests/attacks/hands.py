"""What people do in their chats during the walk, one tap or message after another."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from sandbox.lookalike import Lookalike
from sandbox.messages import Message
from sandbox.person import Person
from tests.attacks.victim import WAIT_SECONDS

PIN = "314159"
MOST_INVITATIONS = 10
# Far longer than an answer takes, also on a busy machine.
PATIENCE_SECONDS = 15

Seen = TypeVar("Seen")


class Hands:
    """Everybody's hands; after each tap and message comes what `after` does."""

    def __init__(
        self, telegram: Lookalike, after: Callable[[], Awaitable[None]], *, insists: bool = False
    ) -> None:
        """Take what follows each act.

        Args:
            insists: who sees nothing happen taps once more, as people do: an effect survives a kill, but an
                answer that Telegram was slow to take may be cut off with the process.
        """
        self._telegram = telegram
        self._after = after
        self._insists = insists
        self._last_tap: str | None = None

    async def _act(self, act: Awaitable[object]) -> None:
        await act
        await self._after()

    async def says(self, person: Person, words: str) -> None:
        self._last_tap = None
        await self._act(person.says(words))

    async def taps(self, person: Person, *labels: str) -> None:
        """Tap buttons one after another, each when it is there; a … stands for what is around a label."""
        for label in labels:
            part = label.removesuffix("…")
            is_meant = part.__eq__ if part == label else lambda one, part=part: part in one

            def seen(is_meant: Callable[[str], bool] = is_meant) -> list[str]:
                return [one for message in person.visible for one in message.labels if is_meant(one)]

            await self._tap(person, (await self._until(person, seen, label))[-1])

    async def _tap(self, person: Person, label: str) -> None:
        self._last_tap = label
        await self._act(person.taps(label))

    async def reads(self, person: Person, *words: str) -> None:
        """Wait until one of some sentences stands in the chat."""
        await self._until(person, lambda: any(one in _text(person) for one in words), " or ".join(words))

    async def joins(self, person: Person, code: str = "") -> None:
        """Begin, with a code or without, and agree."""
        await self.says(person, f"/start {code}".strip())
        await self.taps(person, "English", "No", "I agree")
        await self.reads(person, "What would you like to do?")

    async def chooses_pin(self, person: Person) -> None:
        await self.says(person, "/desk")
        for asked in ("Choose a PIN of six digits", "The same PIN once more"):
            await self._types_pin(person, asked)

    async def opens_desk(self, person: Person) -> None:
        await self.says(person, "/desk")
        await self._types_pin(person, "Your PIN")

    async def _types_pin(self, person: Person, asked: str) -> None:
        await self.reads(person, asked)
        await self.taps(person, *PIN, "OK")

    async def finds(self, person: Person, name: str) -> None:
        """Go from an open desk to a prisoner."""
        await self.taps(person, "Prisoners")
        await self.says(person, name)
        await self.taps(person, f"{name}…")

    async def invites(self, person: Person, whom: str = "For themselves") -> str:
        """Invite until the five words are seen: they are shown once, and whoever missed them asks anew."""
        for _ in range(MOST_INVITATIONS):
            await self.taps(person, "Invite a relative", whom)
            await self.reads(person, "Five words", "are not shown again")
            words = [one for one in _text(person).splitlines() if len(one.split()) == 5 and one.islower()]
            await self.taps(person, "Back")
            if words:
                return words[0]
        raise AssertionError("the five words were never seen")

    async def opens(self, person: Person, words: str, button: str) -> None:
        """Open the one push that stands there, read it and use its button; then open its double, if any."""
        *doubles, push = unopened(person)
        assert len(doubles) <= 1
        await self._act(person.taps("Open", push))
        await self._until(person, lambda: button in push.labels, button)
        assert words in push.text
        await self._act(person.taps(button, push))
        for double in doubles:
            await self._act(person.taps("Open", double))

    async def _until(self, person: Person, seen: Callable[[], Seen], what: str) -> Seen:
        try:
            if self._insists:
                with suppress(TimeoutError):
                    return await self._telegram.until(seen, PATIENCE_SECONDS)
                await self._tap_again(person)
            return await self._telegram.until(seen, WAIT_SECONDS)
        except TimeoutError:
            shown = [(message.text, message.labels) for message in person.visible]
            raise AssertionError(f"{person.first_name} does not see {what!r}, but {shown}") from None

    async def _tap_again(self, person: Person) -> None:
        last = self._last_tap
        if last is not None and any(last in message.labels for message in person.visible):
            await person.taps(last)


def unopened(person: Person) -> list[Message]:
    """Return the pushes that stand in a chat, oldest first."""
    return [message for message in person.visible if message.labels == ["Open"]]


def _text(person: Person) -> str:
    return "\n".join(message.text for message in person.visible)
