"""What changes a message that is there: its words, its file, its caption, its buttons."""

from sandbox.errors import bad_request
from sandbox.formatting import Formatted
from sandbox.messages import Media, Message
from sandbox.methods.request import FILE_KINDS, ApiRequest
from sandbox.state import Chat, media_of

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def edit_message_text(request: ApiRequest) -> object:
    """Change a text; buttons that are not given again go."""
    chat, message = _editable(request)
    content = request.message_text()
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    return _edit(request, chat, message, content, None)


def edit_message_media(request: ApiRequest) -> object:
    """Put a file in the place of another, of any kind, or of a text; caption and buttons not given go."""
    chat, message = _editable(request)
    file, caption = request.input_media()
    if message.media is not None and message.media.kind not in FILE_KINDS:
        raise bad_request("there is no media in the message to edit")
    return _edit(request, chat, message, caption, media_of(file))


def edit_message_caption(request: ApiRequest) -> object:
    """Change the words under a file; buttons that are not given again go."""
    chat, message = _editable(request)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _edit(request, chat, message, request.caption(), message.media)


def edit_message_reply_markup(request: ApiRequest) -> object:
    """Change the buttons only."""
    chat, message = _editable(request)
    return _edit(request, chat, message, message.content, message.media)


def _editable(request: ApiRequest) -> tuple[Chat, Message]:
    chat = request.open_chat()
    message = request.message_in(chat, bad_request("message to edit not found"))
    if not request.world.is_editable(message):
        raise bad_request("message can't be edited")
    return chat, message


def _edit(
    request: ApiRequest, chat: Chat, message: Message, content: Formatted, media: Media | None
) -> object:
    markup = request.markup(only_inline=True)
    is_as_before = (content, media) == (message.content, message.media)
    if is_as_before and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    if not is_as_before:
        message.earlier.append(message.text)
        message.edit_date = request.world.clock.now()
    message.content, message.media, message.markup = content, media, markup
    request.world.changes.note()
    return chat.api_message(message)
