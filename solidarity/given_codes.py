"""Codes that coordinators have given and nobody has redeemed: given at the desk, listed, revoked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.audit import Act, record
from solidarity.codes import GivenCode, give_staff_code
from solidarity.errors import NoLongerSo
from solidarity.in_sight import keep_in_sight
from solidarity.moving import give_account_code
from solidarity.pseudonyms import pseudonym
from storage.models import CodeKind
from storage.unit_of_work import UnitOfWork

# An account's code is its person's own, and a coordinator's word gives nothing.
LISTED = (
    CodeKind.ADMINISTRATOR,
    CodeKind.COORDINATOR,
    CodeKind.RELATIVE,
    CodeKind.SUPPORTER,
    CodeKind.GUARDIAN,
)


@dataclass(frozen=True)
class Given:
    """A code that still opens something; `by` is None where the host gave it."""

    code_id: UUID
    kind: CodeKind
    by: str | None
    expires_at: datetime


async def codes_given(uow: UnitOfWork, actor: Actor, *, now: datetime) -> list[Given]:
    """Return what was given and not redeemed, whoever gave it, what ends first first."""
    return [
        Given(
            code.id,
            code.kind,
            None if code.issued_by is None else pseudonym(code.issued_by.bytes, actor.language),
            code.expires_at,
        )
        for code in await uow.codes.standing(LISTED, now=now)
    ]


async def revoke_code(uow: UnitOfWork, actor: Actor, code_id: UUID | None, *, now: datetime) -> None:
    """Let a code open nothing any more, whoever gave it.

    Raises:
        NoLongerSo: it was redeemed, revoked or has expired, or is not one that is listed.
    """
    code = None if code_id is None else await uow.codes.get(code_id, now=now)
    if code is None or code.kind not in LISTED:
        raise NoLongerSo(str(code_id))
    kind = code.kind
    await uow.codes.spend(code)
    await record(uow, Act.CODE_REVOKED, by=actor.id, kind=kind, now=now)


async def vouch_for_supporter(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Make a code for somebody a coordinator vouches for, kept in sight for ten minutes."""
    given = await give_staff_code(uow, CodeKind.SUPPORTER, issued_by=actor.id, now=now)
    await keep_in_sight(uow, actor, CodeKind.SUPPORTER, given, now=now)


async def prepare_move(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Make a person's own code for another account, kept in sight for ten minutes."""
    given = GivenCode(*await give_account_code(uow, actor, now=now))
    await keep_in_sight(uow, actor, CodeKind.ACCOUNT, given, now=now)
