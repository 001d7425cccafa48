"""Answering taps."""

from sandbox.errors import bad_request
from sandbox.formatting import utf16_length
from sandbox.methods.request import ApiRequest

MAX_ANSWER = 200


def answer_callback_query(request: ApiRequest) -> object:
    """Answer a tap: once, and within 15 seconds."""
    world, parameters = request.world, request.parameters
    tap = world.taps.get(parameters.text("callback_query_id"))
    is_mine = tap is not None and tap.bot_id == request.bot.bot_id
    if tap is None or not is_mine or tap.is_answered or tap.is_too_old(world.clock.now()):
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = parameters.text("text")
    if utf16_length(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.answer(text or None, is_alert=parameters.flag("show_alert"))
    world.changes.note()
    return True
