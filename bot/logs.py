"""The program's log: short events with allowed keys only, and nothing that anybody else wrote.

Protects against what libraries write (addresses with the token, SQL with its parameters, local
variables, exception texts) and against a key added in haste. Does not protect against an event
whose own words hold a name: events are fixed words.
"""

import asyncio
import contextlib
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any, Protocol, TextIO

import structlog

# fmt: off
ALLOWED_KEYS = frozenset({
    "attempts", "count", "error_count", "event", "generation", "kind", "lane", "method", "outcome", "reason",
    "reference", "role", "seconds", "setting", "signal", "state", "status", "version",
})
TALKATIVE = (
    "aiohttp", "aiosqlite", "alembic", "apscheduler", "asyncio", "httpcore", "httpx", "psycopg", "sqlalchemy",
    "telegram", "tzlocal",
)
# fmt: on
# The first is the name under which all of them log.
OUR_ROOMS = frozenset(
    {"poruch", "bot", "handlers", "solidarity", "storage", "locales", "sandbox", "migrations"}
)
LONGEST_VALUE = 200
DEEPEST_CHAIN = 8

_log = structlog.stdlib.get_logger("bot.logs")


def configure(level: str, stream: TextIO) -> None:
    """Write the log to ``stream``: for reading on a terminal, as JSON lines elsewhere.

    Uncaught exceptions and warnings go the same way. A second call replaces the first.

    Args:
        level: DEBUG, INFO, WARNING, ERROR or CRITICAL; libraries stay cut off below WARNING.
    """
    handler = _Handler(stream)
    handler.setFormatter(_Formatter(_renderer(stream)))
    root = logging.getLogger()
    for old in [each for each in root.handlers if isinstance(each, _Handler)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    warnings.showwarning = _log_warning
    sys.excepthook = _log_uncaught
    sys.unraisablehook = _log_unraisable
    threading.excepthook = _log_thread_failure


def handle_loop_error(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what an event loop could not hand to anyone; for ``loop.set_exception_handler``."""
    _log.error("uncaught in the event loop", exc_info=context.get("exception"))


def describe(error: BaseException) -> str:
    """Tell an exception and its causes by class, file, line and function.

    Its text stands there only where the class says ``is_safe_to_log = True``; local variables never.
    """
    return "\n".join(line for each in _chain(error) for line in _lines(each))


class _Handler(logging.StreamHandler[TextIO]):
    def emit(self, record: logging.LogRecord) -> None:
        if _is_ours(record) or record.levelno >= logging.WARNING:
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        # The standard one prints the record's arguments.
        with contextlib.suppress(OSError, ValueError):
            self.stream.write("a log record could not be written\n")


class _Renderer(Protocol):
    def __call__(self, logger: Any, name: str, event_dict: Any, /) -> str | bytes: ...


class _Formatter(logging.Formatter):
    def __init__(self, renderer: _Renderer) -> None:
        super().__init__()
        self._renderer = renderer

    def format(self, record: logging.LogRecord) -> str:
        said = _structured(record) or {"event": _words(record)}
        level = record.levelname.lower()
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": level,
            "logger": record.name,
            **_allowed(said),
        }
        error = _exception_in(said.get("exc_info") or record.exc_info)
        if error is not None:
            entry["exception"] = describe(error)
        return str(self._renderer(None, level, entry))


def _renderer(stream: TextIO) -> _Renderer:
    if stream.isatty():
        return structlog.dev.ConsoleRenderer(
            colors=False, timestamp_key="time", exception_formatter=structlog.dev.plain_traceback
        )
    return structlog.processors.JSONRenderer()


def _structured(record: logging.LogRecord) -> dict[str, Any] | None:
    # The attribute is structlog's: a library may log a bare dict too.
    return record.msg if hasattr(record, "_logger") and isinstance(record.msg, dict) else None


def _is_ours(record: logging.LogRecord) -> bool:
    return _structured(record) is not None or record.name.partition(".")[0] in OUR_ROOMS


def _words(record: logging.LogRecord) -> Any:
    # Arguments are values: ours keep only the words between them, a library's message goes altogether.
    return record.msg if _is_ours(record) else record.name


def _exception_in(exc_info: Any) -> BaseException | None:
    if exc_info is True:
        return sys.exc_info()[1]
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    return error if isinstance(error, BaseException) else None


def _allowed(said: dict[str, Any]) -> dict[str, Any]:
    kept = {key: _plain(value) for key, value in said.items() if key in ALLOWED_KEYS}
    if dropped := sorted(said.keys() - ALLOWED_KEYS - {"exc_info"}):
        kept["dropped"] = dropped
    return kept


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool | int | float):
        return value
    return value[:LONGEST_VALUE] if isinstance(value, str) else f"<{type(value).__name__}>"


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    waiting = [error]
    while waiting and len(seen) < DEEPEST_CHAIN:
        each = waiting.pop(0)
        if any(each is other for other in seen):
            continue
        seen.append(each)
        yield each
        if isinstance(each, BaseExceptionGroup):
            waiting.extend(each.exceptions)
        before = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
        if before is not None:
            waiting.append(before)


def _lines(error: BaseException) -> Iterator[str]:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    yield f"{name}: {error}"[:LONGEST_VALUE] if getattr(kind, "is_safe_to_log", False) is True else name
    for frame, line in walk_tb(error.__traceback__):
        where = "/".join(Path(frame.f_code.co_filename).parts[-3:])
        yield f"  {where}:{line} in {frame.f_code.co_name}"


def _log_uncaught(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    _log.critical("uncaught", exc_info=error)


def _log_thread_failure(failure: threading.ExceptHookArgs) -> None:
    _log.critical("uncaught in a thread", exc_info=failure.exc_value)


def _log_unraisable(failure: "sys.UnraisableHookArgs") -> None:
    _log.error("uncaught while clearing up", exc_info=failure.exc_value)


def _log_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    # Only its class: SQLAlchemy's warnings show values.
    _log.warning("a library warns", kind=category.__name__)
