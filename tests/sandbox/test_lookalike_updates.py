"""Polls, webhooks, and what is given again."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


def ids(updates: list[dict[str, object]]) -> list[object]:
    return [update["update_id"] for update in updates]


async def test_updates_come_in_order_until_they_are_confirmed(api, alice):
    queued = [await alice.says(word) for word in ("one", "two", "three")]

    first = ids(await api.ok("getUpdates", limit=2))
    again = ids(await api.ok("getUpdates"))
    rest = ids(await api.ok("getUpdates", offset=queued[1] + 1))

    assert (first, again, rest) == (queued[:2], queued, queued[2:])


async def test_a_negative_offset_forgets_all_but_the_last(api, alice):
    queued = [await alice.says(word) for word in ("one", "two", "three")]

    assert ids(await api.ok("getUpdates", offset=-1)) == queued[2:]
    assert ids(await api.ok("getUpdates")) == queued[2:]


async def test_a_long_poll_ends_with_the_first_update(api, telegram, alice):
    poll = asyncio.create_task(api.ok("getUpdates", timeout=30))
    await telegram.until(lambda: telegram.calls.of("getUpdates"))

    queued = await alice.says("one")

    assert ids(await poll) == [queued]


async def test_a_second_poll_ends_the_first(api, telegram, alice):
    first = asyncio.create_task(api("getUpdates", timeout=30))
    await telegram.until(lambda: next(iter(telegram.world.bots.values())).poll)
    second = asyncio.create_task(api.ok("getUpdates", timeout=30))

    status, body = await first

    assert (status, body["description"]) == (409, CONFLICT)
    await alice.says("one")
    assert len(await second) == 1


async def test_only_the_kinds_asked_for_are_queued(api, alice):
    await api.ok("getUpdates", allowed_updates=["callback_query"])

    await alice.says("one")

    assert await api.ok("getUpdates") == []


async def test_a_past_update_can_be_given_again(api, telegram, alice):
    queued = await alice.says("one")
    await api.ok("getUpdates", offset=queued + 1)

    telegram.redeliver(queued)

    assert ids(await api.ok("getUpdates", offset=queued + 1)) == [queued]
    assert await api.ok("getUpdates", offset=queued + 1) == []


async def test_anything_can_be_put_in_the_queue(api, telegram):
    number = telegram.inject({"message": 7})
    telegram.inject({"strange": True}, numbered=False)

    assert await api.ok("getUpdates") == [{"update_id": number, "message": 7}, {"strange": True}]


async def test_settled_means_confirmed(api, telegram, alice):
    queued = await alice.says("one")
    waiting = asyncio.create_task(telegram.settled())
    await api.ok("getUpdates")
    assert not waiting.done()

    await api.ok("getUpdates", offset=queued + 1)

    await waiting


async def test_stopping_ends_a_poll(api, telegram):
    poll = asyncio.create_task(api.ok("getUpdates", timeout=50))
    await telegram.until(lambda: telegram.calls.of("getUpdates"))

    await asyncio.wait_for(telegram.stop(), 5)

    assert await poll == []


class Hook:
    """A bot's web server that takes updates, or refuses the first of them, or waits before it takes one."""

    def __init__(self) -> None:
        self.taken: list[object] = []
        self.held: dict[object, asyncio.Event] = {}
        self.secrets: list[str | None] = []
        self.refuse = 0

    async def take(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.refuse:
            self.refuse -= 1
            return web.Response(status=500)
        number = (await request.json())["update_id"]
        if number in self.held:
            await self.held[number].wait()
        self.taken.append(number)
        return web.Response()


@pytest.fixture
async def hook() -> AsyncIterator[tuple[Hook, str]]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield hook, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def test_a_webhook_gets_updates_in_order_each_until_it_is_taken(api, telegram, alice, hook):
    taker, url = hook
    taker.refuse = 1
    await api.ok("setWebhook", url=url, secret_token="s3cret")

    queued = [await alice.says(word) for word in ("one", "two")]
    await telegram.settled()

    assert taker.taken == queued
    assert taker.secrets == ["s3cret"] * 3
    info = await api.ok("getWebhookInfo")
    assert (info["pending_update_count"], info["url"]) == (0, url)
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_webhook_gets_chats_side_by_side_and_one_chat_in_order(api, telegram, alice, hook):
    taker, url = hook
    first, second = [await alice.says(word) for word in ("one", "two")]
    other = await telegram.person("Vera").says("hers")
    taker.held[first] = asyncio.Event()
    await api.ok("setWebhook", url=url)

    await telegram.until(lambda: taker.taken)
    before = list(taker.taken)
    taker.held[first].set()
    await telegram.settled()

    assert (before, taker.taken) == ([other], [other, first, second])


async def test_there_is_no_polling_beside_a_webhook(api, hook):
    await api.ok("setWebhook", url=hook[1])

    status, body = await api("getUpdates")

    assert (status, body["description"]) == (409, ACTIVE)


async def test_a_deleted_webhook_can_drop_what_waits(api, alice, telegram):
    await api.ok("setWebhook", url="http://127.0.0.1:9/nobody")
    await alice.says("one")

    await api.ok("deleteWebhook", drop_pending_updates=True)

    assert await api.ok("getUpdates") == []


async def test_a_webhook_elsewhere_must_be_https(api):
    reason = await api.refused("setWebhook", url="http://example.org/hook")

    assert reason == "bad webhook: An HTTPS URL must be provided for webhook"
