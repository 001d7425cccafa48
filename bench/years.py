"""A group of invented people, day by day: who comes, whom they choose, when they stop and what the bot knows.

What is assumed and why stands in docs/coverage.md.
"""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import count
from math import ceil
from uuid import UUID

from solidarity.coverage import RECENT, Cover, Promise, cover_of

BEGIN = date(2026, 1, 1)
ACCEPTED_AFTER, ANEW_AFTER = 3, 7
MISSED, A_WEEK, OFFERED_AGAIN = 3, 7, 14
NEWS = 12
A_YEAR = 365
SEED = 6


@dataclass(frozen=True)
class World:
    """What is assumed of people; shares lie between 0 and 1."""

    name: str
    prisoners: int = 1_200
    supporters: int = 3_000
    days: int = 730
    want: tuple[float, ...] = (0.6, 0.25, 0.15)
    declined: float = 0.1
    never: float = 0.2
    a_year_later: float = 0.65
    silent: float = 0.5
    left_out: float = 1 / 7
    another: float = 0.3
    come_free: float = 0.0
    ask_anew: float = 0.7
    next_after: int = 56
    # Days on which people came before the bot did, and chose as they would without it.
    before: int = 0

    @property
    def until(self) -> int:
        """The day on which it ends, counted from the first on which anybody comes."""
        return self.before + self.days


@dataclass
class Supporter:
    """Somebody who comes, and what they will do; None where they say nothing of their end."""

    number: int
    comes: int
    wants: int
    rhythm: int
    # After how many days of writing they stop.
    stays: float
    is_silent: bool
    chance: random.Random


@dataclass(eq=False)
class Pair:
    """One guardianship, as it is on record and as it is in truth."""

    supporter: Supporter
    prisoner: int
    applied: int
    is_declined: bool
    is_writing: bool = False
    is_ended: bool = False
    last_letter: int | None = None

    @property
    def since(self) -> int:
        return self.applied if self.last_letter is None else self.last_letter

    def counts(self, day: int) -> bool:
        """Say whether the bot counts it: it is not known to have been silent for too long."""
        return day < self.since + MISSED * self.supporter.rhythm * 7 + A_WEEK + OFFERED_AGAIN


@dataclass
class Prisoner:
    """Somebody in the register; the id changes where another takes the place of one who came free."""

    id: UUID
    pairs: list[Pair] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    # How many write in truth.
    writers: int = 0


@dataclass(frozen=True)
class Seen:
    """Shares of prisoner-days with nobody; `at_best` is as few as so many who write could leave."""

    all_days: float
    second_year: float
    at_best: float
    at_best_later: float


Choose = Callable[["Years", Supporter, int], int | None]


def crowd(world: World) -> list[Supporter]:
    """Make the same people for every way of choosing."""
    chance = random.Random(SEED)
    news = [chance.randrange(world.until) for _ in range(NEWS * world.until // world.days)]
    people = []
    for number in range(world.supporters * world.until // world.days):
        day = chance.randrange(world.until) if number % 2 else chance.choice(news) + chance.randrange(7)
        writes = chance.random() >= world.never
        rate = 1 - world.a_year_later ** (1 / 365)
        people.append(
            Supporter(
                number,
                day,
                chance.choices(range(1, len(world.want) + 1), world.want)[0],
                chance.choices((2, 4, 8), (1, 2, 1))[0],
                chance.expovariate(rate) if writes else 0,
                chance.random() < world.silent or not writes,
                random.Random(chance.random()),
            )
        )
    return people


class Years:
    """One group with one way of choosing, day by day."""

    def __init__(self, world: World, choose: Choose, *, before: Choose) -> None:
        self.world = world
        self._choose, self._choose_before = choose, before
        self._chance = random.Random(SEED + 1)
        self._ids = (UUID(int=self._chance.getrandbits(128)) for _ in count())
        self.prisoners = [Prisoner(next(self._ids)) for _ in range(world.prisoners)]
        self.covers: dict[int, Cover] = {}
        self.looked_after: defaultdict[int, set[int]] = defaultdict(set)
        # What is to come, by its day.
        self._asks: defaultdict[int, list[Supporter]] = defaultdict(list)
        self._decided: defaultdict[int, list[Pair]] = defaultdict(list)
        self._letters: defaultdict[int, list[Pair]] = defaultdict(list)
        self._stops: defaultdict[int, list[Pair]] = defaultdict(list)
        for one in crowd(world):
            for nth in range(one.wants):
                self._asks[one.comes + nth * world.next_after].append(one)

    def run(self) -> Seen:
        """Live through all days; returns the shares of prisoner-days with nobody since the bot is there."""
        empty, at_best = list[int](), list[int]()
        for day in range(self.world.until):
            # The bot counts each night; once a week is enough here, and never to our advantage.
            if day % A_WEEK == 0:
                self.covers.clear()
            self._set_free(day)
            for pair in self._stops.pop(day, ()):
                self._stop(pair)
            for pair in self._decided.pop(day, ()):
                self._decide(pair, day)
            for pair in self._letters.pop(day, ()):
                self._write(pair, day)
            for supporter in self._asks.pop(day, ()):
                self._ask(supporter, day)
            writing = [prisoner.writers for prisoner in self.prisoners]
            if day >= self.world.before:
                empty.append(writing.count(0))
                at_best.append(max(0, len(writing) - sum(writing)))
        return Seen(*(self._share(days) for days in (empty, empty[A_YEAR:], at_best, at_best[A_YEAR:])))

    def _share(self, days: list[int]) -> float:
        return sum(days) / (len(days) * self.world.prisoners)

    def on_record(self, prisoner: int, day: int) -> list[Pair]:
        return [pair for pair in self.prisoners[prisoner].pairs if pair.counts(day)]

    def cover(self, prisoner: int, day: int) -> Cover:
        """Say how somebody is written to as far as the bot knows."""
        if prisoner not in self.covers:
            letters = self.prisoners[prisoner].letters
            promises = [Promise(p.supporter.rhythm, date_of(p.since)) for p in self.on_record(prisoner, day)]
            self.covers[prisoner] = cover_of(
                promises,
                last_letter_on=date_of(letters[-1]) if letters else None,
                recent_letters=sum(letter >= day - RECENT.days for letter in letters),
                today=date_of(day),
            )
        return self.covers[prisoner]

    def _ask(self, supporter: Supporter, day: int) -> None:
        if supporter.stays < day - supporter.comes - ACCEPTED_AFTER:
            return
        choose = self._choose if day >= self.world.before else self._choose_before
        chosen = choose(self, supporter, day)
        if chosen is None:
            return
        pair = Pair(supporter, chosen, day, supporter.chance.random() < self.world.declined)
        self.prisoners[chosen].pairs.append(pair)
        self.looked_after[supporter.number].add(chosen)
        self.covers.pop(chosen, None)
        self._decided[day + ACCEPTED_AFTER].append(pair)

    def _decide(self, pair: Pair, day: int) -> None:
        if pair.is_ended:
            return
        if pair.is_declined:
            self._end(pair)
            return
        stops = pair.supporter.comes + ACCEPTED_AFTER + ceil(pair.supporter.stays)
        if day >= stops:
            return
        pair.is_writing = True
        self.prisoners[pair.prisoner].writers += 1
        self._stops[stops].append(pair)
        self._letters[day].append(pair)

    def _write(self, pair: Pair, day: int) -> None:
        if not pair.is_writing:
            return
        if pair.supporter.chance.random() >= self.world.left_out:
            pair.last_letter = day
            self.prisoners[pair.prisoner].letters.append(day)
            self.covers.pop(pair.prisoner, None)
        self._letters[day + pair.supporter.rhythm * 7].append(pair)

    def _stop(self, pair: Pair) -> None:
        if pair.is_ended:
            return
        pair.is_writing = False
        self.prisoners[pair.prisoner].writers -= 1
        if not pair.supporter.is_silent:
            self._end(pair)

    def _end(self, pair: Pair) -> None:
        pair.is_ended = True
        self.prisoners[pair.prisoner].pairs.remove(pair)
        self.looked_after[pair.supporter.number].discard(pair.prisoner)
        self.covers.pop(pair.prisoner, None)

    def _set_free(self, day: int) -> None:
        a_day = 1 - (1 - self.world.come_free) ** (1 / A_YEAR)
        free = [number for number in range(len(self.prisoners)) if self._chance.random() < a_day]
        for number in free:
            for pair in list(self.prisoners[number].pairs):
                if pair.is_writing and pair.supporter.chance.random() < self.world.ask_anew:
                    self._asks[day + ANEW_AFTER].append(pair.supporter)
                pair.is_writing = False
                self._end(pair)
            self.prisoners[number] = Prisoner(next(self._ids))


@cache
def date_of(day: int) -> date:
    return BEGIN + timedelta(days=day)
