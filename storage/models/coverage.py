"""How prisoners are written to, counted beforehand."""

from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped

from storage.columns import Id, pseudonymous
from storage.models.base import STRICT, Base

ORDER = ("tier", "points", "heard", "prisoner_id", "languages")


class Coverage(Base):
    """How one prisoner was written to when it was last counted: whoever comes first in the index has least.

    Counted anew with each change, and for all each night, since silence grows by itself. A row of its own,
    since the prisoner's is wide with sealed cells.
    """

    __tablename__ = "coverage"
    __table_args__ = (Index("ix_coverage_order", *ORDER), STRICT)
    subject_attribute: ClassVar[str] = "prisoner_id"
    prisoner_id: Mapped[UUID] = pseudonymous(
        Id, ForeignKey("prisoner.id", ondelete="CASCADE"), primary_key=True
    )
    # 0: nobody, 1: somebody, 2: not to be suggested.
    tier: Mapped[int] = pseudonymous(Integer)
    points: Mapped[int] = pseudonymous(Integer)
    heard: Mapped[int] = pseudonymous(Integer)
    languages: Mapped[str] = pseudonymous(Text, default="")
