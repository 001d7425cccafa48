"""Takes one update: finds who it is and what they mean, opens one unit of work, and says what to answer.

The effect, the screen it leads to and the update's number are one transaction; a repeated update skips the
effect and draws the same screen again.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial

from handlers.answer import Answer, unread
from handlers.arrival import Arrival
from handlers.coordinator.routes import decoyed
from handlers.deps import Deps
from handlers.errors import Surprises, Values
from handlers.hiding import line_again, noted
from handlers.newcomer import Newcomer
from handlers.route import Route
from handlers.routes import FORWARDED, route_for_button, route_for_command
from handlers.screen import Turn
from handlers.silence import is_sheltering, not_now, silence
from handlers.standing import Surface, moved_if_needed, put_away, surface_of
from handlers.surfaces import draw, stay_open, uncover, words_for
from handlers.typed_digits import tried_digits
from handlers.typed_words import ONLY_TYPED, route_for_typed
from solidarity.access import Actor, admit, is_decoyed
from solidarity.desk import keep_open
from solidarity.errors import SolidarityError
from solidarity.hiding import Tried, are_digits, settle_digits
from solidarity.people import actor_of, note_visit, person_of, recognise
from solidarity.work import Posted, Purpose, UnitOfWork, UpdateAlreadyTaken

Work = Callable[[Deps], Awaitable[object]]


class _Unknown(Exception):
    """Nobody is seen under an account; the unit of work is undone."""


class _Held(Exception):
    """The person may be detained, and what came is nothing that shelters them; the unit of work is undone."""


class _ToPrepare(Exception):
    """Something has no place in a unit of work: hashing a PIN, drawing paper; what was done is undone."""

    def __init__(self, work: Work) -> None:
        self.work = work


class Conversation:
    """Every chat of the bot; `take` is called for one update of a chat at a time."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._newcomer = Newcomer(deps.storage, deps.now, deps.wrong_codes)
        self._surprises = Surprises()

    async def take(self, arrival: Arrival) -> Answer:
        """Let an update have its effect, once.

        Raises:
            DatabaseUnavailable: nothing happened; the update must be given again.
        """
        return await self._surprises.caught(
            arrival, partial(self._take, arrival), partial(self._excuse, arrival)
        )

    async def _take(self, arrival: Arrival) -> Answer:
        now = self._deps.now()
        if arrival.borrowed is not None and not await self._is_asked_about(arrival, now):
            return unread(arrival)
        tried = await tried_digits(self._deps, arrival, now=now) if are_digits(arrival.text) else None
        try:
            with suppress(UpdateAlreadyTaken):
                return await self._effect_when_ready(arrival, tried, now)
            return await self._show_again(arrival, now)
        except _Unknown:
            with suppress(UpdateAlreadyTaken):
                return await self._unknown(arrival, tried, now)
            # Another process, which was given it as well, has kept whoever agreed.
            return await self._show_again(arrival, now)
        except _Held:
            return not_now(arrival)
        except SolidarityError as refusal:
            return await self._excuse(arrival, refusal.wording, refusal.values())

    async def _is_asked_about(self, arrival: Arrival, now: datetime) -> bool:
        """Say whether somebody forwards a message where they were asked for one."""
        async with self._deps.storage.view() as uow:
            actor = await recognise(uow, arrival.chat_id, now=now)
            place = None if actor is None else await uow.posted.get_place(actor.id)
            return place is not None and (place.screen == FORWARDED.on or place.screen in ONLY_TYPED)

    async def _effect_when_ready(self, arrival: Arrival, tried: Tried | None, now: datetime) -> Answer:
        """Have the effect; what must be worked out before it is, and the unit of work then begins anew."""
        try:
            return await self._effect(arrival, None, tried, now)
        except _ToPrepare as ahead:
            work = ahead.work
        await put_away(self._deps.storage, arrival, now=now)
        prepared = await work(self._deps)
        return await self._effect(arrival, prepared, tried, now)

    async def _unknown(self, arrival: Arrival, tried: Tried | None, now: datetime) -> Answer:
        """Answer an account that nobody is seen under; only the right digits are answered otherwise."""
        self._deps.limits.note(arrival.chat_id, is_known=False)
        async with self._deps.storage.view() as uow:
            line = await line_again(uow, arrival)
        if line is not None:
            return Answer(arrival.chat_id, arrival.callback_id, showing=line)
        if tried is not None:
            # Who may be detained does not come back by digits that somebody made them say.
            with suppress(UpdateAlreadyTaken, _Held):
                async with self._deps.storage.unit(together=True) as uow:
                    await uow.updates.take(arrival.update_id, now=now, in_turn_of=arrival.chat_id)
                    if await settle_digits(uow, arrival.chat_id, tried, now=now):
                        return await self._welcome_back(uow, arrival, now)
                    if tried.concerned is not None and arrival.message_id is not None:
                        # Whatever happens to this process, the digits must not stay in the chat.
                        await uow.posted.discard(tried.concerned, arrival.message_id, now=now)
        return await self._stranger(arrival)

    async def _stranger(self, arrival: Arrival) -> Answer:
        if self._deps.is_quiet():
            return not_now(arrival)
        answer = await self._newcomer.take(arrival)
        return await noted(self._deps.storage, answer, now=self._deps.now())

    async def _welcome_back(self, uow: UnitOfWork, arrival: Arrival, now: datetime) -> Answer:
        actor = await self._known(uow, arrival, now)
        await note_visit(uow, actor, now=now)
        surface = await surface_of(uow, actor, arrival, now=now)
        return await self._answer(uow, actor, surface.posted, arrival, now, None)

    async def _effect(self, arrival: Arrival, prepared: object, tried: Tried | None, now: datetime) -> Answer:
        """Have an update's effect in one unit of work.

        Raises:
            _Unknown: nobody is seen under the account.
            _ToPrepare: something must be worked out first.
        """
        async with self._deps.storage.unit(together=True) as uow:
            await uow.updates.take(arrival.update_id, now=now, in_turn_of=arrival.chat_id)
            actor = await self._known(uow, arrival, now)
            if tried is not None and await settle_digits(uow, arrival.chat_id, tried, now=now):
                return await self._welcome_back(uow, arrival, now)
            await note_visit(uow, actor, now=now)
            surface = await surface_of(uow, actor, arrival, now=now)
            turn, route = await self._turn(uow, actor, surface, arrival, now)
            if (nothing := await silence(self._deps, uow, actor, route, arrival, now=now)) is not None:
                return nothing
            if route is not None:
                admit(actor, route.action, now=now)
                route = decoyed(route) if is_decoyed(actor, route.action) else route
                if prepared is None and route.prepare is not None:
                    raise _ToPrepare(await route.prepare()(turn))
            # Only now, since moving takes the old message's buttons away.
            posted = turn.posted = await moved_if_needed(uow, actor, surface.posted, arrival, now=now)
            stay_open(posted, now=now)
            turn.prepared = prepared
            if route is not None:
                await keep_open(uow, actor, now=now)
                if posted.is_covered and route.action != "open":
                    uncover(posted, actor, now=now)
                await self._do(turn, route, posted)
            if turn.last_words is not None:
                last = turn.last_words
                return Answer(arrival.chat_id, arrival.callback_id, last.toast, last.showing)
            if turn.keep_screen:
                self._deps.limits.spare(arrival.chat_id, now=now)
                return Answer(arrival.chat_id, arrival.callback_id)
            # Who moved to this account is somebody else than who typed the code.
            answer = await self._answer(uow, turn.actor, posted, arrival, now, turn.hint)
            return replace(answer, file=turn.file, afterwards=self._afterwards(turn))

    def _afterwards(self, turn: Turn) -> Callable[[], Awaitable[None]] | None:
        """Return what a turn leaves to be done in a unit of its own, after this one's commit."""
        work = turn.afterwards
        if work is None:
            return None

        async def do() -> None:
            async with self._deps.storage.unit() as uow:
                await work(uow)

        return do

    async def _do(self, turn: Turn, route: Route, posted: Posted) -> None:
        """Let a route have its effect; a notice that was left for another screen becomes the place."""
        notice = posted.screen
        await route.do()(turn)
        if posted.purpose is not Purpose.PUSH or posted.screen == notice:
            return
        # Typed words belong to the place, and this screen may be one that asks for them.
        place = await turn.uow.posted.get_place(turn.actor.id)
        if place is not None:
            await turn.uow.posted.retire(place, now=turn.now)
        posted.purpose = Purpose.PLACE

    async def _known(self, uow: UnitOfWork, arrival: Arrival, now: datetime) -> Actor:
        actor = await recognise(uow, arrival.chat_id, now=now)
        if actor is None:
            raise _Unknown
        self._deps.limits.note(arrival.chat_id, is_known=True)
        if actor.is_in_custody and not await is_sheltering(uow, actor, arrival, now=now):
            raise _Held
        return actor

    async def _turn(
        self, uow: UnitOfWork, actor: Actor, surface: Surface, arrival: Arrival, now: datetime
    ) -> tuple[Turn, Route | None]:
        posted, tapped = surface.posted, surface.tapped
        turn = Turn(
            uow, actor, now, words_for(actor), posted.target, posted.argument,
            posted=posted, chat_id=arrival.chat_id, wrong_codes=self._deps.wrong_codes,
            account=self._deps.account, borrowed=arrival.borrowed, message_id=arrival.message_id,
        )  # fmt: skip
        if not arrival.is_tap:
            turn.text = arrival.words
            if arrival.command is not None:
                return turn, route_for_command(arrival.command, arrival.words)
            return turn, await route_for_typed(turn, arrival)
        if tapped is None:
            turn.hint = turn.say("hint-stale-button")
            return turn, None
        turn.target, turn.argument = tapped.target, tapped.argument
        route = route_for_button(tapped.verb)
        if route is None:
            turn.hint = turn.say("hint-stale-button")
        return turn, route

    async def _answer(
        self,
        uow: UnitOfWork,
        actor: Actor,
        posted: Posted,
        arrival: Arrival,
        now: datetime,
        hint: str | None,
        *,
        is_repeat: bool = False,
    ) -> Answer:
        await uow.session.flush()
        # A handler may have changed language or rights: the screen is drawn for the person as they are now.
        actor = await actor_of(uow, await person_of(uow, actor.id), now=now)
        showing = await draw(uow, actor, posted, now=now, hint=hint, is_repeat=is_repeat)
        return Answer(arrival.chat_id, arrival.callback_id, showing=showing)

    async def _show_again(self, arrival: Arrival, now: datetime) -> Answer:
        async with self._deps.storage.unit(together=True) as uow:
            await uow.updates.wait_for_turn(arrival.chat_id)
            actor = await self._known(uow, arrival, now)
            posted = (await surface_of(uow, actor, arrival, now=now)).posted
            posted = await moved_if_needed(uow, actor, posted, arrival, now=now)
            return await self._answer(uow, actor, posted, arrival, now, None, is_repeat=True)

    async def _excuse(self, arrival: Arrival, key: str, values: Values, *, at_menu: bool = False) -> Answer:
        """Note the update as handled without its effect; show the current screen, a sentence above it."""
        excused = await self._excused(arrival, key, values, at_menu=at_menu)
        # Whatever fails where somebody hides, they are answered as a stranger.
        return excused or await self._stranger(arrival)

    async def _excused(self, arrival: Arrival, key: str, values: Values, *, at_menu: bool) -> Answer | None:
        now = self._deps.now()
        async with self._deps.storage.unit(together=True) as uow:
            await uow.updates.wait_for_turn(arrival.chat_id)
            actor = await recognise(uow, arrival.chat_id, now=now)
            if actor is None:
                return None
            with suppress(UpdateAlreadyTaken):
                await uow.updates.take(arrival.update_id, now=now)
            if actor.is_in_custody:
                return not_now(arrival)
            posted = (await surface_of(uow, actor, arrival, now=now)).posted
            posted = await moved_if_needed(uow, actor, posted, arrival, now=now)
            if at_menu and posted.purpose is Purpose.PLACE:
                posted.screen, posted.target, posted.argument = "menu", None, ""
            line = words_for(actor).say(key, **values)
            answer = await self._answer(uow, actor, posted, arrival, now, line)
            # What is covered shows no sentence, and a tap without any effect must not look like none.
            answer.toast = line if posted.is_covered else None
            return answer
