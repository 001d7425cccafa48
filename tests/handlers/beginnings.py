"""What many tests begin with, people who agreed and open desks: made once for a worker, put back for each."""

import copy
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from storage.database import FILE_NAME, Database

Make = Callable[[], Awaitable[Any]]
Steps = tuple[object, ...]
# What a chat holds of its own; the rest is the test's.
OF_A_CHAT = ("shown", "written", "newest", "apart", "answer", "last", "_ids")


@dataclass(frozen=True)
class Kept:
    """The database and one chat as they stood after a step, and what the step returned."""

    database: Path
    chat: dict[str, Any]
    result: Any


class Beginnings:
    """A worker's memory of the steps that tests begin with; on SQLite, whose database is one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[Steps, Kept] = {}
        self._names = count()
        # How many statements were run until now, on whatever database.
        self.asked = 0
        event.listen(Engine, "before_cursor_execute", self._count)

    def _count(self, *_: Any) -> None:
        self.asked += 1

    def get(self, steps: Steps) -> Kept | None:
        return self._kept.get(steps)

    async def keep(self, steps: Steps, database: Database, data_dir: Path, chat: Any, result: Any) -> None:
        await database.empty_log()
        await database.close()
        place = self._folder / str(next(self._names))
        shutil.copyfile(data_dir / FILE_NAME, place)
        self._kept[steps] = Kept(place, _state_of(chat), result)


class Beginning:
    """The steps of one test up to the first thing that was not put back."""

    def __init__(self, beginnings: Beginnings, database: Database, data_dir: Path) -> None:
        self._all = beginnings
        self._database = database
        self._data_dir = data_dir
        self._steps: Steps = ()
        self._asked = beginnings.asked

    async def comes(self, step: object, chat: Any, make: Make) -> Any:
        """Take a step, by putting back what it led to where this worker knows it."""
        if self._asked != self._all.asked:
            return await make()
        self._steps += (step,)
        kept = self._all.get(self._steps)
        if kept is None:
            result = await make()
            await self._all.keep(self._steps, self._database, self._data_dir, chat, result)
            self._asked = self._all.asked
            return result
        shutil.copyfile(kept.database, self._data_dir / FILE_NAME)
        for name, value in kept.chat.items():
            setattr(chat, name, copy.copy(value))
        return kept.result


def _state_of(chat: Any) -> dict[str, Any]:
    return {name: copy.copy(getattr(chat, name)) for name in OF_A_CHAT}
