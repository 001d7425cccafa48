"""What one of several processes is for, and the refusal of several where there can be only one."""

from enum import StrEnum

from bot.configuration.settings import Settings
from bot.host.refusals import InstallationError


class Role(StrEnum):
    """What a process of `poruch run` does (docs/decisions/0015)."""

    ALL = "all"
    INTAKE = "intake"
    DELIVERY = "delivery"
    CLOCK = "clock"

    @property
    def takes_updates(self) -> bool:
        return self in (Role.ALL, Role.INTAKE)

    @property
    def delivers(self) -> bool:
        return self in (Role.ALL, Role.DELIVERY)

    @property
    def does_chores(self) -> bool:
        return self in (Role.ALL, Role.CLOCK)


def require_role(role: Role, settings: Settings) -> None:
    """Refuse a part of the work where nobody can do the rest of it beside.

    Raises:
        InstallationError: on SQLite one process does everything.
    """
    if role is not Role.ALL and settings.database_url is None:
        raise InstallationError(
            "on SQLite one process does everything; leave --role out, or set PORUCH_DATABASE_URL to a "
            "PostgreSQL database for several processes"
        )
