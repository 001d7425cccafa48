"""Where something that people said could stand after all: each place as pieces of bytes to be searched."""

import ctypes
import os
import re
import struct
from collections.abc import Collection, Iterator
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.bundle_reading import read_bundle
from storage.bundles import Identities
from storage.database import FILE_NAME
from storage.unit_of_work import Storage
from tests.attacks.canaries import Piece
from tests.attacks.raw_pages import decrypted, decrypted_log

HEX = re.compile(rb"\\x((?:[0-9a-f]{2}){4,})")
# Made or moved into it, opened, written to; also what never has a name.
CREATED, MOVED_IN, OPENED, WRITTEN = 0x100, 0x80, 0x20, 0x2
EVENT = struct.Struct("iIII")


def files(*folders: Path, but: Collection[Path] = ()) -> Iterator[Piece]:
    """Give every file below some folders, of the zeros at its end no more than a number may have."""
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path not in but):
            yield str(path), path.read_bytes().rstrip(b"\0") + bytes(8)


def pages(data_dir: Path, key: bytes) -> Iterator[Piece]:
    """Give SQLite's file and write-ahead log as somebody with their key would read them."""
    for path in sorted(data_dir.glob(f"{FILE_NAME}*")):
        if path.name == FILE_NAME:
            yield f"the pages of {path}", decrypted(path, key)
        elif path.name.endswith("-wal"):
            yield f"the pages of {path}", decrypted_log(path, key)


async def columns(storage: Storage) -> Piece:
    """Give every column of every table, whatever made it."""
    values: list[bytes] = []

    def read(connection: Connection) -> None:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                values.extend(each if isinstance(each, bytes) else str(each).encode() for each in row)

    async with storage.view() as uow:
        await (await uow.session.connection()).run_sync(read)
    return "the columns", b"\n".join(values)


def process(pid: int) -> Iterator[Piece]:
    """Give what everybody on the machine, or every process of the same user, sees of a process."""
    for name in ("cmdline", "environ", "comm", "status"):
        yield f"{name} of the process", Path(f"/proc/{pid}/{name}").read_bytes()


def parameters(log: Path) -> Piece:
    """Give what PostgreSQL wrote to its log as hexadecimal digits."""
    return f"the bytes in {log}", b"\n".join(
        bytes.fromhex(each.decode()) for each in HEX.findall(log.read_bytes())
    )


class Inside:
    """Takes what an age bundle holds, as the bearer of an identity reads it."""

    def __init__(self) -> None:
        self.values: list[bytes] = []

    def begin(self, header: object) -> None:
        self.values.append(repr(header).encode())

    def blob(self, name: str, data: bytes) -> None:
        self.values += [name.encode(), data]

    def rows(self, table: str, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
        self.values += [
            each if isinstance(each, bytes) else str(each).encode()
            for row in rows
            for each in (table, *columns, *row)
        ]


def bundles(folder: Path, identities: Identities) -> Iterator[Piece]:
    """Give what stands in each backup bundle below a folder for whoever can open it."""
    for path in sorted(folder.rglob("[!.]*.age")):
        inside = Inside()
        read_bundle(path, identities, inside)
        yield f"inside {path}", b"\n".join(inside.values)


class Lookout:
    """Hears of every file that is made, opened or written in a folder, however short its life."""

    def __init__(self, folder: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._events = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        watch = libc.inotify_add_watch(self._events, bytes(folder), CREATED | MOVED_IN | OPENED | WRITTEN)
        if min(self._events, watch) < 0:
            raise OSError(ctypes.get_errno(), "the kernel does not tell of files")

    def heard(self) -> list[str]:
        """Return the names of which it has heard since it was asked last."""
        names = set()
        try:
            while events := os.read(self._events, 1 << 20):
                while events:
                    length = EVENT.size + EVENT.unpack_from(events)[3]
                    names.add(events[EVENT.size : length].rstrip(b"\0").decode())
                    events = events[length:]
        except BlockingIOError:
            pass
        return sorted(names - {""})

    def closes(self) -> None:
        os.close(self._events)
