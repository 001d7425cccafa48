"""What was added for courts: sittings from a calendar and how they ended, pictures, broadcasts."""

from datetime import timedelta

from tests.attacks.clerk import Clerk
from tests.attacks.crowd import Relative
from tests.attacks.days import Days
from tests.attacks.scene import Scene


class Courts(Days):
    """Its chapters need two coordinators, of whom the second has announced a sitting, and family."""

    def __init__(self, scene: Scene, name: str, first: Clerk, second: Clerk, family: Relative) -> None:
        super().__init__(scene)
        self._name, self._first, self._second, self._family = name, first, second, family

    async def begin(self) -> None:
        """Enter sittings, look at their month, send what is sent to many, and say how a sitting ended."""
        first, second, day = self._first, self._second, self._scene.day
        await self._minute(second.enters_by_calendar(self._name))
        await self._minute(second.moves_by_calendar())
        await self._minute(first.confirms_a_date())
        await self._minute(first.looks_at_pictures(), self._family.looks_at_a_month())
        await self._minute(second.prepares_broadcasts(self._name))
        await self._minute(first.plans_an_evening(day(3, "12:00")))
        await self._minute(first.invites_to_an_evening(day(9, "18:00")))
        await self._minute(first.takes_the_invitation_back(self._scene.now))
        soon = self._scene.now + timedelta(hours=2)
        await self._minute(second.enters_for_today(self._name, soon))
        await self._moves_to(soon + timedelta(hours=1))
        await self._minute(first.says_how_it_ended(day(20, "12:00")))
