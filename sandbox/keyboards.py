"""Reply markup, checked as Telegram checks it.

Limits enforced: callback data 1–64 bytes, copied text 1–256 characters, at most 8 buttons a row and
100 in all. Telegram does not publish the last two; they are the ones python-telegram-bot names.
"""

from typing import cast

from sandbox.errors import bad_request
from sandbox.formatting import is_link

MAX_DATA_BYTES = 64
MAX_COPY_CHARACTERS = 256
MAX_BUTTONS_A_ROW = 8
MAX_BUTTONS = 100

Button = dict[str, object]
Keyboard = list[list[Button]]

_ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "web_app",
    "login_url",
    "pay",
    "callback_game",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
)
_OTHER_MARKUP = {"keyboard", "remove_keyboard", "force_reply"}


def checked_markup(markup: object, *, only_inline: bool = False) -> dict[str, object] | None:
    """Return the markup a message will carry, or ``None`` for none; raises ``ApiError`` as Telegram does.

    Args:
        only_inline: refuse other keyboards, as edits do.
    """
    if markup is None or markup in ({}, ""):
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        keyboard = _checked_keyboard(markup["inline_keyboard"])
        return {"inline_keyboard": keyboard} if keyboard else None
    if only_inline:
        raise bad_request("inline keyboard expected")
    if not _OTHER_MARKUP & markup.keys():
        return None
    return cast("dict[str, object]", markup)


def _checked_keyboard(rows: object) -> Keyboard:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    keyboard = [[_checked_button(button) for button in row] for row in rows if row]
    is_too_wide = any(len(row) > MAX_BUTTONS_A_ROW for row in keyboard)
    if is_too_wide or sum(len(row) for row in keyboard) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return keyboard


def _checked_button(button: object) -> Button:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(
            "can't parse inline keyboard button: can't find field \"text\""
            if text is None
            else 'can\'t parse inline keyboard button: field "text" must be of type String'
        )
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if all(button.get(action) in (None, "") for action in _ACTIONS):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    _check_action(button)
    return {str(key): value for key, value in button.items()}


def _check_action(button: dict[str, object]) -> None:
    data = button.get("callback_data")
    if data is not None and not (isinstance(data, str) and 1 <= len(data.encode()) <= MAX_DATA_BYTES):
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not (isinstance(url, str) and is_link(url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    copied = button.get("copy_text")
    if copied is not None:
        text = copied.get("text") if isinstance(copied, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= MAX_COPY_CHARACTERS:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
