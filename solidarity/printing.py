"""What makes paper of an order: it takes long, so never inside a unit of work."""

from typing import Protocol

from solidarity.envelopes import PaperOrder
from solidarity.errors import PaperNotMade
from solidarity.pictures import PictureOrder


class Printer(Protocol):
    """One order at a time, off the event loop; about half a second each."""

    async def print_envelopes(self, order: PaperOrder) -> bytes: ...

    async def draw_picture(self, order: PictureOrder) -> bytes: ...


class NoPrinter:
    """Stands where nothing can be printed."""

    async def print_envelopes(self, order: PaperOrder) -> bytes:
        """Print nothing.

        Raises:
            PaperNotMade: always.
        """
        raise PaperNotMade(order.form)

    async def draw_picture(self, order: PictureOrder) -> bytes:
        """Draw nothing.

        Raises:
            PaperNotMade: always.
        """
        raise PaperNotMade(type(order).__name__)
