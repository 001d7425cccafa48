"""Opening the database file: refused by an exception, and never by the library's own lines on stderr."""

import os
from pathlib import Path

import pytest

from storage.database import FILE_NAME
from storage.errors import WrongDatabaseKey
from storage.keyring import Purpose
from storage.sqlite import connect, sqlcipher
from tests.world import RING


def test_another_key_is_refused_and_the_library_writes_nothing(
    new_sqlite: None, data_dir: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(WrongDatabaseKey):
        connect(data_dir / FILE_NAME, os.urandom(32))

    assert capfd.readouterr() == ("", "")


def test_a_damaged_file_is_refused_and_the_library_writes_nothing(
    new_sqlite: None, data_dir: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = data_dir / FILE_NAME
    content = bytearray(file.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    file.write_bytes(content)

    with pytest.raises(sqlcipher.DatabaseError, match="malformed"):
        connect(file, RING.primary(Purpose.DBK).key)

    assert capfd.readouterr() == ("", "")
