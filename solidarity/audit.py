"""The trail of what was done: who did what, when and about whom, in closed words and marks of ids.

What cannot be written there is not done: `record` is awaited in the unit of the act itself, as the last thing
of the rule, since the trail's head stays locked until the unit ends.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from storage.unit_of_work import UnitOfWork


class Act(StrEnum):
    """What is written down; a word is never given another meaning, and never taken away."""

    TRAIL_BEGUN = "trail_begun"
    TRAIL_RESEEDED = "trail_reseeded"
    # Roles and codes.
    ROLE_GRANTED = "role_granted"
    ROLE_ENDED = "role_ended"
    CODE_GIVEN = "code_given"
    CODE_REVOKED = "code_revoked"
    CODE_REDEEMED = "code_redeemed"
    RELATIVE_LINKED = "relative_linked"
    RELATIVE_CONFIRMED = "relative_confirmed"
    ACCOUNT_MOVED = "account_moved"
    # People and what keeps them away.
    PERSON_ERASED = "person_erased"
    PERSON_SUSPENDED = "person_suspended"
    SUSPENSION_LIFTED = "suspension_lifted"
    COORDINATOR_FROZEN = "coordinator_frozen"
    FREEZE_LIFTED = "freeze_lifted"
    CUSTODY_FLAG_SET = "custody_flag_set"
    CUSTODY_FLAG_LIFTED = "custody_flag_lifted"
    RIGHTS_FORGED = "rights_forged"
    # What two do together.
    REQUEST_MADE = "request_made"
    REQUEST_APPROVED = "request_approved"
    REQUEST_REFUSED = "request_refused"
    REQUEST_WITHDRAWN = "request_withdrawn"
    CONTACT_REVEALED = "contact_revealed"
    NAME_REVEALED = "name_revealed"
    EXPORTED = "exported"
    BROADCAST_SENT = "broadcast_sent"
    BROADCAST_STOPPED = "broadcast_stopped"
    BROADCAST_TAKEN_BACK = "broadcast_taken_back"
    # The desk.
    DESK_OPENED = "desk_opened"
    DESK_LOCKED = "desk_locked"
    PIN_SET = "pin_set"
    PIN_RESET = "pin_reset"
    DURESS = "duress"
    # The register and promises.
    IMPORT_CONFIRMED = "import_confirmed"
    WAVE_CONFIRMED = "wave_confirmed"
    HEARING_CHANGED = "hearing_changed"
    PUBLICITY_CHANGED = "publicity_changed"
    GUARDIANSHIP_DECIDED = "guardianship_decided"
    PORTFOLIO_PASSED_ON = "portfolio_passed_on"
    # The installation.
    KEY_ROTATED = "key_rotated"
    RECIPIENTS_CHANGED = "recipients_changed"
    BACKUP_WRITTEN = "backup_written"
    RESTORED = "restored"
    SEALED = "sealed"
    UNSEALED = "unsealed"
    ALARM_LIFTED = "alarm_lifted"


class By(StrEnum):
    """Who acts that is no person."""

    HOST = "host"
    BOT = "bot"


async def record(
    uow: UnitOfWork,
    act: Act,
    *,
    by: UUID | By,
    about: UUID | None = None,
    kind: StrEnum | None = None,
    count: int | None = None,
    now: datetime,
) -> int:
    """Write an act into the trail, in the unit that does it; returns the entry's number.

    Args:
        by: who acts, a person's id or none of them.
        about: whom or what it is about.
        kind: one word of a closed list: a role, a kind of code or request, a decision.
        count: of how many things.

    Raises:
        BrokenTrail: it cannot be written; the act must fail with it.
    """
    facts: dict[str, str | int] = {"act": act.value, "by": _who(uow, by)}
    if about is not None:
        facts["about"] = uow.macs.audit_mark(about)
    if kind is not None:
        facts["kind"] = kind.value
    if count is not None:
        facts["count"] = count
    return await uow.trail.append(facts, at=now)


def _who(uow: UnitOfWork, by: UUID | By) -> str:
    return by.value if isinstance(by, By) else uow.macs.audit_mark(by)
