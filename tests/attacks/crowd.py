"""Supporters, one like the other but for their words, from the first message to the day they leave."""

from typing import Any

from tests.attacks.oddities import brings_the_bot_into_a_group, forges_a_tap, sends_what_is_no_word
from tests.attacks.somebody import Somebody

DETAILS = ("Name", "Phone", "E-mail", "Post")
SETTINGS = {"Form of address": "Feminine", "Hour": "09:00", "Texts": "Full", "Delete after": "44 hours"}


class Supporter(Somebody):
    """Each chapter has fewer taps and messages than anybody may send in a minute."""

    def __init__(self, *around: Any) -> None:
        super().__init__(*around)
        self._answers = ["In 3 days", "Not this time", "I wrote"]

    async def comes_as_a_stranger(self) -> None:
        mint = self.canaries
        words = (mint.sentence(), f"/start {mint.code()}", mint.code(), f"/{mint.word()} {mint.sentence()}")
        await self.says(*words)
        await sends_what_is_no_word(self)
        await forges_a_tap(self)
        await brings_the_bot_into_a_group(self)

    async def looks_around(self) -> None:
        await self.says("/start")
        await self.taps("English", "Back", "English", "I'd rather not say", "Continue", "Just look")
        await self.taps("Public prisoners", "Forgotten …", "Address", "Back", "Back", "Back")
        await self.taps("Addresses", " No. …", "Back", "Back", "How to write", "Back", "Back")
        await self.taps("Read more", "Clear this screen")

    async def agrees(self) -> None:
        await self.hands.joins(self.person)

    async def leaves_contact_details(self) -> None:
        mint = self.canaries
        self._phone = mint.phone()
        good = dict(zip(DETAILS, (mint.cyrillic(), self._phone, mint.email(), mint.sentence()), strict=True))
        wrong = dict(
            zip(DETAILS, (mint.too_long(), mint.word(), mint.cyrillic(), mint.too_long()), strict=True)
        )
        await self.says("/settings")
        await self.taps("Contact details")
        for detail in DETAILS:
            await self.taps(detail)
            await self.says(wrong[detail], good[detail])
            await self.reads(good[detail])
        await self.taps("Post", "Remove")

    async def chooses_a_phrase(self) -> None:
        mint = self.canaries
        await self.says("/settings")
        await self.taps("Phrase", "Choose another")
        await self.says(mint.phone(), f"My {mint.cyrillic()}", f"{mint.word()} kettle")
        await self.reads("kettle")

    async def applies(self) -> None:
        mint = self.canaries
        await self.says("/adopt")
        await self.taps(
            "Russian: …", "Done", "Every 2 weeks", "Show someone else", "Why this person?", "Back"
        )
        await self.taps("I'll write")
        await self.says(mint.too_long(), mint.cyrillic(), mint.sentence())
        await self.taps("Send")
        await self.reads("Sent.")

    async def applies_again(self) -> None:
        await self.says("/adopt")
        await self.taps("Done", "Every 2 weeks", "I'll write", "Send")
        await self.reads("Sent.")

    async def asks_what_is_kept(self) -> None:
        mint = self.canaries
        await self.says("/mydata")
        await self.taps("As a file")
        assert self._phone.encode() in self.files[-1]
        await self.says(mint.code(), f"/start {mint.code()}", mint.sentence(), f"/{mint.word()}")
        await sends_what_is_no_word(self)
        await forges_a_tap(self)

    async def doubts(self) -> None:
        """Wonder whether the bot is real, and whoever called."""
        await self.says("/verify", self.canaries.cyrillic(), self.canaries.phone(), "/help")
        await self.taps("Is this real?")

    async def withdraws(self) -> None:
        await self.says("/menu")
        await self.taps("My application: waiting, usually 3 days", "Withdraw", "Withdraw")
        await self.taps("Become a Guardian", "Back")

    async def answers_a_question(self) -> None:
        """Answer what a coordinator asks about one's application."""
        await self.opens("Answer")
        await self.says(self.canaries.too_long() + self.canaries.too_long(), self.canaries.sentence())
        await self.reads("Your answer is with the coordinators")

    async def takes_over(self, words: str) -> None:
        """Come with the words of a file, as somebody who writes already."""
        await self.agrees()
        await self.says(words, "/mine")
        await self.taps("Forgotten …")

    async def writes(self) -> None:
        await self.says("/mine")
        await self.taps("Forgotten …", "I wrote", "Address and advice", "I write from abroad", "Back")
        await self.taps("Check my letter")
        await self.says(self.canaries.sentence(), self.canaries.cyrillic())
        await self.reads("Advice on your letter")
        await sends_what_is_no_word(self)

    async def writes_once(self) -> None:
        """Write to somebody without a promise, and have that letter checked."""
        await self.says("/menu")
        await self.taps("Write one letter", "Done", "I'll write", "I write from abroad", "Envelope", "C5")
        await self.says(self.canaries.sentence())
        await self.reads("The paper stands below")
        await self.taps("Back", "Check my letter")
        await self.says(self.canaries.sentence())
        await self.reads("Advice on your letter")
        await self.taps("Back", "I wrote")

    async def looks_after_the_promise(self) -> None:
        await self.says("/mine")
        await self.taps("Forgotten …", "It came back", "Letter 1…", "An answer came", "I cannot tell")
        await self.taps("Pause", "2 weeks", "Go on")

    async def prints_an_envelope(self) -> None:
        """Type a return address, which is on the paper only; then print without one, and copy by hand."""
        mint = self.canaries
        await self.says("/mine")
        await self.taps("Forgotten …", "Envelope", "DL")
        await self.says(mint.too_long(), f"{mint.cyrillic()}\n{mint.sentence()}")
        await self.reads("The paper stands below")
        assert self.files[-1].startswith(b"%PDF")
        await self.taps("Labels", "Print without it", "As text", "Back")

    async def asks_for_court_dates(self) -> None:
        """Look through the open ones, be at one and then not, keep the date, and ask for more."""
        await self.says("/court")
        await self.taps("Open court dates", " · …", "I'll be there", "I'll be there", "I can't after all")
        await self.taps("Add to calendar")
        await self.reads("The file stands below")
        assert self.files[-1].startswith(b"BEGIN:VCALENDAR")
        await self.taps("Back", "Tell me of court dates", "In a city", "Babrujsk", "No more: Babrujsk")
        await self.taps("Of somebody", "Forgotten …", "No more: …")

    async def steps_down(self) -> None:
        await self.says("/mine")
        await self.taps("Forgotten …", "Step down", "Step down")

    async def changes_settings(self) -> None:
        await self.says("/settings")
        for setting, value in SETTINGS.items():
            await self.taps(setting, value)
        await self.taps("Move to a new account", "Make the code", "Back")

    async def answers_a_reminder(self) -> None:
        """Open what has come; the first reminder is put off, the second left out, the third obeyed."""
        await self.opens()
        if "In 3 days" in self.labels:
            await self.taps(self._answers.pop(0))


class Relative(Supporter):
    """Somebody of the family, who comes with five words."""

    async def looks_at_a_month(self) -> None:
        await self.says("/court")
        await self.taps("Calendar", " ›…", "‹ …", "Picture")

    async def joins(self, words: str) -> None:
        await self.says(self.canaries.cyrillic(), words)
        await self.taps("English", "No", "I agree")
        await self.says("/family", "/court", "/help", "/privacy", "/cancel")

    async def asks_what_is_possible(self) -> None:
        await self.says("/family")
        await self.taps("What is possible: …", "I write from abroad", "Back")
