import asyncio
import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest
import structlog
from telegram.error import NetworkError

from bot import logs
from bot.telegram_api.client import make_bot

CANARY = "CANARY-Alice"
LIBRARIES = [
    "telegram.Bot",
    "telegram.ext.Updater",
    "httpx",
    "httpcore.http11",
    "aiosqlite",
    "sqlalchemy.engine.Engine",
    "sqlalchemy.pool",
    "aiohttp.access",
    "aiohttp.server",
    "apscheduler.scheduler",
    "asyncio",
    "psycopg.pool",
    "alembic.runtime.migration",
    "some.other.library",
]


class SafeError(Exception):
    is_safe_to_log = True


class Mood(Enum):
    CALM = "calm"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def everything_put_back() -> Iterator[None]:
    root = logging.getLogger()
    names = [*LIBRARIES, *logs.TALKATIVE]
    before = (root.level, root.handlers[:], {name: logging.getLogger(name).level for name in names})
    hooks = (sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning)
    yield
    sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning = hooks
    root.setLevel(before[0])
    root.handlers[:] = before[1]
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def stream() -> io.StringIO:
    stream = io.StringIO()
    logs.configure("DEBUG", stream)
    return stream


def entries(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def log() -> structlog.stdlib.BoundLogger:
    return structlog.stdlib.get_logger("bot.sending.delivery")


def test_an_event_is_one_line_with_its_keys(stream: io.StringIO) -> None:
    log().info("sent", count=3, seconds=0.5, kind=Mood.CALM)

    (entry,) = entries(stream)

    assert entry.pop("time")[-6:] == "+00:00"
    assert entry == {
        "event": "sent",
        "level": "info",
        "logger": "bot.sending.delivery",
        "count": 3,
        "seconds": 0.5,
        "kind": "calm",
    }


def test_of_a_key_that_is_not_on_the_list_only_the_name_is_kept(stream: io.StringIO) -> None:
    log().info("sent", chat=CANARY, text=CANARY, exception=CANARY)

    assert entries(stream)[0]["dropped"] == ["chat", "exception", "text"]
    assert CANARY not in stream.getvalue()


def test_of_an_object_only_the_class_is_kept(stream: io.StringIO) -> None:
    log().info("sent", kind={"name": CANARY}, reason=[CANARY])

    assert (entries(stream)[0]["kind"], entries(stream)[0]["reason"]) == ("<dict>", "<list>")


def test_arguments_of_an_event_are_dropped(stream: io.StringIO) -> None:
    log().info("sent to %s", CANARY)
    logging.getLogger("bot.sending.delivery").info("sent to %s", CANARY)
    logging.getLogger("bot.sending.delivery").info(ValueError(CANARY))

    assert [entry["event"] for entry in entries(stream)] == ["sent to %s", "sent to %s", "<ValueError>"]
    assert CANARY not in stream.getvalue()


@pytest.mark.parametrize("room", ["keys", "vault", "people", "backups"])
def test_what_storage_says_keeps_its_words(stream: io.StringIO, room: str) -> None:
    logging.getLogger(f"poruch.{room}").warning("a cell of %s cannot be read", CANARY)

    assert json.loads(stream.getvalue())["event"] == "a cell of %s cannot be read"
    assert CANARY not in stream.getvalue()


def test_a_long_value_is_cut(stream: io.StringIO) -> None:
    log().info("sent", reason="a" * 1000)

    assert entries(stream)[0]["reason"] == "a" * 200


def test_what_is_below_the_level_is_not_written() -> None:
    stream = io.StringIO()
    logs.configure("warning", stream)

    log().info("sent")

    assert stream.getvalue() == ""


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_library_says_nothing_below_a_warning(stream: io.StringIO, name: str) -> None:
    library = logging.getLogger(name)
    library.setLevel(logging.DEBUG)

    library.debug("url %s", CANARY)
    library.info(CANARY)

    assert stream.getvalue() == ""


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_library_warns_without_its_words(stream: io.StringIO, name: str) -> None:
    try:
        raise KeyError(CANARY) from ValueError(CANARY)
    except KeyError:
        logging.getLogger(name).warning("%s failed", CANARY, exc_info=True, extra={"kind": CANARY})

    (entry,) = entries(stream)

    assert (entry["event"], entry["level"]) == (name, "warning")
    assert entry["exception"].splitlines()[0] == "KeyError"
    assert entry["exception"].splitlines()[-1] == "ValueError"
    assert CANARY not in stream.getvalue()


async def test_the_token_is_in_no_log_at_debug(stream: io.StringIO, unused_tcp_port: int) -> None:
    logging.getLogger("telegram").setLevel(logging.DEBUG)
    bot = make_bot(f"123456:{CANARY}", f"http://127.0.0.1:{unused_tcp_port}")

    with pytest.raises(NetworkError):
        await bot.initialize()
    await bot.shutdown()
    log().debug("failed", kind=repr(bot), reason=bot)

    assert CANARY not in stream.getvalue()
    assert [entry["event"] for entry in entries(stream)] == ["failed"]


def test_a_library_that_logs_a_bare_dict_is_no_exception(stream: io.StringIO) -> None:
    logging.getLogger("telegram.Bot").warning({"event": CANARY})

    assert CANARY not in stream.getvalue()


def test_a_record_that_cannot_be_formatted_shows_no_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    logs.configure("INFO", stream)
    record = logging.LogRecord("bot.sending.delivery", logging.ERROR, "", 1, "sent", (CANARY,), None)
    record.created = float("inf")

    logging.getLogger().handlers[-1].handle(record)

    assert stream.getvalue() == "a log record could not be written\n"
    assert CANARY not in capsys.readouterr().err


def test_an_exception_is_told_by_class_and_place_only(stream: io.StringIO) -> None:
    name = CANARY
    try:
        raise RuntimeError(name)
    except RuntimeError:
        log().exception("failed", reference="R-17")

    (entry,) = entries(stream)
    kind, place = entry["exception"].splitlines()

    assert kind == "RuntimeError"
    assert place.startswith("  tests/bot/test_logs.py:")
    assert place.endswith(" in test_an_exception_is_told_by_class_and_place_only")
    assert entry["reference"] == "R-17"
    assert CANARY not in stream.getvalue()


def test_an_exception_that_says_it_is_safe_shows_its_text(stream: io.StringIO) -> None:
    log().error("failed", exc_info=SafeError("limit of 4 reached"))

    assert entries(stream)[0]["exception"].endswith("SafeError: limit of 4 reached")


def test_an_exception_cannot_call_itself_safe_on_its_own(stream: io.StringIO) -> None:
    error = ValueError(CANARY)
    error.is_safe_to_log = True  # type: ignore[attr-defined]

    log().error("failed", exc_info=error)

    assert CANARY not in stream.getvalue()


def test_notes_and_groups_show_no_text(stream: io.StringIO) -> None:
    error = ExceptionGroup(CANARY, [KeyError(CANARY), OSError(CANARY)])
    error.add_note(CANARY)

    log().error("failed", exc_info=error)

    assert entries(stream)[0]["exception"] == "ExceptionGroup\nKeyError\nOSError"


def test_a_ring_of_causes_comes_to_an_end(stream: io.StringIO) -> None:
    first, second = KeyError(), ValueError()
    first.__cause__, second.__cause__ = second, first

    log().error("failed", exc_info=first)

    assert entries(stream)[0]["exception"] == "KeyError\nValueError"


def test_a_second_call_replaces_the_first(stream: io.StringIO) -> None:
    second = io.StringIO()
    logs.configure("INFO", second)

    log().info("sent")

    assert stream.getvalue() == ""
    assert [entry["event"] for entry in entries(second)] == ["sent"]


def test_on_a_terminal_lines_are_for_reading() -> None:
    stream = Terminal()
    logs.configure("INFO", stream)

    log().error("failed", count=3, chat=CANARY, exc_info=ValueError(CANARY))

    assert "failed" in stream.getvalue()
    assert "count=3" in stream.getvalue()
    assert "ValueError" in stream.getvalue()
    assert CANARY not in stream.getvalue()


def test_an_uncaught_exception_goes_the_same_way(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    error = ValueError(CANARY)

    sys.excepthook(ValueError, error, None)

    assert (entries(stream)[0]["level"], entries(stream)[0]["exception"]) == ("critical", "ValueError")
    assert CANARY not in stream.getvalue() + capsys.readouterr().err


def test_an_uncaught_exception_in_a_thread_goes_the_same_way(stream: io.StringIO) -> None:
    def fail() -> None:
        raise ValueError(CANARY)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()

    assert entries(stream)[0]["exception"].startswith("ValueError\n")
    assert CANARY not in stream.getvalue()


def test_an_exception_nobody_can_catch_goes_the_same_way(stream: io.StringIO) -> None:
    class Fragile:
        def __del__(self) -> None:
            raise ValueError(CANARY)

    thing = Fragile()
    del thing

    assert entries(stream)[0]["exception"].startswith("ValueError\n")
    assert CANARY not in stream.getvalue()


async def test_what_the_event_loop_cannot_hand_over_goes_the_same_way(stream: io.StringIO) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.handle_loop_error)

    loop.call_exception_handler({"message": CANARY, "exception": ValueError(CANARY)})

    assert entries(stream)[0]["exception"] == "ValueError"
    assert CANARY not in stream.getvalue()


def test_a_warning_shows_its_class(stream: io.StringIO) -> None:
    warnings.showwarning(UserWarning(CANARY), UserWarning, "file.py", 1)

    assert entries(stream)[0]["kind"] == "UserWarning"
    assert CANARY not in stream.getvalue()
