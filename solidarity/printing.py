"""What makes paper of an order: it takes long, so never inside a unit of work."""

from typing import Protocol

from solidarity.envelopes import PaperOrder
from solidarity.errors import PaperNotMade


class Printer(Protocol):
    """One order at a time, off the event loop; about half a second each."""

    async def print_envelopes(self, order: PaperOrder) -> bytes: ...


class NoPrinter:
    """Stands where nothing can be printed."""

    async def print_envelopes(self, order: PaperOrder) -> bytes:
        """Print nothing.

        Raises:
            PaperNotMade: always.
        """
        raise PaperNotMade(order.form)
