"""What a broadcast says, to whoever it is for, and to coordinators before it goes out: the same words."""

from dataclasses import replace

from handlers.screen import Screen, View
from handlers.screens import screen
from locales import Words
from solidarity.broadcasts.audience import Said
from solidarity.broadcasts.life import said_to
from solidarity.broadcasts.ready import filling_of
from solidarity.work import BroadcastKind


@screen("broadcast")
async def broadcast_screen(view: View) -> Screen:
    """Show what a broadcast says to this person today."""
    said = await said_to(view.uow, view.actor, view.target)
    leads = [[view.button(f"menu-{one}", f"go:{one}")] for one in _where_more_stands(view, said.kind)]
    return Screen(await said_in_words(view, said), [*leads, [view.back()]])


def _where_more_stands(view: View, kind: BroadcastKind) -> list[str]:
    """Return the screens to which a ready text sends its reader: of the date, or of the new address."""
    if kind is BroadcastKind.HEARING:
        return ["court"]
    if kind is BroadcastKind.TRANSFER:
        return ["mine", *(["family"] if view.actor.is_relative else [])]
    return []


async def said_in_words(view: View, said: Said, *, at_desk: bool = False) -> str:
    """Return a broadcast's words in the language of whoever looks; own words stand as they were written.

    Raises:
        NoLongerSo: what its ready text says is not so any more.
    """
    if said.kind is BroadcastKind.OWN:
        return said.texts.get(said.language_for(view.words.language) or "", "")
    filling = await filling_of(view.uow, view.actor, said, at_desk=at_desk)
    when = "" if filling.starts is None else view.words.wall(filling.starts)
    if said.kind is not BroadcastKind.HEARING:
        values = (
            {"when": when, "zone": view.clock(filling.zone)} if said.kind is BroadcastKind.EVENING else {}
        )
        return view.say(f"broadcast-text-{said.kind}", **(values or {"name": filling.name}))
    lines = [
        view.say("broadcast-text-hearing", name=filling.name),
        view.say("broadcast-text-when", when=when, zone=view.clock(filling.zone)),
        *([view.say("broadcast-text-court", court=filling.court)] if filling.court else []),
        view.say(f"broadcast-text-{filling.confidence}"),
    ]
    return "\n".join(lines)


def in_language(view: View, language: str) -> View:
    """Return the view of somebody who reads another language."""
    return replace(view, actor=replace(view.actor, language=language), words=Words(language))
