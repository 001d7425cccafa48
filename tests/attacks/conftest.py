"""The bot at work, for attacks that need people; and a PostgreSQL that tells everything it is told."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql import FORGETS_NOTHING, TALKATIVE, Server
from tests.stories.conftest import story

__all__ = ["story"]


@pytest.fixture
def telling_postgresql() -> Iterator[Server]:
    """A server for one test, all of whose files may be searched: it logs all and forgets nothing."""
    server = Server(
        Path(tempfile.mkdtemp(prefix="poruch-pg-")), {"fsync": "off"} | TALKATIVE | FORGETS_NOTHING
    )
    server.runs("CREATE DATABASE poruch")
    yield server
    server.goes()
