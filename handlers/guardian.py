"""What a Guardian sees of those they write to: the list, each promise, the address with advice, leaving."""

from uuid import UUID

from handlers.fitting import COPY_LIMIT, fitting_parts
from handlers.post import abroad_advice, all_parts
from handlers.screen import Button, CopyButton, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.addresses import Place
from solidarity.asking import is_asked
from solidarity.cards import Card, card_for, require_audible
from solidarity.envelopes import Envelope
from solidarity.guardianship import mine, standing_of, step_down, withdraw_application
from solidarity.letter_reminders import next_letter_due
from solidarity.letters import LettersSoFar, letters_so_far, report_letter
from solidarity.work import Guardianship

# Which screen the address was opened from, by the word its button carries.
OPENED_FROM = {
    "": "guardianship",
    "letter": "letter",
    "accepted": "application-accepted",
    "impossible": "letter-impossible",
    "possible": "letter-possible",
}


async def open_mine(turn: Turn) -> None:
    """Turn to the list of one's own guardianships."""
    turn.go("mine")


@screen("mine")
async def mine_screen(view: View) -> Screen:
    """List whom a person writes to, and whom they have offered to."""
    rows: list[Row] = []
    waiting: list[str] = []
    for one in await standing_of(view.uow, view.actor):
        card = await card_for(view.uow, view.actor, one.prisoner_id)
        is_waiting = one.state == "applied"
        rows.append([Button(card.name, "go:application" if is_waiting else "go:guardianship", one.id)])
        if is_waiting:
            waiting.append(view.say("guardian-mine-waiting", name=card.name))
    if not rows:
        rows.append([view.button("menu-adopt", "adopt")])
        return Screen(view.say("guardian-mine-none"), [*rows, [view.back()]])
    return Screen("\n".join([view.say("guardian-mine"), *waiting]), [*rows, [view.back()]])


async def next_reminder(view: View, guardianship_id: UUID, card: Card) -> str:
    """Say in a sentence on which day the next reminder to write comes, or why none does."""
    due = await next_letter_due(view.uow, guardianship_id)
    if due is None:
        is_held_back = card.post.above is None and not card.post.letter.is_reminded_of
        return view.say("guardian-no-reminder-impossible" if is_held_back else "guardian-no-reminder")
    return view.say("guardian-next-reminder", moment=view.words.moment(due, view.actor.hours.zone))


@screen("guardianship")
async def guardianship_screen(view: View) -> Screen:
    """Show one promise: to whom, how often, how many letters so far, and when the next is due."""
    promise = await mine(view.uow, view.actor, view.target)
    card = await card_for(view.uow, view.actor, promise.prisoner_id)
    step_down_row = [view.button("guardian-step-down", "go:stepping-down", promise.id)]
    if card.is_silenced:
        text = view.say("guardian-silent", name=card.name)
        return Screen(text, [step_down_row, [view.back("mine")]])
    is_paused = promise.state == "paused"
    lines = [
        view.say("guardian-name", name=card.name),
        _place_line(view, card),
        view.say("guardian-promise", weeks=promise.rhythm_weeks),
        *_letters_lines(view, await letters_so_far(view.uow, promise)),
        _pause_line(view, promise) if is_paused else await next_reminder(view, promise.id, card),
    ]
    rows = [
        *([] if is_paused else [[view.button("guardian-wrote", "wrote", promise.id)]]),
        [view.button("guardian-address", "go:address", promise.id)],
        [view.button("letter-check", "go:letter-check", promise.id)],
        *envelope_row(view, card, promise.prisoner_id),
        [
            view.button("promises-answer", "go:answer-came", promise.id),
            view.button("promises-back", "go:came-back", promise.id),
        ],
        [
            view.button("promises-resume", "resume", promise.id)
            if is_paused
            else view.button("promises-pause", "go:pausing", promise.id)
        ],
        step_down_row,
        [view.back("mine")],
    ]
    return Screen("\n".join(lines), rows)


def _letters_lines(view: View, letters: LettersSoFar) -> list[str]:
    lines = [view.say("guardian-letters", count=letters.written)]
    if letters.answered or letters.returned:
        fates = {"answered": letters.answered, "returned": letters.returned}
        lines.append(view.say("guardian-letters-fates", **fates))
    return lines


def _pause_line(view: View, promise: Guardianship) -> str:
    if promise.paused_until is None:
        return view.say("guardian-paused")
    return view.say("guardian-paused-until", day=view.words.day(promise.paused_until))


def _place_line(view: View, card: Card) -> str:
    if card.place is None:
        return view.say("guardian-place-unknown")
    if card.status_on is None:
        return view.say("guardian-place", place=card.place.name)
    return view.say("guardian-place-since", place=card.place.name, day=view.words.day(card.status_on))


async def wrote(turn: Turn) -> None:
    """Note a letter; the rhythm begins again."""
    letter = await report_letter(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("guardian-noted", number=letter.number)
    turn.go("guardianship", turn.target)


@screen("address")
async def address_screen(view: View) -> Screen:
    """Show the envelope, how far it can be trusted, what is possible, what to say and what to leave out."""
    promise = await mine(view.uow, view.actor, view.target)
    card = await card_for(view.uow, view.actor, promise.prisoner_id)
    require_audible(card)
    rows = [
        *copy_row(view, card.envelope),
        *abroad_row(view, card, "address-abroad", promise.id, view.argument),
        [view.back(OPENED_FROM.get(view.argument, "guardianship"), promise.id)],
    ]
    return Screen(fitting_parts(address_parts(view, card)), rows)


async def tell_abroad(turn: Turn) -> None:
    """Say, for this one answer, what concerns those who write from abroad."""
    promise = await mine(turn.uow, turn.actor, turn.target)
    card = await card_for(turn.uow, turn.actor, promise.prisoner_id)
    turn.hint = abroad_advice(turn.words, card.post)
    turn.go("address", promise.id, turn.argument)


def address_parts(view: View, card: Card) -> list[str]:
    """Say where to write, what is possible, and how; what may be left out for want of room comes last."""
    advice = ("advice-language", "guardian-say", "guardian-avoid") if card.post.letter.is_reminded_of else ()
    return [
        view.say("guardian-name", name=card.name),
        address_text(view, card),
        *all_parts(view.words, card.post, view.actor.today, map(view.say, advice)),
    ]


def abroad_row(view: View, card: Card, verb: str, target: UUID, argument: str = "") -> list[Row]:
    """Let somebody ask what concerns those who write from abroad; who does so is written down nowhere."""
    if abroad_advice(view.words, card.post) is None:
        return []
    return [[view.button("post-abroad", verb, target, argument)]]


def address_text(view: View, card: Card) -> str:
    """Write the address out, or say why there is none; with its source and whether anybody checked it."""
    if card.place is None:
        return view.say("guardian-no-place")
    if card.place.is_closed:
        return view.say("guardian-place-closed", place=card.place.name)
    if card.envelope is None:
        return view.say("guardian-name-hidden", place=card.place.name)
    lines = [view.say("guardian-envelope", envelope=card.envelope.text), _trust_line(view, card.place)]
    if card.place.is_in_latin:
        lines.append(view.say("guardian-in-latin"))
    if card.place.source:
        lines.append(view.say("guardian-source", source=card.place.source))
    return "\n".join(lines)


def _trust_line(view: View, place: Place) -> str:
    if place.verified_on is None:
        return view.say("guardian-address-never")
    return view.say(f"guardian-address-{place.trust}", day=view.words.day(place.verified_on))


def copy_row(view: View, envelope: Envelope | None) -> list[Row]:
    """Offer the address to copy, where there is one and it is short enough for Telegram."""
    if envelope is None or len(envelope.text) > COPY_LIMIT:
        return []
    return [[CopyButton(view.say("button-guardian-copy"), envelope.text)]]


def envelope_row(view: View, card: Card, prisoner_id: UUID) -> list[Row]:
    """Offer an envelope, where something can be sent."""
    return [[view.button("paper-envelope", "go:envelope", prisoner_id)]] if card.is_written_to else []


@screen("stepping-down")
async def stepping_down_screen(view: View) -> Screen:
    """Ask once."""
    promise = await mine(view.uow, view.actor, view.target)
    card = await card_for(view.uow, view.actor, promise.prisoner_id)
    rows = [
        [view.button("guardian-step-down", "step-down", promise.id)],
        [view.back("guardianship", promise.id)],
    ]
    return Screen(view.say("guardian-step-down-ask", name=card.name), rows)


async def leave(turn: Turn) -> None:
    """End one's own guardianship."""
    await step_down(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("guardian-stepped-down")
    turn.go("mine")


@screen("application")
async def application_screen(view: View) -> Screen:
    """Show an application that waits."""
    application = await mine(view.uow, view.actor, view.target)
    card = await card_for(view.uow, view.actor, application.prisoner_id)
    day = view.words.day(application.applied_on)
    rows = [[view.button("guardian-withdraw", "go:withdrawing", application.id)], [view.back()]]
    if await is_asked(view.uow, application):
        rows.insert(0, [view.button("questions-answer", "go:application-answer", application.id)])
    return Screen(view.say("guardian-application", name=card.name, day=day), rows)


@screen("withdrawing")
async def withdrawing_screen(view: View) -> Screen:
    """Ask once."""
    application = await mine(view.uow, view.actor, view.target)
    card = await card_for(view.uow, view.actor, application.prisoner_id)
    rows = [
        [view.button("guardian-withdraw", "application-withdraw", application.id)],
        [view.back("application", application.id)],
    ]
    return Screen(view.say("guardian-withdraw-ask", name=card.name), rows)


async def withdraw(turn: Turn) -> None:
    """Take an application back."""
    await withdraw_application(turn.uow, turn.actor, turn.target)
    turn.hint = turn.say("guardian-withdrawn")
    turn.go("menu")
