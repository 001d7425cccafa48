"""Words that must be found nowhere, and every way in which they might stand somewhere after all."""

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path


def spellings(canary: str) -> dict[str, bytes]:
    """Return a canary as it would look in files: plain, wide, base64 at each offset, hex, a number."""
    plain = canary.encode()
    found = {
        "utf-8": plain,
        "utf-16-le": canary.encode("utf-16-le"),
        "utf-16-be": canary.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "hex, upper case": plain.hex().upper().encode(),
        "escaped": canary.encode("unicode_escape"),
    }
    for offset in range(3):
        # What is left and right of it may share a letter of base64 with it, so the outer ones are cut off.
        middle = base64.b64encode(b"\0" * offset + plain)[4 if offset else 0 : -4]
        found[f"base64 at {offset}"] = middle
    if canary.isdecimal():
        number = int(canary)
        found["number, 8 bytes"] = number.to_bytes(8, "big")
        found["number, 8 bytes, little"] = number.to_bytes(8, "little")
    return found


def hits(canaries: Iterable[str], folders: Iterable[Path]) -> Iterator[str]:
    """Name every canary that stands in a file below some folders, and how."""
    looked_for = [(canary, spellings(canary)) for canary in canaries]
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            content = path.read_bytes()
            for canary, ways in looked_for:
                for way, written in ways.items():
                    if written in content:
                        yield f"{path.name}: {canary} as {way}"
