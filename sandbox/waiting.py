"""Waiting for a condition that is looked at again after each change."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sandbox.changes import Changes

Seen = TypeVar("Seen")


async def until(
    changes: Changes,
    predicate: Callable[[], Seen | Awaitable[Seen]],
    *,
    seconds: float,
    complaint: Callable[[], str] = lambda: "what was waited for did not happen",
) -> Seen:
    """Return the first true value of ``predicate``; raises ``TimeoutError`` after so many real seconds."""
    try:
        async with asyncio.timeout(seconds):
            while True:
                seen = changes.version
                outcome = predicate()
                value = await outcome if inspect.isawaitable(outcome) else outcome
                if value:
                    return value
                await changes.after(seen)
    except TimeoutError:
        raise TimeoutError(f"{complaint()} ({seconds:g} s)") from None
