"""`python -m sandbox`: a process of its own that says how a bot finds it."""

import asyncio
import signal
import sys
from pathlib import Path

import aiohttp

from bot.configuration.settings import load_settings

ROOT = Path(__file__).parents[2]
SECONDS = 60


async def serve(port: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", str(port)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_it_prints_the_settings_that_lead_a_bot_to_it(tmp_path: Path) -> None:
    process = await serve(0)
    assert process.stdout is not None
    lines = [await asyncio.wait_for(process.stdout.readline(), SECONDS) for _ in range(3)]
    (tmp_path / ".env").write_bytes(b"".join(lines))
    settings = load_settings({}, tmp_path)

    async with aiohttp.ClientSession() as http:
        async with http.get(f"{settings.telegram_api_url}/bot{settings.token_or_refuse()}/getMe") as answer:
            me = await answer.json()
        async with http.get(f"{settings.telegram_api_url}/sandbox/people") as answer:
            people = (await answer.json())["result"]

    assert me["result"]["is_bot"]
    assert [person["first_name"] for person in people] == ["Alice", "Bob", "Carol", "Vera"]
    process.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(process.wait(), SECONDS) == 0


async def test_a_taken_port_is_refused_in_one_line() -> None:
    taken = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    async with taken:
        process = await serve(taken.sockets[0].getsockname()[1])
        _, err = await asyncio.wait_for(process.communicate(), SECONDS)

    assert (process.returncode, b"name another with --port" in err, err.count(b"\n")) == (1, True, 1)
