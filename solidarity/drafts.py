"""What somebody was in the middle of when their desk closed, and what they typed to a closed one.

Both stay sealed for a day and are offered again when the desk opens.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from solidarity import card_drafts
from solidarity.access import Actor
from solidarity.broadcasts import drafts as broadcast_drafts
from solidarity.errors import NoLongerSo
from solidarity.hearings import drafts as hearing_drafts
from solidarity.hearings import outcome_drafts
from storage.unit_of_work import UnitOfWork

KEPT_FOR = timedelta(hours=24)
WORDS = "typed"
# As much as a message can show above its buttons.
LONGEST = 3000
# What is offered again, in this order.
OFFERED = (
    WORDS,
    hearing_drafts.NEW,
    hearing_drafts.MOVE,
    outcome_drafts.DIALOGUE,
    card_drafts.DIALOGUE,
    broadcast_drafts.DIALOGUE,
)


@dataclass(frozen=True)
class Typed:
    """Words that found the desk closed, and the screen that had asked for them; the keypad asks for none."""

    words: str
    screen: str
    target: UUID | None = None
    argument: str = ""

    def __repr__(self) -> str:
        return f"Typed(<sealed>, {self.screen})"


async def keep_words(uow: UnitOfWork, actor: Actor, typed: Typed, *, now: datetime) -> None:
    """Keep words for a day; what comes after others goes below them, and to the screen that asked first."""
    before = await _kept(uow, actor, now=now)
    first = before or typed
    words = typed.words if before is None else f"{before.words}\n{typed.words}"
    body = {
        "words": words[:LONGEST],
        "screen": first.screen,
        "target": None if first.target is None else first.target.hex,
        "argument": first.argument,
    }
    await uow.drafts.put(actor.id, WORDS, body, expires_at=now + KEPT_FOR)


async def reveal_words(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Typed:
    """Open the words that found somebody's desk closed.

    Raises:
        NoLongerSo: there are none any more.
    """
    kept = await _kept(uow, actor, now=now)
    if kept is None:
        raise NoLongerSo(str(actor.id))
    return kept


async def _kept(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Typed | None:
    body = await uow.drafts.reveal(actor.id, WORDS, now=now)
    if not body:
        return None
    target = None if body["target"] is None else UUID(hex=body["target"])
    return Typed(body["words"], body["screen"], target, body["argument"])


async def interrupted(uow: UnitOfWork, actor: Actor, *, now: datetime) -> str | None:
    """Say what somebody is to be offered first: the dialogue of one of their drafts, or None."""
    standing = await uow.drafts.standing(actor.id, now=now)
    return next((dialogue for dialogue in OFFERED if dialogue in standing), None)


async def drafted_hearing(uow: UnitOfWork, actor: Actor, dialogue: str, *, now: datetime) -> UUID | None:
    """Return which sitting somebody was about to move, or of which to say how it ended."""
    body = await uow.drafts.reveal(actor.id, dialogue, now=now)
    return UUID(hex=body["hearing"]) if body else None


async def forget(uow: UnitOfWork, actor: Actor, dialogue: str) -> None:
    """Forget one of one's own drafts that are offered again."""
    if dialogue in OFFERED:
        await uow.drafts.drop(actor.id, dialogue)
