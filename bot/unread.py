"""What nobody reads any more is dropped: `poruch … | head` does its work to the end, and quietly."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


@contextmanager
def dropped_unread(stream: IO[Any]) -> Iterator[None]:
    """Where whoever reads this stream has gone, drop what the block and others after it write there."""
    try:
        yield
    except BrokenPipeError:
        # Python writes what is still waiting when it ends, and would complain of it then.
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())
