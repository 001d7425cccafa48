"""Detention places, which are public, and the ones the product ships with."""

from datetime import date
from typing import Any

from sqlalchemy import select

from storage.models import Facility
from storage.repository import Repository


class Facilities(Repository):
    """Queries about detention places."""

    async def get(self, code: str | None) -> Facility | None:
        return None if code is None else await self.session.get(Facility, code)

    async def all(self) -> list[Facility]:
        return list(await self.session.scalars(select(Facility).order_by(Facility.code)))

    async def put(self, code: str, *, verified_on: date | None, **columns: Any) -> bool:
        """Add a place or correct it; True when it was not known before."""
        facility = await self.session.get(Facility, code)
        is_new = facility is None
        if facility is None:
            facility = Facility(code=code)
            self.session.add(facility)
        for name, value in columns.items():
            setattr(facility, name, value)
        facility.verified_on = verified_on
        await self.session.flush()
        return is_new
