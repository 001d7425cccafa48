"""A broadcast as readers of each language will see it, before it goes out."""

from collections.abc import Sequence
from uuid import UUID

from handlers.broadcast_notice import in_language, said_in_words
from handlers.screen import Row, Screen, View
from handlers.screens import screen
from solidarity.broadcasts.audience import LANGUAGES, Said
from solidarity.broadcasts.drafts import require_draft
from solidarity.errors import NotForYou
from solidarity.work import BroadcastKind


def previews(view: View, languages: Sequence[str], name: str, target: UUID | None = None) -> list[Row]:
    """Return a button for what readers of each language will see; each is as wide as a telephone."""
    return [
        [
            view.button(
                "broadcast-preview",
                f"go:{name}",
                target,
                one,
                language=view.say(f"desk-language-{one}"),
            )
        ]
        for one in languages
    ]


def written_in(said: Said) -> Sequence[str]:
    """Return in which languages there is something to be read: a ready text is there in each."""
    return [one for one in LANGUAGES if said.kind is not BroadcastKind.OWN or one in said.texts]


@screen("broadcast-preview")
async def preview(view: View) -> Screen:
    """Show exactly what readers of a language will see; the argument is the language."""
    begun = await require_draft(view.uow, view.actor, now=view.now)
    return await preview_of(view, begun.said, [view.back("broadcast-draft")])


async def preview_of(view: View, said: Said, below: Row) -> Screen:
    """Show a broadcast's words under a phrase, and nothing else.

    Raises:
        NotForYou: there is no such language, or nothing is said in it.
    """
    if view.argument not in LANGUAGES:
        raise NotForYou(view.argument)
    text = await said_in_words(in_language(view, view.argument), said, at_desk=True)
    if not text:
        raise NotForYou(view.argument)
    return Screen(await view.under_phrase(text), [below])
