"""What every command begins and ends with: the log, the settings, one clear line where something is wrong."""

import json
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar

import click

from bot import logs
from bot.configuration.settings import Settings, SettingsError, load_settings
from bot.host.refusals import InstallationError, in_one_line
from bot.unread import dropped_unread

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Refusal(click.ClickException):
    """Nothing was done, for a reason the operator can mend; shown as one line, exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        write(f"poruch: {self.format_message()}", file or sys.stderr)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn trouble that is to be expected into one clear line.

    Raises:
        Refusal: with that line.
    """
    try:
        with in_one_line():
            yield
    except (InstallationError, SettingsError) as error:
        raise Refusal(str(error)) from None


def command(work: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let a command write its log to stderr from the first line on, and refuse in one line."""

    @wraps(work)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        logs.configure("INFO", sys.stderr)
        with refusals():
            return work(*args, **kwargs)

    return run


def settings() -> Settings:
    """Gather the settings and let the log follow them.

    Raises:
        SettingsError: something is wrong, unknown or cannot be read.
    """
    found = load_settings()
    logs.configure(found.log_level, sys.stderr)
    return found


def say(*lines: str) -> None:
    """Write lines for a person to stdout."""
    for line in lines:
        write(line, sys.stdout)


def warn(line: str) -> None:
    """Write a line that must not be missed to stderr."""
    write(f"poruch: {line}", sys.stderr)


def write(line: str, stream: IO[Any]) -> None:
    """Write a line; whoever reads the stream may have gone."""
    with dropped_unread(stream):
        click.echo(line, file=stream)


def fingerprint_line(fingerprint: str) -> str:
    """Say which installation this is, in the words people write down."""
    return f"Installation: {fingerprint}"


def ask(question: str, *, is_hidden: bool = False) -> str:
    """Ask at the terminal, or take a line of standard input.

    Raises:
        click.Abort: Ctrl-C, or the end of the input.
    """
    # A running loop would only take note of a first Ctrl-C, and the question would stand.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return str(click.prompt(question, hide_input=is_hidden, err=is_hidden))
    finally:
        signal.signal(signal.SIGINT, before)


def path_text(path: Path | None) -> str | None:
    """Return a path as JSON takes it."""
    return None if path is None else str(path)


def say_json(values: Mapping[str, object]) -> None:
    """Write one JSON object, for programs."""
    say(json.dumps(values, ensure_ascii=False))
