"""Doing something without the rights of root, who may do anything."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_rights(*owned: str) -> Iterator[None]:
    """Be somebody who owns a few things here and is not root, who may do anything."""
    if os.geteuid() != 0:
        yield
        return
    for place in owned:
        os.chown(place, 65_534, 65_534)
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)
