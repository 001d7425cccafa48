"""Says how many people will hear of what a coordinator is about to do."""

from uuid import UUID

from handlers.screen import View
from solidarity.audience import AudienceSize, audience_size


async def who_is_told(view: View, prisoner_id: UUID, hearing_id: UUID | None = None) -> str:
    """Say in words how many are told; numbers only.

    Args:
        hearing_id: the sitting whose date changes, if it is one.
    """
    size = await audience_size(view.uow, prisoner_id, hearing_id)
    if size == AudienceSize(0, 0):
        return view.say("desk-nobody-told")
    guardians = view.say("desk-guardians", count=size.guardians)
    relatives = view.say("desk-relatives", count=size.relatives)
    told = view.say("desk-who-is-told", guardians=guardians, relatives=relatives)
    return f"{told} {view.say('desk-others-told', count=size.others)}" if size.others else told
