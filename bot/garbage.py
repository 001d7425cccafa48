"""What has been loaded: no garbage is looked for in it, and what nobody reads while we run is let go."""

import gc
import linecache
import sys
from contextlib import suppress
from typing import clear_overloads

# New objects between two looks: more than come and go with what is under way at a high pace. Python's 700
# come with every few messages, and a look then costs a fifth of what a message does. Of what refers to
# itself, which alone waits for it, we leave next to nothing, and that is looked for twice a minute as well.
NEW_OBJECTS = 100_000
# What has come since the last such look.
YOUNG = 1
# What these tell of their modules and classes, to whoever programs with them, is a mebibyte and a half.
EXPLAINED = ("telegram", "sqlalchemy", "pydantic", "rich", "structlog", "aiohttp", "httpx", "bot", "storage")


def look_seldom_from_here_on() -> None:
    """Leave out what has been loaded so far for good, and look through what comes less often."""
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
    gc.enable()


def look_among_the_new() -> None:
    """Look once through what has come of late, which takes a few milliseconds where little has."""
    gc.collect(YOUNG)


def forget_explanations() -> None:
    """Let go of what libraries tell of their modules and classes, and of the code that they made up."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in EXPLAINED:
            module.__doc__ = None
            for kind in vars(module).values():
                if isinstance(kind, type) and kind.__module__ == name:
                    # What is written in C keeps its own.
                    with suppress(TypeError, AttributeError):
                        kind.__doc__ = None
    linecache.clearcache()
    clear_overloads()
