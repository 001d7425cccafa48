"""Words that must be found nowhere, minted so that one search finds them all, in every spelling.

Each holds a mark that stands nowhere else: also what was cut off or run together is found. What is shorter
than a mark, such as a PIN of six digits or the four of hiding, would be found by chance among so many bytes.
"""

import base64
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

LATIN, CYRILLIC = "qanarxuzj", "ъканарэйъ"
# Of numbers in a row, at most so many, the first ten digits and the first 48 bits are one.
MOST_NUMBERS = 65_536
FIRST_PHONE, FIRST_ACCOUNT = (
    first - first % MOST_NUMBERS for first in (999_041_735_865_536, 4_271_990_358_065_536)
)
DIGITS = 10
LONG = 450

Piece = tuple[str, bytes]


@dataclass(frozen=True)
class Needle:
    """One spelling of something that is looked for."""

    what: str
    way: str
    written: bytes


@dataclass
class Canaries:
    """Mints canaries; `minted` keeps them all, each once."""

    minted: list[str] = field(default_factory=list)

    def _kept(self, canary: str) -> str:
        self.minted.append(canary)
        return canary

    def _letters(self) -> str:
        """Return what nobody else has, as letters: of a code as well as of a name."""
        return f"{len(self.minted):04x}".translate(str.maketrans(string.hexdigits[:16], "bcdfghjklmnprstv"))

    def word(self) -> str:
        return self._kept(LATIN + self._letters())

    def cyrillic(self) -> str:
        return self._kept(
            CYRILLIC + self._letters().translate(str.maketrans("bcdfghjklmnprstv", "бцдфгхйклмнпрсшв"))
        )

    def phone(self) -> str:
        return self._kept(f"+{FIRST_PHONE + len(self.minted)}")

    def account(self) -> int:
        """Return a number such as Telegram gives accounts, below 2^52."""
        number = FIRST_ACCOUNT + len(self.minted)
        self._kept(str(number))
        return number

    def email(self) -> str:
        return self._kept(f"{LATIN}{self._letters()}@example.org")

    def link(self) -> str:
        return self._kept(f"https://example.org/{LATIN}{self._letters()}")

    def code(self) -> str:
        """Return what reads like the code of a link."""
        return self._kept((LATIN + self._letters()).ljust(26, "x"))

    def latitude(self) -> float:
        # Its last digit is no zero, which would not be written.
        return float(self._kept(f"53.{_digits(FIRST_PHONE)}{len(self.minted) % 5000 * 2 + 1:04}"))

    def sentence(self) -> str:
        """Return five canaries in a hundred characters."""
        return " ".join((self.word(), self.cyrillic(), self.phone(), self.email(), self.link()))

    def too_long(self) -> str:
        """Return more than any field takes."""
        return self._kept((f"{LATIN}{self._letters()} " * LONG)[:LONG].strip())


def spellings(word: str) -> dict[str, bytes]:
    """Return a word as it would look in files: plain, wide, base64 at each offset, hex, escaped, a number."""
    plain = word.encode()
    found = {
        "utf-8": plain,
        "utf-16-le": word.encode("utf-16-le"),
        "utf-16-be": word.encode("utf-16-be"),
        "utf-32-le": word.encode("utf-32-le"),
        "hex": plain.hex().encode(),
        "hex, upper case": plain.hex().upper().encode(),
        "escaped": word.encode("unicode_escape"),
        "escaped bytes": repr(plain)[2:-1].encode(),
        "octal": "".join(f"\\{byte:o}" if byte > 127 else chr(byte) for byte in plain).encode(),
        "percent": quote(word).encode(),
        "percent, lower case": quote(word).lower().encode(),
        "windows-1251": word.encode("cp1251", "replace"),
        **{f"base64 at {offset}": _middle(plain, offset) for offset in range(3)},
    }
    if word.isdecimal():
        number = int(word)
        found["number, 8 bytes"] = number.to_bytes(8, "big")
        found["number, 8 bytes, little"] = number.to_bytes(8, "little")
    ways = {written: way for way, written in reversed(found.items())}
    return {way: written for way, written in found.items() if ways[written] == way}


def _middle(plain: bytes, offset: int) -> bytes:
    """Return the letters of base64 that follow from a word alone, whatever stands around it."""
    written = base64.b64encode(bytes(offset) + plain)
    return written[-(-8 * offset // 6) : 8 * (offset + len(plain)) // 6]


def needles(*words: str) -> list[Needle]:
    """Return every spelling of some words."""
    return [Needle(word, way, written) for word in words for way, written in spellings(word).items()]


def marks() -> list[Needle]:
    """Return what finds every canary, whole or cut off; numbers also as eight bytes."""
    firsts = (FIRST_PHONE, FIRST_ACCOUNT)
    as_text = needles(LATIN, CYRILLIC, *map(_digits, firsts))
    return [each for each in as_text if "number" not in each.way] + [
        Needle(_digits(first), f"number, 8 bytes{way}", first.to_bytes(8, "big")[:6][::step])
        for first in firsts
        for way, step in (("", 1), (", little", -1))
    ]


def _digits(number: int) -> str:
    return str(number)[:DIGITS]


def hits(looked_for: Iterable[Needle], pieces: Iterable[Piece]) -> Iterator[str]:
    """Name everything that stands somewhere after all, and how."""
    looked_for = list(looked_for)
    for place, content in pieces:
        for each in looked_for:
            if each.written in content:
                yield f"{place}: {each.what} as {each.way}"
