"""A progress bar on stderr, where stderr is a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from storage.progress import Progress as Hears


def _nothing(stage: str, done: int, total: int) -> None:
    """Hear it and show nothing."""


@contextmanager
def progress_bar() -> Iterator[Hears]:
    """Show how far a long command has come; it disappears when the command ends."""
    if not sys.stderr.isatty():
        yield _nothing
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("", total=None)

        def show(stage: str, done: int, total: int) -> None:
            bars.update(bar, description=stage, completed=done, total=total)

        yield show
