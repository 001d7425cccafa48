"""What two coordinators do together, each row marked as a whole; one that was changed by hand is none."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, func, select, update

from storage.columns import EPOCH, MILLISECOND
from storage.models import Request, RequestKind, RequestState
from storage.repository import Repository, as_marked

OPEN = (RequestState.WAITING, RequestState.APPROVED)
DECIDED = (RequestState.APPROVED, RequestState.DECLINED, RequestState.OPENED)


class Requests(Repository):
    """Queries about requests."""

    async def add(
        self,
        kind: RequestKind,
        *,
        requested_by: UUID,
        about_id: UUID,
        argument: str,
        why: str | None,
        asked_at: datetime,
        expires_at: datetime,
    ) -> Request:
        """Keep a new request that waits; its reason is sealed under the key of who asks."""
        request = Request(
            id=uuid4(),
            requested_by=requested_by,
            kind=kind,
            about_id=about_id,
            argument=argument,
            state=RequestState.WAITING,
            asked_at=asked_at,
            expires_at=expires_at,
        )
        await self.vault.seal(request, why=why)
        request.mac = self._mac_of(request)
        self.session.add(request)
        await self.session.flush()
        return request

    async def get(self, request_id: UUID) -> Request | None:
        """Return a request as it stands now; None where there is none, or it is not marked as it stands.

        In a unit that changes something it is locked: of two who decide at once the second finds it decided.
        """
        return await self._read(request_id)

    async def open_at(self, now: datetime) -> list[Request]:
        """Return what waits for a decision or to be opened, the oldest first."""
        return await self._marked(Request.state.in_(OPEN), Request.expires_at > now)

    async def open_about(self, about_id: UUID, *, now: datetime) -> list[Request]:
        """Return what waits about one thing."""
        about = Request.about_id == about_id
        return await self._marked(about, Request.state.in_(OPEN), Request.expires_at > now)

    async def decided_for(self, person_id: UUID, *, since: datetime) -> list[Request]:
        """Return what others decided of somebody's requests since an instant, the oldest first."""
        mine = Request.requested_by == person_id
        return await self._marked(mine, Request.state.in_(DECIDED), Request.decided_at > since)

    async def count_used(self, person_id: UUID, kind: RequestKind, *, since: datetime) -> int:
        """Count what somebody has opened of a kind since an instant.

        Each of their rows that was changed by hand counts as well, so that nobody gains by changing one.
        """
        theirs = Request.requested_by == person_id
        there = await self.session.scalar(select(func.count()).select_from(Request).where(theirs)) or 0
        return there - sum(not _is_used(row, kind, since) for row in await self._marked(theirs))

    async def change(
        self,
        request: Request,
        state: RequestState,
        *,
        expires_at: datetime,
        by: UUID | None,
        at: datetime | None,
    ) -> None:
        """Let a request go a step further, and mark it anew.

        Args:
            expires_at: its new end; what is settled ended now.
            by: who decided it; None where the host did, or nobody has.
        """
        request.state, request.expires_at = state, expires_at
        request.decided_by, request.decided_at = by, at
        request.mac = self._mac_of(request)
        await self.session.flush()

    async def reveal_why(self, request: Request) -> str | None:
        return await self.vault.reveal_readable(request, "why")

    async def forget_person(self, person_id: UUID, *, ties: Collection[UUID]) -> None:
        """Forget what was asked about somebody or their family ties, and that they decided what they did.

        What they approved and nobody has opened stands no longer: an approval without a person is the host's.
        """
        theirs = Request.decided_by == person_id
        await self.session.execute(delete(Request).where(Request.about_id.in_([person_id, *ties])))
        for request in await self._marked(theirs):
            request.decided_by = None
            if request.state is RequestState.APPROVED:
                request.state = RequestState.WITHDRAWN
            request.mac = self._mac_of(request)
        await self.session.flush()
        # Left are those written by hand, which stay as little as they were.
        await self.session.execute(update(Request).where(theirs).values(decided_by=None))

    async def forget_of(self, person_id: UUID) -> None:
        """Delete whatever somebody has asked colleagues to approve, reasons and approvals with it."""
        await self.session.execute(delete(Request).where(Request.requested_by == person_id))

    async def forget(self, *, until: datetime) -> None:
        """Delete what was settled or ran out by an instant."""
        await self.session.execute(delete(Request).where(Request.expires_at <= until))

    async def _marked(self, *conditions: ColumnElement[bool]) -> list[Request]:
        ids = await self.session.scalars(
            select(Request.id).where(*conditions).order_by(Request.asked_at, Request.id)
        )
        found = [await self._read(request_id, locks=False) for request_id in ids]
        return [request for request in found if request is not None]

    async def _read(self, request_id: UUID, *, locks: bool = True) -> Request | None:
        query = select(Request).where(Request.id == request_id).execution_options(populate_existing=True)
        request = self.session.scalar(query.with_for_update() if locks and self.locks else query)
        return await as_marked("a request", request, self._is_marked)

    def _is_marked(self, request: Request) -> bool:
        return self.macs.matches(request.mac, self._mac_of(request))

    def _mac_of(self, request: Request) -> bytes:
        return self.macs.request_mac(
            request.id,
            request.kind,
            request.about_id,
            request.argument,
            why=None if request.why is None else request.why.raw,
            asked=(request.requested_by, _ms(request.asked_at)),
            decided=(request.decided_by, None if request.decided_at is None else _ms(request.decided_at)),
            state=request.state,
            expires_ms=_ms(request.expires_at),
        )


def _is_used(request: Request, kind: RequestKind, since: datetime) -> bool:
    return request.kind is kind and request.state is RequestState.OPENED and request.expires_at > since


def _ms(instant: datetime) -> int:
    return (instant - EPOCH) // MILLISECOND
