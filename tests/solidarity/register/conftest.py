"""Registers small enough to stand in a test: rows of the published export, of our own form, of hearings."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from solidarity.register import HearingRow, Parsed, PrisonerRow, parse_hearings, parse_prisoners, read_rows

TODAY = date(2026, 11, 1)

PUBLISHED = {
    "id": "7",
    "url": "https://example.org/en/person/ihar-uzorau",
    "name": "Ihar Uzorau",
    "status": "active",
    "birthday": "1980-02-03",
    "gender": "male",
    "arrested": "2024-05-06",
    "articles/0": "Art. 342 of the Criminal Code",
    "prison/title": "Penal colony No. 15",
    "prison/address": "213105, Mahilioŭ, Viejna, Slaŭharadskaja šaša 183",
    "penalty": "imprisonment in a general-security penal colony",
    "decision": "2 1/2 years",
    "verdict_date": "2025-01-02",
}
OWN = {
    "source_id": "p-1",
    "name_be": "Ігар Узораў",
    "name_en": "Ihar Uzorau",
    "custody_status": "pretrial",
    "facility": "СІЗА-1",
}
HEARING = {
    "source_id": "h-1",
    "prisoner": "p-1",
    "starts": "2026-11-20 10:00",
    "court": "Minsk City Court",
}


@pytest.fixture
def parse() -> Callable[..., Parsed]:
    """Parse rows given as dictionaries, on the first of November 2026."""

    def parse_rows(*rows: dict[str, Any], **options: Any) -> Parsed:
        return parse_prisoners(read_rows(json.dumps(rows).encode()), today=TODAY, **options)

    return parse_rows


@pytest.fixture
def published(parse: Callable[..., Parsed]) -> Callable[..., PrisonerRow]:
    """Understand one row of the published export that differs from an ordinary one in the cells given."""

    def one(**cells: Any) -> PrisonerRow:
        parsed = parse(PUBLISHED | {name.replace("__", "/"): cell for name, cell in cells.items()})
        assert (parsed.refused, parsed.left_out) == ((), ())
        return parsed.rows[0]

    return one


@pytest.fixture
def own(parse: Callable[..., Parsed]) -> Callable[..., PrisonerRow]:
    """Understand one row of our own form that differs from an ordinary one in the cells given."""

    def one(**cells: Any) -> PrisonerRow:
        parsed = parse(OWN | cells)
        assert (parsed.refused, parsed.left_out) == ((), ())
        return parsed.rows[0]

    return one


@pytest.fixture
def refusal_of(parse: Callable[..., Parsed]) -> Callable[..., str]:
    """Say why a row of our own form that differs in the cells given is refused."""

    def one(**cells: Any) -> str:
        parsed = parse(OWN | cells)
        assert parsed.rows == ()
        return parsed.refused[0].reason

    return one


@pytest.fixture
def hearing() -> Callable[..., HearingRow | str]:
    """Understand one hearing, or say why it is refused."""

    def one(**cells: Any) -> HearingRow | str:
        parsed = parse_hearings(read_rows(json.dumps([HEARING | cells]).encode()))
        return parsed.rows[0] if parsed.rows else parsed.refused[0].reason

    return one
