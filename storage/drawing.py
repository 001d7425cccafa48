"""Random bytes for many things at once: to ask the system costs more than what is made of them."""

import secrets


def drawn(number: int, *, size: int) -> list[bytes]:
    """Draw so many, each of so many bytes."""
    whole = secrets.token_bytes(size * number)
    return [whole[start : start + size] for start in range(0, len(whole), size)]
