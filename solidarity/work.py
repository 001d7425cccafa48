"""The names under which the storeys above know a unit of work; what is inside stays in storage."""

from storage.acquaintances import Acquaintances
from storage.buttons import Action, new_token
from storage.claims import Claimed
from storage.database import Database
from storage.errors import DatabaseUnavailable, ForgedRow, StorageError, UpdateAlreadyTaken
from storage.leases import Held
from storage.leaving import Parting
from storage.models import (
    AudienceRole,
    BroadcastKind,
    BroadcastState,
    CodeKind,
    Guardianship,
    Hearing,
    Lane,
    LetterOutcome,
    OutboxRow,
    Outcome,
    Posted,
    Purpose,
    RequestKind,
    RestrictionKind,
    RoleName,
    Sender,
)
from storage.sending import Prepared, Unsent
from storage.unit_of_work import Storage, UnitOfWork

__all__ = [
    "Acquaintances",
    "Action",
    "AudienceRole",
    "BroadcastKind",
    "BroadcastState",
    "Claimed",
    "CodeKind",
    "Database",
    "DatabaseUnavailable",
    "ForgedRow",
    "Guardianship",
    "Hearing",
    "Held",
    "Lane",
    "LetterOutcome",
    "OutboxRow",
    "Outcome",
    "Parting",
    "Posted",
    "Prepared",
    "Purpose",
    "RequestKind",
    "RestrictionKind",
    "RoleName",
    "Sender",
    "Storage",
    "StorageError",
    "UnitOfWork",
    "Unsent",
    "UpdateAlreadyTaken",
    "new_token",
]
