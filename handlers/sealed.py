"""What anybody gets to hear while no key is there: one neutral line, whoever they are."""

from collections.abc import Sequence
from uuid import UUID

from handlers.answer import Answer, Showing
from handlers.arrival import Arrival
from locales import Words


def answer_sealed(arrival: Arrival, *, languages: Sequence[str], posted_id: UUID | None) -> Answer:
    """Answer with the line; what the person wrote is deleted.

    Args:
        languages: what the installation speaks; the first is for everybody else.
        posted_id: under which the line's message is noted; None where one stands in the chat already.
    """
    line = Words(arrival.language if arrival.language in languages else languages[0]).say("sealed-line")
    written = [] if arrival.is_tap or arrival.message_id is None else [arrival.message_id]
    return Answer(
        arrival.chat_id,
        arrival.callback_id,
        toast=line if arrival.is_tap else None,
        showing=None if posted_id is None else Showing(line, posted_id=posted_id, is_silent=True),
        delete=written,
    )
