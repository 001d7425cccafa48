"""The tables, one module per noun; importing this package makes them all known to `Base.metadata`."""

from storage.models.audit import AuditEntry, AuditHead
from storage.models.base import Base
from storage.models.broadcast import AudienceRole, Broadcast, BroadcastKind, BroadcastState
from storage.models.code import Code, CodeKind
from storage.models.coverage import Coverage
from storage.models.following import Attendance, Following
from storage.models.guardianship import Guardianship, GuardianshipState, Letter, LetterOutcome
from storage.models.hearing import (
    Confidence,
    Court,
    Hearing,
    HearingStatus,
    Milestone,
    MilestoneKind,
    Openness,
    Outcome,
    Told,
)
from storage.models.installation import Installation, Process, Recipient, SeenUpdate, WrappedKey
from storage.models.leaving import Departed, Farewell, Hiding
from storage.models.outbox import Button, Lane, OutboxRow, OutboxState, Posted, Purpose
from storage.models.person import (
    Address,
    Desk,
    Draft,
    Kinship,
    KinshipState,
    Person,
    Role,
    RoleName,
    TextStyle,
)
from storage.models.portfolio import Portfolio
from storage.models.prisoner import CustodyStatus, Facility, NameBits, Prisoner, Publicity
from storage.models.register import Difference, DifferenceKind
from storage.models.request import Request, RequestKind, RequestState
from storage.models.restriction import Restriction, RestrictionKind
from storage.models.rule import CardChange, Change, WordChange
from storage.models.sharing import Lease, Sender, Turn

__all__ = [
    "Address",
    "Attendance",
    "AudienceRole",
    "AuditEntry",
    "AuditHead",
    "Base",
    "Broadcast",
    "BroadcastKind",
    "BroadcastState",
    "Button",
    "CardChange",
    "Change",
    "Code",
    "CodeKind",
    "Confidence",
    "Court",
    "Coverage",
    "CustodyStatus",
    "Departed",
    "Desk",
    "Difference",
    "DifferenceKind",
    "Draft",
    "Facility",
    "Farewell",
    "Following",
    "Guardianship",
    "GuardianshipState",
    "Hearing",
    "HearingStatus",
    "Hiding",
    "Installation",
    "Kinship",
    "KinshipState",
    "Lane",
    "Lease",
    "Letter",
    "LetterOutcome",
    "Milestone",
    "MilestoneKind",
    "NameBits",
    "Openness",
    "OutboxRow",
    "OutboxState",
    "Outcome",
    "Person",
    "Portfolio",
    "Posted",
    "Prisoner",
    "Process",
    "Publicity",
    "Purpose",
    "Recipient",
    "Request",
    "RequestKind",
    "RequestState",
    "Restriction",
    "RestrictionKind",
    "Role",
    "RoleName",
    "SeenUpdate",
    "Sender",
    "TextStyle",
    "Told",
    "Turn",
    "WordChange",
    "WrappedKey",
]
