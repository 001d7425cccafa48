"""What the bot is to do in a chat after a unit of work: show, delete, answer a tap; nothing is sent here."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from handlers.arrival import Arrival


@dataclass(frozen=True, slots=True)
class InlineButton:
    """One button under a message: a tap sends its data, or copies a text to the clipboard."""

    text: str
    callback_data: str | None = None
    copy_text: str | None = None


# Row by row, from above.
Keyboard = Sequence[Sequence[InlineButton]]


@dataclass(frozen=True)
class Document:
    """A file that must be able to leave the chat."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Picture:
    """A PNG that is looked at in the chat, and must not leave it."""

    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Showing:
    """One message to be edited or, without a `message_id`, sent; below a document or picture stands its text.

    Where the message to be edited is gone another is sent, but not to a newcomer.
    """

    text: str
    keyboard: Keyboard | None = None
    message_id: int | None = None
    # Whose row is told the new message's id; None for a newcomer, of whom nothing is kept.
    posted_id: UUID | None = None
    replaces: int | None = None
    is_silent: bool = False
    document: Document | None = None
    picture: Picture | None = None


@dataclass
class Answer:
    """Everything that follows one update in its chat."""

    chat_id: int
    callback_id: str | None = None
    toast: str | None = None
    showing: Showing | None = None
    # Sent below what is shown.
    file: Showing | None = None
    delete: list[int] = field(default_factory=list)
    leave_chat: bool = False
    # Done when all this has been carried out, or could not be.
    afterwards: Callable[[], Awaitable[None]] | None = None


def unread(arrival: Arrival) -> Answer:
    """Answer a tap and nothing else, or delete what was written and say nothing."""
    written = [] if arrival.is_tap or arrival.message_id is None else [arrival.message_id]
    return Answer(arrival.chat_id, arrival.callback_id, delete=written)
