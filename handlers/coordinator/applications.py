"""The inbox, and the applications in it; applicants are seen under a pseudonym."""

from collections.abc import Sequence

from handlers.coordinator.desk import what_waits
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.asking import LONGEST, ask_applicant
from solidarity.differences import waiting_counts
from solidarity.guardianship import accept_guardian, decline_guardian
from solidarity.inbox import Application, Waiting, get_application, waiting_applications
from solidarity.parting import count_families

SHOWN = 8


@screen("inbox")
async def inbox(view: View) -> Screen:
    """List what waits, the oldest applications first."""
    waiting = await waiting_applications(view.uow, view.actor)
    rows: list[Row] = [[_to_application(view, one)] for one in waiting[:SHOWN]]
    if await count_families(view.uow):
        rows.append([view.button("families", "go:families")])
    if await waiting_counts(view.uow):
        rows.append([view.button("desk-register", "go:register")])
    rows.append([view.button("requests", "go:requests")])
    text = f"{view.say('desk-inbox-title')}\n\n{await what_waits(view)}"
    if len(waiting) > SHOWN:
        text += f"\n{view.say('desk-oldest-shown', count=SHOWN)}"
    return Screen(text, [*rows, [view.back("desk")]])


def _to_application(view: View, one: Waiting) -> Button:
    return Button(f"{one.name} · {view.words.day(one.since)}", "go:desk-application", one.guardianship_id)


@screen("desk-application")
async def application(view: View) -> Screen:
    """Show one application with what is needed to decide it."""
    found = await get_application(view.uow, view.actor, view.target, now=view.now)
    if found is None:
        return Screen(view.say("desk-application-decided"), [[view.back("inbox")]])
    decline = view.button("desk-decline", "application-decline", found.guardianship_id)
    accept_it = view.button("desk-accept", "application-accept", found.guardianship_id)
    rows = [
        [decline] if found.is_kept_away else [accept_it, decline],
        [
            view.button("desk-ask-applicant", "go:ask-applicant", found.guardianship_id),
            view.button("portfolio-pass-on", "go:pass-on", found.prisoner_id),
        ],
        [view.back("inbox")],
    ]
    return Screen("\n".join(_lines(view, found)), rows)


def _lines(view: View, found: Application) -> Sequence[str]:
    languages = ", ".join(view.say(f"desk-language-{code}") for code in found.languages)
    days = (view.actor.today - found.since).days
    return [
        view.say("desk-application-title", name=found.name),
        view.say("desk-at-place", place=found.place.name) if found.place else view.say("desk-no-place"),
        "",
        view.say("desk-applicant", applicant=found.applicant),
        view.say("desk-stand-in"),
        *([view.say("desk-applicant-kept-away")] if found.is_kept_away else []),
        view.say("desk-rhythm", weeks=found.rhythm_weeks),
        view.say("desk-writes-in", languages=languages) if languages else view.say("desk-writes-in-unsaid"),
        view.say("desk-waits-since", day=view.words.day(found.since), days=days),
        "",
        view.say("desk-word", word=found.word) if found.word else view.say("desk-no-word"),
        *([view.say("desk-asked-applicant", question=found.question)] if found.question else []),
        *([view.say("desk-applicant-says", answer=found.answer)] if found.answer else []),
    ]


@screen("ask-applicant")
async def ask_screen(view: View) -> Screen:
    """Ask for the question to be typed."""
    found = await get_application(view.uow, view.actor, view.target, now=view.now)
    if found is None:
        return Screen(view.say("desk-application-decided"), [[view.back("inbox")]])
    back = view.back("desk-application", found.guardianship_id)
    return Screen(view.say("desk-ask-what", applicant=found.applicant, limit=LONGEST), [[back]])


async def take_question(turn: Turn) -> None:
    """Ask the applicant what was typed."""
    await ask_applicant(turn.uow, turn.actor, turn.target, turn.text, now=turn.now)
    turn.hint = turn.say("desk-asked")
    turn.go("desk-application", turn.target)


async def accept(turn: Turn) -> None:
    """Make the applicant a Guardian."""
    await accept_guardian(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("desk-accepted")
    turn.go("inbox")


async def decline(turn: Turn) -> None:
    """Decline the application."""
    await decline_guardian(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("desk-declined")
    turn.go("inbox")
