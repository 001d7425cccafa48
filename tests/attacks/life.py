"""What happens in an installation, from the first stranger to the last night; every way is gone."""

import asyncio
from collections.abc import Awaitable
from functools import partial

from tests.attacks import registers
from tests.attacks.clerk import Clerk
from tests.attacks.courts import Courts
from tests.attacks.crowd import Relative, Supporter
from tests.attacks.days import A_MINUTE, Days
from tests.attacks.letters import Letters
from tests.attacks.scene import Scene
from tests.attacks.trouble import Trouble

# As many as a coordinator decides on in one sitting.
MOST_ACCEPTED = 12


class Life(Days):
    """Its chapters follow one another; in each, people act side by side."""

    def __init__(self, scene: Scene, supporters: int) -> None:
        super().__init__(scene)
        self._supporters = [self._new(Supporter) for _ in range(supporters)]
        self._lead, *self._others = self._supporters
        self._bob, self._vera = self._new(Clerk), self._new(Relative)
        self._rows = registers.prisoners(scene.canaries)
        self._name = str(self._rows[0]["name_en"])

    async def whole(self, administrator_code: str) -> None:
        self._carol, self._nina = self._new(Clerk), self._new(Relative)
        trouble = Trouble(self._scene, [*self._supporters, self._vera, self._bob, self._carol, self._nina])
        letters = Letters(self._scene, self._rows, self._bob, self._carol)
        courts = Courts(self._scene, self._name, self._bob, self._carol, self._vera)
        chapters = (
            self._strangers_come,
            partial(self._people_join, administrator_code),
            self._people_settle,
            letters.begin,
            courts.begin,
            self._the_operator_looks,
            self._guardians_are_found,
            self._the_register_changes,
            trouble.whole,
            self._weeks_pass,
            letters.end,
            self._some_leave,
            self._a_year_passes,
        )
        for chapter in chapters:
            await chapter()
            self._scene.looks()

    async def first_day(self, administrator_code: str) -> None:
        """Let everybody do what they do first, and what most often goes wrong go wrong."""
        scene, bob = self._scene, self._bob
        await self._strangers_come()
        await self._minute(*self._everybody("agrees"), bob.joins(administrator_code))
        await self._minute(*self._everybody("leaves_contact_details"), bob.hands.chooses_pin(bob.person))
        *_, words = await self._minute(
            *self._everybody("chooses_a_phrase"), bob.searches_and_invites(self._name)
        )
        await self._minute(
            *self._everybody("applies"),
            self._vera.joins(scene.knows(words[0])),
            bob.announces_a_hearing(self._name, scene.day(24, "14:30")),
        )
        await self._minute(self._vera.doubts(), bob.notes(self._name))
        lead = await scene.alone_called(self._lead.person)
        await self._minute(bob.asks_about(lead, "Contact details"))
        scene.looks()
        await Trouble(scene, [*self._supporters, bob, self._vera]).most()
        await self._minute(*self._everybody("leaves"))

    async def _strangers_come(self) -> None:
        """People write to the bot, which may still be sealed, while the operator fills the register."""
        await asyncio.gather(
            self._minute(*self._everybody("comes_as_a_stranger")), self._the_register_is_filled()
        )
        await self._scene.opens()

    async def _the_register_is_filled(self) -> None:
        scene = self._scene
        does, brings = scene.operator.does, scene.brings
        await does("import", "facilities", brings("places.csv", registers.as_csv(registers.facilities())))
        await does("import", "prisoners", brings("own.jsonl", registers.as_lines(self._rows)), "--confirm")
        sittings = registers.hearings(scene.canaries, self._rows[5]["source_id"], scene.day(9, "11:30"))
        await does("import", "hearings", brings("hearings.csv", registers.as_csv(sittings)), "--confirm")

    async def _people_join(self, administrator_code: str) -> None:
        told = await self._scene.operator.does("code", "coordinator")
        second = self._scene.knows(told.splitlines()[0].rpartition(" ")[2])
        await self._minute(self._lead.looks_around(), self._bob.joins(administrator_code))
        await self._minute(*self._everybody("agrees"), self._carol.joins(second))

    async def _people_settle(self) -> None:
        scene = self._scene
        await self._minute(
            *self._everybody("leaves_contact_details"),
            self._bob.chooses_a_pin(),
            self._carol.hands.chooses_pin(self._carol.person),
        )
        for chapter in (
            "chooses_it_again",
            "mistypes_it",
            "looks_after_the_desk",
            "sets_a_duress_pin",
            "forgets_the_pin",
        ):
            await self._minute(getattr(self._bob, chapter)())
        *_, words = await self._minute(
            *self._everybody("chooses_a_phrase"), self._bob.searches_and_invites(self._name)
        )
        await self._minute(
            self._lead.applies(),
            *self._each("changes_settings", self._others),
            self._vera.joins(scene.knows(words[0])),
            self._nina.joins(scene.knows(words[1])),
            self._carol.announces_a_hearing(self._name, scene.day(24, "14:30")),
        )
        await self._minute(
            self._bob.asks_about_prisoner(self._name, "Relatives to confirm", " · …"), self._vera.doubts()
        )
        await self._minute(self._carol.confirms_relatives())
        await self._minute(self._vera.asks_what_is_possible(), self._lead.asks_for_court_dates())
        await self._two_coordinators_agree()
        await self._minute(self._carol.asks_for_a_code(takes_back=True))
        for answer in ("Decline", "Approve"):
            await self._minute(self._carol.asks_for_a_code())
            await self._minute(self._bob.decides_on_a_code(answer))
        await self._minute(self._carol.opens_once("a new coordinator"))
        await self._minute(
            *self._everybody("asks_what_is_kept"),
            self._vera.changes_settings(),
            self._bob.decides_on_applications("Decline"),
        )

    async def _two_coordinators_agree(self) -> None:
        """Whatever else takes two, and what one alone may do about somebody."""
        bob, carol, scene = self._bob, self._carol, self._scene
        # Public, and of no account to any later chapter.
        name = str(self._rows[4]["name_en"])
        lead, nina = [await scene.alone_called(each.person) for each in (self._lead, self._nina)]
        await self._minute(bob.notes_and_passes_on(self._name), carol.gives_words_and_codes())
        await self._minute(bob.asks_about(lead, "Contact details"))
        await self._minute(carol.agrees_to("contact details"))
        await self._minute(bob.opens_once("contact details"))
        hides = ("Who may see the name", "Hidden")
        await self._minute(bob.asks_about_prisoner(name, *hides, "Who may see the name", "Public"))
        await self._minute(carol.agrees_to("who may see a name"))
        await self._minute(bob.asks_about_prisoner(name, *hides, "Ask for the name"))
        await self._minute(carol.agrees_to("a hidden name"))
        await self._minute(bob.opens_once("a hidden name"))
        await self._minute(carol.restricts(nina, "Suspend"))
        await self._minute(carol.asks_about(nina, "Ask to lift the suspension"))
        await self._minute(bob.agrees_to("letting somebody in again"))
        await self._minute(bob.restricts(nina, "This person may be detained"))
        await self._minute(carol.restricts(nina, "They are free"))
        # Bob is the one administrator, without whom nobody has it done.
        called = await scene.alone_called(bob.person)
        await self._minute(carol.asks_about(called, "They forgot their PIN"))
        await self._minute(carol.takes_back("a new PIN"))

    async def _the_operator_looks(self) -> None:
        """What the host may see and decide by itself, with a reason of its own words."""
        scene, does = self._scene, self._scene.operator.does
        called = await scene.alone_called(self._lead.person)
        await does("contact", called, "--why", scene.canaries.sentence())
        await does("approve", "00000000", codes=(1,))
        await does("audit", "list")
        await does("audit", "verify")

    async def _guardians_are_found(self) -> None:
        scene = self._scene
        await self._minute(self._lead.applies())
        await self._minute(self._bob.asks_an_applicant())
        await self._minute(self._lead.answers_a_question())
        await self._minute(self._lead.withdraws())
        await self._minute(self._lead.applies_again())
        # Who applied on one day stands in the inbox in any order; the first of all is to be accepted.
        await self._minute(self._bob.decides_on_applications("Accept"))
        await self._minute(*self._each("applies", self._others))
        accepted = ["Accept"] * min(len(self._others), MOST_ACCEPTED)
        await self._minute(
            self._bob.decides_on_applications(*accepted),
            self._carol.moves_it(scene.day(25, "09:15")),
        )
        await self._minute(self._carol.writes_to_guardians())
        await self._minute(*self._everybody("opens"), self._carol.cancels_it())

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
            "import", "prisoners", brings("none.csv", f"{mint.word()},{mint.cyrillic()}\n1,2\n"), codes=(1,)
        )
        await self._minute(self._bob.takes_over_what_a_file_says())
        await self._minute(
            *self._everybody("opens"), self._carol.leaves_a_draft(self._name, scene.day(30, "10:00"))
        )
        called = await scene.alone_called(self._carol.person)
        await self._minute(self._bob.restricts(called, "Freeze"))

    async def _weeks_pass(self) -> None:
        """Reminders come; one is put off, one is left out, and letters are reported."""
        scene = self._scene
        await self._minute(self._lead.writes(), *self._each("writes_once", self._others[:1]))
        await self._minute(self._lead.looks_after_the_promise())
        for days in (14, 3, 14):
            await self._moves_to(scene.day(days, "12:00"))
            await self._minute(*self._everybody("answers_a_reminder"))
        await self._moves_to(scene.day(1, "04:30"))

    async def _some_leave(self) -> None:
        scene = self._scene
        half = len(self._others) // 2
        await self._minute(
            self._lead.steps_down(),
            self._vera.hides_and_comes_back(),
            self._carol.is_in_danger(),
            *self._each("is_in_danger", self._others[:half]),
        )
        await self._minute(*self._each("leaves", [self._nina, *self._others[half:]]))
        await scene.operator.does(
            "erase", await scene.alone_called(self._lead.person, self._bob.person), "--yes"
        )
        await self._moves_to(scene.now + A_MINUTE)

    async def _a_year_passes(self) -> None:
        """Who was away is asked, one stays, and the others are forgotten."""
        scene = self._scene
        await self._moves_to(scene.day(367, "12:00"))
        await scene.restarts()
        await self._vera.opens("I stay")
        await self._moves_to(scene.day(32, "12:00"))
        await scene.restarts()

    def _everybody(self, chapter: str) -> list[Awaitable[object]]:
        return self._each(chapter, self._supporters)
