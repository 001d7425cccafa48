"""What follows where a colleague agrees to a change of the rule cards or risky words, or declines it."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from solidarity.access import Actor
from solidarity.errors import NoLongerSo, NotForYou
from storage.models import CardChange, Request, WordChange
from storage.unit_of_work import UnitOfWork

Of = TypeVar("Of", CardChange, WordChange)


async def is_own_card(uow: UnitOfWork, actor: Actor, change_id: UUID, argument: str, now: datetime) -> None:
    """Let only who proposed a change of a rule card ask for a second, once.

    Raises:
        NotForYou: it is somebody else's, or there is none.
        NoLongerSo: it counts already.
    """
    _require_own(await uow.card_changes.get(change_id), actor, argument)


async def is_own_word(uow: UnitOfWork, actor: Actor, change_id: UUID, argument: str, now: datetime) -> None:
    """Let only who proposed a change of a risky word ask for a second, as `is_own_card` does."""
    _require_own(await uow.word_changes.get(change_id), actor, argument)


def _require_own(change: CardChange | WordChange | None, actor: Actor, argument: str) -> None:
    if change is None or argument or change.proposed_by != actor.id:
        raise NotForYou("a change of somebody else")
    if change.agreed_at is not None:
        raise NoLongerSo(str(change.id))


async def let_card_count(uow: UnitOfWork, request: Request, by: UUID | None, now: datetime) -> None:
    """Let a rule card be as it was proposed.

    Raises:
        NoLongerSo: the proposal is gone, was changed by hand, is not the asker's, or counts already.
    """
    change = await uow.card_changes.get(request.about_id)
    await uow.card_changes.agree(_still_waiting(change, request), by=by, at=now)


async def let_word_count(uow: UnitOfWork, request: Request, by: UUID | None, now: datetime) -> None:
    """Let an entry of the list be as it was proposed.

    Raises:
        NoLongerSo: as `let_card_count`.
    """
    change = await uow.word_changes.get(request.about_id)
    await uow.word_changes.agree(_still_waiting(change, request), by=by, at=now)


def _still_waiting(change: Of | None, request: Request) -> Of:
    if change is None or change.agreed_at is not None or change.proposed_by != request.requested_by:
        raise NoLongerSo(str(request.about_id))
    return change
