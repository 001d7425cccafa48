"""A broadcast as far as it is written, and exactly whom it reaches; then it is sent."""

from handlers.coordinator.broadcast_audience import audience_lines
from handlers.coordinator.broadcast_preview import previews, written_in
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.broadcasts import drafts
from solidarity.broadcasts.audience import LANGUAGES, LEAVE_OUT, Reach, Said
from solidarity.broadcasts.sending import Outlook, ask_to_send, outlook, send_draft
from solidarity.work import BroadcastKind


@screen("broadcast-draft")
async def draft(view: View) -> Screen:
    """Show what is written so far, exactly whom it reaches, and what is still missing."""
    if await drafts.get_broadcast_draft(view.uow, view.actor, now=view.now) is None:
        return Screen(view.say("desk-draft-expired"), [[view.back("broadcasts")]])
    seen = await outlook(view.uow, view.actor, now=view.now)
    said = seen.draft.said
    lines = [
        view.say("broadcast-draft-title", kind=view.say(f"broadcast-is-{said.kind}")),
        "",
        *await audience_lines(view, said.audience),
        "",
        *reach_lines(view, said, seen.reach),
        *(["", view.say("broadcast-takes-two")] if seen.takes_two else []),
        "",
        *_when_lines(view, seen),
    ]
    rows = [*_text_rows(view, seen), *_preview_rows(view, said, seen)]
    rows += [
        [view.button("broadcast-audience", "go:broadcast-audience")],
        [_urgency(view, said)],
        [
            view.button(
                "broadcast-send" if seen.draft.starts is None else "broadcast-send-then",
                "broadcast-send",
                None,
                str(seen.reach.count),
            ),
            view.button("broadcast-later", "go:broadcast-later"),
        ],
        [view.back("broadcasts")],
    ]
    return Screen("\n".join(lines), rows)


def reach_lines(view: View, said: Said, reach: Reach) -> list[str]:
    """Say how many it reaches, in which languages they read, and what becomes of those without a text."""
    lines = [view.say("broadcast-reaches", count=reach.count)]
    for language in LANGUAGES:
        count = reach.by_language.get(language, 0)
        if count:
            name = view.say(f"desk-language-{language}")
            has_text = said.kind is not BroadcastKind.OWN or language in said.texts
            key = "broadcast-reaches-in" if has_text else "broadcast-reaches-not-in"
            lines.append(view.say(key, language=name, count=count))
    if reach.without_text:
        lines.append(view.say("broadcast-without-text", count=reach.without_text))
        lines.append(_missing_line(view, said))
    return lines


def _missing_line(view: View, said: Said) -> str:
    if said.missing == LEAVE_OUT:
        return view.say("broadcast-missing-out")
    if said.missing in said.texts:
        return view.say("broadcast-missing-in", language=view.say(f"desk-language-{said.missing}"))
    return view.say("broadcast-missing-unsaid")


def _when_lines(view: View, seen: Outlook) -> list[str]:
    said, starts = seen.draft.said, seen.draft.starts
    if starts is None:
        lines = [view.say("broadcast-begins-now")]
    else:
        lines = [
            view.say("broadcast-begins-at", wall=view.words.wall(starts), zone=view.clock(view.uow.home_zone))
        ]
    if said.why is None:
        return [*lines, view.say("broadcast-keeps-quiet")]
    return [*lines, view.say("broadcast-pierces-quiet", why=said.why)]


def _urgency(view: View, said: Said) -> Button:
    if said.why is None:
        return view.button("broadcast-urgent", "go:broadcast-urgent")
    return view.button("broadcast-not-urgent", "broadcast-not-urgent")


def _text_rows(view: View, seen: Outlook) -> list[Row]:
    said = seen.draft.said
    if said.kind is BroadcastKind.EVENING:
        return [[view.button("broadcast-when", "go:broadcast-evening")]]
    if said.kind is not BroadcastKind.OWN:
        return []
    texts = [
        view.button(
            f"broadcast-text-{'there' if one in said.texts else 'none'}",
            "go:broadcast-words",
            None,
            one,
            language=view.say(f"desk-language-{one}"),
        )
        for one in LANGUAGES
    ]
    missing = [[view.button("broadcast-missing", "go:broadcast-missing")]] if seen.reach.without_text else []
    return [texts, *missing]


def _preview_rows(view: View, said: Said, seen: Outlook) -> list[Row]:
    if said.kind is BroadcastKind.EVENING and said.when is None:
        return []
    return previews(view, written_in(said), "broadcast-preview")


async def send(turn: Turn) -> None:
    """Send it, or ask for the reason that a colleague will read."""
    sent = await send_draft(turn.uow, turn.actor, turn.argument, now=turn.now)
    if sent is None:
        turn.go("broadcast-reason", argument=turn.argument)
        return
    turn.hint = turn.say("broadcast-sent" if sent.starts_at <= turn.now else "broadcast-sent-later")
    turn.go("broadcast-report", sent.id)


@screen("broadcast-reason")
async def reason(view: View) -> Screen:
    """Ask for the reason; the argument is the number of people that was shown."""
    return Screen(view.say("broadcast-ask-reason"), [[view.back("broadcast-draft")]])


async def take_reason(turn: Turn) -> None:
    """Ask a colleague."""
    await ask_to_send(turn.uow, turn.actor, turn.argument, why=turn.text, now=turn.now)
    turn.hint = turn.say("request-asked")
    turn.go("requests")
