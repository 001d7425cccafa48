"""Inviting a relative: for whom and in which language, and the five words, shown once."""

from dataclasses import dataclass

from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from handlers.shown_once import shown_once
from locales import LANGUAGES
from locales.words import NAMES
from solidarity.access import Actor
from solidarity.errors import NotForYou
from solidarity.in_sight import put_out_of_sight
from solidarity.invitations import invite_relative
from solidarity.prisoner_card import prisoner_card
from solidarity.work import CodeKind

FOR_WHOM = ("themselves", "behalf")


@dataclass(frozen=True)
class Invited:
    """For whom somebody joins, and in which language they hear the words."""

    is_on_behalf: bool
    language: str


@screen("invite")
async def for_whom(view: View) -> Screen:
    """Ask whether a relative joins for themselves, and offer the words in another language."""
    card = await prisoner_card(view.uow, view.actor, view.target, now=view.now)
    language = _language(view.argument, view.actor)
    rows: list[Row] = [
        [view.button(f"desk-{whom}", "invite", card.prisoner_id, f"{whom}:{language}")] for whom in FOR_WHOM
    ]
    others = [one for one in LANGUAGES if one != language]
    rows.append([Button(NAMES[one], "go:invite", card.prisoner_id, one) for one in others])
    lines = [view.say("desk-invite-ask", name=card.name)]
    lines += ["", view.say("desk-invite-language", language=NAMES[language])]
    return Screen("\n".join(lines), [*rows, [view.back("prisoner", card.prisoner_id)]])


def _language(chosen: str, actor: Actor) -> str:
    return chosen if chosen in LANGUAGES else actor.language


def invited(turn: Turn) -> Invited:
    """Return what a button that invites somebody says.

    Raises:
        NotForYou: it says neither of the two.
    """
    whom, _, language = turn.argument.partition(":")
    if whom not in FOR_WHOM:
        raise NotForYou(turn.argument)
    return Invited(is_on_behalf=whom == "behalf", language=_language(language, turn.actor))


async def invite(turn: Turn) -> None:
    """Make the five words of a relative."""
    wish = invited(turn)
    await invite_relative(
        turn.uow,
        turn.actor,
        turn.target,
        is_on_behalf=wish.is_on_behalf,
        language=wish.language,
        now=turn.now,
    )
    turn.go("invitation", turn.target)


@screen("invitation")
async def invitation(view: View) -> Screen:
    """Show the five words once, and what to do with them."""
    back = view.button("back", "invite-done", view.target)
    return await shown_once(
        view, CodeKind.RELATIVE, text="desk-invitation", gone="desk-invitation-gone", back=back
    )


async def leave_invitation(turn: Turn) -> None:
    """Take the words out of sight and go back to the prisoner."""
    await put_out_of_sight(turn.uow, turn.actor, CodeKind.RELATIVE)
    turn.go("prisoner", turn.target)
