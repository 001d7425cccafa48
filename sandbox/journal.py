"""A note of every request a bot made, for tests to read."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import overload

KEPT = 100_000


@dataclass
class Call:
    """One request and, once it is known, its answer (0 while it waits or when none was given)."""

    method: str
    parameters: dict[str, object]
    at: datetime
    bot_id: int
    chat: int | None = None
    status: int = 0
    description: str | None = None
    result: object = None
    fault: str | None = None


class Journal(Sequence[Call]):
    """The last 100,000 calls, oldest first, and counts of all."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self.counts: Counter[str] = Counter()

    def note(self, call: Call) -> None:
        """Add a call that has just begun."""
        self._calls.append(call)
        self.counts[call.method] += 1

    def of(self, method: str, chat: int | None = None) -> list[Call]:
        """The calls of one method, in one chat if it is given."""
        return [call for call in self._calls if call.method == method and chat in (None, call.chat)]

    def clear(self) -> None:
        """Forget all calls and counts."""
        self._calls.clear()
        self.counts.clear()

    @overload
    def __getitem__(self, index: int) -> Call: ...
    @overload
    def __getitem__(self, index: slice) -> list[Call]: ...
    def __getitem__(self, index: int | slice) -> Call | list[Call]:
        return list(self._calls)[index] if isinstance(index, slice) else self._calls[index]

    def __len__(self) -> int:
        return len(self._calls)

    def __iter__(self) -> Iterator[Call]:
        return iter(list(self._calls))
