"""What every group of queries stands on."""

from sqlalchemy.ext.asyncio import AsyncSession

from storage.blind_index import BlindIndex
from storage.macs import Macs
from storage.vault import Vault


class Repository:
    """Queries about one noun, inside one unit of work."""

    def __init__(
        self, session: AsyncSession, vault: Vault, blind: BlindIndex, macs: Macs, *, locks: bool
    ) -> None:
        # A unit that changes something locks what it looks up by id; one that only looks locks nothing.
        self.locks = locks
        self.session = session
        self.vault = vault
        self.blind = blind
        self.macs = macs
