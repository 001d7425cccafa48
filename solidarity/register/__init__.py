"""Register files: prisoners and hearings from CSV and JSON as plain values; no database, no clock."""

from .doubles import Double, notice_doubles
from .files import read_rows
from .guardianship_rows import GuardianshipRow, ParsedGuardianships, parse_guardianships
from .hearing_rows import HearingRow, ParsedHearings, parse_hearings
from .outcomes import LeftOut, RawRow, Refused, RegisterRefused, RowFile
from .places import Directory, Found, starting_directory
from .prisoners import Parsed, parse_prisoners
from .rows import PrisonerRow

__all__ = [
    "Directory",
    "Double",
    "Found",
    "GuardianshipRow",
    "HearingRow",
    "LeftOut",
    "Parsed",
    "ParsedGuardianships",
    "ParsedHearings",
    "PrisonerRow",
    "RawRow",
    "Refused",
    "RegisterRefused",
    "RowFile",
    "notice_doubles",
    "parse_guardianships",
    "parse_hearings",
    "parse_prisoners",
    "read_rows",
    "starting_directory",
]
