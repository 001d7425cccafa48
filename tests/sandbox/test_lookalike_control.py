"""The same powers over HTTP, the page, and who may use them."""

import asyncio
import base64
import re

import aiohttp
import pytest

from sandbox.deeds import DEEDS


class Control:
    def __init__(self, telegram, http) -> None:
        self._url, self._http = f"{telegram.url}/sandbox", http

    async def get(self, path: str) -> object:
        async with self._http.get(f"{self._url}/{path}") as response:
            return (await response.json())["result"]

    async def post(self, path: str, **body: object) -> object:
        async with self._http.post(f"{self._url}/{path}", json=body) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]


@pytest.fixture
def control(telegram, http) -> Control:
    return Control(telegram, http)


async def test_a_person_is_added_speaks_and_is_seen(control, api, telegram):
    added = await control.post("people", first_name="Vera", language_code="be")
    path = f"people/{added['user_id']}"
    await control.post(f"{path}/say", text="/start")
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    await api.ok("sendMessage", chat_id=added["user_id"], text="Well?", reply_markup=keyboard)
    await control.post(f"{path}/tap", label="Yes")

    vera = (await control.get("state"))["people"][0]

    assert [message["text"] for message in vera["messages"]] == ["/start", "Well?"]
    assert vera["messages"][1]["keyboard"][0][0]["is_waiting"]


async def test_the_page_is_told_what_it_should_show(control):
    state = await control.get("state")

    assert (state["title"], state["intro"]) == ("Try <me>", "Hello")
    assert state["hints"] == [{"name": "Code", "value": "abc"}]


async def test_the_clock_is_moved_and_goes_back(control, telegram):
    before = telegram.clock.now()
    await control.post("clock", advance_seconds=3600)
    moved = telegram.clock.now() - before
    await control.post("clock", reset=True)

    assert (moved.total_seconds(), telegram.clock.is_frozen) == (3600, False)


async def test_faults_are_switched_on_and_off(control, http, telegram, api):
    await control.post("faults", kind="error", method="getMe", status=500, times=0)
    status, _ = await api("getMe")
    async with http.delete(f"{telegram.url}/sandbox/faults") as response:
        assert response.status == 200

    assert (status, telegram.faults.live) == (500, [])


async def test_the_journal_can_be_read(control, api):
    await api.ok("getMe")

    journal = await control.get("journal?method=getme")

    assert (journal["counts"], [call["status"] for call in journal["calls"]]) == ({"getMe": 1}, [200])


async def test_updates_are_injected_given_again_and_settle(control, api):
    number = await control.post("inject", update={"message": 7})
    await control.post("redeliver", update_id=number)
    assert await control.post("settled", timeout=0.01) is False
    assert len(await api.ok("getUpdates")) == 2
    await api.ok("getUpdates", offset=number + 1)

    assert await control.post("settled", timeout=1) is True


async def test_files_sent_from_the_page_can_be_fetched_there(control, http, telegram, alice):
    content = base64.b64encode(b"<script>").decode()
    await control.post(f"people/{alice.user_id}/document", name="a.html", base64=content)
    file_id = alice.visible[0].media.file_id

    async with http.get(f"{telegram.url}/sandbox/files/{file_id}") as response:
        assert await response.read() == b"<script>"
        assert response.headers["Content-Disposition"] == "attachment"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("people", {"first_name": " "}),
        ("people/1/say", {"text": "x"}),
        ("clock", {"set": "2026-03-02"}),
        ("clock", {"advance_seconds": 1e300}),
        ("faults", {"kind": "earthquake"}),
        ("faults", {"kind": "error", "status": 1}),
        ("redeliver", {"update_id": 1}),
        ("inject", {}),
    ],
)
async def test_nonsense_is_refused_with_a_reason(telegram, http, path, body):
    async with http.post(f"{telegram.url}/sandbox/{path}", json=body) as response:
        answer = await response.json()

    assert response.status == 400
    assert answer["description"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
@pytest.mark.parametrize("path", ["sandbox/state", "bot{token}/getMe"])
async def test_pages_from_elsewhere_are_refused(telegram, http, headers, path):
    url = f"{telegram.url}/{path.format(token=telegram.token)}"
    async with http.get(url, headers=headers) as response:
        assert response.status == 403


async def test_a_form_cannot_post_here(telegram, http):
    async with http.post(f"{telegram.url}/sandbox/people", data='{"first_name": "Mallory"}') as response:
        assert response.status == 400

    assert telegram.people == []


async def test_the_page_loads_nothing_from_elsewhere(telegram, http: aiohttp.ClientSession):
    async with http.get(f"{telegram.url}/") as response:
        page = await response.text()

    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "<title>Try &lt;me&gt;</title>" in page
    assert "://" not in page


async def test_every_control_of_the_page_is_something_that_people_can_do(telegram, http):
    async with http.get(f"{telegram.url}/") as response:
        controls = set(re.findall(r'data-deed="(\w+)"', await response.text()))
    async with http.get(f"{telegram.url}/page/app.js") as response:
        asked = set(re.findall(r"[pP]ath\}/(\w+)`", await response.text()))

    assert controls >= {"photo", "document", "sticker", "block"}
    assert asked >= {"say", "tap", "forward"}
    assert controls | asked <= set(DEEDS)


async def test_words_of_a_stranger_are_forwarded_as_the_page_asks_for_it(control, telegram, http):
    vera = await control.post("people", first_name="Vera", language_code="be")
    await control.post(f"people/{vera['user_id']}/forward", text="We have moved.")

    [person] = (await control.get("state"))["people"]

    [message] = person["messages"]
    assert (message["text"], message["is_forwarded"]) == ("We have moved.", True)


@pytest.mark.parametrize("name", ["app.js", "render.js", "style.css"])
async def test_the_parts_of_the_page_are_there(telegram, http, name):
    async with http.get(f"{telegram.url}/page/{name}") as response:
        assert response.status == 200


async def test_changes_are_told_as_they_happen(telegram, http, alice):
    async with http.get(f"{telegram.url}/sandbox/events") as response:
        await response.content.readline()
        await response.content.readline()
        await alice.says("/start")

        line = await asyncio.wait_for(response.content.readline(), 5)

    assert line == f"data: {telegram.world.changes.version}\n".encode()
