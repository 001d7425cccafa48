"""Updates as Telegram sends them, read one by one; what is malformed stays with itself."""

from dataclasses import dataclass
from typing import Any

from handlers.arrival import PRIVATE, Arrival, Json, group_to_leave, read_arrival

TOO_LARGE = 2**63
WANTED = ["message", "callback_query", "my_chat_member"]
# What reading something malformed can raise.
UNREADABLE = (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)


@dataclass(frozen=True)
class Came:
    """One update that could be read: whose chat it is, and what is to be done with it."""

    number: int
    chat_id: int
    arrival: Arrival | None = None
    leave_group: int | None = None
    was_blocked: bool = False


def read_update(raw: Any) -> Came | None:
    """Read an update as Telegram sent it; None where there is none in it.

    Raises:
        UNREADABLE: it is malformed.
    """
    if not raw:
        return None
    arrival = read_arrival(raw)
    # A group's only update of interest is the one that says we were brought there.
    came = Came(
        number=raw["update_id"],
        chat_id=_chat_of(raw),
        arrival=arrival,
        leave_group=group_to_leave(raw),
        was_blocked=_was_blocked(raw),
    )
    _require_plain(came)
    return came


def _chat_of(raw: Json) -> int:
    """Return whose chat an update is of; 0 where it is nobody's."""
    query = raw.get("callback_query")
    within = query.get("message") if query is not None else raw.get("message") or raw.get("my_chat_member")
    number: int = within["chat"]["id"] if within is not None else 0
    return number


def number_of(raw: Any) -> int | None:
    """Return an update's number, also of one that cannot be read."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def callback_id_of(raw: Any) -> str | None:
    """Return the id by which a tap is answered, also of an update that cannot be read."""
    query = raw.get("callback_query") if isinstance(raw, dict) else None
    callback_id = query.get("id") if isinstance(query, dict) else None
    return callback_id if isinstance(callback_id, str) else None


def _require_plain(came: Came) -> None:
    """Look at what was taken as it came.

    Raises:
        TypeError, ValueError: a number or words are none, or such as no database keeps.
    """
    numbers: list[object] = [came.number, came.chat_id]
    words: list[object] = []
    if came.arrival is not None:
        numbers.append(came.arrival.message_id)
        numbers.append(came.arrival.borrowed.author if came.arrival.borrowed else None)
        words += [came.arrival.text, came.arrival.callback_id, came.arrival.data]
    for number in numbers:
        if number is not None and (type(number) is not int or abs(number) >= TOO_LARGE):
            raise TypeError("not a number")
    for text in words:
        if text is not None:
            if not isinstance(text, str):
                raise TypeError("not words")
            # Half of a pair of surrogates cannot be written down.
            text.encode()


def _was_blocked(raw: Json) -> bool:
    member = raw.get("my_chat_member")
    if member is None or member["chat"]["type"] != PRIVATE:
        return False
    return member["new_chat_member"]["status"] in ("kicked", "left")
