"""Reads the shipped files. They are part of the program, and tests hold them against their schemas."""

from datetime import date
from importlib.resources import files
from typing import Any

from solidarity.possible import RuleCard, Thing, Verdict, Writer
from storage.models import CustodyStatus

RULE_CARDS = "rule_cards.yaml"


def shipped_cards() -> tuple[RuleCard, ...]:
    """Return the rule cards that ship, in the order of their file."""
    return tuple(map(_card, _rows(RULE_CARDS, "cards")))


def _rows(name: str, part: str) -> list[dict[str, Any]]:
    # Read at `init`, `upgrade` and in tests only: what runs the bot does without it.
    import yaml

    text = files("solidarity.shipped").joinpath(name).read_text(encoding="utf-8")
    return list(yaml.safe_load(text)[part])


def _card(row: dict[str, Any]) -> RuleCard:
    words = {
        "status": CustodyStatus(row["status"]) if "status" in row else None,
        "writer": Writer(row["writer"]) if "writer" in row else None,
        "verified_on": date.fromisoformat(row["verified_on"]) if "verified_on" in row else None,
    }
    return RuleCard(**{**row, **words, "thing": Thing(row["thing"]), "verdict": Verdict(row["verdict"])})
