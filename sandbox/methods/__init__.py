"""The Bot API's methods, by name; each takes an ``ApiRequest`` and returns what ``result`` will hold."""

from collections.abc import Awaitable, Callable

from sandbox.methods.answering import answer_callback_query
from sandbox.methods.deleting import delete_message, delete_messages
from sandbox.methods.editing import (
    edit_message_caption,
    edit_message_media,
    edit_message_reply_markup,
    edit_message_text,
)
from sandbox.methods.profile import (
    close,
    delete_my_commands,
    get_chat,
    get_chat_menu_button,
    get_file,
    get_me,
    get_my_commands,
    leave_chat,
    log_out,
    send_chat_action,
    set_chat_menu_button,
    set_my_commands,
    text_getter,
    text_setter,
)
from sandbox.methods.receiving import delete_webhook, get_updates, get_webhook_info, set_webhook
from sandbox.methods.request import ApiRequest
from sandbox.methods.sending import (
    copy_message,
    forward_message,
    send_document,
    send_message,
    send_photo,
)

Method = Callable[[ApiRequest], object | Awaitable[object]]

METHODS: dict[str, Method] = {
    "answerCallbackQuery": answer_callback_query,
    "close": close,
    "copyMessage": copy_message,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "deleteMyCommands": delete_my_commands,
    "deleteWebhook": delete_webhook,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "editMessageText": edit_message_text,
    "forwardMessage": forward_message,
    "getChat": get_chat,
    "getChatMenuButton": get_chat_menu_button,
    "getFile": get_file,
    "getMe": get_me,
    "getMyCommands": get_my_commands,
    "getMyDescription": text_getter("description"),
    "getMyName": text_getter("name"),
    "getMyShortDescription": text_getter("short_description"),
    "getUpdates": get_updates,
    "getWebhookInfo": get_webhook_info,
    "leaveChat": leave_chat,
    "logOut": log_out,
    "sendChatAction": send_chat_action,
    "sendDocument": send_document,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "setChatMenuButton": set_chat_menu_button,
    "setMyCommands": set_my_commands,
    "setMyDescription": text_setter("description", 512),
    "setMyName": text_setter("name", 64),
    "setMyShortDescription": text_setter("short_description", 120),
    "setWebhook": set_webhook,
}

# What counts against the flood limits.
NEW_MESSAGES = {"copyMessage", "forwardMessage", "sendDocument", "sendMessage", "sendPhoto"}

_BY_LOWER_NAME = {name.lower(): name for name in METHODS}


def canonical_name(name: str) -> str | None:
    """The method's name as the documentation writes it; ``None`` if there is no such method."""
    return _BY_LOWER_NAME.get(name.lower())
