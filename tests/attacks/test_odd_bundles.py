"""Files that are no bundles of ours lie where ours should: one clear line each, and nothing is written."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pyrage
import pytest
from pyrage import x25519

from bot.backups.folder import KEYS, LEDGER, RECOVERY
from bot.backups.writing import back_up
from bot.host.refusals import InstallationError
from bot.recovery.restoring import check, restore
from storage.bundle_format import MAGIC, BundleKind, Header, TableContent, written
from storage.bundles import seal
from storage.dump import RING, UNSEAL_SECRET
from storage.framing import E
from storage.keyring import KeyRing, Purpose
from storage.macs import Macs
from storage.schema import REVISIONS
from tests.bot.filled import Ground, make_ground, opened
from tests.world import NOON

DATA = "data-20261123T090000Z.age"
KINDS = {
    KEYS: BundleKind.KEYS,
    LEDGER: BundleKind.LEDGER,
    RECOVERY: BundleKind.RECOVERY,
    DATA: BundleKind.DATA,
}
Make = Callable[[str, KeyRing], bytes]


def unheard(stage: str, done: int, total: int) -> None:
    """Show nothing."""


@pytest.fixture
async def ground(tmp_path: Path) -> Ground:
    ground = await make_ground(tmp_path)
    async with opened(ground.settings) as storage:
        await back_up(storage, ground.backups, now=NOON, progress=unheard)
    return ground


async def refused(ground: Ground, folder: Path) -> list[str]:
    """Say in which lines a check and a restore are refused."""
    settings, identities = ground.elsewhere(folder / "new"), ground.keeper.identities
    belief = ground.belief(settings)
    with pytest.raises(InstallationError) as checked:
        await check(settings, ground.backups, identities, belief=belief, today=NOON.date(), progress=unheard)
    with pytest.raises(InstallationError) as restored:
        await restore(settings, ground.backups, identities, belief=belief, now=NOON, progress=unheard)
    assert not (folder / "new").exists() or list((folder / "new").rglob("*")) == []
    return [str(checked.value), str(restored.value)]


def content(
    name: str,
    ring: KeyRing,
    *,
    tables: tuple[TableContent, ...] = (),
    blobs: dict[str, bytes] | None = None,
    mark: bytes | None = None,
) -> bytes:
    """Make a bundle's content that our own key signs, or that carries another mark."""
    sig = ring.primary(Purpose.SIG)
    macs = Macs(sig.key, ring.deployment)
    counts = {table.name: len(list(table.rows)) for table in tables}
    day = date(2026, 11, 23)
    header = Header(KINDS[name], ring.deployment, REVISIONS[-1], ring.generation, day, sig.kid, counts)
    sign = macs.bundle_mac if mark is None else lambda digest: mark
    return b"".join(written(header, blobs=blobs or {}, tables=tables, sign=sign))


def with_header(told: object) -> Make:
    """Make a bundle with a header of one's own, and a mark of Mallory's."""

    def make(name: str, ring: KeyRing) -> bytes:
        whole = {
            "kind": KINDS[name].value,
            "deployment": str(ring.deployment),
            "revision": REVISIONS[-1],
            "generation": 1,
            "day": "2026-11-23",
            "signed_by": ring.primary(Purpose.SIG).kid.hex(),
            "tables": {},
        }
        text = told if isinstance(told, str) else json.dumps(whole | told if isinstance(told, dict) else told)
        framed = E("header", text), E("end", bytes(32))
        return MAGIC + b"".join(len(each).to_bytes(4, "big") + each for each in framed)

    return make


def one_table(name: str, columns: tuple[str, ...], *rows: tuple) -> Make:
    return partial(content, tables=(TableContent(name, columns, rows),), mark=b"mallory" * 4)


ODD: dict[str, Make] = {
    "no age file": lambda name, ring: b"PORUCHBK",
    "nothing": lambda name, ring: b"",
    "no end": lambda name, ring: content(name, ring)[:-40],
    "unsigned": partial(content, mark=b""),
    "signed by another": partial(content, mark=b"m" * 32),
    "a header nested without end": with_header("[" * 100_000),
    "a header that is a list": with_header([1, 2]),
    "an endless generation": with_header('{"kind": "keys", "generation": Infinity}'),
    "an endless number": with_header({"generation": float("inf")}),
    "a number of no length": with_header({"tables": {"person": float("nan")}}),
    "a day that is a number": with_header({"day": 20261123}),
    "a kind that is a list": with_header({"kind": ["keys"]}),
    "tables that are none": with_header({"tables": [1]}),
    "rows of an unknown table": one_table("mallory", ("id",), (b"1",)),
    "rows of a table of the database's own": one_table("sqlite_master", ("type",), ("table",)),
    "rows of an unknown column": one_table("person", ('id") --',), (b"1",)),
    "rows of other types": one_table("data_key", ("subject", "kid", "gen"), ("a", 7, b"gen")),
    "ledger rows that are none": one_table("departed", ("id",), (b"1",)),
}


@pytest.mark.parametrize("name", [KEYS, LEDGER, RECOVERY, DATA])
async def test_what_somebody_else_put_there_is_refused_in_one_line(
    ground: Ground, tmp_path: Path, name: str
) -> None:
    ring = await ring_of(ground)
    whole = (ground.backups / name).read_bytes()
    for told, make in ODD.items():
        (ground.backups / name).unlink()
        if told == "no age file":
            (ground.backups / name).write_bytes(make(name, ring))
        else:
            seal(iter([make(name, ring)]), ground.backups / name, [ground.keeper.recipient])

        lines = await refused(ground, tmp_path)

        assert [line for line in lines if not line.startswith(f"{name} cannot be used: ")] == [], told
        (ground.backups / name).write_bytes(whole)


@pytest.mark.parametrize("name", [KEYS, LEDGER, RECOVERY, DATA])
async def test_a_file_of_age_that_no_identity_opens_is_refused(
    ground: Ground, tmp_path: Path, name: str
) -> None:
    mallory = x25519.Identity.generate().to_public()
    odd = [
        pyrage.passphrase.encrypt(b"hello", "a passphrase"),
        pyrage.encrypt(b"hello", [mallory], armored=True),
        b"age-encryption.org/v1\n-> mallory\n\n--- \n",
    ]
    for whole in odd:
        (ground.backups / name).write_bytes(whole)
        assert {line.partition(":")[0] for line in await refused(ground, tmp_path)} == {
            f"{name} cannot be used"
        }


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
async def test_a_folder_or_a_pipe_in_a_bundles_place_is_refused(
    ground: Ground, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    (ground.backups / KEYS).unlink()
    make(ground.backups / KEYS)

    assert {*await refused(ground, tmp_path)} == {"keys.age cannot be used: it is not a file"}


def keys_blobs(ring: KeyRing, secret: bytes) -> Iterator[tuple[str, dict[str, bytes], str]]:
    """Give blobs that a bundle of ours never has, and what is said of them."""
    yield KEYS, {}, "something is missing"
    yield KEYS, {RING: b""}, "damaged"
    yield KEYS, {RING: b"PORUCHKR\x01" + bytes(90)}, "does not open"
    yield RECOVERY, {}, "something is missing"
    yield RECOVERY, {UNSEAL_SECRET: b""}, "something is missing"
    yield RECOVERY, {UNSEAL_SECRET: secret[:-1]}, "something is missing"
    yield RECOVERY, {UNSEAL_SECRET: secret * 2}, "something is missing"


async def test_keys_and_secrets_that_are_none_are_refused(ground: Ground, tmp_path: Path) -> None:
    ring, secret = await ring_of(ground), await secret_of(ground)
    whole = {name: (ground.backups / name).read_bytes() for name in (KEYS, RECOVERY)}
    for name, blobs, said in keys_blobs(ring, secret):
        (ground.backups / name).unlink()
        odd = iter([content(name, ring, blobs=blobs)])
        seal(odd, ground.backups / name, [ground.keeper.recipient])

        assert [line for line in await refused(ground, tmp_path) if said not in line] == []
        (ground.backups / name).write_bytes(whole[name])


async def test_rows_of_ours_that_lack_what_is_needed_are_refused(ground: Ground, tmp_path: Path) -> None:
    """A bundle that a release with a bug wrote, signed by our own key."""
    ring = await ring_of(ground)
    ours = {RING: (ground.settings.data_dir / "keyring.bin").read_bytes()}
    alice = ground.people["alice"].bytes
    odd = {
        KEYS: [
            (TableContent("data_key", ("kid",), [(b"1",)]),),
            (TableContent("departed", ("id",), [(b"short",)]),),
        ],
        DATA: [
            (TableContent("person", ("id",), [(None,)]),),
            (TableContent("person", ("phone",), [(b"cell",)]),),
            (TableContent("person", ("id", "phone"), [(alice, "text")]),),
        ],
    }
    for name, cases in odd.items():
        whole = (ground.backups / name).read_bytes()
        for tables in cases:
            (ground.backups / name).unlink()
            made = iter([content(name, ring, tables=tables, blobs=ours if name == KEYS else None)])
            seal(made, ground.backups / name, [ground.keeper.recipient])

            lines = await refused(ground, tmp_path)

            assert [line for line in lines if not line.startswith(name)] == [], tables
        (ground.backups / name).write_bytes(whole)


async def ring_of(ground: Ground) -> KeyRing:
    async with opened(ground.settings) as storage:
        return storage.keys.ring


async def secret_of(ground: Ground) -> bytes:
    async with opened(ground.settings) as storage:
        assert storage.keys.file is not None
        return storage.keys.file.unseal_secret
