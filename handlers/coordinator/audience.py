"""Says how many people will hear of what a coordinator is about to do."""

from uuid import UUID

from handlers.screen import View
from solidarity.audience import audience_size


async def who_is_told(view: View, prisoner_id: UUID) -> str:
    """Say in words how many guardians and relatives are told; numbers only."""
    size = await audience_size(view.uow, prisoner_id)
    if not size.guardians and not size.relatives:
        return view.say("desk-nobody-told")
    guardians = view.say("desk-guardians", count=size.guardians)
    relatives = view.say("desk-relatives", count=size.relatives)
    return view.say("desk-who-is-told", guardians=guardians, relatives=relatives)
