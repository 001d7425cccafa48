"""What makes a new message: texts, files, forwards and copies."""

from typing import Literal, cast

from sandbox.errors import bad_request
from sandbox.formatting import Formatted
from sandbox.messages import Media, Message
from sandbox.methods.request import ApiRequest
from sandbox.state import Chat, media_of


def send_message(request: ApiRequest) -> object:
    """Send a text."""
    chat = request.open_chat()
    return _post(request, chat, request.message_text())


def send_document(request: ApiRequest) -> object:
    """Send a file, uploaded or by its id."""
    return _send_file(request, "document")


def send_photo(request: ApiRequest) -> object:
    """Send a picture, uploaded or by its id."""
    return _send_file(request, "photo")


def forward_message(request: ApiRequest) -> object:
    """Forward a message, unless it is protected."""
    chat = request.open_chat()
    _, source = _source(request, "forwarded")
    if source.service is not None:
        raise bad_request("message can't be forwarded")
    origin = source.forward_origin or origin_of(source)
    return _post(request, chat, source.content, media=source.media, forward_origin=origin)


def copy_message(request: ApiRequest) -> object:
    """Copy a message, unless it is protected; a new caption may replace the old."""
    chat = request.open_chat()
    _, source = _source(request, "copied")
    if source.service is not None:
        raise bad_request("message can't be copied")
    has_caption = source.media is not None and "caption" in request.parameters.values
    content = request.caption() if has_caption else source.content
    sent = cast("dict[str, object]", _post(request, chat, content, media=source.media))
    return {"message_id": sent["message_id"]}


def origin_of(message: Message) -> dict[str, object]:
    """Say who wrote a message first, as forwards do."""
    return {"type": "user", "date": int(message.date.timestamp()), "sender_user": message.sender}


def _source(request: ApiRequest, verb: Literal["forwarded", "copied"]) -> tuple[Chat, Message]:
    chat = request.world.chat_for(request.bot, request.parameters.chat_id("from_chat_id"))
    infinitive = "forward" if verb == "forwarded" else "copy"
    message = request.message_in(chat, bad_request(f"message to {infinitive} not found"))
    if message.protect_content:
        raise bad_request(f"message can't be {verb}")
    return chat, message


def _send_file(request: ApiRequest, kind: Literal["document", "photo"]) -> object:
    chat = request.open_chat()
    caption = request.caption()
    file = request.file(kind, kind)
    if file is None:
        raise bad_request(f"there is no {kind} in the request")
    return _post(request, chat, caption, media=media_of(file))


def _post(
    request: ApiRequest,
    chat: Chat,
    content: Formatted,
    *,
    media: Media | None = None,
    forward_origin: dict[str, object] | None = None,
) -> object:
    markup, reply_to = request.markup(), _replied(request, chat)
    message = request.world.write(
        chat,
        None,
        content,
        media=media,
        markup=markup,
        reply_to=reply_to,
        forward_origin=forward_origin,
        protect_content=request.parameters.flag("protect_content"),
        is_silent=request.parameters.flag("disable_notification"),
    )
    return chat.api_message(message)


def _replied(request: ApiRequest, chat: Chat) -> Message | None:
    asked = request.parameters.structure("reply_parameters")
    wanted = asked if isinstance(asked, dict) else {}
    message_id = wanted.get("message_id") or request.parameters.integer("reply_to_message_id")
    if not message_id:
        return None
    message = chat.messages.get(message_id)
    if message is not None and message.is_visible:
        return message
    if wanted.get("allow_sending_without_reply") or request.parameters.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")
