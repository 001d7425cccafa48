"""The door to paper: an order goes to a process of its own by a pipe, and a PDF or a PNG comes back."""

import asyncio
import json
import os
import sys
from pathlib import Path

import structlog

from bot.paper.pictures import picture_for
from bot.paper.sheets import Data, sheets_for
from solidarity.envelopes import PaperOrder
from solidarity.errors import PaperNotMade, TooBusy
from solidarity.pictures import PictureOrder

log = structlog.stdlib.get_logger("poruch.paper")

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-P", "-m", "bot.paper.drawing")
# Nothing of this process's own: its environment may hold the token and where the keys lie.
ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "PYTHONDONTWRITEBYTECODE": "1",
    "RAYON_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
}
# Some hundred times what an evening takes: a machine that is busy with people lets paper wait.
DRAWN_WITHIN_SECONDS = 30.0
AT_ONCE = 1
MOST_WAITING = 5
# Whoever waits is not answered meanwhile, whatever they tap.
MOST_WAITING_SECONDS = 10.0


class Press:
    """Prints one order at a time; a few more may wait for it."""

    def __init__(
        self,
        *,
        seconds: float = DRAWN_WITHIN_SECONDS,
        patience: float = MOST_WAITING_SECONDS,
        command: tuple[str, ...] = COMMAND,
    ) -> None:
        self._seconds = seconds
        self._patience = patience
        self._command = command
        self._room = asyncio.Semaphore(AT_ONCE)
        self._coming = 0

    async def print_envelopes(self, order: PaperOrder) -> bytes:
        """Return an order as a PDF; nothing of either is kept.

        Raises:
            TooBusy: as many wait already as may, or it is not its turn within ten seconds.
            PaperNotMade: the process failed or took longer than it may.
        """
        return await self._in_turn("paper", sheets_for(order))

    async def draw_picture(self, order: PictureOrder) -> bytes:
        """Return a picture as a PNG; nothing of it is kept.

        Raises:
            TooBusy, PaperNotMade: as `print_envelopes`.
        """
        return await self._in_turn("picture", picture_for(order))

    async def _in_turn(self, kind: str, data: Data) -> bytes:
        if self._coming >= AT_ONCE + MOST_WAITING:
            raise TooBusy("paper")
        self._coming += 1
        try:
            await self._take_turn()
            try:
                return await self._draw(kind, json.dumps(data).encode())
            finally:
                self._room.release()
        finally:
            self._coming -= 1

    async def _take_turn(self) -> None:
        try:
            async with asyncio.timeout(self._patience):
                await self._room.acquire()
        except TimeoutError:
            raise TooBusy("paper") from None

    async def _draw(self, kind: str, order: bytes) -> bytes:
        pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        # What the drawing says of an error may hold words of the order, so nobody listens.
        process = await asyncio.create_subprocess_exec(
            *self._command, kind,
            stdin=pipe, stdout=pipe, stderr=nowhere, cwd=os.sep, env=ENVIRONMENT, start_new_session=True,
        )  # fmt: skip
        try:
            async with asyncio.timeout(self._seconds):
                drawn, _ = await process.communicate(order)
        except TimeoutError:
            log.warning("paper took too long", seconds=self._seconds)
            raise PaperNotMade("too slow") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            log.warning("paper could not be drawn", status=process.returncode)
            raise PaperNotMade(f"ended with {process.returncode}")
        return drawn
