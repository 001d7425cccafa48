"""Finds which known place of detention a register means, in any of the ways it is written.

Three languages, Łacinka, abbreviations and the address at the end are understood. An address given up since
leads to the place that replaced it and is noted. What is not found stays text for a coordinator.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from storage.starting import starting_facilities

from .spelling import fold_word

_KINDS = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"))
    for kind, pattern in (
        (
            "ivs",
            r"ivs|ivu|ічу|ивс|temporary detention \w+"
            r"|ізалятар часовага утрымання|изолятор временного содержания",
        ),
        (
            "sizo",
            r"sizo|siza|сизо|сіза|pre-?\s?trial (?:detention|prison)(?: cent(?:er|re)| facility)?"
            r"|remand (?:prison|cent(?:er|re))|следчы ізалятар|следственн\w+ изолятор|sl\w+ i[sz][ao]l\w+",
        ),
        (
            "open-facility",
            r"iuot|puat|иуот|пуат|open(?:-type)? (?:correctional|penal) (?:facility|institution)"
            r"|(?:correctional|penal) (?:facility|institution) of open type"
            r"|папраучая установа адкрытага тыпу|исправительно\w* учреждени\w* открытого типа",
        ),
        ("colony", r"ik|pk|ик|пк|colony|kaloni\w+|koloni\w+|калон\w+|колон\w+"),
        ("prison", r"prison|turma|turmie|tiurma|tyurma|турм[аеы]|тюрьм[аеы]"),
    )
)
_NUMBER = re.compile(r"[^\w,;\n]{0,3}(?:no?[^\w,;\n]{0,2})?([0-9]{1,2})(?![0-9])")
_POSTAL_CODE = re.compile(r"(?<![0-9])2[0-9]{5}(?![0-9])")
_STREET = re.compile(r"(?<!\w)(?:vul|vulica|vulitsa|ul|ulitsa|str|street|вул|вуліца|ул|улица)(?!\w)")
_STEM = 5
_STREET_STEM = 7
_CLOSED_SITE = "-closed-site"


@dataclass(frozen=True, slots=True)
class Found:
    """Where a text leads: a facility's code or none, the kind it names or none, and what was odd."""

    code: str | None
    kind: str | None
    notes: tuple[str, ...] = ()


class Directory:
    """Known places by kind and number, postal code, town; the shipped ones unless others are given."""

    def __init__(self, facilities: Iterable[Mapping[str, str]]) -> None:
        self._kinds: dict[str, str] = {}
        self._successors: dict[str, str] = {}
        self._numbers: dict[tuple[str, int], str] = {}
        self._postal: dict[str, set[str]] = {}
        self._towns: dict[str, str] = {}
        self._former_streets: dict[str, str] = {}
        for facility in facilities:
            self._add(facility)

    def find(self, text: str) -> Found:
        """Find the place a text means.

        Notes: ``stale_address`` (the code is the successor's), ``facility_closed``, ``address_differs``
        (another postal code than ours), ``facility_by_address`` (only the postal code told),
        ``facility_unknown``.
        """
        folded = _folded(text)
        if not folded:
            return Found(None, None)
        if folded.upper() in self._kinds:
            return self._settle(folded.upper(), folded)
        named = _named(folded)
        kind = named[0][0] if named else None
        if code := next((self._numbers[key] for key in named if key in self._numbers), None):
            return self._settle(code, folded)
        if kind == "ivs" and (code := self._by_town(folded)):
            return self._settle(code, folded)
        if kind is None and (code := self._by_postal_code(folded)):
            found = self._settle(code, folded)
            return Found(found.code, found.kind, ("facility_by_address", *found.notes))
        return Found(None, kind, ("facility_unknown",))

    def _add(self, facility: Mapping[str, str]) -> None:
        code, kind, postal = facility["code"], facility["kind"], facility["postal_code"]
        self._kinds[code] = kind
        if postal:
            self._postal.setdefault(postal, set()).add(code)
        if kind.endswith(_CLOSED_SITE):
            self._successors[code] = facility.get("replaced_by") or code.removesuffix("-FORMER")
            street = max((fold_word(word) for word in facility["street"].split()), key=len, default="")
            self._former_streets[street[:_STREET_STEM]] = code
            return
        texts = (code, facility["name_en"], facility["name_be"], facility["name_ru"])
        for key in (key for text in texts for key in _named(_folded(text)) if key[1]):
            self._numbers.setdefault(key, code)
        if kind == "ivs":
            towns = (code.partition("-")[2], facility["city"], facility["name_ru"].rpartition(" ")[2])
            self._towns |= {
                fold_word(words[0])[:_STEM]: code for town in towns if (words := re.findall(r"\w+", town))
            }

    def _settle(self, code: str, folded: str) -> Found:
        former = next((old for old, new in self._successors.items() if code in (old, new)), None)
        if former is not None and (code == former or self._is_at_former_site(former, folded)):
            code = self._successors[former]
            return Found(code, _plain(self._kinds.get(code, "")), ("stale_address",))
        kind = self._kinds[code]
        notes = ("facility_closed",) if kind.endswith("-liquidated") else ()
        postal = set(_POSTAL_CODE.findall(folded))
        if postal and not any(code in self._postal.get(one, ()) for one in postal):
            notes = (*notes, "address_differs")
        return Found(code, _plain(kind), notes)

    def _is_at_former_site(self, former: str, folded: str) -> bool:
        if any(former in self._postal.get(code, ()) for code in _POSTAL_CODE.findall(folded)):
            return True
        words = (fold_word(word) for word in re.findall(r"[^\W\d]+", folded))
        return any(self._former_streets.get(word[:_STREET_STEM]) == former for word in words)

    def _by_town(self, folded: str) -> str | None:
        # A street may be named after another town, so only what stands before it can be the town.
        words = (fold_word(word)[:_STEM] for word in re.findall(r"[^\W\d]+", _STREET.split(folded)[0]))
        return next((self._towns[word] for word in words if word in self._towns), None)

    def _by_postal_code(self, folded: str) -> str | None:
        codes = {code for postal in _POSTAL_CODE.findall(folded) for code in self._postal.get(postal, ())}
        return codes.pop() if len(codes) == 1 else None


@lru_cache(maxsize=1)
def starting_directory() -> Directory:
    """Give the directory of the shipped places, read once."""
    return Directory(starting_facilities())


def _folded(text: str) -> str:
    lowered = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(letter for letter in lowered if not unicodedata.combining(letter)).casefold().strip()


def _named(folded: str) -> list[tuple[str, int]]:
    """List the kinds of place a text names, each with its number or 0; those with a number come first."""
    found = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(folded):
            number = _NUMBER.match(folded, match.end())
            found.append((kind, int(number.group(1)) if number else 0))
    return sorted(found, key=lambda pair: pair[1] == 0)


def _plain(kind: str) -> str:
    """Say which plain kind a listed one is: ``colony-women`` is a colony, ``sizo-and-prison`` a sizo."""
    return next((plain for plain, _ in _KINDS if kind.startswith(plain)), kind)
