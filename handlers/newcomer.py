"""Somebody of whom nothing is kept: language, what is safer, the notice, and *I agree*, their only effect.

These screens have no timer, since nobody remembers them: each is edited in place and can be cleared.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from handlers import looking
from handlers.answer import Answer, Showing
from handlers.arrival import Arrival
from handlers.code import sentence_for
from handlers.fitting import fit_message
from handlers.screen import Button, Screen
from handlers.surfaces import draw, new_message, words_for
from handlers.tries import WrongCodes
from handlers.vocabulary import ACTION_OF, Step, keyboard, read
from locales import LANGUAGES, Words
from locales.words import NAMES
from solidarity.access import Actor, require
from solidarity.code_words import may_be_misspelt, normalise_code
from solidarity.codes import redeem_ticket, ticket_for
from solidarity.errors import AccountInUse, CodeUnknown, SolidarityError
from solidarity.people import agree, reveal_phrase
from solidarity.typed_errors import CodeMisspelt
from solidarity.work import Purpose, Storage, UnitOfWork

# A stranger who hides sees what a stranger who begins would see.
SAYS_NOTHING = ("start", "hide")


class Newcomer:
    """The conversation of an account that has not agreed; every screen follows from the tapped button."""

    def __init__(self, storage: Storage, now: Callable[[], datetime], wrong_codes: WrongCodes) -> None:
        self._storage = storage
        self._now = now
        self._wrong_codes = wrong_codes

    async def take(self, arrival: Arrival) -> Answer:
        """Answer a stranger; their own message is deleted, a tap edits the message it was made on."""
        if not arrival.is_tap:
            return await self._greet(arrival)
        step = read(arrival.data) or Step(language=arrival.language)
        require(None, ACTION_OF[step.name], now=self._now())
        if step.name == "agree":
            return await self._keep(arrival, step)
        if step.name == "clear":
            gone = [] if arrival.message_id is None else [arrival.message_id]
            return Answer(arrival.chat_id, arrival.callback_id, delete=gone)
        screen = await self._screen(step)
        showing = Showing(fit_message(screen.text), keyboard(screen), message_id=arrival.message_id)
        return Answer(arrival.chat_id, arrival.callback_id, showing=showing)

    async def _greet(self, arrival: Arrival) -> Answer:
        words, code = Words(arrival.language), None
        hint = None if arrival.command in SAYS_NOTHING else words.say("newcomer-use-buttons")
        try:
            code = await self._code_in(arrival)
        except SolidarityError as refusal:
            hint = words.say(refusal.wording, **refusal.values())
        if code is not None:
            hint = words.say("newcomer-code-known")
        screen = first_screen(Step(language=arrival.language, code=code), hint)
        written = [] if arrival.message_id is None else [arrival.message_id]
        return Answer(arrival.chat_id, showing=Showing(screen.text, keyboard(screen)), delete=written)

    async def _code_in(self, arrival: Arrival) -> UUID | None:
        """Find the code somebody typed or came with; ordinary words are not looked up and not counted."""
        words, now = arrival.words, self._now()
        is_link = arrival.command == "start" and bool(words)
        if arrival.command is not None and not is_link:
            return None
        if not is_link and normalise_code(words) is None:
            if may_be_misspelt(words):
                self._wrong_codes.count_misspelt(arrival.chat_id, words, by_stranger=True, now=now)
                raise CodeMisspelt("typed by a stranger")
            return None
        self._wrong_codes.check(arrival.chat_id, by_stranger=True, now=now)
        async with self._storage.view() as uow:
            code = await ticket_for(uow, words, now=now)
        if code is None:
            self._wrong_codes.count(arrival.chat_id, by_stranger=True, now=now)
            raise CodeUnknown("typed by a stranger")
        return code

    async def _screen(self, step: Step) -> Screen:
        if step.name in looking.STEPS:
            async with self._storage.view() as uow:
                return await looking.look(uow, step, today=self._now().date())
        return first_screen(step, None) if step.name == "first" else plain_screen(step)

    async def _keep(self, arrival: Arrival, step: Step) -> Answer:
        """Keep somebody who agreed, spend the code they came with; the tapped message becomes their place."""
        now = self._now()
        async with self._storage.unit(together=True) as uow:
            await uow.updates.take(arrival.update_id, now=now, in_turn_of=arrival.chat_id)
            actor = await agree(uow, arrival.chat_id, language=step.language, now=now)
            hint = words_for(actor).say("newcomer-welcome", phrase=await reveal_phrase(uow, actor.id))
            if step.code is not None:
                newcomer = actor
                actor, of_code = await _spend(uow, newcomer, step.code, now=now)
                hint = f"{hint}\n{of_code}" if actor.id == newcomer.id else of_code
            posted = await uow.posted.add(
                new_message(actor, "menu", purpose=Purpose.PLACE, now=now, message_id=arrival.message_id)
            )
            showing = await draw(uow, actor, posted, now=now, hint=hint)
        return Answer(arrival.chat_id, arrival.callback_id, showing=showing)


async def _spend(uow: UnitOfWork, actor: Actor, code: UUID, *, now: datetime) -> tuple[Actor, str]:
    try:
        after = await redeem_ticket(uow, actor, code, now=now)
    except (AccountInUse, CodeUnknown) as refusal:
        # Somebody was quicker: the person stays, without what the code stood for.
        return actor, words_for(actor).say(refusal.wording)
    return after, sentence_for(words_for(after), actor, after)


def first_screen(step: Step, hint: str | None) -> Screen:
    """Return the choice of a language, one short line in each."""
    lines = "\n".join(Words(language).say("newcomer-first") for language in LANGUAGES)
    choices = [Button(NAMES[one], Step("first", one, step.code).to("where")) for one in LANGUAGES]
    text = f"<i>{hint}</i>\n\n{lines}" if hint else lines
    return Screen(text, [choices, clear_row(step)])


def plain_screen(step: Step) -> Screen:
    """Return one of the questions and notices between the language and *I agree*."""
    words = Words(step.language)

    def button(key: str, name: str) -> Button:
        return Button(words.say(f"button-newcomer-{key}"), step.to(name))

    def back(name: str) -> Button:
        return Button(words.say("button-back"), step.to(name))

    clear = clear_row(step)
    agree_row, look = [button("agree", "agree")], button("look", "look")
    match step.name:
        case "where":
            # Who would rather not say may live there; their button says nothing of which it was.
            answers = [button("yes", "safer"), button("no", "notice"), button("unsaid", "safer")]
            return Screen(words.say("newcomer-where"), [answers[:2], answers[2:], [back("first")], clear])
        case "safer":
            rows = [[button("continue", "notice"), look], [back("where")], clear]
            return Screen(words.say("newcomer-safer"), rows)
        case "more":
            text = f"{words.say('newcomer-more')}\n\n{words.say('privacy-text')}"
            return Screen(text, [agree_row, [look, back("notice")], clear])
        case _:
            rows = [agree_row, [look, button("more", "more")], [back("where")], clear]
            return Screen(words.say("newcomer-notice"), rows)


def clear_row(step: Step) -> list[Button]:
    """Return the last row of every newcomer's screen: it takes the message away."""
    return [Button(Words(step.language).say("button-newcomer-clear"), step.to("clear"))]
