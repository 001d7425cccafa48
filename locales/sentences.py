"""The sentences of one language, read at once and each parsed when it is first said.

Parsed, a language takes ten times the memory of its text, and keeps the event loop for a fifth of a second.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from typing import Any

from babel.localedata import load
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

# What follows a sentence's first line is indented, or a comment.
_BEGINNING = re.compile(rb"^(?=[a-zA-Z])", re.MULTILINE)
# Of what Babel keeps of a language for good, names of units, currencies, places and zones are most.
_NEVER_SAID = (
    "compound_unit_patterns",
    "currency_names",
    "currency_names_plural",
    "languages",
    "meta_zones",
    "scripts",
    "territories",
    "time_zones",
    "unit_display_names",
    "unit_patterns",
)


class Sentences:
    """One language's sentences."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._patterns: dict[str, Any] = {}
        folder = files("locales").joinpath(language)
        # As bytes and in one piece: as strings by their keys they take three times as much.
        texts = (file.read_bytes() for file in folder.iterdir() if file.name.endswith(".ftl"))
        self._text = b"\n".join([b"", *texts])

    def __contains__(self, key: str) -> bool:
        return key in self._patterns or self._place_of(key) >= 0

    def _place_of(self, key: str) -> int:
        return self._text.find(f"\n{key} =".encode())

    def format(self, key: str, values: Mapping[str, str | int]) -> str:
        """Return a sentence with its values put in.

        Raises:
            KeyError: there is no such sentence, or a value it needs is missing.
        """
        if key not in self._patterns:
            self._patterns[key] = self._parse(key)
        pattern = self._patterns[key]
        if isinstance(pattern, str):
            return pattern
        text, problems = self._bundle.format_pattern(pattern, dict(values))
        if problems:
            raise KeyError(f"{key}: {problems}")
        return str(text)

    @cached_property
    def _bundle(self) -> FluentBundle:
        """What a sentence without values does without, and with it all that Babel knows of the language."""
        bundle = FluentBundle([self._language], use_isolating=False)
        known = load(self._language)
        for name in _NEVER_SAID:
            known.pop(name, None)
        return bundle

    def _parse(self, key: str) -> Any:
        """Return a sentence's text where it holds no value, and otherwise its pattern in the bundle.

        Raises:
            KeyError: there is no such sentence.
        """
        entry = self._entry(key)
        match entry:
            case ast.Message(value=ast.Pattern(elements=[ast.TextElement(value=text)])):
                return text
        self._add(entry)
        return self._bundle.get_message(key).value

    def _entry(self, key: str) -> ast.EntryType:
        place = self._place_of(key)
        if place < 0:
            raise KeyError(key)
        begin = place + 1
        following = _BEGINNING.search(self._text, begin + 1)
        text = self._text[begin : None if following is None else following.start()].decode()
        # Where each word stands in its file takes as much memory as the words.
        return FluentParser(with_spans=False).parse_entry(text)

    def _add(self, entry: ast.EntryType) -> None:
        """Add a sentence to the bundle, after those that it names."""
        named = _Named()
        named.visit(entry)
        for other in named.keys:
            if other in self and not self._bundle.has_message(other):
                self._add(self._entry(other))
        self._bundle.add_resource(ast.Resource([entry]))


class _Named(Visitor):
    """Collects the sentences that one names."""

    def __init__(self) -> None:
        self.keys: set[str] = set()

    def visit_MessageReference(self, node: Any) -> None:  # noqa: N802 - named by the library.
        self.keys.add(node.id.name)
