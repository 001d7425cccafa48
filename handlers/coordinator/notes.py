"""The one note about a prisoner at the desk: written, renewed, removed."""

from handlers.screen import Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.notes import LONGEST, remove_note, renew_note, reveal_note, write_note
from solidarity.prisoner_card import prisoner_card


@screen("note")
async def note(view: View) -> Screen:
    """Show the note, and ask for another in its place."""
    card = await prisoner_card(view.uow, view.actor, view.target, now=view.now)
    kept = await reveal_note(view.uow, card.prisoner_id)
    parts = [view.say("note-title", name=card.name)]
    rows: list[Row] = []
    if kept is not None:
        parts += [
            view.say("note-shown", text=kept.text),
            view.say("note-until", day=view.words.day(kept.until)),
        ]
        renew = view.button("note-renew", "note-renew", card.prisoner_id)
        rows.append([renew, view.button("note-remove", "note-remove", card.prisoner_id)])
    parts.append(view.say("note-type", limit=LONGEST))
    return Screen("\n\n".join(parts), [*rows, [view.back("prisoner", card.prisoner_id)]])


async def write(turn: Turn) -> None:
    """Keep what was typed as the note."""
    await write_note(turn.uow, turn.target, turn.text, now=turn.now)
    turn.hint = turn.say("note-written")


async def renew(turn: Turn) -> None:
    """Keep the note for another 90 days."""
    await renew_note(turn.uow, turn.target, now=turn.now)
    turn.hint = turn.say("note-renewed")
    turn.go("note", turn.target)


async def remove(turn: Turn) -> None:
    """Forget the note now."""
    await remove_note(turn.uow, turn.target)
    turn.hint = turn.say("note-removed")
    turn.go("note", turn.target)
