"""What nobody reads while the bot runs is not held."""

import sys
from types import ModuleType

import pytest

from bot import garbage


def test_what_libraries_tell_of_themselves_is_let_go(monkeypatch: pytest.MonkeyPatch):
    library = ModuleType("telegram.pretended", "Tells at length.")
    kind = type("Kind", (), {"__doc__": "Tells more.", "__module__": library.__name__})
    library.Kind, library.count = kind, int  # type: ignore[attr-defined]
    monkeypatch.setattr(sys, "modules", {library.__name__: library})

    garbage.forget_explanations()

    assert (library.__doc__, kind.__doc__) == (None, None)
    assert int.__doc__ is not None
