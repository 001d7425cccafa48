"""What it costs to be there: time to the first request for updates, and memory once the bot is at rest.

``poruch run`` on a new installation with SQLite, beside a process that only imports what it imports of
others, and a bare aiogram bot; each a process of its own, all in turn.
"""

import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.page import seen_on, table, write_part
from bench.pairs import Ratio
from bench.processes import PEERS, ROOT
from bot.configuration.settings import load_settings
from bot.installing.installation import create
from sandbox.lookalike import Lookalike

ROUNDS = 7
LONGEST_SECONDS = 60
# Until what begins beside the first poll is done as well: commands published, tables looked at.
AT_REST_AFTER_SECONDS = 1.5
OURS, IMPORTS, AIOGRAM = "Poruch", "its libraries, imported", "bare aiogram bot"
# Start and memory, each over the imports, and memory over aiogram's.
MOST_TIME, MOST_MEMORY, MOST_OF_AIOGRAM = 1.3, 1.15, 0.75


@dataclass(frozen=True)
class Way:
    """One program: its command line, environment and first line of input, and how it shows that it began."""

    command: Sequence[str]
    has_begun: Callable[[Process], Awaitable[object]]
    environment: Mapping[str, str]
    line: str = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[tuple[Process, float]]:
        """Run it for the length of the block; gives it with the seconds it took to begin."""
        begun = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *self.command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=ROOT,
            env={**os.environ, **self.environment},
        )  # fmt: skip
        assert process.stdin is not None
        try:
            process.stdin.write(f"{self.line}\n".encode())
            async with asyncio.timeout(LONGEST_SECONDS):
                await self.has_begun(process)
            yield process, time.perf_counter() - begun
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            await process.communicate()


def resident(process: Process) -> float:
    """Return the memory of a process that lies in RAM, in MiB."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def ways(telegram: Lookalike, folder: Path) -> dict[str, Way]:
    """Set up an installation, run it once to see what it loads, and say how each program is run."""
    environment = {
        "PORUCH_TOKEN": telegram.token,
        "PORUCH_TELEGRAM_API_URL": telegram.url,
        "PORUCH_DATA_DIR": str(folder / "data"),
        "PTB_TIMEDELTA": "1",
    }
    create(load_settings(environment, folder), now=datetime.now(UTC))

    async def polls(_: Process) -> None:
        before = len(telegram.calls.of("getUpdates"))
        await telegram.until(lambda: len(telegram.calls.of("getUpdates")) > before, LONGEST_SECONDS)

    async def says_so(process: Process) -> None:
        assert process.stdout is not None
        await process.stdout.readline()

    named = Way([sys.executable, "-m", "bench.starts.named"], polls, environment)
    return {
        OURS: Way([sys.executable, "-m", "bot", "run"], polls, environment),
        IMPORTS: Way(
            [sys.executable, "-m", "bench.starts.imports"], says_so, environment, await _loaded_by(named)
        ),
        AIOGRAM: Way([str(PEERS), "-m", "bench.starts.aio", telegram.token, telegram.url], polls, {}),
    }


async def _loaded_by(way: Way) -> str:
    async with way.running() as (process, _):
        await asyncio.sleep(AT_REST_AFTER_SECONDS)
        process.send_signal(signal.SIGTERM)
        assert process.stdout is not None
        return json.dumps(json.loads(await process.stdout.read()))


async def measure(rounds: int) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Return for each program, round by round, the seconds to its beginning and its MiB at rest."""
    seconds: dict[str, list[float]] = defaultdict(list)
    memory: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        async with await Lookalike.start() as telegram:
            programs = await ways(telegram, Path(name))
            for _ in range(rounds):
                for program, way in programs.items():
                    async with way.running() as (process, took):
                        await asyncio.sleep(AT_REST_AFTER_SECONDS)
                        memory[program].append(resident(process))
                    seconds[program].append(took)
    return seconds, memory


def over(seen: Mapping[str, list[float]], other: str, name: str) -> Ratio:
    return Ratio(name, tuple(one / two for one, two in zip(seen[OURS], seen[other], strict=True)))


async def main(rounds: int = ROUNDS) -> bool:
    """Print the ratios and write them down; says whether their bounds hold."""
    seconds, memory = await measure(rounds)
    bounds = {
        over(seconds, IMPORTS, "start to the first poll, over importing its libraries"): MOST_TIME,
        over(memory, IMPORTS, "memory at rest, over its libraries imported"): MOST_MEMORY,
        over(memory, AIOGRAM, "memory at rest, over a bare aiogram bot"): MOST_OF_AIOGRAM,
        over(seconds, AIOGRAM, "start to the first poll, over a bare aiogram bot"): None,
    }
    rows = []
    for ratio, bound in bounds.items():
        print(ratio)
        verdict = "" if bound is None else f"≤ {bound} {'holds' if ratio.median <= bound else 'missed'}"
        rows.append([ratio.name, ratio.short, verdict])
    write_part("footprint", [*table(["", "ratio", "bound"], rows), "", seen_on(rounds)])
    return all(bound is None or ratio.median <= bound for ratio, bound in bounds.items())


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(main()) else 1)
