"""Faults on request, and Telegram's flood limits."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest


@pytest.fixture
async def chat(alice) -> int:
    await alice.says("/start")
    return alice.user_id


async def test_a_flood_answer_says_when_to_come_back(api, telegram, chat):
    telegram.faults.flood("sendMessage", retry_after=7)

    status, body = await api("sendMessage", chat_id=chat, text="x")

    assert (status, body["parameters"]) == (429, {"retry_after": 7})
    assert body["description"] == "Too Many Requests: retry after 7"
    await api.ok("sendMessage", chat_id=chat, text="x")


async def test_a_fault_can_be_for_one_chat_and_last_until_it_is_lifted(api, telegram, chat):
    bob = telegram.person("Bob")
    await bob.says("/start")
    fault = telegram.faults.error("sendMessage", status=500, chat=chat, times=None)

    answers = [await api("sendMessage", chat_id=one, text="x") for one in (chat, chat, bob.user_id)]
    telegram.faults.lift(fault)

    assert [status for status, _ in answers] == [500, 500, 200]
    assert fault.hits == 2
    await api.ok("sendMessage", chat_id=chat, text="x")


async def test_a_proxys_error_is_a_page(telegram, http):
    telegram.faults.error("getMe", as_html=True)

    async with http.get(f"{telegram.url}/bot{telegram.token}/getMe") as response:
        page = await response.text()

    assert (response.status, response.content_type) == (502, "text/html")
    assert "Bad Gateway" in page


@pytest.mark.parametrize(("after_effect", "arrived"), [(False, 0), (True, 1)])
async def test_a_connection_breaks_before_or_after_the_effect(
    api, telegram, alice, chat, after_effect, arrived
):
    telegram.faults.reset("sendMessage", after_effect=after_effect)

    with pytest.raises(aiohttp.ClientConnectionError):
        await api("sendMessage", chat_id=chat, text="x")

    assert sum(message.is_from_bot for message in alice.visible) == arrived
    assert telegram.calls[-1].status == 0


async def test_a_hanging_call_goes_on_when_it_is_lifted(api, telegram, chat):
    telegram.faults.hang("sendMessage")
    sending = asyncio.create_task(api("sendMessage", chat_id=chat, text="x"))
    await telegram.until(lambda: telegram.calls.of("sendMessage"))
    assert not sending.done()

    telegram.faults.lift()

    assert (await sending)[0] == 200


async def test_stopping_does_not_wait_for_what_hangs(api, telegram, chat):
    telegram.faults.hang("sendMessage")
    sending = asyncio.create_task(api("sendMessage", chat_id=chat, text="x"))
    await telegram.until(lambda: telegram.calls.of("sendMessage"))

    await asyncio.wait_for(telegram.stop(), 5)

    with pytest.raises(aiohttp.ClientConnectionError):
        await sending


async def test_a_slow_call_takes_its_time(api, telegram):
    telegram.faults.slow("getMe", seconds=0.2)
    begin = asyncio.get_running_loop().time()

    await api.ok("getMe")

    assert asyncio.get_running_loop().time() - begin >= 0.2


async def test_the_journal_knows_every_call(api, telegram, chat):
    await api.ok("sendMessage", chat_id=chat, text="x")
    await api("sendMessage", chat_id=404, text="y")

    calls = telegram.calls.of("sendMessage")
    assert [(call.chat, call.status, call.parameters["text"]) for call in calls] == [
        (chat, 200, "x"),
        (404, 400, "y"),
    ]
    assert (calls[1].description, telegram.calls.counts["sendMessage"]) == ("Bad Request: chat not found", 2)


async def test_one_message_a_second_to_a_chat(api, telegram, chat):
    telegram.limits.is_enforced = True
    await api.ok("sendMessage", chat_id=chat, text="x")

    status, body = await api("sendMessage", chat_id=chat, text="x")
    telegram.clock.advance(timedelta(seconds=1))

    assert (status, body["parameters"]) == (429, {"retry_after": 1})
    await api.ok("sendMessage", chat_id=chat, text="x")


async def test_thirty_messages_a_second_in_all(api, telegram):
    telegram.limits.is_enforced = True
    people = [telegram.person(f"Alice {number}") for number in range(31)]
    for person in people:
        await person.says("/start")

    answers = [await api("sendMessage", chat_id=person.user_id, text="x") for person in people]

    assert [status for status, _ in answers] == [200] * 30 + [429]


async def test_edits_and_deletions_are_not_counted(api, telegram, chat):
    telegram.limits.is_enforced = True
    sent = await api.ok("sendMessage", chat_id=chat, text="x")

    for number in range(3):
        await api.ok("editMessageText", chat_id=chat, message_id=sent["message_id"], text=str(number))

    assert telegram.limits.refusals == 0
