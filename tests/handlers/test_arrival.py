"""What comes from Telegram, as plain values."""

import pytest
from telegram import Chat, ChatMember, ChatMemberUpdated, Update, User

from handlers.arrival import Arrival, group_to_leave
from tests.world import NOON


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


@pytest.mark.parametrize(
    ("status", "left"),
    [("member", -100), ("administrator", -100), ("restricted", -100), ("left", None), ("kicked", None)],
)
def test_a_group_is_left_whatever_the_bot_may_do_there(status: str, left: int | None) -> None:
    group, mallory = Chat(-100, Chat.SUPERGROUP), User(9, "Mallory", is_bot=False)
    bot = User(1, "Poruch", is_bot=True)
    change = ChatMemberUpdated(group, mallory, NOON, ChatMember(bot, "left"), ChatMember(bot, status))

    assert group_to_leave(Update(1, my_chat_member=change)) == left
