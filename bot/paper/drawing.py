"""The process that draws: an order comes by standard input, bytes go back by standard output.

Started by ``bot.paper.press`` and by nobody else; the only module that loads typst. It is given nothing
of the bot's environment, can write to no file, and leaves no memory behind.
"""

import os
import resource
import sys
from pathlib import Path

from bot.hardening import keep_memory_here

ROOM = Path(__file__).parent
# A telephone's width, as sharp as Telegram keeps it.
PIXELS_PER_INCH = 200.0
MOST_MEMORY = 1 << 30
MOST_CPU_SECONDS = 20
# Whoever answers people goes first.
NICENESS = 5


def draw(kind: str, order: str) -> bytes:
    """Return the PDF (``paper``) or PNG (``picture``) of an order.

    An order is data to the template and never part of its source.
    """
    import typst

    template = (ROOM / f"{kind}.typ").read_bytes()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    compiler = typst.Compiler(template, ROOM, fonts, sys_inputs={"order": order})
    drawn = (
        compiler.compile(format="pdf")
        if kind == "paper"
        else compiler.compile(format="png", ppi=PIXELS_PER_INCH)
    )
    assert isinstance(drawn, bytes)
    return drawn


def confine() -> None:
    """Give up writing files and dumps, and more than a gigabyte or twenty seconds of work, for good."""
    keep_memory_here()
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    os.nice(NICENESS)


if __name__ == "__main__":
    confine()
    sys.stdout.buffer.write(draw(sys.argv[1], sys.stdin.buffer.read().decode()))
