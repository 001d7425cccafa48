"""Pictures as pixels, read by a decoder of a few lines."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

Colour = tuple[int, int, int]
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunks_of(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG by their names."""
    assert png.startswith(SIGNATURE)
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def size_of(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", dict(chunks_of(png))[b"IHDR"][:8])
    return width, height


@dataclass
class Pixels:
    """Rows of pixels in which nothing may be seen through."""

    width: int
    height: int
    rows: list[list[Colour]]

    def runs(self, y: int, colour: Colour) -> list[tuple[int, int]]:
        """Where in a row a colour stands without a gap: from, and how many pixels."""
        found, start = [], None
        for x, each in enumerate([*self.rows[y], None]):
            if each == colour and start is None:
                start = x
            elif each != colour and start is not None:
                found.append((start, x - start))
                start = None
        return found

    def has(self, colour: Colour, *, left: float, top: float, right: float, bottom: float) -> bool:
        part = (row[round(left) : round(right)] for row in self.rows[round(top) : round(bottom)])
        return any(colour in row for row in part)


def pixels_of(png: bytes) -> Pixels:
    """Decode eight bits a channel, without interlacing, every pixel of it solid."""
    width, height = size_of(png)
    header = dict(chunks_of(png))[b"IHDR"]
    assert (header[8], header[12]) == (8, 0)
    each = {2: 3, 6: 4}[header[9]]
    raw = zlib.decompress(b"".join(data for name, data in chunks_of(png) if name == b"IDAT"))
    rows, before, at = [], bytes(width * each), 0
    for _ in range(height):
        line = _unfiltered(raw[at], bytearray(raw[at + 1 : at + 1 + width * each]), before, each)
        assert each == 3 or set(line[3::4]) == {255}
        rows.append(list(zip(line[0::each], line[1::each], line[2::each], strict=True)))
        before, at = bytes(line), at + 1 + width * each
    return Pixels(width, height, rows)


def _unfiltered(kind: int, line: bytearray, above: bytes, each: int) -> bytearray:
    if kind == 0:
        return line
    for n in range(len(line)):
        left = line[n - each] if n >= each else 0
        corner = above[n - each] if n >= each else 0
        guess = {1: left, 2: above[n], 3: (left + above[n]) // 2}.get(kind)
        line[n] = (line[n] + (_paeth(left, above[n], corner) if guess is None else guess)) & 255
    return line


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda one: abs(guess - one))
