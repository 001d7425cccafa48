"""A coordinator who also keeps a calendar of sittings, says how they ended, and sends broadcasts."""

from datetime import datetime

from tests.attacks.staff import TYPED, Coordinator


class Clerk(Coordinator):
    """What was added for courts and broadcasts, each way once, and canaries wherever words are taken."""

    async def enters_by_calendar(self, name: str) -> None:
        """Choose day, hour and court: first as another date of what is known, then as one more sitting."""
        for hour, is_typed, then in (
            ("14:45", True, "It was moved from…"),
            ("10:30", False, "It is one more…"),
        ):
            await self._sits_down()
            await self.taps("Hearings", "Add a hearing")
            await self.says(name)
            await self.taps(f"{name}…", "›", "15" if is_typed else "16")
            if is_typed:
                await self.says(self.canaries.word(), hour)
            else:
                await self.taps(hour)
            await self.taps(f"{self.court[:10]}…", then)

    async def moves_by_calendar(self) -> None:
        """Choose another day for the newest sitting and its hour, then another and type its hour."""
        await self.taps("Move", "›", "17", "14:00", "Save", "Move", "›", "18")
        await self.says(self.canaries.cyrillic(), "14:15")
        await self.taps("Save", "Room, judge, source…", "Open")

    async def confirms_a_date(self) -> None:
        await self._sits_down()
        await self.taps("Hearings", " · …", "Confirm the date")

    async def looks_at_pictures(self) -> None:
        await self._sits_down()
        # Further than others, whose screens look alike.
        await self.taps("Hearings", "Calendar", " ›…", " ›…", "Picture")
        await self._sits_down()
        await self.taps("Coverage", "Picture")

    async def enters_for_today(self, name: str, starts: datetime) -> None:
        await self._sits_down()
        await self.taps("Hearings", "Add a hearing")
        await self.says(name)
        await self.taps(f"{name}…", str(starts.day))
        await self.says(f"{starts:%H:%M}")
        await self.taps(f"{self.court[:10]}…", "It is one more…")

    async def says_how_it_ended(self, deadline: datetime) -> None:
        await self._sits_down()
        await self.taps("Hearings", "How did they end?…", " · …", "How did it end?", "Colony")
        await self.says(self.canaries.sentence(), f"{deadline:%d.%m.%Y}")
        await self.taps("No deadline", "Save", "Leave out")

    async def prepares_broadcasts(self, name: str) -> None:
        """Begin one about a transfer, and one in words of one's own; leave both."""
        mint = self.canaries
        await self._begins("A transfer")
        await self.says(mint.cyrillic(), name)
        await self.taps(f"{name}…", "Back")
        await self._begins("Own words", "+ Belarusian")
        await self.says(mint.sentence())
        await self.taps("✓ Belarusian", "Remove these words", "+ Belarusian")
        await self.says(f"<b>{mint.cyrillic()}", mint.sentence())
        await self.taps("Who has no text", "Send them this one: Belarusian", "For whom", "Prisoner")
        await self.says(mint.cyrillic(), name)
        await self.taps(f"{name}…")

    async def plans_an_evening(self, starts: datetime) -> None:
        """Make it urgent and later, and neither; plan it, hold it, let it go on, and stop it."""
        mint = self.canaries
        await self._evening(starts)
        await self.taps("Urgent")
        await self.says(mint.sentence())
        await self.taps("Not urgent after all")
        for then in (("Later", "Send now after all"), ("Send at that time",)):
            await self.taps("Later")
            await self.says(mint.word(), f"{starts:{TYPED}}")
            await self.taps(*then)
        await self.taps("Pause", "Resume", "Stop", "Yes, stop it")

    async def invites_to_an_evening(self, starts: datetime) -> None:
        await self._evening(starts)
        await self.taps("Send now")

    async def takes_the_invitation_back(self, today: datetime) -> None:
        await self._sits_down()
        await self.taps("Broadcast", f"{today:%d.%m} …", "Take back", "Yes, take it back")

    async def writes_to_guardians(self) -> None:
        """Send words of one's own; a colleague is asked where the few are many."""
        mint = self.canaries
        await self._begins("Own words", "+ English")
        await self.says(f"<b>{mint.cyrillic()}", mint.sentence())
        await self.taps("For whom", "Role", "Guardians", "Back", "Preview: English", "Back", "Send now")
        await self.says(mint.sentence())

    async def _evening(self, starts: datetime) -> None:
        await self._begins("A letter evening")
        await self.says(self.canaries.word(), f"{starts:{TYPED}}")

    async def _begins(self, *ways: str) -> None:
        await self._sits_down()
        await self.taps("Broadcast", "New broadcast")
        if "Forget" in self.labels:
            await self.taps("Forget", "New broadcast")
        await self.taps(*ways)
