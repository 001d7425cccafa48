"""Coordinators, whose words are canaries too; each way of the desk is gone once."""

from datetime import datetime

from tests.attacks.hands import PIN
from tests.attacks.somebody import Somebody

TYPED = "%d.%m.%Y %H:%M"
OTHER_PIN = "271828"
PLACE = "Sample Colony"
RISKY = "sampleword"


class Coordinator(Somebody):
    """What is done at a desk, in chapters of less than five minutes."""

    # The one that was named last.
    court = ""

    async def joins(self, code: str) -> None:
        await self.hands.joins(self.person, code)

    async def chooses_a_pin(self) -> None:
        await self.says("/desk")
        for pin in (PIN, OTHER_PIN):
            await self.taps(*pin, "OK")

    async def chooses_it_again(self) -> None:
        await self.hands.chooses_pin(self.person)

    async def mistypes_it(self) -> None:
        await self.says("/lock", "/desk")
        await self.taps(*OTHER_PIN, "OK", *PIN, "OK", "Inbox")

    async def looks_after_the_desk(self) -> None:
        await self._sits_down()
        await self.taps("Help", "Back", "Seal everything", "Back", "Desk settings", "Keys in random order")
        await self.taps("Keys in the usual order", "Change the PIN", *PIN, "OK", *PIN, "OK", "Back")
        await self.taps("Back", "Lock", "Desk")

    async def sets_a_duress_pin(self) -> None:
        await self._sits_down()
        await self.taps("Desk settings", "Set a duress PIN", *OTHER_PIN, "OK", *OTHER_PIN, "OK", "Back")

    async def forgets_the_pin(self) -> None:
        """Forget the PIN for a moment, and type to a desk that is closed."""
        mint = self.canaries
        await self.says("/lock", "/desk")
        await self.taps("I forgot my PIN", "Tell my colleagues")
        await self.says(mint.cyrillic(), mint.sentence())
        await self.taps(*PIN, "OK", "Forget")

    async def searches_and_invites(self, name: str) -> list[str]:
        """Return the words of two invitations."""
        mint = self.canaries
        await self._sits_down()
        await self.taps("Prisoners")
        await self.says(mint.word(), mint.cyrillic(), mint.too_long(), name)
        await self.taps(
            f"{name}…", "Who may see the name", "Guardians and family", "Who may see the name", "Public"
        )
        first = await self.hands.invites(self.person)
        return [first, await self.hands.invites(self.person, "On behalf of somebody")]

    async def decides_on_applications(self, *decisions: str) -> None:
        await self._sits_down()
        await self.taps("Inbox")
        for decision in decisions:
            await self.taps(" · …", decision)
            # Three may stand by a prisoner, and more may have applied.
            if "Decline" in self.labels:
                await self.taps("Decline")

    async def asks_an_applicant(self) -> None:
        mint = self.canaries
        await self._sits_down()
        await self.taps("Inbox", " · …", "Ask")
        await self.says(mint.too_long() + mint.too_long(), mint.sentence())
        await self.reads("Asked.")

    async def notes(self, name: str) -> None:
        """Take a prisoner, and note something about them."""
        mint = self.canaries
        await self._sits_down()
        await self.hands.finds(self.person, name)
        await self.taps("Take", "Leave to others", "Take", "Note")
        await self.says(mint.too_long(), mint.sentence())
        await self.taps("Keep 90 more days", "Remove the note")
        await self.says(mint.sentence())

    async def notes_and_passes_on(self, name: str) -> None:
        await self.notes(name)
        await self.taps("Back", "Pass on", " …")

    async def gives_words_and_codes(self) -> None:
        """Make words for a call, and a code for a supporter that is revoked."""
        await self._sits_down()
        await self.taps("A word for a call", "Back", "People", "Codes", "Vouch for a supporter", "Back")
        await self.taps("Supporter, until …", "Revoke")

    async def asks_about(self, called: str, *asked: str) -> None:
        """Find somebody by their pseudonym, and ask a colleague for what is asked of them."""
        await self._finds_person(called)
        await self.taps(*asked)
        await self.says(self.canaries.sentence())

    async def restricts(self, called: str, *buttons: str) -> None:
        await self._finds_person(called)
        await self.taps(*buttons)

    async def asks_about_prisoner(self, name: str, *asked: str) -> None:
        """Go to a prisoner, whose name may be hidden on the way, and ask for what takes two."""
        await self._sits_down()
        await self.hands.finds(self.person, name)
        await self.taps(*asked)
        await self.says(self.canaries.sentence())

    async def agrees_to(self, what: str) -> None:
        await self._sits_down()
        await self.taps("Inbox", "Requests of colleagues", f": {what}…", "Approve")

    async def opens_once(self, what: str) -> None:
        await self._sits_down()
        await self.taps("Inbox", "Requests of colleagues", f"Ready: {what}", "Open it once")

    async def takes_back(self, what: str) -> None:
        await self._sits_down()
        await self.taps("Inbox", "Requests of colleagues", f"You: {what}", "Withdraw")

    async def _finds_person(self, called: str) -> None:
        await self._sits_down()
        await self.taps("People")
        await self.says(self.canaries.cyrillic(), called)
        await self.taps(f"{called}…")

    async def confirms_relatives(self) -> None:
        """Agree to whoever came with the words of a colleague."""
        await self._sits_down()
        await self.taps("Inbox", "Requests of colleagues")
        while any(": a relative" in label for label in self.labels):
            await self.taps(": a relative…", "Approve")

    async def asks_for_a_code(self, *, takes_back: bool = False) -> None:
        """Ask for a new coordinator's code; the reason is a canary."""
        await self._sits_down()
        await self.taps("Inbox", "Requests of colleagues", "Ask for a coordinator's code")
        await self.says(self.canaries.sentence())
        if takes_back:
            await self.taps("You: a new coordinator", "Withdraw")

    async def decides_on_a_code(self, answer: str) -> None:
        await self._sits_down()
        await self.taps("Inbox", "Requests of colleagues", ": a new coordinator…", answer)

    async def takes_over_what_a_file_says(self) -> None:
        await self._sits_down()
        await self.taps(
            "Inbox", "Register differences", "One by one", "Confirm", "Leave out", "Later", "Back"
        )
        await self.taps("Confirm all")

    async def announces_a_hearing(self, name: str, starts: datetime) -> None:
        mint = self.canaries
        await self._sits_down()
        await self.taps("Hearings", "Add a hearing")
        await self.says(mint.cyrillic(), name)
        await self.taps(f"{name}…")
        self.court = mint.sentence()
        await self.says(mint.word(), f"{starts:{TYPED}}", mint.phone(), mint.too_long(), self.court)
        await self.taps("Back", "Keep it", "Save", "A second source says so")
        await self.says(mint.sentence())
        await self.taps("Room, judge, source…")
        for detail in ("Room", "Judge", "Stage", "Source"):
            await self.taps(detail)
            await self.says(mint.too_long(), mint.cyrillic())

    async def moves_it(self, starts: datetime) -> None:
        mint = self.canaries
        await self._sits_down()
        await self.taps("Hearings", " · …", "Move")
        await self.says(mint.cyrillic(), f"{starts:{TYPED}} {mint.word()}", f"{starts:{TYPED}}")
        await self.taps("Save")

    async def cancels_it(self) -> None:
        await self._sits_down()
        await self.taps("Hearings", " · …", "Cancel the hearing", "Yes, it is cancelled")

    async def leaves_a_draft(self, name: str, starts: datetime) -> None:
        """Type a hearing, go away from it, come back to it, and go away again."""
        await self._sits_down()
        await self.hands.finds(self.person, name)
        await self.taps("Add a hearing")
        await self.says(f"{starts:{TYPED}}", self.canaries.cyrillic(), "/lock", "/desk")
        await self.taps(*PIN, "OK", "Go on")
        await self.says("/lock")

    async def drafts_a_card(self) -> None:
        """Type canaries into a card, and put others' words in their place before a colleague sees them.

        What two agree upon is public, and no canary.
        """
        mint = self.canaries
        await self._goes_to_letters(mint.cyrillic(), mint.sentence(), PLACE)
        await self.taps("New card for this place", "Ask a colleague", "Rule", "not possible", "Advice")
        await self.says(mint.too_long() + mint.too_long(), mint.sentence())
        await self.taps("Source")
        await self.says(mint.sentence(), "/lock", "/desk")
        await self.taps(*PIN, "OK", "Go on", "Advice")
        await self.says("Nothing is handed over there.")
        await self.taps("Source")
        await self.says("A call to the place.")
        # Said and taken back: "Checked again today" is asked for later on.
        await self.taps(
            "I did not look at the source today", "✓ I looked at the source today", "Ask a colleague"
        )

    async def asks_about_a_card(self, button: str) -> None:
        await self._goes_to_letters(PLACE)
        await self.taps("· here…", button)

    async def changes_a_card_and_leaves_it(self) -> None:
        await self._goes_to_letters(PLACE)
        await self.taps("· anywhere…", "Change", "Advice")
        await self.says(self.canaries.sentence())
        await self.taps("Source")
        await self.says(self.canaries.sentence(), "/lock")

    async def _goes_to_letters(self, *words: str) -> None:
        await self._sits_down()
        await self.taps("Facilities")
        await self.says(*words)
        await self.taps(f"{PLACE}…", "letter: …")

    async def adds_a_risky_word(self) -> None:
        """Type what the list does not take, and then a word that is no canary, since the list is public."""
        mint = self.canaries
        await self._sits_down()
        await self.taps("Facilities", "Risky words", "English", "politics")
        await self.says(mint.phone(), mint.email(), mint.sentence(), RISKY)
        await self.taps("Ask a colleague")
        await self.reads("Asked.")

    async def takes_off_a_risky_word(self) -> None:
        await self._sits_down()
        await self.taps("Facilities", "Risky words", "English", "politics", RISKY, "Take away")

    async def prints_an_evening(self) -> None:
        await self._sits_down()
        await self.taps("Letter evening", "5", "DL")
        await self.reads("The paper stands below")
        await self.taps(" letters written…")

    async def looks_at_coverage(self) -> None:
        await self._sits_down()
        await self.taps("Coverage", "Only mine", "All", "List", "Back", "Places", "Back")

    async def looks_at_this_week(self) -> None:
        await self._sits_down()
        await self.taps("This week", "Offer all again")

    async def hears_of_a_death(self, name: str) -> None:
        """Confirm what a file says of somebody; it is never among what is confirmed together."""
        await self._sits_down()
        await self.taps("Inbox", "Register differences", "One by one")
        while not any(name in message.text for message in self.person.visible):
            await self.taps("Later")
        await self.taps("Confirm")

    async def speaks_with_the_family(self, name: str) -> None:
        await self._sits_down()
        await self.taps("Inbox", "Families to speak with", f"{name}…")
        await self.taps("I have spoken with the family", "Yes, I have spoken with them")

    async def _sits_down(self) -> None:
        """Open the desk, which may still be open from the chapter before."""
        await self.says("/desk")
        if "OK" in self.labels:
            await self.taps(*PIN, "OK")
        if "Forget" in self.labels:
            await self.taps("Back")
