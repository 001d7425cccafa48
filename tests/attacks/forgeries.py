"""What somebody with a changed client could send: buttons nobody gave them, and words behind `/start`."""

import random
import string
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote
from uuid import UUID

from handlers.vocabulary import ACTION_OF, Step, write

LONGEST_DATA = 64
ODD = (
    "", " ", "\n", "\x00", "b:", "n:", ":", "b:=", "b:====", "null", "{}", "[]", "b:'", "' OR 1=1 --",
    "%00", "../..", "\u202eb:", "😀" * 16, "ў" * 32, "\ud83d", "b:\ud83d", "x" * 64, "b:" + "A" * 62,
    "b:" + "A" * 63, "go:desk", "desk", "erase", "b:go:desk", "host.destroy", "b:" + "\x00" * 16,
    "b:" + "\uff21" * 16,
)  # fmt: skip
WITHIN = "\x00 \n\t=-_+/.\u200b\u0660Aаb"


@dataclass(frozen=True)
class Forgery:
    """A tap on some message, or words behind `/start`; one of both."""

    data: str | None = None
    message_id: int = 0
    payload: str | None = None


@dataclass
class Loot:
    """What somebody may have got hold of: tokens that are not theirs or no longer good, messages, codes."""

    tokens: Sequence[str]
    messages: Sequence[int]
    codes: Sequence[str]
    ids: Sequence[UUID]
    # What the person was truly given, by the message it stands on: good there, and nowhere else.
    own: dict[int, list[str]] = field(default_factory=dict)


def forgeries(seed: int, loot: Callable[[], Loot]) -> Iterator[Forgery]:
    """Give forgeries without end; what is at hand changes with each answer."""
    chance = random.Random(seed)
    while True:
        have = loot()
        message_id = chance.choice([*have.messages, *have.own])
        match chance.randrange(8):
            case 0:
                yield Forgery(chance.choice(have.tokens), message_id)
            case 1:
                yield _of_another_message(chance, have)
            case 2 | 3:
                yield Forgery(_changed(chance, chance.choice([*have.tokens, *_own(have)])), message_id)
            case 4:
                yield Forgery(_random(chance), message_id)
            case 5:
                yield Forgery(_step(chance, have), message_id)
            case _:
                yield Forgery(payload=_payload(chance, have))


def _own(have: Loot) -> list[str]:
    return [data for those in have.own.values() for data in those]


def _of_another_message(chance: random.Random, have: Loot) -> Forgery:
    data = chance.choice(_own(have) or have.tokens)
    others = [one for one in (*have.messages, *have.own) if data not in have.own.get(one, ())]
    return Forgery(data, chance.choice([*others, 0, -1, 2**31, 2**52]))


def _changed(chance: random.Random, data: str) -> str:
    """Change a button's data so that it is another text, whatever it would decode to."""
    place = chance.randrange(len(data) + 1)
    ways: list[Callable[[], str]] = [
        lambda: data[:place],
        lambda: data + "".join(chance.choices(string.ascii_letters, k=chance.choice((1, 4, 46, 47, 500)))),
        lambda: data[:place] + chance.choice(WITHIN) + data[place:],
        lambda: data[:place] + chance.choice(string.ascii_letters) + data[place + 1 :],
        lambda: data[:2] + data[2:].swapcase(),
        lambda: data.replace("b:", chance.choice(("B:", "b;", " b:", "b::", "n:", "", "b:b:"))),
        lambda: data[:2] + _raw(data).hex(),
        lambda: data[:2] + data[2:][::-1],
        lambda: quote(data, safe="") + chance.choice(("", "%")),
        lambda: data[:2] + data[2:].replace("-", "+").replace("_", "/") + "=",
        lambda: data + "\n",
        lambda: data.translate({ord("A") + i: 0xFF21 + i for i in range(26)}) + "\u200b",
        lambda: data[:2] + urlsafe_b64encode(_raw(data) + b"\x00" * chance.randrange(1, 30)).decode(),
    ]
    changed = chance.choice(ways)()
    return changed if changed != data else data + "x"


def _raw(data: str) -> bytes:
    return b64decode(data[2:] + "==", altchars=b"-_")


def _random(chance: random.Random) -> str:
    if chance.random() < 0.4:
        return chance.choice(ODD)
    if chance.random() < 0.5:
        return "b:" + urlsafe_b64encode(chance.randbytes(12)).decode()
    letters = [*map(chr, range(0x20, 0x7F)), *map(chr, range(0x250, 0xD7FF, 97))]
    return "".join(chance.choices(letters, k=chance.randrange(LONGEST_DATA * 2)))


def _step(chance: random.Random, have: Loot) -> str:
    """Return a newcomer's step that no screen offered, most often one that is none."""
    step = write(
        Step(
            chance.choice([*ACTION_OF, "desk", "erase", "hide"]),
            chance.choice(("be", "ru", "en", "pl", "EN", "")),
            chance.choice([None, *have.ids]),
            chance.choice((0, 1, 7, 999, 1000, -1, 10**20)),
            chance.choice([None, *have.ids]),
        )
    )
    return step if chance.random() < 0.3 else _spoiled(chance, step)


def _spoiled(chance: random.Random, step: str) -> str:
    place = chance.randrange(len(step) + 1)
    return chance.choice(
        (
            step[:place],
            step + chance.choice(("\n", ":", "=", "x", "\x00")),
            step[:place] + chance.choice(WITHIN) + step[place:],
            step[:place] + chance.choice("agre:0-_") + step[place + 1 :],
            step.upper(),
            step.replace("0", "\u0660"),
            step.replace("n:", "n::"),
        )
    )


def _payload(chance: random.Random, have: Loot) -> str:
    code = chance.choice([*have.codes, _base32(chance, 26), "abandon ability able about above"])
    place = chance.randrange(len(code))
    return chance.choice(
        (
            code,
            code[:place],
            code[:place] + chance.choice(string.ascii_lowercase + "234567") + code[place + 1 :],
            code[:place] + chance.choice("\x00\ud83d\u202e😀") + code[place:],
            code + code,
            _base32(chance, chance.choice((1, 25, 27, 64, 65, 4000))),
            urlsafe_b64encode(chance.randbytes(chance.choice((12, 16, 48)))).decode(),
            chance.choice(have.tokens),
            chance.choice(ODD) or "x",
            str(chance.choice(have.ids)),
        )
    )


def _base32(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(string.ascii_lowercase + "234567", k=length))
