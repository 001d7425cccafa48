"""What an operator is told of the recovery copy: where it lies, that it is missing, that an older one is."""

from pathlib import Path

from bot.backups.writing import FIRST_RECIPIENT, older_copies
from bot.commands.common import warn
from bot.configuration.settings import Settings

NO_RECOVERY = (
    "without a recipient there is no recovery copy and no backup: if this machine is lost, so is everything, "
    "and nobody can verify the trail of what was done against whoever holds all its keys; "
    f"{FIRST_RECIPIENT}"
)


def recovery_lines(copy: Path | None) -> tuple[str, ...]:
    """Say where the recovery copy lies and that it does not belong there."""
    if copy is None:
        return ()
    return (f"Recovery copy: {copy}", "Move it to another place than the backups and this machine.")


def warn_of_recovery(chosen: Settings, copy: Path | None) -> None:
    """Say what it means that no recovery copy was written, or that an older one lies where they are put."""
    if copy is None:
        warn(NO_RECOVERY)
        return
    for older in older_copies(chosen, copy):
        warn(f"an older recovery copy lies at {older}; it opens to whoever was a recipient then: delete it")
