"""The bot's messages in chats: sent, edited, deleted; Telegram's answer comes back in our words.

No error of Telegram's leaves this module. New messages are stamped into the pace when their bytes leave, and
a 429 holds its chat, or everything where it was the bot's own limit.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from time import monotonic

import structlog
from telegram import InputMediaDocument
from telegram.constants import ParseMode
from telegram.error import NetworkError, TelegramError

from bot.telegram_api.bodies import markup, when_it_leaves
from bot.telegram_api.client import QuietBot, outcome_of
from bot.telegram_api.pace import Pace
from handlers.answer import Document, Showing
from solidarity.outbox import Delivered, Gone, Later, Outcome, Refused

log = structlog.stdlib.get_logger("poruch.messages")

# What is the same in every text.
TEXT = {"parse_mode": ParseMode.HTML, "link_preview_options": {"is_disabled": True}}
# Short, since it is asked again at once: a second answer to a tap does no harm.
TAP_ANSWER_SECONDS = 1.0
NOT_THERE = ("message_missing", "message_fixed")
# Telegram deletes nothing that is older than 48 hours, but editing has no limit. What is left says nothing of
# whose chat it was, and not even the phrase by which that person would know the bot.
TOO_OLD = Refused("message_fixed")
EMPTIED = Showing("…")
# What no text can take the place of: a picture, a document. Telegram refuses a file without a byte.
NO_TEXT = Refused("no_text")
NOTHING = Document("0.txt", EMPTIED.text.encode())
MOST_AT_ONCE = 100
PICTURE_NAME = "picture.png"
TRY_AGAIN = timedelta(seconds=30)
# What is no failure of ours: said in the count only.
ORDINARY = ("not_modified", "tap_too_old", "no_text", *NOT_THERE)


class Messages:
    """Everything the bot does in a chat; `failures` counts by method and kind what Telegram did not do."""

    def __init__(self, bot: QuietBot, pace: Pace) -> None:
        self._bot = bot
        self._pace = pace
        self.failures: Counter[tuple[str, str]] = Counter()

    async def send(self, chat_id: int, showing: Showing) -> Outcome:
        """Send a new message, protected from forwarding unless it is a file; delivered with its id."""
        method, send = "sendMessage", self._send_text
        if showing.document is not None:
            method, send = "sendDocument", self._send_document
        elif showing.picture is not None:
            method, send = "sendPhoto", self._send_picture
        try:
            with when_it_leaves(lambda: self._pace.sent(chat_id, monotonic())):
                return await self._outcome(method, lambda: send(chat_id, showing), chat_id)
        finally:
            self._pace.answered(chat_id, monotonic())

    async def _send_text(self, chat_id: int, showing: Showing) -> int:
        message = await self._bot.call(
            "sendMessage",
            {
                "chat_id": chat_id,
                "text": showing.text,
                "reply_markup": markup(showing.keyboard),
                "protect_content": True,
                "disable_notification": showing.is_silent or None,
                **TEXT,
            },
        )
        return _id_of(message)

    async def _send_document(self, chat_id: int, showing: Showing) -> int:
        document = showing.document
        assert document is not None
        # Protected content could not be saved, and this is sent to be.
        message = await self._bot.send_document(
            chat_id,
            document.content,
            caption=showing.text,
            filename=document.name,
            parse_mode=ParseMode.HTML,
            protect_content=False,
            disable_content_type_detection=True,
        )
        return message.message_id

    async def _send_picture(self, chat_id: int, showing: Showing) -> int:
        assert showing.picture is not None
        message = await self._bot.send_photo(
            chat_id,
            showing.picture.content,
            caption=showing.text,
            filename=PICTURE_NAME,
            parse_mode=ParseMode.HTML,
            protect_content=True,
        )
        return message.message_id

    async def edit(self, chat_id: int, message_id: int, showing: Showing) -> Outcome:
        """Change a message; one that looks so already counts as delivered."""

        async def edit() -> int:
            await self._bot.call(
                "editMessageText",
                {
                    "chat_id": chat_id,
                    "message_id": message_id,
                    "text": showing.text,
                    "reply_markup": markup(showing.keyboard),
                    **TEXT,
                },
            )
            return message_id

        outcome = await self._outcome("editMessageText", edit, chat_id)
        return Delivered(message_id) if outcome == Refused("not_modified") else outcome

    async def delete(self, chat_id: int, message_id: int) -> Outcome:
        """Delete a message, the bot's or the person's; one of the bot's that is too old is emptied."""
        outcome = await self._outcome(
            "deleteMessage", lambda: self._bot.delete_message(chat_id, message_id), chat_id
        )
        return await self._empty(chat_id, message_id) if outcome == TOO_OLD else outcome

    async def _empty(self, chat_id: int, message_id: int) -> Outcome:
        """Leave nothing to see of a message; that it is a file is known only by Telegram's refusal."""
        outcome = await self.edit(chat_id, message_id, EMPTIED)
        if outcome != NO_TEXT:
            return outcome

        async def empty() -> int:
            media = InputMediaDocument(NOTHING.content, filename=NOTHING.name, caption=EMPTIED.text)
            await self._bot.edit_message_media(media, chat_id, message_id)
            return message_id

        return await self._outcome("editMessageMedia", empty, chat_id)

    async def delete_many(self, chat_id: int, message_ids: Sequence[int]) -> Outcome:
        """Delete up to a hundred messages; missing ones count as deleted, one too old keeps them all."""
        return await self._outcome(
            "deleteMessages", lambda: self._bot.delete_messages(chat_id, message_ids), chat_id
        )

    async def answer_tap(self, callback_id: str, toast: str | None) -> Outcome:
        """End the waiting mark on a button, with a short text or none."""
        return await self._outcome(
            "answerCallbackQuery",
            lambda: self._bot.answer_callback_query(callback_id, toast, read_timeout=TAP_ANSWER_SECONDS),
        )

    async def leave(self, chat_id: int) -> Outcome:
        """Leave a group."""
        return await self._outcome("leaveChat", lambda: self._bot.leave_chat(chat_id), chat_id)

    async def _outcome(
        self, method: str, call: Callable[[], Awaitable[int | bool]], chat_id: int | None = None
    ) -> Outcome:
        try:
            result = await call()
            return Delivered(None if isinstance(result, bool) else result)
        except TelegramError as error:
            outcome = outcome_of(error)
        if isinstance(outcome, Later) and outcome.after is not None and chat_id is not None:
            is_new = method.startswith("send")
            self._pace.refused(chat_id, outcome.after.total_seconds(), monotonic(), is_new=is_new)
        reason = outcome.reason if isinstance(outcome, Refused | Gone) else None
        self.failures[method, reason or type(outcome).__name__] += 1
        if reason not in ORDINARY:
            log.warning("telegram", method=method, outcome=type(outcome).__name__, reason=reason)
        return outcome


def _id_of(message: object) -> int:
    message_id = message.get("message_id") if isinstance(message, dict) else None
    if not isinstance(message_id, int):
        raise NetworkError("the answer is not a message")
    return message_id


def is_not_there(outcome: Outcome) -> bool:
    """Say whether Telegram refused because the message is gone or can no longer be changed."""
    return isinstance(outcome, Refused) and outcome.reason in NOT_THERE


def wait_after(outcome: Outcome | None) -> timedelta:
    """Say how long to wait before something is tried again: as long as Telegram named, or half a minute."""
    return outcome.after if isinstance(outcome, Later) and outcome.after is not None else TRY_AGAIN
