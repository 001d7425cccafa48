"""The sentences of one language, read at once and each parsed when it is first said.

Parsed, a language takes ten times the memory of its text, and keeps the event loop for a fifth of a second.
"""

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

# What follows a sentence's first line is indented, or a comment.
_BEGINNING = re.compile(r"^(?=[a-zA-Z])", re.MULTILINE)


class Sentences:
    """One language's sentences."""

    def __init__(self, language: str) -> None:
        self._bundle = FluentBundle([language], use_isolating=False)
        self._texts: dict[str, str] = {}
        for file in files("locales").joinpath(language).iterdir():
            if file.name.endswith(".ftl"):
                for text in _BEGINNING.split(file.read_text(encoding="utf-8")):
                    self._texts[text.partition("=")[0].rstrip()] = text

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def format(self, key: str, values: Mapping[str, str | int]) -> str:
        """Return a sentence with its values put in.

        Raises:
            KeyError: there is no such sentence, or a value it needs is missing.
        """
        self._parse(key)
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        text, problems = self._bundle.format_pattern(pattern, dict(values))
        if problems:
            raise KeyError(f"{key}: {problems}")
        return str(text)

    def _parse(self, key: str) -> None:
        """Parse a sentence and those that it names, where that was not done yet."""
        if self._bundle.has_message(key):
            return
        # Where each word stands in its file takes as much memory as the words.
        entry = FluentParser(with_spans=False).parse_entry(self._texts[key])
        named = _Named()
        named.visit(entry)
        for other in named.keys & self._texts.keys():
            self._parse(other)
        self._bundle.add_resource(ast.Resource([entry]))


class _Named(Visitor):
    """Collects the sentences that one names."""

    def __init__(self) -> None:
        self.keys: set[str] = set()

    def visit_MessageReference(self, node: Any) -> None:  # noqa: N802 - named by the library.
        self.keys.add(node.id.name)
