"""What happens in an installation, from the first stranger to the last night; every way is gone."""

import asyncio
from collections.abc import Awaitable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from tests.attacks import registers
from tests.attacks.crowd import Supporter
from tests.attacks.scene import Scene
from tests.attacks.somebody import Somebody
from tests.attacks.staff import Coordinator, Relative
from tests.attacks.trouble import Trouble

SIDE_BY_SIDE = 12
# More than a minute, since nobody may do more than so much within one.
A_MINUTE = timedelta(seconds=61)
# As many as a coordinator decides on in one sitting.
MOST_ACCEPTED = 12

Kind = TypeVar("Kind", bound=Somebody)


class Life:
    """Its chapters follow one another; in each, people act side by side."""

    def __init__(self, scene: Scene, supporters: int) -> None:
        self._scene = scene
        self._count = supporters

    async def whole(self) -> None:
        code = await self._scene.begins()
        await self._strangers_come(code)
        await self._people_settle()
        await self._guardians_are_found()
        await self._the_register_changes()
        await Trouble(self._scene, self._supporters).whole()
        await self._weeks_pass()
        await self._some_leave()
        await self._a_year_passes()

    async def _strangers_come(self, code: str) -> None:
        """The operator fills the register while the bot may still be sealed."""
        scene, mint = self._scene, self._scene.canaries
        does = scene.operator.does
        self._supporters = [self._new(Supporter) for _ in range(self._count)]
        self._lead, *self._others = self._supporters
        self._bob, self._carol = self._new(Coordinator), self._new(Coordinator)
        self._rows = registers.prisoners(mint)
        self._name = str(self._rows[0]["name_en"])
        await self._minute(*self._each("comes_as_a_stranger"))
        await does(
            "import", "facilities", scene.brings("places.csv", registers.as_csv(registers.facilities()))
        )
        await does(
            "import", "prisoners", scene.brings("own.jsonl", registers.as_lines(self._rows)), "--confirm"
        )
        sittings = registers.hearings(mint, self._rows[5]["source_id"], scene.day(9, "11:30"))
        await does(
            "import", "hearings", scene.brings("hearings.csv", registers.as_csv(sittings)), "--confirm"
        )
        second = (await does("code", "coordinator")).splitlines()[0].rpartition(" ")[2]
        await scene.opens()
        await self._minute(
            *self._each("looks_around_and_agrees"),
            self._bob.joins(code),
            self._carol.joins(scene.knows(second)),
        )

    async def _people_settle(self) -> None:
        scene = self._scene
        await self._minute(
            *self._each("leaves_contact_details"), self._bob.chooses_a_pin(), self._carol.chooses_a_pin()
        )
        *_, words = await self._minute(
            *self._each("chooses_a_phrase"), self._bob.searches_and_invites(self._name)
        )
        await self._minute(
            self._lead.applies(),
            *self._each("changes_settings", self._others),
            *(self._new(Relative).joins(scene.knows(each)) for each in words),
            self._carol.announces_a_hearing(self._name, scene.day(24, "14:30")),
        )
        await self._minute(*self._each("asks_what_is_kept"), self._bob.decides_on_applications("Decline"))

    async def _guardians_are_found(self) -> None:
        scene = self._scene
        await self._minute(*self._each("applies"))
        await self._minute(self._lead.withdraws())
        await self._minute(self._lead.applies())
        accepted = ["Accept"] * min(self._count, MOST_ACCEPTED)
        await self._minute(
            self._bob.decides_on_applications(*accepted),
            self._carol.moves_it(scene.day(25, "09:15")),
        )
        await self._minute(*self._each("opens"), self._carol.cancels_it())

    async def _the_register_changes(self) -> None:
        """A later file waits for a coordinator; some of it is told to people."""
        scene, mint = self._scene, self._scene.canaries
        does, brings = scene.operator.does, scene.brings
        later = brings(
            "later.jsonl", registers.as_lines(registers.changed(mint, self._rows, scene.now.date()))
        )
        await does("import", "prisoners", later, "--dry-run")
        await does("import", "prisoners", later, "--whole", "--json")
        other = brings("other.json", registers.as_array(registers.published(mint)))
        await does("import", "prisoners", other, "--strict", "--confirm")
        await does(
            "import", "prisoners", brings("none.csv", f"{mint.word()},{mint.cyrillic()}\n1,2\n"), code=1
        )
        await self._minute(self._bob.takes_over_what_a_file_says())
        await self._minute(
            *self._each("opens"), self._carol.leaves_a_draft(self._name, scene.day(30, "10:00"))
        )

    async def _weeks_pass(self) -> None:
        """Reminders come; one is put off, one is left out, and letters are reported."""
        scene = self._scene
        await self._minute(self._lead.writes())
        for days in (14, 3, 14):
            await self._moves_to(scene.day(days, "12:00"))
            await self._minute(*self._each("answers_a_reminder"))
        await self._moves_to(scene.day(1, "04:30"))

    async def _some_leave(self) -> None:
        scene = self._scene
        stays, *rest = self._others
        half = len(rest) // 2
        await self._minute(self._lead.steps_down(), stays.hides_and_comes_back(), self._carol.is_in_danger())
        await self._minute(*self._each("leaves", rest[half:]), *self._each("is_in_danger", rest[:half]))
        await scene.operator.does(
            "erase", await scene.alone_called(self._lead.person, self._bob.person), "--yes"
        )
        await self._moves_to(scene.now + A_MINUTE)

    async def _a_year_passes(self) -> None:
        """Who was away is asked, one stays, and the others are forgotten."""
        scene = self._scene
        await self._moves_to(scene.day(367, "12:00"))
        await scene.restarts()
        await self._others[0].opens("I stay")
        await self._moves_to(scene.day(32, "12:00"))
        await scene.restarts()

    def _new(self, kind: type[Kind]) -> Kind:
        scene = self._scene
        return kind(scene.telegram, scene.canaries, scene.storage, scene.ways)

    def _each(self, chapter: str, people: Iterable[Supporter] | None = None) -> list[Awaitable[object]]:
        return [getattr(person, chapter)() for person in (self._supporters if people is None else people)]

    async def _minute(self, *acts: Awaitable[object]) -> list[object]:
        """Let people act side by side, and a minute pass; then look what is left of it."""
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
        self._scene.looks()
