"""Register files in which every cell that takes a text holds a canary; some rows are refused."""

import csv
import io
import json
from datetime import date, datetime, timedelta

from tests.attacks.canaries import Canaries

Row = dict[str, object]
PUBLIC = 8


def prisoner(mint: Canaries, **differing: object) -> Row:
    """Return a row of our own form."""
    row: Row = {
        "source_id": mint.word(),
        "name_be": f"Забыты {mint.cyrillic()}",
        "name_ru": f"Забытый {mint.cyrillic()}",
        "name_en": f"Forgotten {mint.word()}",
        "alias": f"Lake {mint.word()}",
        "born": "1980-02-03",
        "languages": "be ru en",
        "interests": mint.sentence(),
        "custody_status": "pretrial",
        "facility": "SIZO-1",
        "articles": f"Art. 342 {mint.word()}",
        "sentence": mint.cyrillic(),
        "detained_on": "2024-05-06",
        "publicity": "public",
        "recognised_by": mint.word(),
        "source_url": mint.link(),
    }
    return row | differing


def prisoners(mint: Canaries) -> list[Row]:
    """Return eight who are public, one for guardians only, two who are hidden, and two who are refused."""
    return [
        *(prisoner(mint) for _ in range(PUBLIC)),
        prisoner(mint, publicity="guardians", facility=mint.cyrillic()),
        prisoner(mint, publicity="hidden"),
        prisoner(mint, publicity="hidden"),
        prisoner(mint, custody_status=mint.word()),
        prisoner(mint, born=mint.word(), detained_on=mint.word()),
    ]


def changed(mint: Canaries, rows: list[Row], today: date) -> list[Row]:
    """Return a later file: one with a verdict, one elsewhere, one released, one gone, one new."""
    convicted, moved, *others, released = rows[: PUBLIC + 2]
    return [
        convicted | {"custody_status": "convicted", "sentence": mint.cyrillic()},
        moved | {"facility": "SIZO-3", "interests": mint.cyrillic()},
        *others,
        released | {"custody_status": "released", "release_on": f"{today - timedelta(days=7)}"},
        prisoner(mint),
    ]


def published(mint: Canaries) -> list[Row]:
    """Return two rows as human-rights centres publish them."""
    return [
        {
            "id": mint.word(),
            "url": mint.link(),
            "name": mint.word(),
            "status": "active",
            "birthday": "1975-01-02",
            "gender": "male",
            "arrested": "2022-02-05",
            "articles": f"Art. 368 {mint.word()}",
            "verdict_date": "2022-09-01",
            "decision": mint.word(),
            "penalty": f"3 years in a penal colony, {mint.word()}",
            "judge": mint.cyrillic(),
            "prosecutor": mint.cyrillic(),
            "prison": mint.cyrillic(),
            "declaration": mint.link(),
            "description": mint.word(),
            "photo": mint.link(),
        }
        for _ in range(2)
    ]


def hearings(mint: Canaries, prisoner_id: object, starts: datetime) -> list[Row]:
    """Return a sitting and one that is refused."""
    row: Row = {
        "source_id": mint.word(),
        "prisoner": prisoner_id,
        "starts": f"{starts:%Y-%m-%d %H:%M}",
        "court": mint.cyrillic(),
        "room": mint.word(),
        "judge": mint.cyrillic(),
        "stage": mint.cyrillic(),
        "openness": "open",
        "confidence": "confirmed",
        "outcome": mint.cyrillic(),
        "source_url": mint.link(),
    }
    return [row, row | {"source_id": mint.word(), "starts": mint.word()}, row | {"prisoner": mint.word()}]


def guardianships(mint: Canaries, *written_to: Row) -> list[Row]:
    """Return who writes to each of some prisoners every two weeks, and two who are refused."""
    pairs = [
        {"prisoner": row["source_id"], "label": mint.cyrillic(), "rhythm_weeks": "2"} for row in written_to
    ]
    return [
        *pairs,
        {"prisoner": mint.word(), "label": mint.word(), "rhythm_weeks": "4"},
        {"prisoner": written_to[0]["source_id"], "label": mint.word(), "rhythm_weeks": mint.word()},
    ]


def facilities() -> list[Row]:
    """Return a place of detention: it is public, and no canary."""
    return [
        {
            "code": "SAMPLE-1",
            "kind": "colony",
            "name_be": "Узорная калонія",
            "name_ru": "Образцовая колония",
            "name_en": "Sample Colony No. 1",
            "postal_code": "100000",
            "city": "Узорск",
            "street": "вул. Прыкладная 1",
            "source": "an invented list",
        }
    ]


def as_lines(rows: list[Row]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def as_array(rows: list[Row]) -> str:
    return json.dumps(rows, ensure_ascii=False)


def as_csv(rows: list[Row]) -> str:
    written = io.StringIO()
    table = csv.DictWriter(written, fieldnames=list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return written.getvalue()
