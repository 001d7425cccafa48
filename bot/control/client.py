"""What a command asks the running processes of its data folder."""

import asyncio
import stat
from contextlib import suppress
from pathlib import Path

from bot.control.wire import (
    FOLDER,
    LARGEST_BYTES,
    NotUnderstoodError,
    Refused,
    Value,
    Values,
    peer_uid,
    read_line,
    way_to,
    write_line,
)

ANSWERED_WITHIN_SECONDS = 60.0
WOKEN_WITHIN_SECONDS = 2.0


class Gone(Exception):
    """The process that listened there has ended."""

    is_safe_to_log = True


def running(data_dir: Path) -> list[Path]:
    """Return the sockets of a data folder, each of a process that ran when it was made.

    Raises:
        Refused: the folder of sockets is open to others, who could listen there in the bot's place.
    """
    folder = data_dir / FOLDER
    try:
        mode = folder.lstat().st_mode
    except OSError:
        return []
    if not stat.S_ISDIR(mode) or mode & 0o022:
        raise Refused(f"{folder} can be written by others; remove it and start the bot again")
    return sorted(folder.glob("*.sock"))


async def ask(
    path: Path, request: str, *, seconds: float = ANSWERED_WITHIN_SECONDS, **values: Value
) -> Values:
    """Ask one process and return what it answers, without ``done``.

    Raises:
        Refused: it said no, with this line, or gave no answer that can be read in time.
        Gone: the process has ended.
    """
    line = write_line({"request": request, **values})
    try:
        async with asyncio.timeout(seconds):
            answer = dict(await _exchange(path, line))
    except (ConnectionRefusedError, FileNotFoundError):
        raise Gone from None
    # The reader says ValueError where a line is too long.
    except (NotUnderstoodError, OSError, TimeoutError, ValueError):
        raise Refused(f"the process at {path} does not answer; see whether it still runs") from None
    if answer.pop("done", False) is not True:
        raise Refused(str(answer.get("line", "the running bot refused")))
    return answer


async def ask_each(
    data_dir: Path, request: str, *, seconds: float = ANSWERED_WITHIN_SECONDS, **values: Value
) -> list[Values | Refused]:
    """Ask every process that runs on a data folder, all at once, and return what each said.

    Raises:
        Refused: as `running`.
    """
    paths = running(data_dir)
    said = await asyncio.gather(*(_said(path, request, seconds=seconds, **values) for path in paths))
    return [answer for answer in said if answer is not None]


async def wake(data_dir: Path) -> None:
    """Let running processes look for new rows now; without one, or without an answer, nothing happens."""
    with suppress(Refused):
        await ask_each(data_dir, "wake", seconds=WOKEN_WITHIN_SECONDS)


async def is_any_open(data_dir: Path) -> bool:
    """Say whether a bot runs on a data folder and is not sealed; one that does not answer at once is not."""
    answers: list[Values | Refused] = []
    with suppress(Refused):
        answers = await ask_each(data_dir, "status", seconds=WOKEN_WITHIN_SECONDS)
    return any(not isinstance(each, Refused) and each.get("state") == "open" for each in answers)


async def _said(path: Path, request: str, *, seconds: float, **values: Value) -> Values | Refused | None:
    try:
        return await ask(path, request, seconds=seconds, **values)
    except Refused as refusal:
        return refusal
    except Gone:
        return None


async def _exchange(path: Path, line: bytes) -> Values:
    with way_to(path) as way:
        reader, writer = await asyncio.open_unix_connection(way, limit=LARGEST_BYTES)
    try:
        # Whoever else listens there must not be told a secret.
        if peer_uid(writer.get_extra_info("socket")) not in (path.parent.stat().st_uid, 0):
            raise NotUnderstoodError("of another user")
        writer.write(line)
        return read_line(await reader.readline())
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
