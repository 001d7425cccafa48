"""The trail of what was done: who did what, when and about whom, in closed words and marks of ids.

What cannot be written there is not done: `record` is awaited in the unit of the act itself, as the last thing
of the rule, since the trail's head stays locked until the unit ends.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from solidarity import pseudonyms
from solidarity.reminders import news_for
from storage.audit_chain import Link
from storage.models import RoleName
from storage.unit_of_work import UnitOfWork

HEAD, HOST_ACT = "desk_audit_head", "desk_host_act"
TOLD_FOR = timedelta(days=3)
SHORT_HASH_BYTES = 8


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
    # The desk.
    DESK_OPENED = "desk_opened"
    DESK_LOCKED = "desk_locked"
    PIN_SET = "pin_set"
    PIN_RESET = "pin_reset"
    DURESS = "duress"
    PIN_WRONG = "pin_wrong"
    PIN_FORGOTTEN = "pin_forgotten"
    # The register and promises.
    IMPORT_CONFIRMED = "import_confirmed"
    DIFFERENCE_CONFIRMED = "difference_confirmed"
    WAVE_CONFIRMED = "wave_confirmed"
    HEARING_CHANGED = "hearing_changed"
    PUBLICITY_CHANGED = "publicity_changed"
    GUARDIANSHIP_DECIDED = "guardianship_decided"
    PORTFOLIO_PASSED_ON = "portfolio_passed_on"
    EVENING_PRINTED = "evening_printed"
    EVENING_WRITTEN = "evening_written"
    BROADCAST_CHANGED = "broadcast_changed"
    FAMILY_SPOKEN_WITH = "family_spoken_with"
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


class Imported(StrEnum):
    """What the host takes over from a file without a coordinator."""

    PRISONERS = "prisoners"
    HEARINGS = "hearings"
    FACILITIES = "facilities"
    GUARDIANSHIPS = "guardianships"


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


async def record_of_host(
    uow: UnitOfWork,
    act: Act,
    *,
    about: UUID | None = None,
    kind: StrEnum | None = None,
    count: int | None = None,
    now: datetime,
) -> None:
    """Write down what was done on the host by nobody in the chat, and tell every coordinator of it.

    Raises:
        BrokenTrail: as `record`.
    """
    coordinators = await uow.people.with_role(RoleName.COORDINATOR)
    number = await record(uow, act, by=By.HOST, about=about, kind=kind, count=count, now=now)
    deployment = uow.vault.deployment
    await uow.outbox.queue(
        news_for(one, HOST_ACT, deployment, revision=number, useful_until=now + TOLD_FOR, now=now)
        for one in coordinators
    )


async def tell_head(uow: UnitOfWork, *, now: datetime) -> None:
    """Tell every coordinator where the trail stands: once a day, if something was done since.

    Who remembers it finds out later whether the end of the trail was cut off.
    """
    coordinators = await uow.people.with_role(RoleName.COORDINATOR)
    number = await uow.trail.untold(now.date()) if coordinators else None
    if number is None:
        return
    deployment, until = uow.vault.deployment, now + TOLD_FOR
    await uow.outbox.queue(
        news_for(one, HEAD, deployment, revision=number, useful_until=until, now=now) for one in coordinators
    )


@dataclass(frozen=True)
class Entry:
    """One act as it stands in the trail; `by` and `about` are marks, or the words of `By`."""

    number: int
    at: datetime
    act: str
    by: str
    about: str | None
    kind: str | None
    count: int | None


async def newest_entries(uow: UnitOfWork, count: int) -> Sequence[Entry]:
    """Return the newest acts, oldest first; one changed by hand is shown as far as it can be read."""
    return [_entry(link) for link in await uow.trail.newest(count)]


async def entry_of(uow: UnitOfWork, number: int) -> Entry | None:
    """Return one act; None where there is none with this number."""
    link = await uow.trail.get(number)
    return None if link is None else _entry(link)


async def short_hash_of(uow: UnitOfWork, number: int) -> str | None:
    """Return what an act and all before it are known by; None where it is not there (any more)."""
    link = await uow.trail.get(number)
    return None if link is None else link.chain[:SHORT_HASH_BYTES].hex()


async def names_by_mark(uow: UnitOfWork, language: str) -> dict[str, str]:
    """Return the pseudonym of everybody who is there, by their mark in the trail."""
    people = await uow.people.joining_days()
    return {uow.macs.audit_mark(one): pseudonyms.pseudonym(one.bytes, language) for one, _ in people}


def _entry(link: Link) -> Entry:
    try:
        told = json.loads(link.entry)
    except ValueError:
        told = {}
    told = told if isinstance(told, dict) else {}
    words = {name: str(told[name]) if name in told else None for name in ("about", "kind")}
    count = told.get("count")
    act, by = str(told.get("act", "?")), str(told.get("by", "?"))
    return Entry(link.number, link.at, act, by, **words, count=count if isinstance(count, int) else None)


def _who(uow: UnitOfWork, by: UUID | By) -> str:
    return by.value if isinstance(by, By) else uow.macs.audit_mark(by)
