"""Messages in hand that wait for their place: lower lanes first, and a chat that must rest is overtaken."""

from collections import deque
from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import count

from bot.sending.parcel import Parcel
from bot.telegram_api.pace import Pace
from solidarity.work import Lane


class Waiting:
    """What has been claimed and not handed over; instants are seconds of the pace's monotonic clock."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._lanes: dict[Lane, deque[Parcel]] = {lane: deque() for lane in Lane}
        # By the instant at which its chat may be written to again, as far as is known.
        self._resting: list[tuple[float, int, Parcel]] = []
        self._order = count()

    def __len__(self) -> int:
        return sum(map(len, self._lanes.values())) + len(self._resting)

    def ready_up_to(self, lane: Lane) -> int:
        """Count what waits in a lane and those before it, without what rests for its chat's sake."""
        return sum(len(parcels) for each, parcels in self._lanes.items() if each <= lane)

    @property
    def resting(self) -> int:
        """How many wait for their own chat."""
        return len(self._resting)

    def add(self, parcels: Iterable[Parcel]) -> None:
        for parcel in parcels:
            self._lanes[parcel.row.lane].append(parcel)

    def take(self, now: float) -> Parcel | None:
        """Take the next message that may leave now, or None."""
        self._wake_rested(now)
        for parcels in self._lanes.values():
            while parcels:
                parcel = parcels[0]
                chat_ready_at = self._pace.chat_ready_at(parcel.chat_id, now)
                if chat_ready_at <= now:
                    if self._pace.slot_free_at(now) > now:
                        return None
                    return parcels.popleft()
                heappush(self._resting, (chat_ready_at, next(self._order), parcels.popleft()))
        return None

    def look_again_at(self, now: float) -> float | None:
        """Say when the next message may be taken, as far as is known now; None where none waits."""
        moments = [self._resting[0][0]] if self._resting else []
        first = next((parcels[0] for parcels in self._lanes.values() if parcels), None)
        if first is not None:
            moments.append(self._pace.ready_at(first.chat_id, now))
        return min(moments, default=None)

    def keep(self, wanted: set[Parcel]) -> list[Parcel]:
        """Leave out all but some; returns what was left out."""
        out = [parcel for parcel in self.all() if parcel not in wanted]
        for lane, parcels in self._lanes.items():
            self._lanes[lane] = deque(parcel for parcel in parcels if parcel in wanted)
        # A sorted list is a heap.
        self._resting = sorted(entry for entry in self._resting if entry[2] in wanted)
        return out

    def all(self) -> list[Parcel]:
        """Return everything that waits."""
        ready = [parcel for parcels in self._lanes.values() for parcel in parcels]
        return ready + [parcel for _, _, parcel in self._resting]

    def _wake_rested(self, now: float) -> None:
        rested = []
        while self._resting and self._resting[0][0] <= now:
            rested.append(heappop(self._resting)[2])
        # Back to the head of their lanes, the longest rested first.
        for parcel in reversed(rested):
            self._lanes[parcel.row.lane].appendleft(parcel)
