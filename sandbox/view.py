"""The whole sandbox as JSON: what the page draws, and what a test in another process can ask."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.clock import SandboxClock
from sandbox.faults import Fault
from sandbox.journal import Call
from sandbox.keyboards import Button
from sandbox.messages import Message
from sandbox.person import Person
from sandbox.state import World
from sandbox.taps import Tap

MESSAGES_SHOWN = 200
ANSWERS_SHOWN = 5

Json = dict[str, object]


@dataclass(frozen=True)
class Notes:
    """What the page tells its visitors: a title, a sentence, and names with values to copy."""

    title: str
    intro: str
    hints: tuple[tuple[str, str], ...] = ()

    def view(self) -> Json:
        """The notes as JSON."""
        hints = [{"name": name, "value": value} for name, value in self.hints]
        return {"title": self.title, "intro": self.intro, "hints": hints}


def clock_view(clock: SandboxClock) -> Json:
    """The clock as JSON; the offset from real time in seconds."""
    return {
        "now": clock.now().isoformat(),
        "offset_seconds": round(clock.offset.total_seconds()),
        "is_frozen": clock.is_frozen,
    }


def person_view(world: World, person: Person, *, with_deleted: bool = False) -> Json:
    """A person, their chat with the bot, and their taps."""
    account = person.account
    messages = person.history if with_deleted else person.visible
    taps = [tap for tap in world.taps.values() if (tap.bot_id, tap.chat_id) == person.chat_key]
    unanswered = [tap for tap in taps if not tap.is_answered and not tap.is_too_old(world.clock.now())]
    answers = [tap for tap in taps if tap.is_answered and tap.answer_text]
    return {
        "user_id": account.user_id,
        "first_name": account.first_name,
        "language_code": account.language_code,
        "is_blocked": person.has_blocked,
        "is_deactivated": account.is_deactivated,
        "commands": person.commands,
        "messages": [_message_view(message, unanswered) for message in messages[-MESSAGES_SHOWN:]],
        "answers": [_answer_view(tap) for tap in answers[-ANSWERS_SHOWN:]],
    }


def fault_view(fault: Fault) -> Json:
    """A fault as JSON."""
    return {"kind": fault.kind, "method": fault.method, "chat": fault.chat, "hits": fault.hits}


def calls_view(calls: Iterable[Call]) -> list[Json]:
    """Requests of bots as JSON, without their results."""
    return [
        {
            "method": call.method,
            "parameters": call.parameters,
            "at": call.at.isoformat(),
            "chat": call.chat,
            "status": call.status,
            "description": call.description,
            "fault": call.fault,
        }
        for call in calls
    ]


def _message_view(message: Message, unanswered: list[Tap]) -> Json:
    waiting = {tap.data for tap in unanswered if tap.message_id == message.message_id}
    media = message.media
    return {
        "message_id": message.message_id,
        "is_from_bot": message.is_from_bot,
        "date": message.date.isoformat(),
        "is_edited": message.edit_date is not None,
        "is_deleted": not message.is_visible,
        "is_protected": message.protect_content,
        "is_silent": message.is_silent,
        "is_forwarded": message.forward_origin is not None,
        "reply_to": None if message.reply_to is None else message.reply_to.text,
        "text": message.text,
        "entities": list(message.content.entities),
        "media": None
        if media is None
        else {"kind": media.kind, "name": media.name, "file_id": media.file_id},
        "keyboard": [[_button_view(button, waiting) for button in row] for row in message.keyboard],
    }


def _button_view(button: Button, waiting: set[str]) -> Json:
    copied = button.get("copy_text")
    return {
        "text": button["text"],
        "data": button.get("callback_data"),
        "url": button.get("url"),
        "copies": copied.get("text") if isinstance(copied, dict) else None,
        "is_waiting": button.get("callback_data") in waiting,
    }


def _answer_view(tap: Tap) -> Json:
    return {"callback_id": tap.callback_id, "text": tap.answer_text, "is_alert": tap.is_alert}
