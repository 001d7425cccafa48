"""Updates of every kind that a seed chooses: as Telegram sends them, as it never would, and broken ones."""

import copy
import random
import string
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

WORDS = (
    "/start",
    "/menu",
    "/help",
    "/privacy",
    "/hide",
    "/adopt",
    "/mine",
    "/court",
    "/settings",
    "/mydata",
    "/family",
    "/desk",
    "/lock",
    "/cancel",
    "/erase",
    "/start abandon ability able about above",
    "/",
    "/menu@sandbox_bot",
    "1234",
    "0000",
    "да",
    "abandon ability able about above",
    "\u202e",
    "\x00",
    "😀" * 50,
    "<b>",
    "&lt;",
    "a" * 4096,
    "",
    " ",
)
DATA = (
    "b:token",
    "n:agree:en:0::",
    "n:agree:be:0::",
    "n:look:ru:0::",
    "n:first:en:0::",
    "n:people:en:999::",
    "n:clear:en:0::",
    "n:one:en:0:AAAAAAAAAAAAAAAAAAAAAA:",
    "n:",
    "b:",
    "b:AAAAAAAAAAAAAAAAAAAAAA",
    "\x00",
    "x" * 64,
    "",
    "\ud83d",
)
NEVER_ASKED_FOR = (
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "chat_member",
    "chat_join_request",
    "message_reaction",
    "business_message",
    "a_kind_of_tomorrow",
)
STATUSES = ("member", "administrator", "restricted", "left", "kicked", "creator", "surprise")
ODD_VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    2**31,
    2**63,
    -(2**63),
    10**30,
    1e308,
    "",
    "\x00",
    "NaN",
    [],
    {},
    [[]],
    [None],
    {"id": None},
    "x" * 1000,
)


def updates(seed: int, people: list[int]) -> Iterator[Json]:
    """Give updates without end; those that are numbered get their number from the look-alike."""
    chance = random.Random(seed)
    while True:
        body = _body(chance, people)
        if chance.random() < 0.3:
            _spoil(chance, body)
        yield body


def _body(chance: random.Random, people: list[int]) -> Json:
    kind = chance.choice(
        ("message",) * 4 + ("callback_query",) * 4 + ("my_chat_member", "group", "other", "many")
    )
    match kind:
        case "message":
            return {"message": _message(chance, _private(chance, people))}
        case "callback_query":
            return {"callback_query": _tap(chance, people)}
        case "my_chat_member":
            return {"my_chat_member": _membership(chance, _private(chance, people))}
        case "group":
            chat = {
                "id": -chance.randrange(1, 10**12),
                "type": chance.choice(("group", "supergroup", "channel")),
            }
            what = chance.choice(("message", "my_chat_member"))
            return {what: _message(chance, chat) if what == "message" else _membership(chance, chat)}
        case "other":
            return {chance.choice(NEVER_ASKED_FOR): _message(chance, _private(chance, people))}
        case _:
            return {
                "message": _message(chance, _private(chance, people)),
                "callback_query": _tap(chance, people),
            }


def _private(chance: random.Random, people: list[int]) -> Json:
    chat_id = chance.choice(people) if chance.random() < 0.7 else chance.randrange(1, 10**10)
    return {"id": chat_id, "type": "private", "first_name": "Somebody"}


def _from(chat: Json, chance: random.Random) -> Json:
    language = chance.choice(("be", "ru", "en", "pl", "zh-hans", "", "x" * 50))
    return {"id": abs(chat["id"]), "is_bot": False, "first_name": "Somebody", "language_code": language}


def _message(chance: random.Random, chat: Json) -> Json:
    message: Json = {
        "message_id": chance.randrange(1, 500),
        "date": chance.randrange(2**31),
        "chat": chat,
        "from": _from(chat, chance),
    }
    file = {"file_id": "a", "file_unique_id": "b", "file_size": 5}
    contents: list[Json] = [
        {"text": chance.choice(WORDS)},
        {"text": "".join(chance.choices(string.printable + "бяЎў\u200b\U0001f47b", k=chance.randrange(200)))},
        {"text": "/menu", "entities": [{"type": "bot_command", "offset": chance.randrange(9), "length": 99}]},
        {"photo": [{**file, "width": 1, "height": 1}], "caption": chance.choice(WORDS)},
        {"document": {**file, "file_name": "a.csv", "mime_type": "text/csv"}},
        {
            "sticker": {
                **file,
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"location": {"latitude": 53.9, "longitude": 27.5}},
        {"contact": {"phone_number": "+375290000000", "first_name": "Somebody"}},
        {"dice": {"emoji": "🎲", "value": 6}},
        {"pinned_message": {"message_id": 1, "date": 0, "chat": chat}},
        {"group_chat_created": True},
        {"text": "forwarded", "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "x"}},
        {},
    ]
    return message | chance.choice(contents)


def _tap(chance: random.Random, people: list[int]) -> Json:
    chat = _private(chance, people)
    tap: Json = {
        "id": str(chance.randrange(10**18)),
        "from": _from(chat, chance),
        "chat_instance": "1",
        "data": chance.choice(DATA),
    }
    match chance.randrange(5):
        case 0:
            tap["inline_message_id"] = "abc"
        case 1:
            tap["message"] = {"message_id": 5, "date": 0, "chat": chat}
        case 2:
            tap["message"] = {"message_id": 5, "date": 1, "chat": {**chat, "id": -5, "type": "group"}}
        case _:
            tap["message"] = _message(chance, chat)
    return tap


def _membership(chance: random.Random, chat: Json) -> Json:
    user = {"id": 1, "is_bot": True, "first_name": "Bot"}
    old, new = ({"user": user, "status": chance.choice(STATUSES), "until_date": 0} for _ in range(2))
    return {
        "chat": chat,
        "from": _from(chat, chance),
        "date": 1,
        "old_chat_member": old,
        "new_chat_member": new,
    }


def _spoil(chance: random.Random, body: Json) -> None:
    """Change, take away or repeat something, however deep it lies."""
    places = list(_places(body))
    for _ in range(chance.randint(1, 3)):
        where, key = chance.choice(places)
        if key not in where:
            continue
        match chance.randrange(3):
            case 0:
                where[key] = copy.deepcopy(chance.choice(ODD_VALUES))
            case 1:
                del where[key]
            case _:
                where[key] = {key: where[key]}


def _places(body: Any) -> Iterator[tuple[Json, str]]:
    if isinstance(body, dict):
        for key, value in body.items():
            yield body, key
            yield from _places(value)
