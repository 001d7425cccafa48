"""The names under which the storeys above know a unit of work; what is inside stays in storage."""

from storage.errors import DatabaseUnavailable, ForgedRow, StorageError, UpdateAlreadyTaken
from storage.leaving import Parting
from storage.models import OutboxRow, Posted, Purpose
from storage.own_data import Kept
from storage.posted import Action
from storage.unit_of_work import Storage, UnitOfWork

__all__ = [
    "Action",
    "DatabaseUnavailable",
    "ForgedRow",
    "Kept",
    "OutboxRow",
    "Parting",
    "Posted",
    "Purpose",
    "Storage",
    "StorageError",
    "UnitOfWork",
    "UpdateAlreadyTaken",
]
