"""Kills of the bot at moments that a seed chooses, each followed by a new start."""

import random

from tests.attacks.victim import WAIT_SECONDS, Victim

# About as many signs of life and commits as an act brings forth; after how many the bot is killed is chance.
MOST_SIGNS = 18
MOST_COMMITS = 3


class Strikes:
    """Kills the bot, each time at a moment that the seed chooses, and starts it again."""

    def __init__(self, victim: Victim, seed: int, *, share: float) -> None:
        """Take a part of all acts, 0 to 1, after which the bot is killed; after the others it may rest."""
        self._victim = victim
        self._share = share
        self._random = random.Random(seed)
        self.count = 0

    async def __call__(self) -> None:
        if self._random.random() >= self._share:
            await self._victim.telegram.settled(WAIT_SECONDS)
            return
        # Only right after a commit is something claimed, or decided, of which nobody outside knows yet.
        if self._random.random() < 0.5:
            await self._victim.commits(self._random.randint(1, MOST_COMMITS))
        else:
            await self._victim.shows_life(self._random.randrange(MOST_SIGNS + 1))
        self._victim.kill()
        self.count += 1
        self._victim.start()
        # Like a person who waits until the bot has answered.
        await self._victim.telegram.settled(WAIT_SECONDS)
