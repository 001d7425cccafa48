"""Taking messages away, on both sides, within 48 hours."""

from sandbox.errors import bad_request
from sandbox.methods.request import ApiRequest

MOST_AT_ONCE = 100


def delete_message(request: ApiRequest) -> object:
    """Delete one message, the bot's own or the person's; also in a chat where the bot is blocked."""
    chat = request.chat()
    message = request.message_in(chat, bad_request("message to delete not found"))
    if not request.world.is_deletable(message):
        raise bad_request("message can't be deleted")
    request.world.delete(message)
    return True


def delete_messages(request: ApiRequest) -> object:
    """Delete up to 100; ids that are not found are passed over, one that is too old fails all."""
    chat = request.chat()
    found = (chat.messages.get(message_id) for message_id in _message_ids(request))
    messages = [message for message in found if message is not None and message.is_visible]
    if not all(request.world.is_deletable(message) for message in messages):
        raise bad_request("message can't be deleted")
    for message in messages:
        request.world.delete(message)
    return True


def _message_ids(request: ApiRequest) -> list[int]:
    given = request.parameters.structure("message_ids")
    if given is None:
        raise bad_request("message identifiers are not specified")
    if not isinstance(given, list):
        raise bad_request("expected an Array of message identifiers")
    if not given:
        raise bad_request("message identifiers are not specified")
    if len(given) > MOST_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(message_id, int) and message_id > 0 for message_id in given):
        raise bad_request("invalid message identifier specified")
    return given
