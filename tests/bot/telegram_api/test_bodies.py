"""What a request says."""

import pytest
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram_api.bodies import markup
from handlers.answer import InlineButton


@pytest.mark.parametrize(
    ("button", "library"),
    [
        (InlineButton("Open", "b:token"), InlineKeyboardButton("Open", callback_data="b:token")),
        (
            InlineButton("Copy", copy_text="green kettle"),
            InlineKeyboardButton("Copy", copy_text=CopyTextButton("green kettle")),
        ),
    ],
    ids=["tapped", "copied"],
)
def test_a_keyboard_is_said_as_the_library_says_it(
    button: InlineButton, library: InlineKeyboardButton
) -> None:
    assert (
        markup([[button, button], [button]])
        == InlineKeyboardMarkup([[library, library], [library]]).to_dict()
    )


def test_no_keyboard_stays_none() -> None:
    assert markup(None) is None
