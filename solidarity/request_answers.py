"""What colleagues decided of a coordinator's own requests, said once more at the desk."""

from dataclasses import dataclass
from datetime import datetime

from solidarity.access import Actor
from solidarity.agreed import DONE_BY
from solidarity.second_person import WAITS_FOR
from storage.models import RequestKind, RequestState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Answer:
    """What became of a request of one's own of which nothing is left to be done."""

    kind: RequestKind
    is_yes: bool


async def answers(uow: UnitOfWork, actor: Actor, *, now: datetime) -> list[Answer]:
    """Return what colleagues decided of a coordinator's requests within three days, but for what is ready."""
    decided = await uow.requests.decided_for(actor.id, since=now - WAITS_FOR)
    return [
        Answer(one.kind, one.state is RequestState.OPENED)
        for one in decided
        if one.state is RequestState.DECLINED or one.kind in DONE_BY
    ]
