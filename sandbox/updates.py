"""The updates that wait for a bot: numbered, in order, confirmed by the offset of the next request."""

from dataclasses import dataclass, field

# What Telegram gives only to bots that ask for it by name.
ONLY_WHEN_ASKED = {"chat_member", "message_reaction", "message_reaction_count"}
FIRST_UPDATE_ID = 100_000_001


@dataclass(eq=False)
class Waiting:
    """One update in the queue; ``is_again`` marks one that was confirmed before and is given once more."""

    update_id: int
    body: dict[str, object]
    is_again: bool = False
    was_given: bool = False


@dataclass
class UpdateQueue:
    """A bot's updates, those that wait and those that are past."""

    waiting: list[Waiting] = field(default_factory=list)
    past: dict[int, dict[str, object]] = field(default_factory=dict)
    allowed: list[str] = field(default_factory=list)
    next_id: int = FIRST_UPDATE_ID

    def add(self, kind: str, payload: dict[str, object]) -> int:
        """Queue an update, unless the bot does not want this kind; returns its number either way."""
        update_id = self._take_id()
        if self._is_wanted(kind):
            self._put(update_id, {"update_id": update_id, kind: payload})
        return update_id

    def add_raw(self, body: dict[str, object], *, numbered: bool = True) -> int:
        """Queue anything; with ``numbered`` it gets an ``update_id`` unless it has one."""
        update_id = self._take_id()
        given = body.get("update_id")
        if isinstance(given, int) and not isinstance(given, bool):
            update_id = given
            self.next_id = max(self.next_id, given + 1)
        if numbered:
            body = {"update_id": update_id, **body}
        self._put(update_id, body)
        return update_id

    def again(self, update_id: int) -> None:
        """Queue a past update once more, under its old number; an unknown one raises ``KeyError``."""
        self.waiting.insert(0, Waiting(update_id, self.past[update_id], is_again=True))

    def confirm(self, offset: int) -> None:
        """Forget what comes before ``offset``; a negative one keeps that many from the end (0 nothing)."""
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif offset > 0:
            self.waiting = [
                one for one in self.waiting if one.update_id >= offset or (one.is_again and not one.was_given)
            ]

    def give(self, limit: int) -> list[dict[str, object]]:
        """Hand out the first ``limit`` updates; they stay until they are confirmed."""
        batch = self.waiting[:limit]
        for one in batch:
            one.was_given = True
        return [one.body for one in batch]

    def _put(self, update_id: int, body: dict[str, object]) -> None:
        self.past[update_id] = body
        self.waiting.append(Waiting(update_id, body))

    def _is_wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ONLY_WHEN_ASKED

    def _take_id(self) -> int:
        update_id = self.next_id
        self.next_id += 1
        return update_id
