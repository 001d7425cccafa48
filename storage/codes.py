"""One-time codes, of which only a keyed checksum is kept."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select

from storage.columns import EPOCH
from storage.models import Code, CodeKind
from storage.repository import Repository, as_marked


class Codes(Repository):
    """Queries about codes that were given out."""

    async def add(
        self,
        normalised: str,
        kind: CodeKind,
        *,
        expires_at: datetime,
        issued_by: UUID | None,
        prisoner_id: UUID | None = None,
        is_on_behalf: bool = False,
        rhythm_weeks: int | None = None,
    ) -> Code:
        code = Code(
            kind=kind,
            mac=self.macs.code_mac(normalised),
            prisoner_id=prisoner_id,
            is_on_behalf=is_on_behalf,
            rhythm_weeks=rhythm_weeks,
            issued_by=issued_by,
            expires_at=expires_at,
        )
        code.id = self._id_of(code)
        self.session.add(code)
        await self.session.flush()
        return code

    async def get_by_words(self, normalised: str, *, now: datetime) -> Code | None:
        """Find a code by what was typed; None when it is unknown, used or expired."""
        return await self._standing(Code.mac == self.macs.code_mac(normalised), now)

    async def get(self, code_id: UUID, *, now: datetime) -> Code | None:
        return await self._standing(Code.id == code_id, now)

    async def get_by_ticket(self, ticket: UUID, *, now: datetime) -> Code | None:
        """Find a code by what stands for it in a stranger's button."""
        ids = await self.session.scalars(select(Code.id).where(Code.expires_at > now))
        # All are compared, so that how long it takes says nothing.
        found = [one for one in ids if self.macs.matches(self.ticket(one).bytes, ticket.bytes)]
        return await self.get(found[0], now=now) if found else None

    def ticket(self, code_id: UUID) -> UUID:
        """Return what stands for a code in a stranger's button: its id is read by whoever reads the table."""
        return self.macs.code_ticket(code_id)

    async def _standing(self, is_it: ColumnElement[bool], now: datetime) -> Code | None:
        query = select(Code).where(is_it, Code.expires_at > now)
        code = self.session.scalar(query.with_for_update() if self.locks else query)
        # What was written into it by hand would be signed as a right.
        return await as_marked("a code", code, lambda found: found.id == self._id_of(found))

    def _id_of(self, code: Code) -> UUID:
        return self.macs.code_id(
            code.mac,
            code.kind,
            code.prisoner_id,
            is_on_behalf=code.is_on_behalf,
            issued_by=code.issued_by,
            expires_ms=(code.expires_at - EPOCH) // timedelta(milliseconds=1),
            rhythm_weeks=code.rhythm_weeks,
        )

    async def standing(self, kinds: Collection[CodeKind], *, now: datetime) -> list[Code]:
        """Return the codes of some kinds that nobody has redeemed, those that end first first."""
        query = select(Code).where(Code.kind.in_(kinds), Code.expires_at > now)
        codes = await self.session.scalars(query.order_by(Code.expires_at, Code.id))
        # What was written by hand opens nothing.
        return [code for code in codes if code.id == self._id_of(code)]

    async def spend(self, code: Code) -> None:
        """Delete a code that was redeemed."""
        await self.session.delete(code)
        await self.session.flush()

    async def forget_of(self, issuer_id: UUID, *, kind: CodeKind | None = None) -> None:
        """Delete what somebody has given out and nobody has redeemed, of one kind or of all."""
        query = delete(Code).where(Code.issued_by == issuer_id)
        await self.session.execute(query if kind is None else query.where(Code.kind == kind))

    async def forget_expired(self, *, now: datetime) -> None:
        await self.session.execute(delete(Code).where(Code.expires_at <= now))
