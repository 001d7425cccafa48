"""What a bot says of itself, and the smaller methods: files, chats, actions."""

import re
from collections.abc import Callable

from sandbox.errors import bad_request
from sandbox.files import MAX_DOWNLOAD_BYTES
from sandbox.formatting import utf16_length
from sandbox.methods.request import ApiRequest

MOST_COMMANDS = 100


def get_me(request: ApiRequest) -> object:
    """Say who the bot is."""
    return {
        **request.bot.api_user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(request: ApiRequest) -> object:
    """Set the command list of a scope and language."""
    given = request.parameters.structure("commands")
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    request.bot.commands[_scope(request)] = [_checked_command(command) for command in given]
    request.world.changes.note()
    return True


def get_my_commands(request: ApiRequest) -> object:
    """Give the command list of exactly this scope and language."""
    return request.bot.commands.get(_scope(request), [])


def delete_my_commands(request: ApiRequest) -> object:
    """Drop the command list of a scope and language."""
    request.bot.commands.pop(_scope(request), None)
    request.world.changes.note()
    return True


def text_setter(name: str, most: int) -> Callable[[ApiRequest], object]:
    """Make the method that sets one of the bot's own texts, at most this many UTF-16 units long."""

    def set_text(request: ApiRequest) -> object:
        text = request.parameters.text(name)
        if utf16_length(text) > most:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
        key = (name, request.parameters.text("language_code"))
        if text:
            request.bot.texts[key] = text
        else:
            request.bot.texts.pop(key, None)
        request.world.changes.note()
        return True

    return set_text


def text_getter(name: str) -> Callable[[ApiRequest], object]:
    """Make the method that gives one of the bot's own texts, in the language asked or by default."""

    def get_text(request: ApiRequest) -> object:
        texts = request.bot.texts
        default = texts.get((name, ""), request.bot.first_name if name == "name" else "")
        return {name: texts.get((name, request.parameters.text("language_code")), default)}

    return get_text


def set_chat_menu_button(request: ApiRequest) -> object:
    """Set what the button beside the text box does, for one chat or for all."""
    button = request.parameters.structure("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"commands", "web_app", "default"}:
        raise bad_request("MenuButton has unsupported type")
    request.bot.menu_buttons[_menu_chat(request)] = button
    request.world.changes.note()
    return True


def get_chat_menu_button(request: ApiRequest) -> object:
    """Say what the button beside the text box does."""
    buttons = request.bot.menu_buttons
    default = buttons.get(None, {"type": "commands"})
    return buttons.get(_menu_chat(request), default)


def get_file(request: ApiRequest) -> object:
    """Give a file's path for download; at most 20 MiB."""
    file = request.world.files.by_id.get(request.parameters.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.upload.data) > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**file.api_file(), "file_path": file.path}


def get_chat(request: ApiRequest) -> object:
    """Describe a chat."""
    return {**request.chat().api_chat(), "accent_color_id": 0, "max_reaction_count": 11}


def leave_chat(request: ApiRequest) -> object:
    """Leave a group."""
    chat = request.open_chat()
    if chat.title is None:
        raise bad_request("chat member status can't be changed in private chats")
    chat.is_left = True
    request.world.changes.note()
    return True


def send_chat_action(request: ApiRequest) -> object:
    """Show that the bot is typing; nothing is kept of it."""
    request.open_chat()
    if not request.parameters.text("action"):
        raise bad_request("wrong parameter action in request")
    return True


def log_out(request: ApiRequest) -> object:
    """Agree; the look-alike has nowhere else to go."""
    return True


def close(request: ApiRequest) -> object:
    """Agree; the look-alike keeps no instance to move."""
    return True


def _scope(request: ApiRequest) -> tuple[str, str]:
    scope = request.parameters.structure("scope")
    kind = scope.get("type", "default") if isinstance(scope, dict) else "default"
    if isinstance(scope, dict) and "chat_id" in scope:
        kind = f"{kind}:{scope['chat_id']}"
    return str(kind), request.parameters.text("language_code")


def _checked_command(command: object) -> dict[str, str]:
    if not isinstance(command, dict):
        raise bad_request("expected an Object as BotCommand")
    name, description = str(command.get("command", "")), str(command.get("description", ""))
    if re.fullmatch(r"[a-z0-9_]{1,32}", name.removeprefix("/")) is None:
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}


def _menu_chat(request: ApiRequest) -> int | None:
    return request.parameters.integer("chat_id") or None
