"""Finding a sealed value without opening it: a keyed hash beside the cell.

``HMAC-SHA256(HKDF-SHA256(IDX, info = E("bi/v1", table, column, transform)), normalised)``. Without IDX an
index tells only which rows of one column are equal. What coordinators search is cut to 8–14 bits, so that
even with IDX a guessed name fits several rows. The full index of a Telegram id is weaker: whoever holds IDX
can try all ids.
"""

from hmac import digest

from storage.framing import E, NeverPickled
from storage.keyring import KEY_BYTES, derive_key


class BlindIndex(NeverPickled):
    """Indexes under one IDX key; each table, column and transform has a key of its own, derived once.

    ``transform`` names how a value was normalised before it came here, such as ``decimal``; the value itself
    is taken as it is.

    Raises:
        ValueError: ``idx_key`` is not 32 bytes.
    """

    __slots__ = ("_derived", "_idx_key")

    def __init__(self, idx_key: bytes) -> None:
        if len(idx_key) != KEY_BYTES:
            raise ValueError("an index key has 32 bytes")
        self._idx_key = idx_key
        self._derived: dict[tuple[str, str, str], bytes] = {}

    def of(self, table: str, column: str, transform: str, normalised: str, *, size: int) -> bytes:
        """Give the first ``size`` bytes (1…32) of a value's index.

        Raises:
            ValueError: ``size`` is outside its bounds.
        """
        if not 1 <= size <= 32:
            raise ValueError("an index has 1 to 32 bytes")
        return self._full(table, column, transform, normalised)[:size]

    def bits(self, table: str, column: str, transform: str, normalised: str, *, bits: int) -> int:
        """Give the first ``bits`` bits (8…14) of a value's index as a number, for search among candidates.

        Raises:
            ValueError: ``bits`` is outside its bounds.
        """
        if not 8 <= bits <= 14:
            raise ValueError("a search index has 8 to 14 bits")
        return int.from_bytes(self._full(table, column, transform, normalised)[:2], "big") >> (16 - bits)

    def _full(self, table: str, column: str, transform: str, normalised: str) -> bytes:
        column_id = (table, column, transform)
        if column_id not in self._derived:
            self._derived[column_id] = derive_key(self._idx_key, info=E("bi/v1", *column_id))
        return digest(self._derived[column_id], normalised.encode(), "sha256")
