"""Telegram's limits as one object without a clock: who may be sent the next message, and when.

Instants are seconds of one monotonic clock, handed in; they never run backwards. A message takes
its place when it is granted, and moves to the instant at which its bytes really left: a slow
connection would otherwise bunch what was granted evenly. Where its answer is slower than usual, it may
have arrived as much later, and moves on by that. Not shared between processes: each is given its part
of the rate.
"""

from bisect import bisect_left, bisect_right, insort
from collections import OrderedDict, deque
from collections.abc import Callable
from math import ceil, floor, inf

MESSAGES_PER_SECOND = 30.0
SECONDS_BETWEEN_MESSAGES_TO_ONE_CHAT = 1.0
GUARD = 0.02
WIDEST_GUARD = 0.10
SHORT_FOR_SECONDS = 2.0
SAME_SILENCE_SECONDS = 0.5
# Part of the way by which one answer changes what is usual: soon for quicker ones, late for slower ones.
USED_TO_QUICKER, USED_TO_SLOWER = 0.5, 0.005


class Pace:
    """Up to 30 messages in any second for the bot, one a second for each chat, and silence when told.

    Each message goes ``ready_at`` → ``take`` → ``sent`` → ``answered``. ``sent`` may be left out
    where the bytes never left; ``answered`` never.
    """

    def __init__(
        self,
        per_second: float = MESSAGES_PER_SECOND,
        *,
        guard: float = GUARD,
        chat_gap_seconds: float = SECONDS_BETWEEN_MESSAGES_TO_ONE_CHAT,
    ) -> None:
        """Start with nothing sent.

        Args:
            per_second: messages a second for all chats together, above 0; below 1 the window grows instead.
            guard: part by which the window is longer than the limit asks.
            chat_gap_seconds: between the answer to a chat's message and its next one.
        """
        if per_second <= 0:
            raise ValueError("the rate must be above 0")
        self.per_second = per_second
        self._limit = max(1, floor(per_second))
        self._seconds = self._limit / per_second
        self._guard = guard
        self.chat_gap_seconds = chat_gap_seconds
        self._part_until = inf
        self._left: deque[float] = deque()
        self._granted: set[int] = set()
        # When each left, or None while it has not.
        self._unanswered: dict[int, float | None] = {}
        self._usual_trip: float | None = None
        # A plain dict would look again and again at the places of those that were taken out.
        self._answered = OrderedDict[int, float]()
        self._held_until = -inf
        self._chats_held: dict[int, float] = {}
        self._count, self._counted_from = 0, -inf
        self._short_at = -inf
        # Told when we could send more than our part, and for how many seconds a 429 silences everybody.
        self.when_short: Callable[[], None] = _unheard
        self.when_held: Callable[[float], None] = _unheard

    def tell_nobody(self) -> None:
        """Let go of who was told: they may hold what must not outlive them."""
        self.when_short = self.when_held = _unheard

    @property
    def under_way(self) -> int:
        """How many messages were granted and have not left."""
        return len(self._granted)

    def share(self, part: int, until: float) -> None:
        """Keep to so many messages in any second from now on, and to none after ``until``."""
        self._limit, self._part_until = part, until

    def wants(self, now: float) -> int:
        """Say how many messages a second we could do with: one more than lately, or all where short."""
        if now - self._short_at < SHORT_FOR_SECONDS:
            wanted = floor(self.per_second)
        else:
            wanted = min(floor(self.per_second), ceil(self._count / max(now - self._counted_from, 1.0)) + 1)
        self._count, self._counted_from = 0, now
        return max(1, wanted)

    @property
    def held_until(self) -> float:
        """Until when nobody is sent anything, because Telegram said so; in the past when nothing is held."""
        return self._held_until

    def chat_held_until(self, chat: int) -> float:
        """Until when this chat is sent nothing, for its own sake or everybody's; may be in the past."""
        return max(self._held_until, self._chats_held.get(chat, -inf))

    def chat_ready_at(self, chat: int, now: float) -> float:
        """Say from when a message to ``chat`` may leave as far as the chat's own limit goes.

        For answers: few and awaited, they do not queue behind everybody's thirty a second.
        """
        return max(now, self.chat_held_until(chat), self._chat_free_at(chat, now))

    def ready_at(self, chat: int, now: float) -> float:
        """Say from when a message to ``chat`` may leave, as far as is known now.

        At or before ``now`` means at once. A later instant is the earliest possible: what is still
        under way may push it back, so ask again then.
        """
        return max(self.chat_ready_at(chat, now), self.slot_free_at(now))

    def take(self, chat: int, now: float) -> None:
        """Grant the next message of ``chat``; only when ``ready_at`` has come.

        Raises:
            ValueError: it has not.
        """
        if self.ready_at(chat, now) > now:
            raise ValueError("granted too early")
        self._granted.add(chat)
        self._unanswered[chat] = None

    def sent(self, chat: int, now: float) -> None:
        """Note that the bytes of the message to ``chat`` leave now, whether or not it was taken before."""
        self._granted.discard(chat)
        self._unanswered[chat] = now
        self._left.append(now)
        self._count += 1
        while self._left[0] + self._seconds * (1 + WIDEST_GUARD) <= now:
            self._left.popleft()

    def answered(self, chat: int, now: float) -> None:
        """Note that the answer, or the failure, of the message to ``chat`` came now."""
        self._granted.discard(chat)
        left_at = self._unanswered.pop(chat, None)
        if left_at is not None:
            self._heed_a_slow_trip(left_at, now)
        # Taken out first, so that the chats stay in the order of their answers.
        self._answered.pop(chat, None)
        self._answered[chat] = now
        self._forget_rested_chats(now)

    def hold(self, seconds: float, now: float) -> None:
        """Send nobody anything for so long; a shorter wait later on never shortens it.

        A 429 also says that the window was too narrow: it grows by a hundredth, to a tenth at most.
        """
        self._held_until = max(self._held_until, now + seconds)
        self._widen()
        self.when_held(seconds)

    def heed(self, seconds: float, now: float) -> None:
        """Keep the silence that another process was told; hearing of one again changes nothing."""
        if now + seconds > self._held_until + SAME_SILENCE_SECONDS:
            self._widen()
            self._held_until = now + seconds

    def _widen(self) -> None:
        self._guard = max(self._guard, min(self._guard + 0.01, WIDEST_GUARD))

    def refused(self, chat: int, seconds: float, now: float, *, is_new: bool) -> None:
        """Note a 429 to something done in ``chat``: it waits for so long, and everybody where it was the bot.

        It was the bot where a second chat is refused while another still waits, or a new message came
        while more than half of what may leave in a second had left.
        """
        self._chats_held = {each: until for each, until in self._chats_held.items() if until > now}
        is_second = any(each != chat for each in self._chats_held)
        self._chats_held[chat] = max(self._chats_held.get(chat, now), now + seconds)
        if is_second or (is_new and self._is_busy(now)):
            self.hold(seconds, now)

    def _is_busy(self, now: float) -> bool:
        return sum(at > now - self._seconds for at in self._left) > self._limit / 2

    def _heed_a_slow_trip(self, left_at: float, now: float) -> None:
        trip = now - left_at
        usual = trip if self._usual_trip is None else self._usual_trip
        self._usual_trip = usual + (trip - usual) * (USED_TO_QUICKER if trip < usual else USED_TO_SLOWER)
        # Half the guard holds what is less; the other half is for how little is known of what is usual.
        late = trip - usual - self._seconds * self._guard / 2
        index = bisect_left(self._left, left_at)
        if late > 0 and index < len(self._left) and self._left[index] == left_at:
            del self._left[index]
            insort(self._left, left_at + late)

    def slot_free_at(self, now: float) -> float:
        """Say from when a message may leave as far as everybody's limit goes, as ``ready_at`` does."""
        window = self._seconds * (1 + self._guard)
        if now >= self._part_until:
            return inf
        # What is granted and has not left counts as leaving now: it can leave no earlier.
        gone = bisect_right(self._left, now - window)
        surplus = len(self._left) - gone + len(self._granted) - self._limit
        if surplus < 0:
            return now
        self._note_short(now)
        index = gone + surplus
        return (self._left[index] if index < len(self._left) else now) + window

    def _note_short(self, now: float) -> None:
        was_short = now - self._short_at < SHORT_FOR_SECONDS
        self._short_at = now
        if not was_short:
            self.when_short()

    def _chat_free_at(self, chat: int, now: float) -> float:
        last = now if chat in self._unanswered else self._answered.get(chat)
        return now if last is None else last + self.chat_gap_seconds

    def _forget_rested_chats(self, now: float) -> None:
        while self._answered:
            chat = next(iter(self._answered))
            if self._answered[chat] + self.chat_gap_seconds > now:
                return
            del self._answered[chat]


def _unheard(*_: float) -> None:
    """Where one process sends alone, nobody else wants to know."""
