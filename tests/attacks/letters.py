"""What was added for letters: rules that two agree upon, who writes already, an evening, silence, a death."""

from collections.abc import Sequence

from tests.attacks import registers
from tests.attacks.crowd import Supporter
from tests.attacks.days import Days
from tests.attacks.scene import Scene
from tests.attacks.staff import Coordinator

# Public, and nobody's in any other chapter: of one the guardian falls silent, the other dies.
QUIET, DYING = 7, 6


class Letters(Days):
    """Its chapters need two coordinators, and prisoners to whom somebody writes already."""

    def __init__(
        self, scene: Scene, rows: Sequence[registers.Row], first: Coordinator, second: Coordinator
    ) -> None:
        super().__init__(scene)
        self._first, self._second = first, second
        self._quiet, self._dying = rows[QUIET], rows[DYING]
        self._silent, self._bereaved = self._new(Supporter), self._new(Supporter)

    async def begin(self) -> None:
        """Change the rules, take over who writes already, and hold a letter evening."""
        await self._two_agree_on_rules()
        await self._who_writes_already_comes()
        await self._minute(
            self._first.prints_an_evening(),
            self._second.looks_at_coverage(),
            self._bereaved.prints_an_envelope(),
        )

    async def _two_agree_on_rules(self) -> None:
        first, second = self._first, self._second
        await self._minute(first.drafts_a_card())
        await self._minute(second.agrees_to("a rule card"))
        for button in ("Checked again today", "Take away"):
            await self._minute(first.asks_about_a_card(button))
            await self._minute(second.agrees_to("a rule card"))
        await self._minute(second.changes_a_card_and_leaves_it())
        await self._minute(second.adds_a_risky_word())
        await self._minute(first.agrees_to("a risky word"))
        await self._minute(second.takes_off_a_risky_word())
        await self._minute(first.agrees_to("a risky word"))

    async def _who_writes_already_comes(self) -> None:
        """A file of guardians makes a code for each; its labels are known to the operator alone."""
        mint = self._scene.canaries
        pairs = registers.guardianships(mint, self._quiet, self._dying)
        path = self._scene.brings("guardianships.csv", registers.as_csv(pairs))
        told = await self._scene.operator.does("import", "guardianships", path, "--language", "en")
        for label, person in zip(
            (one["label"] for one in pairs), (self._silent, self._bereaved), strict=False
        ):
            [line] = [line for line in told.splitlines() if str(label) in line]
            await self._minute(person.takes_over(self._scene.knows(line.rpartition(": ")[2])))

    async def end(self) -> None:
        """Weeks go by without a tap of somebody; somebody else's prisoner dies."""
        scene = self._scene
        for days in (14, 8):
            await self._moves_to(scene.day(days, "12:00"))
        # What is done each night is done after a start, too.
        await scene.restarts()
        await self._minute(self._first.looks_at_this_week())
        died = registers.as_lines([self._dying | {"custody_status": "died"}])
        await scene.operator.does("import", "prisoners", scene.brings("died.jsonl", died))
        name = str(self._dying["name_en"])
        await self._minute(self._first.hears_of_a_death(name))
        await self._minute(self._second.speaks_with_the_family(name))
        await self._minute(self._bereaved.opens())
