"""Telegram's HTML, read as strictly as Telegram does, into words and entities."""

import re
from dataclasses import dataclass, field

from sandbox.errors import ApiError, bad_request
from sandbox.formatting import Entity, Formatted, extent, is_link, utf16_length

SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
KNOWN_TAGS = {*SIMPLE_TAGS, "a", "tg-emoji", "tg-time"}
REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_SPECIAL = re.compile(r"[&<]")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|([a-zA-Z]+));?")
_TAG_NAME = re.compile(r"[^\s>]*")
_SPACES = re.compile(r"\s*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


def parse_html(source: str) -> Formatted:
    """Read Telegram's HTML; raises ``ApiError`` "can't parse entities: …" with Telegram's reason."""
    return _Reader(source).read()


def decode_references(text: str) -> str:
    """Replace the named and numeric references that Telegram knows; others stay as they are."""
    return _REFERENCE.sub(lambda match: _referenced(match) or match.group(), text)


def _referenced(match: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        return REFERENCES.get(name)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    is_character = 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else None


@dataclass
class _Open:
    """A tag that waits for its end."""

    name: str
    attributes: dict[str, str]
    offset: int
    position: int


@dataclass
class _Reader:
    source: str
    at: int = 0
    parts: list[str] = field(default_factory=list)
    length: int = 0
    waiting: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> Formatted:
        while self.at < len(self.source):
            special = _SPECIAL.search(self.source, self.at)
            if special is None:
                self._put(self.source[self.at :], len(self.source))
            elif special.start() > self.at:
                self._put(self.source[self.at : special.start()], special.start())
            elif special.group() == "&":
                self._reference()
            else:
                self._tag()
        if self.waiting:
            raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{self.waiting[-1].name}"')
        return Formatted("".join(self.parts), _ordered(self.entities))

    def _put(self, text: str, until: int) -> None:
        self.parts.append(text)
        self.length += utf16_length(text)
        self.at = until

    def _reference(self) -> None:
        match = _REFERENCE.match(self.source, self.at)
        character = _referenced(match) if match is not None else None
        if match is not None and character is not None:
            self._put(character, match.end())
        else:
            self._put("&", self.at + 1)

    def _tag(self) -> None:
        if self.source.startswith("</", self.at):
            self._end_tag()
        else:
            self._start_tag()

    def _start_tag(self) -> None:
        begin = self.at
        name_end = self._after(_TAG_NAME, begin + 1)
        if name_end == len(self.source):
            raise _cannot_parse(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        name = self.source[begin + 1 : name_end].lower()
        if name not in KNOWN_TAGS:
            raise _cannot_parse(f'Unsupported start tag "{name}" at byte offset {self._bytes(begin)}')
        attributes = self._attributes(name, begin, name_end)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _cannot_parse(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}'
            )
        self.waiting.append(_Open(name, attributes, self.length, len(self.parts)))

    def _attributes(self, name: str, begin: int, at: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            at = self._after(_SPACES, at)
            if self._char(at) == ">":
                self.at = at + 1
                return found
            key_end = self._after(_ATTRIBUTE_NAME, at)
            key = self.source[at:key_end].lower()
            if key_end < len(self.source) and not key:
                where = self._bytes(begin)
                raise _cannot_parse(f'Empty attribute name in the tag "{name}" at byte offset {where}')
            at = self._after(_SPACES, key_end)
            if self._char(at) == "=":
                found[key], at = self._attribute_value(begin, self._after(_SPACES, at + 1))
            else:
                found[key] = ""
            if at >= len(self.source):
                raise _cannot_parse(f'Unclosed start tag "{name}" at byte offset {self._bytes(begin)}')

    def _attribute_value(self, begin: int, at: int) -> tuple[str, int]:
        quote = self._char(at)
        if quote in {"'", '"'}:
            end = self.source.find(quote, at + 1)
            if end < 0:
                raise _cannot_parse(f"Unclosed start tag at byte offset {self._bytes(begin)}")
            return decode_references(self.source[at + 1 : end]), end + 1
        end = self._after(_NAME_TOKEN, at)
        if self._char(end) not in {">", ""} and not self._char(end).isspace():
            raise _cannot_parse(f"Unexpected end of name token at byte offset {self._bytes(at)}")
        return self.source[at:end].lower(), end

    def _end_tag(self) -> None:
        begin = self.at
        if not self.waiting:
            raise _cannot_parse(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        name_end = self._after(_TAG_NAME, begin + 2)
        name = self.source[begin + 2 : name_end].lower()
        closing = self._after(_SPACES, name_end)
        if self._char(closing) != ">":
            raise _cannot_parse(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        opened = self.waiting.pop()
        if name not in {"", opened.name}:
            raise _cannot_parse(
                f"Unmatched end tag at byte offset {self._bytes(begin)}, "
                f'expected "</{opened.name}>", found "</{name}>"'
            )
        self.at = closing + 1
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        inner = "".join(self.parts[opened.position :])
        described = _described(opened, inner)
        if described is not None:
            extent = {"offset": opened.offset, "length": self.length - opened.offset}
            self.entities.append({**described, **extent})

    def _after(self, pattern: re.Pattern[str], at: int) -> int:
        match = pattern.match(self.source, at)
        return at if match is None else match.end()

    def _char(self, at: int) -> str:
        return self.source[at : at + 1]

    def _bytes(self, at: int) -> int:
        return len(self.source[:at].encode())


def _described(opened: _Open, inner: str) -> Entity | None:
    """Say what an element means; ``None`` where Telegram quietly keeps the words only."""
    attributes = opened.attributes
    if opened.name == "a":
        url = attributes.get("href") or inner
        return {"type": "text_link", "url": url} if is_link(url) else None
    if opened.name == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
    if opened.name == "tg-time":
        return _time_entity(attributes)
    if opened.name == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    if opened.name == "code" and attributes.get("class", "").startswith("language-"):
        return {"type": "code", "language": attributes["class"].removeprefix("language-")}
    return {"type": SIMPLE_TAGS[opened.name]}


def _time_entity(attributes: dict[str, str]) -> Entity:
    unix = attributes.get("unix", "")
    if not re.fullmatch(r"-?\d{1,12}", unix):
        raise _cannot_parse('Tag "tg-time" must have a valid attribute "unix"')
    entity: Entity = {"type": "date_time", "unix_time": int(unix)}
    if attributes.get("format"):
        entity["date_time_format"] = attributes["format"]
    return entity


def _ordered(entities: list[Entity]) -> tuple[Entity, ...]:
    ordered = sorted(entities, key=lambda entity: (extent(entity)[0], -extent(entity)[1]))
    pres = {extent(entity) for entity in ordered if entity["type"] == "pre"}
    kept: list[Entity] = []
    for entity in ordered:
        language = entity.get("language")
        if entity["type"] == "code" and extent(entity) in pres:
            if language:
                pre = next(one for one in ordered if one["type"] == "pre" and extent(one) == extent(entity))
                pre["language"] = language
            continue
        kept.append(
            {key: value for key, value in entity.items() if key != "language" or entity["type"] == "pre"}
        )
    return tuple(kept)


def _cannot_parse(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
