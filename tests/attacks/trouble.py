"""What goes wrong with a canary in hand, and what the operator does beside it; the bot goes on."""

from collections.abc import Sequence

from tests.attacks.crowd import Supporter
from tests.attacks.oddities import refusals, unreadable
from tests.attacks.scene import Scene
from tests.attacks.victim import WAIT_SECONDS
from tests.spoiling import spoil


class Trouble:
    """Its chapters need at least two supporters with contact details."""

    def __init__(self, scene: Scene, supporters: Sequence[Supporter]) -> None:
        self._scene = scene
        self._supporters = supporters
        self._unlucky = supporters[-1]

    async def whole(self) -> None:
        await self._updates_cannot_be_read()
        await self._telegram_refuses()
        await self._the_database_goes_away()
        await self._a_handler_fails()
        await self._the_operator_works()
        await self._an_installation_comes_back()
        await self._the_bot_is_sealed()

    async def _updates_cannot_be_read(self) -> None:
        for raw in unreadable(self._scene.canaries):
            self._scene.telegram.inject(raw)
        await self._scene.telegram.settled(WAIT_SECONDS)

    async def _telegram_refuses(self) -> None:
        for number, fault in enumerate(refusals()):
            who = self._supporters[number % len(self._supporters)]
            fault.chat = who.person.user_id
            await who.is_asked_for_a_name()
            self._scene.telegram.faults.add(fault)
            await who.leaves_a_name()
            assert fault.hits > 0
        await self._scene.victim.rests()

    async def _the_database_goes_away(self) -> None:
        """Let a name be typed while nothing can be written; it is taken when that is over."""
        await self._unlucky.is_asked_for_a_name()
        async with self._scene.without_database():
            await self._unlucky.person.says(name := self._unlucky.canaries.cyrillic())
            await self._scene.telegram.until(
                lambda: self._scene.log_says("the database is away"), WAIT_SECONDS
            )
        await self._unlucky.reads(name)

    async def _a_handler_fails(self) -> None:
        """Let a name be typed by somebody of whom another detail cannot be read any more."""
        await self._unlucky.is_asked_for_a_name()
        person_id = await self._scene.id_of(self._unlucky.person)
        await spoil(self._scene.storage, "person", "email", "id", person_id)
        await self._unlucky.leaves_a_name()
        await self._unlucky.reads("Something went wrong")

    async def _the_operator_works(self) -> None:
        does = self._scene.operator.does
        await does("upgrade")
        await does("keys", "list")
        await does("keys", "rotate")
        await does("backup")

    async def _an_installation_comes_back(self) -> None:
        """Bring it back beside the other one, and destroy it."""
        scene = self._scene
        elsewhere = scene.elsewhere()
        identity = ("--identity", str(scene.keeper.file))
        await scene.operator.does("restore", "backups", *identity, "--check", **elsewhere)
        await scene.operator.does("restore", "backups", *identity, **elsewhere)
        scene.looks()
        await scene.operator.does("destroy", "--yes", **elsewhere)

    async def _the_bot_is_sealed(self) -> None:
        await self._scene.operator.does("seal")
        for who in self._supporters[:2]:
            await who.says(who.canaries.cyrillic())
        await self._scene.operator.does("unseal")
