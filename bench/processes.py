"""The far side and the senders of a bench: processes of their own, peers in the peers' environment."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
PEERS = ROOT / ".venv-bench" / "bin" / "python"
LONGEST_SECONDS = 600
_accounts = count(1_000)


@dataclass(frozen=True)
class Sender:
    """One way of sending: a name for people, its module, whose environment it needs, which of its ways."""

    name: str
    module: str
    is_ours: bool = False
    way: str = ""

    @asynccontextmanager
    async def running(self, *arguments: object) -> AsyncIterator[None]:
        """Let it run for the length of the block; it ends with its standard input."""
        python = sys.executable if self.is_ours else str(PEERS)
        process = await asyncio.create_subprocess_exec(
            python, "-m", f"bench.senders.{self.module}", *map(str, arguments),
            stdin=PIPE, cwd=ROOT, env={**os.environ, "PTB_TIMEDELTA": "1"},
        )  # fmt: skip
        assert process.stdin is not None
        try:
            yield
        finally:
            process.stdin.close()
            await process.wait()

    async def run(self, url: str, token: str, *, given: object = None, **options: object) -> str:
        """Run it once, to its end, with something given on its standard input; returns what it printed."""
        python = sys.executable if self.is_ours else str(PEERS)
        flags = [
            part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", str(value))
        ]
        way = ["--way", self.way] if self.way else []
        process = await asyncio.create_subprocess_exec(
            python, "-m", f"bench.senders.{self.module}", url, token, *flags, *way,
            stdin=PIPE, stdout=PIPE, cwd=ROOT, env={**os.environ, "PTB_TIMEDELTA": "1"},
        )  # fmt: skip
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                printed, _ = await process.communicate(json.dumps(given).encode())
        finally:
            if process.returncode is None:
                process.kill()
        if process.returncode:
            raise RuntimeError(f"{self.name} ended with {process.returncode}")
        return printed.decode()


@asynccontextmanager
async def far_side(module: str = "bench.far_side", **options: object) -> AsyncIterator[str]:
    """Run a far side for the length of the block; gives its address."""
    flags = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", str(value))]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *flags, stdin=PIPE, stdout=PIPE, cwd=ROOT
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        port = int(await process.stdout.readline())
        yield f"http://127.0.0.1:{port}"
    finally:
        process.stdin.close()
        await process.wait()


def new_token() -> str:
    """Name an account that no run has used."""
    return f"{next(_accounts)}:bench"


async def tally(url: str, token: str) -> dict[str, Any]:
    """Read what came for one token."""

    def read() -> dict[str, Any]:
        with urlopen(f"{url}/tally/{token}") as answer:
            return dict(json.load(answer))

    return await asyncio.to_thread(read)
