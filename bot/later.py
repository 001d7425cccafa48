"""Lets a module of ours wait until something in it is first used (docs/decisions/0021).

``from solidarity import people`` then costs next to nothing; ``from solidarity.people import person_of``
loads it at once, as packages are. Without this everything is loaded at once, and works alike.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from threading import RLock
from types import ModuleType
from typing import Any

OURS = frozenset({"handlers", "solidarity", "storage", "locales", "bot"})


class _Waiting(ModuleType):
    """A module of which only the name is known; whoever asks for anything in it loads it."""

    def __getattr__(self, name: str) -> Any:
        # Python itself asks for such names of every module; they load none.
        if name.startswith("__"):
            raise AttributeError(name)
        loader = self.__loader__
        assert isinstance(loader, _Later)
        loader.load(self)
        return ModuleType.__getattribute__(self, name)


class _Later(SourceFileLoader):
    """Loads a module when it is first used; where that fails, it waits again as it did."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        self._lock = RLock()
        self._is_loading = False

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Waiting(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave it for later."""

    def load(self, module: ModuleType) -> None:
        """Load it once, whoever asks at the same time; while it is being loaded it is as it is.

        Raises:
            NotLoaded: it cannot be read just now, and will be tried again; other trouble is what it is.
        """
        with self._lock:
            if self._is_loading or type(module) is not _Waiting:
                return
            self._is_loading = True
            before = dict(vars(module))
            try:
                super().exec_module(module)
            except BaseException as error:
                vars(module).clear()
                vars(module).update(before)
                if isinstance(error, MemoryError | OSError) and not isinstance(error, FileNotFoundError):
                    # Only here: the process that draws loads nothing of storage.
                    from storage.errors import NotLoaded

                    raise NotLoaded(self.name) from error
                raise
            finally:
                self._is_loading = False
            module.__class__ = ModuleType  # type: ignore[assignment]


class _Finder:
    """Finds our own modules as Python does, and lets those that are no packages wait."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if path is None or name.partition(".")[0] not in OURS:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or type(spec.loader) is not SourceFileLoader or spec.submodule_search_locations:
            return spec
        spec.loader = _Later(name, spec.loader.path)
        return spec


def wait_for_use() -> None:
    """Let every module of ours that is imported from here on wait for its first use; twice is once."""
    if _Finder not in sys.meta_path:
        # Before Python's own only: whoever put one ahead of that is asked as before.
        sys.meta_path.insert(sys.meta_path.index(PathFinder), _Finder)
