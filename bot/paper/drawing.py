"""The process that draws: an order comes by standard input, a PDF goes back by standard output.

Started by ``bot.paper.press`` and by nobody else; the only module that loads typst. It is given nothing
of the bot's environment, can write to no file, and leaves no memory behind.
"""

import os
import resource
import sys
from pathlib import Path

from bot.hardening import keep_memory_here

TEMPLATE = Path(__file__).with_name("paper.typ")
MOST_MEMORY = 1 << 30
MOST_CPU_SECONDS = 20
# Whoever answers people goes first.
NICENESS = 5


def draw(order: str) -> bytes:
    """Return the PDF of an order, which is data to the template and never part of its source."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    compiler = typst.Compiler(TEMPLATE.read_bytes(), TEMPLATE.parent, fonts, sys_inputs={"order": order})
    pdf = compiler.compile(format="pdf")
    assert isinstance(pdf, bytes)
    return pdf


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
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read().decode()))
