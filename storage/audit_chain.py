"""How the trail holds together: each entry a link of a chain, each link tagged under a key that is then gone.

::

    entry    canonical JSON: sorted names, no spaces, ASCII; `number` and `at` among them
    link 0   SHA-256(E("poruch/audit/begin/v1", deployment))
    link n   SHA-256("poruch/audit/v1" ‖ link n-1 ‖ entry n)
    tag n    HMAC-SHA256(key n, E("poruch/audit/tag/v1", deployment, n, link n))
    key 0    the seed; key n = HMAC-SHA256(key n-1, "poruch/audit/next/v1")

Where the seed was renewed after entry m, key m is the new seed. Only key n+1 is kept after entry n.

Protects what was written before somebody got hold of everything: who has key n+1 cannot tag an earlier entry
anew. Does not protect what comes later, nor a tail that is cut off together with its head: a head that was
told to somebody finds that.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest, digest
from uuid import UUID

from storage.framing import E, NeverPickled, split

KEY_BYTES = 32
# The act by which a new seed begins: the tag of its own entry is the last under the seed before.
RESEEDED = "trail_reseeded"


def new_seed() -> bytes:
    """Make a seed, 32 random bytes."""
    return os.urandom(KEY_BYTES)


def canonical(facts: Mapping[str, str | int]) -> str:
    """Write facts in the one way in which they are chained."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"))


def instant(at: datetime) -> str:
    """Write an instant as it stands in an entry: UTC, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def first_link(deployment: UUID) -> bytes:
    """Give what the first entry is chained to."""
    return sha256(E("poruch/audit/begin/v1", deployment)).digest()


def next_link(before: bytes, entry: str) -> bytes:
    """Chain an entry to the link before it."""
    return sha256(b"poruch/audit/v1" + before + entry.encode()).digest()


def next_key(key: bytes) -> bytes:
    """Move a key on; there is no way back."""
    return digest(key, b"poruch/audit/next/v1", "sha256")


def tag_of(key: bytes, deployment: UUID, number: int, link: bytes) -> bytes:
    """Tag a link, and with it everything before it."""
    return digest(key, E("poruch/audit/tag/v1", deployment, number, link), "sha256")


@dataclass(frozen=True)
class Seed(NeverPickled):
    """What every tag after entry ``after`` follows from, up to the next seed.

    Raises:
        ValueError: it is not 32 bytes after some entry.
    """

    after: int
    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if self.after < 0 or len(self.key) != KEY_BYTES:
            raise ValueError("a seed has 32 bytes and stands after some entry")

    @classmethod
    def from_text(cls, text: str) -> "Seed":
        """Read what ``to_text`` wrote.

        Raises:
            ValueError: it is not that.
        """
        after, _, key = text.strip().partition(":")
        return cls(int(after), bytes.fromhex(key))

    def to_text(self) -> str:
        return f"{self.after}:{self.key.hex()}"


@dataclass(frozen=True)
class Standing(NeverPickled):
    """Where the trail stands; kept sealed, so that who writes to the database cannot move it.

    ``forgotten`` is the newest entry that was forgotten for its age, ``forgotten_link`` its link,
    ``forgotten_seed`` after which entry the seed of its time began. ``told`` is the newest number that
    coordinators were told, on ``told_on``.
    """

    number: int
    link: bytes
    key: bytes = field(repr=False)
    forgotten: int
    forgotten_link: bytes
    forgotten_seed: int
    told: int
    told_on: date

    @classmethod
    def first(cls, deployment: UUID, seed: bytes) -> "Standing":
        """Begin a trail: the seed itself is not kept."""
        link = first_link(deployment)
        return cls(0, link, next_key(seed), 0, link, 0, 0, date.min)

    @classmethod
    def from_text(cls, text: str) -> "Standing":
        """Read what ``to_text`` wrote.

        Raises:
            ValueError: it is not that.
        """
        number, link, key, forgotten, its_link, its_seed, told, day = split(b64decode(text, validate=True))
        forgotten_number, seed_number = int.from_bytes(forgotten, "big"), int.from_bytes(its_seed, "big")
        return cls(
            int.from_bytes(number, "big"),
            link,
            key,
            forgotten_number,
            its_link,
            seed_number,
            int.from_bytes(told, "big"),
            date.fromisoformat(day.decode()),
        )

    def to_text(self) -> str:
        parts = E(
            self.number,
            self.link,
            self.key,
            self.forgotten,
            self.forgotten_link,
            self.forgotten_seed,
            self.told,
            self.told_on.isoformat(),
        )
        return b64encode(parts).decode()

    def after(self, link: bytes) -> "Standing":
        """Stand one entry further, under a key from which the one before does not follow."""
        return replace(self, number=self.number + 1, link=link, key=next_key(self.key))

    def reseeded(self, seed: bytes) -> "Standing":
        """Stand at the same entry, the next one tagged under what follows from a new seed."""
        return replace(self, key=next_key(seed))

    def without(self, number: int, link: bytes, seed: int) -> "Standing":
        """Stand at the same entry, everything up to an older one forgotten."""
        return replace(self, forgotten=number, forgotten_link=link, forgotten_seed=seed)

    def told_up_to_here(self, day: date) -> "Standing":
        """Stand at the same entry, its number told to coordinators."""
        return replace(self, told=self.number, told_on=day)


class Fault(StrEnum):
    """What is wrong with the first entry that is not as it was written."""

    MISSING = "missing"
    EXTRA = "extra"
    CHANGED = "changed"
    TAG = "tag"
    HEAD = "head"
    OTHER_HEAD = "other_head"


@dataclass(frozen=True)
class Link:
    """An entry's row as it was read."""

    number: int
    at: datetime
    entry: str
    chain: bytes
    tag: bytes


class Walk:
    """Goes through the entries in their order, and says of the first bad one what is wrong.

    Args:
        seeds: those at hand; entries of whose time there is none are followed by their chain alone.
        heads: links that were told to somebody, or the beginnings of them, by their numbers.
    """

    def __init__(
        self, deployment: UUID, standing: Standing, *, seeds: Mapping[int, bytes], heads: Mapping[int, bytes]
    ) -> None:
        self._deployment = deployment
        self._standing = standing
        self._seeds = seeds
        self._heads = heads
        self.link = standing.forgotten_link
        self.number = standing.forgotten
        self.tagged = 0
        # After which entries a new seed began.
        self.reseeded: list[int] = []
        self._key = self._key_after_forgotten()

    def _key_after_forgotten(self) -> bytes | None:
        began = self._standing.forgotten_seed
        key = self._seeds.get(began)
        for _ in range(self._standing.forgotten - began if key is not None else 0):
            key = next_key(key) if key is not None else None
        return key

    def take(self, row: Link) -> Fault | None:
        """Look at the next row; None where it is as it was written."""
        if row.number != self.number + 1:
            return Fault.MISSING if row.number > self.number else Fault.EXTRA
        if row.number > self._standing.number:
            return Fault.EXTRA
        self.number, self.link = row.number, next_link(self.link, row.entry)
        told = _told_in(row)
        if not compare_digest(self.link, row.chain) or told is None:
            return Fault.CHANGED
        if not self._is_tagged(row):
            return Fault.TAG
        if told.get("act") == RESEEDED:
            self.reseeded.append(row.number)
            self._key = self._seeds.get(row.number)
        return None if self._is_as_told() else Fault.OTHER_HEAD

    def end(self) -> Fault | None:
        """Compare where the rows end with where the trail stands."""
        if self.number < self._standing.number:
            return Fault.MISSING
        has_other_key = self._key is not None and not compare_digest(next_key(self._key), self._standing.key)
        if has_other_key or not compare_digest(self.link, self._standing.link):
            return Fault.HEAD
        return None

    def _is_tagged(self, row: Link) -> bool:
        if self._key is None:
            return True
        self._key = next_key(self._key)
        self.tagged += 1
        return compare_digest(tag_of(self._key, self._deployment, row.number, self.link), row.tag)

    def _is_as_told(self) -> bool:
        told = self._heads.get(self.number)
        return told is None or self.link.startswith(told)


def _told_in(row: Link) -> dict[str, object] | None:
    """Return what an entry says; None where that is not written in our way or of another row."""
    try:
        told = json.loads(row.entry)
        is_ours = canonical(told) == row.entry
    except (ValueError, TypeError, RecursionError):
        return None
    if not isinstance(told, dict) or not is_ours:
        return None
    return told if (told.get("number"), told.get("at")) == (row.number, instant(row.at)) else None
