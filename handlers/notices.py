"""Pushed messages: what goes out, neutral unless the person chose full texts, and what *Open* shows.

A message holds ids only: whatever is opened is today's, also when the date has changed since it was sent.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from handlers.answer import Showing
from handlers.attending import acts
from handlers.buttons import actions_of, keyboard_of
from handlers.court import hearing_lines, when_lines
from handlers.fitting import fit_message
from handlers.guardian import address_text, copy_row, next_reminder
from handlers.letter_notice import LATE
from handlers.post import letter_part
from handlers.prisoner_news import ended
from handlers.screen import Row, Screen, View
from handlers.screens import screen
from handlers.surfaces import compose, covered, words_for
from solidarity.access import Actor
from solidarity.cards import (
    Card,
    HearingCard,
    card_for,
    card_of_family,
    hearing_card,
    require_audible,
)
from solidarity.errors import NotForYou
from solidarity.guardianship import mine
from solidarity.hearings.life import hearing_for, is_over
from solidarity.hearings.milestones import deadline_for, milestone_for
from solidarity.naming import alias_before, promise_to
from solidarity.post import writer_to
from solidarity.pseudonyms import pseudonym
from solidarity.relevance import addressee_of, grade_for, is_late, prisoner_concerning
from solidarity.work import Claimed, Hearing, Prepared, UnitOfWork, Unsent, new_token

SILENT = "when_you_have_time"


@dataclass(frozen=True)
class Push:
    """One message to be sent to one chat, and the rows it becomes there; not stored yet."""

    chat_id: int
    showing: Showing
    prepared: Prepared


async def prepare_push(uow: UnitOfWork, row: Claimed, *, now: datetime) -> Push | None:
    """Write a due message; None where it must not go out.

    Nothing is stored. Preparing the same message again, after an attempt that failed, names the same row, so
    that it is kept once and not twice.

    Raises:
        ValueError: there is no such kind of message.
    """
    addressee = await addressee_of(uow, row, now=now)
    if addressee is None:
        return None
    grade = await grade_for(uow, row, now=now)
    unsent = await _unsent(uow, addressee.actor, row, now=now)
    screen = await _screen(uow, addressee.actor, unsent, f"push-{grade.replace('_', '-')}", now=now)
    buttons = [(new_token(), action) for action in actions_of(screen.rows)]
    shown = keyboard_of(screen.rows, (token for token, _ in buttons))
    showing = Showing(screen.text, shown, posted_id=unsent.id, is_silent=grade == SILENT)
    return Push(addressee.chat_id, showing, Prepared(unsent, buttons))


async def _unsent(uow: UnitOfWork, actor: Actor, row: Claimed, *, now: datetime) -> Unsent:
    earlier = await uow.posted.get(row.id) if row.attempts else None
    return Unsent(
        # A tap may have told the id of a message of which Telegram's answer never came: then it stands.
        id=row.id if earlier is None or earlier.message_id is None else uuid4(),
        person_id=actor.id,
        screen=_screen_of(row.kind),
        target=row.about_id,
        argument=":".join([row.kind, f"r{row.revision}", *([LATE] if is_late(row, now=now) else [])]),
        is_covered=not actor.shows_full_texts,
        posted_at=now,
        delete_at=now + timedelta(hours=actor.delete_after_hours),
    )


def _screen_of(kind: str) -> str:
    for about in ("hearing", "milestone"):
        if kind.startswith(f"{about}_"):
            return f"{about}-notice"
    return kind.replace("_", "-")


async def _screen(uow: UnitOfWork, actor: Actor, unsent: Unsent, line: str, *, now: datetime) -> Screen:
    if not unsent.is_covered:
        screen = await compose(uow, actor, unsent, now=now)
        view = View(uow, actor, now, words_for(actor))
        return replace(screen, text=fit_message(await view.under_phrase(screen.text)))
    return await covered(uow, actor, words_for(actor), line, now=now, is_push=True)


@screen("hearing-notice")
async def hearing_screen(view: View) -> Screen:
    """Show a sitting as it stands today, whatever the message first said."""
    hearing = await hearing_for(view.uow, view.actor, view.target)
    card = await hearing_card(view.uow, view.actor, hearing)
    rows = [*await acts(view, hearing), [view.button("menu-court", "go:court")], [view.back()]]
    if card.status == "cancelled":
        text = view.say("notices-hearing-cancelled")
    elif hearing.outcome is not None:
        return await _outcome_screen(view, hearing, card)
    elif is_over(hearing, now=view.now):
        text = view.say("notices-hearing-over")
    else:
        text = "\n".join(_leads(view, card, hearing.revision))
    return Screen("\n\n".join([text, "\n".join(hearing_lines(view, card))]), rows)


async def _outcome_screen(view: View, hearing: Hearing, card: HearingCard) -> Screen:
    """Tell which sitting ended how and what it means; to family also until when an appeal may be made.

    The date stands first: below *Adjourned* it would be read as the next one.
    """
    assert hearing.outcome is not None
    word = hearing.outcome.replace("_", "-")
    parts = [
        "\n".join([view.say("court-name", name=card.name), *when_lines(view, card.starts_at, card.zone)]),
        f"{view.say(f'outcome-{word}')}\n{view.say(f'outcome-means-{word}')}",
    ]
    deadline = await deadline_for(view.uow, view.actor, hearing)
    if deadline is not None:
        parts.append(view.say("outcome-deadline", day=view.words.weekday_of(deadline)))
    return Screen("\n\n".join(parts), [[view.button("menu-court", "go:court")], [view.back()]])


@screen("milestone-notice")
async def milestone_screen(view: View) -> Screen:
    """Remind family of a day that must not be missed, as it stands today."""
    milestone = await milestone_for(view.uow, view.actor.id, view.target)
    if milestone is None:
        raise NotForYou(str(view.target))
    card = await card_of_family(view.uow, view.actor, milestone.prisoner_id)
    days = (milestone.day - view.actor.today).days
    key = "milestone-over" if days < 0 else "milestone-appeal"
    day = view.words.weekday_of(milestone.day)
    text = "\n\n".join([view.say("family-name", name=card.name), view.say(key, day=day, days=days)])
    return Screen(text, [[view.button("menu-family", "go:family")], [view.back()]])


def _leads(view: View, card: HearingCard, revision: int) -> list[str]:
    kind, sent_revision, *marks = view.argument.split(":")
    leads = [view.say("notices-hearing-late")] if LATE in marks else []
    if kind == "hearing_moved":
        leads.append(view.say("notices-hearing-moved"))
    elif kind == "hearing_changed":
        leads.append(view.say("notices-hearing-elsewhere"))
    elif sent_revision != f"r{revision}":
        leads.append(view.say("notices-hearing-changed"))
    elif kind == "hearing_new":
        leads.append(view.say("notices-hearing-new"))
    starts_on = card.starts_at.astimezone(ZoneInfo(view.actor.hours.zone)).date()
    return [*leads, view.say("notices-hearing-in", days=(starts_on - view.actor.today).days)]


@screen("application-accepted")
async def accepted_screen(view: View) -> Screen:
    """Tell somebody that they stand by a prisoner now: where to write, today, and when they are reminded."""
    promise = await mine(view.uow, view.actor, view.target)
    card = await card_for(view.uow, view.actor, promise.prisoner_id)
    require_audible(card)
    alias = await alias_before(view.uow, view.actor, promise.prisoner_id)
    parts = [
        view.say("notices-accepted", name=card.name),
        *([] if alias is None else [view.say("notices-accepted-alias", alias=alias, name=card.name)]),
        address_text(view, card),
        letter_part(view.words, card.post, view.actor.today),
        await next_reminder(view, promise.id, card),
    ]
    rows = [
        [view.button("guardian-wrote", "wrote", promise.id)],
        *copy_row(view, card.envelope),
        [view.button("guardian-address", "go:address", promise.id, "accepted")],
        [view.back()],
    ]
    return Screen("\n\n".join(parts), rows)


@screen("guardianship-handed-over")
async def handed_over_screen(view: View) -> Screen:
    """Thank somebody who fell silent: another writes now. Whom they wrote to stands here no more."""
    rows = [[view.button("menu-mine", "go:mine")], [view.button("menu-adopt", "adopt")], [view.back()]]
    return Screen(view.say("notices-handed-over"), rows)


@screen("application-declined")
async def declined_screen(view: View) -> Screen:
    """Tell somebody kindly that it did not work out this time; nobody is named."""
    return Screen(view.say("notices-declined"), [[view.button("menu-adopt", "adopt")], [view.back()]])


@screen("danger")
async def danger_screen(view: View) -> Screen:
    """Warn a coordinator of whom they know by a pseudonym; or say that the person is back, or has left."""
    hiding = None if view.target is None else await view.uow.hidings.get(view.target)
    if hiding is None:
        return Screen(view.say("notices-danger-over"), [[view.back()]])
    called = pseudonym(hiding.person_id.bytes, view.actor.language)
    return Screen(view.say("notices-danger", pseudonym=called), [[view.back()]])


@screen("prisoner-moved")
async def moved_screen(view: View) -> Screen:
    """Tell of a transfer, and what to do: write first."""
    return await _prisoner_screen(view, is_verdict=False)


@screen("prisoner-verdict")
async def verdict_screen(view: View) -> Screen:
    """Tell of a verdict, and what it changes for letters."""
    return await _prisoner_screen(view, is_verdict=True)


async def _prisoner_screen(view: View, *, is_verdict: bool) -> Screen:
    prisoner = await prisoner_concerning(view.uow, view.actor, view.target)
    writer = await writer_to(view.uow, view.actor, prisoner.id)
    card = await card_for(view.uow, view.actor, prisoner.id, writer=writer)
    # It may be read when more has happened.
    newer = ended(view, card)
    if newer is not None:
        return newer
    status = view.say(f"family-status-{card.status.replace('_', '-')}")
    parts = [
        view.say("notices-verdict", name=card.name, status=status)
        if is_verdict
        else view.say("notices-moved", name=card.name),
        address_text(view, card),
        letter_part(view.words, card.post, view.actor.today),
    ]
    rows = [*copy_row(view, card.envelope), *await _promise_rows(view, prisoner.id, card), [view.back()]]
    return Screen("\n\n".join(parts), rows)


async def _promise_rows(view: View, prisoner_id: UUID, card: Card) -> list[Row]:
    """Return where a Guardian goes on from news of their prisoner; family without a promise has none."""
    promise = await promise_to(view.uow, view.actor, prisoner_id)
    if promise is None:
        return []
    wrote = [view.button("guardian-wrote", "wrote", promise.id)]
    advice = [view.button("guardian-address", "go:address", promise.id)]
    return [*([wrote] if card.post.letter.is_reminded_of else []), advice]
