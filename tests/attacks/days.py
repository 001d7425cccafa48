"""How time goes by in a scene: people act side by side, a minute passes, or weeks."""

import asyncio
from collections.abc import Awaitable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from tests.attacks.scene import Scene
from tests.attacks.somebody import Somebody

SIDE_BY_SIDE = 12
# More than a minute, since nobody may do more than so much within one.
A_MINUTE = timedelta(seconds=61)

Kind = TypeVar("Kind", bound=Somebody)


class Days:
    """People of a scene, and its clock."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def _new(self, kind: type[Kind]) -> Kind:
        scene = self._scene
        return kind(scene.telegram, scene.canaries, scene.storage, scene.ways)

    def _each(self, chapter: str, people: Iterable[Somebody]) -> list[Awaitable[object]]:
        return [getattr(person, chapter)() for person in people]

    async def _minute(self, *acts: Awaitable[object]) -> list[object]:
        """Let people act side by side, and a minute pass."""
        at_once = asyncio.Semaphore(SIDE_BY_SIDE)

        async def one(act: Awaitable[object]) -> object:
            async with at_once:
                return await act

        said = await asyncio.gather(*map(one, acts))
        await self._moves_to(self._scene.now + A_MINUTE)
        return said

    async def _moves_to(self, instant: datetime) -> None:
        self._scene.telegram.clock.set(instant)
        await self._scene.victim.rests()
