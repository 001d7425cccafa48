"""A code on a screen of its own: shown to its maker, and not again when the update is repeated."""

from handlers.screen import Button, CopyButton, Row, Screen, View
from solidarity.in_sight import reveal_in_sight
from solidarity.work import CodeKind


async def shown_once(
    view: View, kind: CodeKind, *, text: str, gone: str, back: Button, copy: str | None = None
) -> Screen:
    """Draw the screen of a code that was just made.

    Args:
        text: the sentence around it, with ``words`` and ``until``.
        gone: the sentence once it is out of sight.
        copy: the label of a button that copies it; None where it is spoken.
    """
    given = None if view.is_repeat else await reveal_in_sight(view.uow, view.actor, kind, now=view.now)
    if given is None:
        return Screen(view.say(gone), [[back]])
    until = view.words.end(given.expires_at, view.actor.hours.zone)
    rows: list[Row] = [] if copy is None else [[CopyButton(view.say(copy), given.words)]]
    return Screen(view.say(text, words=given.words, until=until), [*rows, [back]])


async def link_code(view: View, kind: CodeKind, *, text: str, back: Button) -> Screen:
    """Draw the screen of a link's code, which is copied and not spoken."""
    gone, copy = "account-code-gone", "button-account-copy"
    return await shown_once(view, kind, text=text, gone=gone, copy=copy, back=back)
