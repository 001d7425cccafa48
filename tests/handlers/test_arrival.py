"""What comes from Telegram, as plain values."""

from typing import Any

import pytest

from handlers.arrival import Arrival, Borrowed, group_to_leave, read_arrival


def typed(text: str) -> Arrival:
    return Arrival(1, 7_000_000_101, 5, text, None, None, "en")


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/menu", "menu"),
        ("/Menu@poruch_bot now", "menu"),
        ("/", ""),
        ("/ ", ""),
        ("/\n\t", ""),
        ("menu", None),
    ],
)
def test_a_command_is_read_whatever_follows_the_slash(text: str, command: str | None) -> None:
    assert typed(text).command == command


def test_what_nobody_here_reads_does_not_keep_the_words_from_being_read() -> None:
    somebody = {"id": 9, "is_bot": False, "first_name": "Mallory"}
    message = {
        "message_id": 3,
        "date": 1,
        "chat": {"id": 9, "type": "private"},
        "from": somebody,
        "text": "hello",
    }

    arrival = read_arrival(
        {"update_id": 1, "message": {**message, "entities": 5, "not_yet_known": {"a": []}}}
    )

    assert arrival is not None
    assert (arrival.text, arrival.borrowed) == ("hello", None)


@pytest.mark.parametrize(
    ("more", "borrowed"),
    [
        ({"forward_origin": {"type": "user", "sender_user": {"id": 7}}}, Borrowed(7, is_file=False)),
        ({"forward_origin": {"type": "hidden_user", "sender_user_name": "A"}}, Borrowed(None, is_file=False)),
        ({"via_bot": {"id": 8}, "document": {"file_id": "f"}}, Borrowed(None, is_file=True)),
    ],
    ids=["forwarded", "from somebody hidden", "through a bot"],
)
def test_words_that_are_not_their_senders_own_are_not_read(more: dict[str, Any], borrowed: Borrowed) -> None:
    somebody = {"id": 9, "is_bot": False}
    message = {"message_id": 3, "chat": {"id": 9, "type": "private"}, "from": somebody, "text": "hello"}

    arrival = read_arrival({"update_id": 1, "message": {**message, **more}})

    assert arrival is not None
    assert (arrival.text, arrival.borrowed) == (None, borrowed)


@pytest.mark.parametrize(
    ("status", "left"),
    [("member", -100), ("administrator", -100), ("restricted", -100), ("left", None), ("kicked", None)],
)
def test_a_group_is_left_whatever_the_bot_may_do_there(status: str, left: int | None) -> None:
    change = {"chat": {"id": -100, "type": "supergroup"}, "new_chat_member": {"status": status}}

    assert group_to_leave({"update_id": 1, "my_chat_member": change}) == left
