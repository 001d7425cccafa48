"""An installation that another process of a bench has made: described as JSON, and opened from that."""

import json
import sys
from pathlib import Path

from storage.database import open_postgresql, open_sqlite
from storage.keyring import Purpose
from storage.keys import Keys
from storage.ring_file import RingFile
from storage.unit_of_work import Storage


def opening(storage: Storage) -> dict[str, str | None]:
    """Say what another process needs to open an installation: ring, secret, PostgreSQL address."""
    file = storage.keys.file
    assert file is not None
    url = storage.database.writer.url.render_as_string(hide_password=False)
    return {
        "ring": str(file.path),
        "secret": file.unseal_secret.hex(),
        "url": None if storage.database.is_sqlite else url,
    }


def opened() -> Storage:
    """Open the installation that standard input describes."""
    given = json.load(sys.stdin)
    file = RingFile(Path(given["ring"]), bytes.fromhex(given["secret"]))
    ring = file.load()
    database = (
        open_postgresql(given["url"])
        if given["url"]
        else open_sqlite(file.path.parent, ring.primary(Purpose.DBK).key)
    )
    return Storage(database, Keys(ring, file=file))
