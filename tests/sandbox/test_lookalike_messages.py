"""Sending, editing and deleting over HTTP, and what Telegram refuses."""

from datetime import timedelta

import aiohttp
import pytest

from sandbox.lookalike import Lookalike
from sandbox.person import PIXEL, Person
from tests.sandbox.conftest import Api


def keyboard(*labels: str) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label} for label in labels]]}


@pytest.fixture
async def chat(alice: Person) -> int:
    await alice.says("/start")
    return alice.user_id


async def test_a_message_stands_in_the_chat_as_it_was_sent(api, alice, chat):
    await api.ok(
        "sendMessage",
        chat_id=chat,
        text=" <b>Hi</b> ",
        parse_mode="HTML",
        reply_markup=keyboard("A"),
        protect_content=True,
        disable_notification=True,
    )

    message = alice.last
    assert (message.text, message.labels) == ("Hi", ["A"])
    assert (message.protect_content, message.is_silent, message.is_from_bot) == (True, True, True)
    assert message.content.entities == ({"type": "bold", "offset": 0, "length": 2},)


async def test_forms_and_any_case_of_a_method_do_as_well(telegram, http, alice, chat):
    form = {"chat_id": str(chat), "text": "Hi", "reply_markup": '{"inline_keyboard": []}'}
    async with http.post(f"{telegram.url}/bot{telegram.token}/SENDmessage", data=form) as response:
        assert response.status == 200

    assert alice.last.text == "Hi"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": "  "}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        (
            {"text": "<b>", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "\ud800"}, "strings must be encoded in UTF-8"),
        ({"parse_mode": "Nonsense"}, "unsupported parse_mode"),
        ({"chat_id": 404}, "chat not found"),
        ({"chat_id": "@nobody"}, "chat not found"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"reply_markup": keyboard("x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": keyboard("ы" * 33)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": keyboard(*"123456789")}, "reply markup is too long"),
        (
            {"reply_markup": {"inline_keyboard": keyboard("a")["inline_keyboard"] * 101}},
            "reply markup is too long",
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": " ", "callback_data": "a"}]]}},
            "inline keyboard button text must be non-empty",
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"reply_parameters": {"message_id": 404}}, "message to be replied not found"),
    ],
)
async def test_what_cannot_be_sent(api, chat, changes, reason):
    parameters = {"chat_id": chat, "text": "Hi", **changes}

    assert await api.refused("sendMessage", **parameters) == reason


async def test_the_longest_message_is_counted_after_its_formatting(api, alice, chat):
    await api.ok("sendMessage", chat_id=chat, text=f"<b>{'x' * 4096}</b>", parse_mode="HTML")

    assert len(alice.last.text) == 4096


async def test_a_bot_cannot_begin_a_conversation(api, alice):
    status, body = await api("sendMessage", chat_id=alice.user_id, text="Hi")

    assert (status, body["description"]) == (403, "Forbidden: bot can't initiate conversation with a user")


async def test_a_bot_that_is_blocked_hears_so(api, alice, chat):
    await alice.blocks()

    status, body = await api("sendMessage", chat_id=chat, text="Hi")

    assert (status, body["description"]) == (403, "Forbidden: bot was blocked by the user")


async def test_a_bot_hears_that_an_account_is_gone(api, alice, chat):
    await alice.deactivates()

    status, body = await api("sendMessage", chat_id=chat, text="Hi")

    assert (status, body["description"]) == (403, "Forbidden: user is deactivated")


async def test_an_edit_replaces_words_and_buttons(api, telegram, alice, chat):
    sent = await api.ok("sendMessage", chat_id=chat, text="One", reply_markup=keyboard("A"))
    telegram.clock.advance(timedelta(hours=1))

    await api.ok("editMessageText", chat_id=chat, message_id=sent["message_id"], text="Two")

    message = alice.last
    assert (message.text, message.labels, message.earlier) == ("Two", [], ["One"])
    assert message.edit_date == telegram.clock.now()


async def test_the_same_again_is_not_modified(api, chat):
    sent = await api.ok("sendMessage", chat_id=chat, text="One", reply_markup=keyboard("A"))

    reason = await api.refused(
        "editMessageText",
        chat_id=chat,
        message_id=sent["message_id"],
        text="<i></i>One",
        parse_mode="HTML",
        reply_markup=keyboard("A"),
    )

    assert reason == (
        "message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )


async def test_buttons_can_be_taken_away_alone(api, alice, chat):
    sent = await api.ok("sendMessage", chat_id=chat, text="One", reply_markup=keyboard("A"))

    await api.ok("editMessageReplyMarkup", chat_id=chat, message_id=sent["message_id"])

    assert (alice.last.text, alice.last.labels) == ("One", [])


async def test_nobody_elses_message_can_be_edited(api, alice, chat):
    reason = await api.refused(
        "editMessageText", chat_id=chat, message_id=alice.visible[0].message_id, text="x"
    )

    assert reason == "message can't be edited"


async def test_what_is_gone_cannot_be_edited(api, chat):
    assert (
        await api.refused("editMessageText", chat_id=chat, message_id=99, text="x")
        == "message to edit not found"
    )


async def test_a_bots_own_message_stays_editable_unless_the_sandbox_says_otherwise(api, telegram, chat):
    sent = await api.ok("sendMessage", chat_id=chat, text="One")
    telegram.clock.advance(timedelta(days=30))
    await api.ok("editMessageText", chat_id=chat, message_id=sent["message_id"], text="Two")
    telegram.world.edit_window = timedelta(hours=48)

    reason = await api.refused("editMessageText", chat_id=chat, message_id=sent["message_id"], text="Three")

    assert reason == "message can't be edited"


async def a_file(api: Api, chat: int, **more: object) -> int:
    """Let a document stand in the chat; returns its message's id."""
    status, body = await api.posts("sendDocument", {"a": b"One"}, chat_id=chat, document="attach://a", **more)
    assert status == 200, body
    return body["result"]["message_id"]


async def edit_media(
    api: Api, chat: int, message_id: int, files: dict[str, bytes] | None = None, **more: object
) -> tuple[int, dict[str, object]]:
    return await api.posts("editMessageMedia", files or {}, chat_id=chat, message_id=message_id, **more)


async def test_another_file_takes_the_place_of_one_with_its_words_and_buttons(api, telegram, alice, chat):
    sent = await a_file(api, chat, caption="Before", reply_markup=keyboard("A"), protect_content=True)
    telegram.clock.advance(timedelta(days=30))

    media = {"type": "photo", "media": "attach://b", "caption": "<b>After</b>", "parse_mode": "HTML"}
    status, body = await edit_media(api, chat, sent, {"b": PIXEL}, media=media)

    message = alice.last
    assert (status, body["result"]["photo"][0]["file_id"]) == (200, message.media.file_id)
    assert telegram.world.files.by_id[message.media.file_id].upload.data == PIXEL
    assert (message.media.kind, message.text, message.labels, message.earlier) == (
        "photo",
        "After",
        [],
        ["Before"],
    )
    assert (message.edit_date, message.protect_content) == (telegram.clock.now(), True)


async def test_a_file_can_be_put_to_a_text_and_be_named_by_its_id(api, alice, chat):
    await a_file(api, chat)
    file_id = alice.last.media.file_id
    sent = await api.ok("sendMessage", chat_id=chat, text="Words")

    media = {"type": "document", "media": file_id}
    edited = await api.ok("editMessageMedia", chat_id=chat, message_id=sent["message_id"], media=media)

    assert (edited["document"]["file_id"], edited.get("text"), alice.last.text) == (file_id, None, "")


async def test_the_same_file_again_is_not_modified(api, alice, chat):
    sent = await a_file(api, chat, caption="One")
    media = {"type": "document", "media": alice.last.media.file_id, "caption": "One"}

    reason = await api.refused("editMessageMedia", chat_id=chat, message_id=sent, media=media)

    assert reason.startswith("message is not modified: ")


@pytest.mark.parametrize(
    ("media", "reason"),
    [
        (None, 'parameter "media" is required'),
        ("{", "can't parse input media JSON object"),
        ("[]", "can't parse InputMedia: expected an Object"),
        ({"media": "attach://a"}, "can't parse InputMedia: can't find field \"type\""),
        ({"type": "document"}, "can't parse InputMedia: media not found"),
        ({"type": "document", "media": "attach://nowhere"}, "can't parse InputMedia: media not found"),
        (
            {"type": "sticker", "media": "attach://a"},
            'can\'t parse InputMedia: type "sticker" is unsupported',
        ),
        ({"type": "document", "media": "unknown"}, "wrong file identifier/HTTP URL specified"),
        ({"type": "photo", "media": "attach://a"}, "IMAGE_PROCESS_FAILED"),
        (
            {"type": "photo", "media": "sandbox-file-1"},
            "type of file mismatch: can't use file of type document as photo",
        ),
        ({"type": "document", "media": "attach://a", "caption": "x" * 1025}, "message caption is too long"),
    ],
)
async def test_what_cannot_take_a_files_place(api, alice, chat, media, reason):
    sent = await a_file(api, chat)
    before = alice.last.media

    status, body = await edit_media(api, chat, sent, {"a": b"Two"}, media=media)

    assert (status, body["description"]) == (400, f"Bad Request: {reason}")
    assert alice.last.media == before


async def test_the_file_of_nobody_elses_message_is_replaced(api, alice, chat):
    await alice.sends_document("mine.txt", b"mine")
    media = {"type": "document", "media": alice.visible[-1].media.file_id}

    theirs, gone = [
        await api.refused("editMessageMedia", chat_id=chat, message_id=message_id, media=media)
        for message_id in (alice.visible[-1].message_id, 99)
    ]

    assert (theirs, gone) == ("message can't be edited", "message to edit not found")


async def test_a_file_has_no_text_and_what_is_no_file_takes_none(api, alice, chat):
    sent = await a_file(api, chat)
    await alice.sends_sticker()
    copy = await api.ok(
        "copyMessage", chat_id=chat, from_chat_id=chat, message_id=alice.visible[-1].message_id
    )
    media = {"type": "document", "media": alice.visible[1].media.file_id}

    words = await api.refused("editMessageText", chat_id=chat, message_id=sent, text="x")
    file = await api.refused("editMessageMedia", chat_id=chat, message_id=copy["message_id"], media=media)

    assert words == "there is no text in the message to edit"
    assert file == "there is no media in the message to edit"


async def test_deleted_messages_vanish_and_are_remembered(api, alice, chat):
    sent = await api.ok("sendMessage", chat_id=chat, text="One")

    await api.ok("deleteMessage", chat_id=chat, message_id=sent["message_id"])

    assert [message.text for message in alice.visible] == ["/start"]
    assert [message.is_visible for message in alice.history] == [True, False]


async def test_a_persons_message_can_be_deleted_too(api, alice, chat):
    await api.ok("deleteMessage", chat_id=chat, message_id=alice.visible[0].message_id)

    assert alice.visible == []


async def test_after_48_hours_nothing_can_be_deleted(api, telegram, chat):
    sent = await api.ok("sendMessage", chat_id=chat, text="One")
    telegram.clock.advance(timedelta(hours=48, seconds=1))

    reason = await api.refused("deleteMessage", chat_id=chat, message_id=sent["message_id"])

    assert reason == "message can't be deleted"


async def test_one_old_message_fails_the_whole_deletion(api, telegram, alice, chat):
    telegram.clock.advance(timedelta(hours=48, seconds=1))
    sent = await api.ok("sendMessage", chat_id=chat, text="One")
    ids = [message.message_id for message in alice.visible]

    reason = await api.refused("deleteMessages", chat_id=chat, message_ids=ids)

    assert reason == "message can't be deleted"
    assert sent["message_id"] in [message.message_id for message in alice.visible]


async def test_deleting_many_passes_over_what_is_not_there(api, alice, chat):
    await api.ok("deleteMessages", chat_id=chat, message_ids=[1, 50, 51])

    assert alice.visible == []


@pytest.mark.parametrize(
    ("message_ids", "reason"),
    [
        ([], "message identifiers are not specified"),
        (list(range(1, 102)), "too many message identifiers specified"),
        ([0], "invalid message identifier specified"),
        ("5", "expected an Array of message identifiers"),
    ],
)
async def test_deletions_that_make_no_sense(api, chat, message_ids, reason):
    assert await api.refused("deleteMessages", chat_id=chat, message_ids=message_ids) == reason


async def test_deleting_twice_is_not_found(api, chat):
    await api.ok("deleteMessage", chat_id=chat, message_id=1)

    assert await api.refused("deleteMessage", chat_id=chat, message_id=1) == "message to delete not found"


async def test_protected_messages_are_neither_forwarded_nor_copied(api, chat):
    sent = await api.ok("sendMessage", chat_id=chat, text="One", protect_content=True)
    where = {"chat_id": chat, "from_chat_id": chat, "message_id": sent["message_id"]}

    reasons = [await api.refused(method, **where) for method in ("forwardMessage", "copyMessage")]

    assert reasons == ["message can't be forwarded", "message can't be copied"]


async def test_a_forward_names_its_origin_and_a_copy_does_not(api, alice, chat):
    sent = await api.ok("sendMessage", chat_id=chat, text="One")
    where = {"chat_id": chat, "from_chat_id": chat, "message_id": sent["message_id"]}

    await api.ok("forwardMessage", **where)
    await api.ok("copyMessage", **where)

    origins = [message.forward_origin for message in alice.visible[-2:]]
    assert [origin and origin["type"] for origin in origins] == ["user", None]


async def test_an_unknown_method_is_not_found(api):
    status, body = await api("sendNonsense")

    assert (status, body) == (404, {"ok": False, "error_code": 404, "description": "Not Found"})


async def test_an_unknown_or_revoked_token_is_unauthorized(api, telegram: Lookalike):
    telegram.revoke(telegram.token)

    status, body = await api("getMe")

    assert (status, body["description"]) == (401, "Unauthorized")


@pytest.mark.parametrize("raw", [b"{", b"[]", b"\xff", b"[" * 100_000])
async def test_a_body_that_is_no_object_is_a_bad_request(telegram, http: aiohttp.ClientSession, raw):
    url, headers = f"{telegram.url}/bot{telegram.token}/getMe", {"Content-Type": "application/json"}
    async with http.post(url, data=raw, headers=headers) as response:
        body = await response.json()

    assert (response.status, body["error_code"]) == (400, 400)
