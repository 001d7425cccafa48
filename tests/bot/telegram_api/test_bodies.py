import pytest
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, LoginUrl, WebAppInfo

from bot.telegram_api.bodies import plain_markup


@pytest.mark.parametrize(
    "button",
    [
        InlineKeyboardButton("Open", callback_data="b:token"),
        InlineKeyboardButton("Copy", copy_text=CopyTextButton("green kettle")),
        InlineKeyboardButton("Read", url="https://example.org"),
        InlineKeyboardButton("Pay", pay=True),
        InlineKeyboardButton("Log in", login_url=LoginUrl("https://example.org", request_write_access=True)),
        InlineKeyboardButton("Page", web_app=WebAppInfo("https://example.org"), style="danger"),
        InlineKeyboardButton("Find", switch_inline_query=""),
        InlineKeyboardButton("New", callback_data="a", api_kwargs={"not_yet_known": 1}),
    ],
)
def test_plain_buttons_say_what_the_library_says(button: InlineKeyboardButton) -> None:
    markup = InlineKeyboardMarkup([[button, button], [button]])

    assert plain_markup(markup) == markup.to_dict()


def test_no_buttons_stay_none() -> None:
    assert plain_markup(None) is None
