"""Reads the shipped files. They are part of the program, and tests hold them against their schemas."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from solidarity.letter_check import Reason, RiskyWord
from solidarity.possible import RuleCard, Thing, Verdict, Writer
from storage.models import CustodyStatus

RULE_CARDS = "rule_cards.yaml"
RISKY_WORDS = "risky_words.yaml"


@cache
def shipped_cards() -> tuple[RuleCard, ...]:
    """Return the rule cards that ship, in the order of their file."""
    return tuple(map(_card, _part(RULE_CARDS, "cards")))


@cache
def shipped_words() -> tuple[RiskyWord, ...]:
    """Return the risky words that ship, language by language, reason by reason."""
    return tuple(
        RiskyWord(language, entry, Reason(reason))
        for language, reasons in _part(RISKY_WORDS, "words").items()
        for reason, entries in reasons.items()
        for entry in entries
    )


@cache
def shipped_names() -> frozenset[str]:
    """Return the words of well-known names that ship."""
    return frozenset(_part(RISKY_WORDS, "known_names"))


def _part(name: str, part: str) -> Any:
    # Imported where it is needed: commands that read no shipped file do without it.
    import yaml

    text = files("solidarity.shipped").joinpath(name).read_text(encoding="utf-8")
    return yaml.safe_load(text)[part]


def _card(row: dict[str, Any]) -> RuleCard:
    words = {
        "status": CustodyStatus(row["status"]) if "status" in row else None,
        "writer": Writer(row["writer"]) if "writer" in row else None,
        "verified_on": date.fromisoformat(row["verified_on"]) if "verified_on" in row else None,
    }
    return RuleCard(**{**row, **words, "thing": Thing(row["thing"]), "verdict": Verdict(row["verdict"])})
