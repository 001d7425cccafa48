"""What hashes PINs and return codes: it takes long, so never inside a unit of work."""

from typing import Protocol


class PinHasher(Protocol):
    """Argon2id off the event loop, one at a time; about 0.2 s each."""

    async def hash(self, pin: str) -> str: ...

    async def matches(self, pin: str, stored: str) -> bool: ...
