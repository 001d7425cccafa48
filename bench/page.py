"""docs/performance.md: each bench writes its own part, between its marks, and a picture beside it."""

import platform
from collections.abc import Sequence
from datetime import date
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "performance.md"
PICTURES = DOCS / "pictures"


def write_part(name: str, lines: Sequence[str], picture: str | None = None, *, page: Path = PAGE) -> None:
    """Write a part of the page anew; the page has a mark for it before and after.

    Args:
        name: of the part, and of its picture.
        lines: Markdown.
        picture: an SVG drawing.
        page: where the part has its place.
    """
    begin, end = f"<!-- {name}: written by make bench -->", f"<!-- end of {name} -->"
    before, found, rest = page.read_text(encoding="utf-8").partition(begin)
    _, ended, after = rest.partition(end)
    if not (found and ended):
        raise ValueError(f"{page.name} has no place for {name}")
    if picture is not None:
        PICTURES.mkdir(exist_ok=True)
        (PICTURES / f"{name}.svg").write_text(picture, encoding="utf-8")
        lines = [*lines, "", f"![{name}](pictures/{name}.svg)"]
    page.write_text("\n".join([before + begin, "", *lines, "", end + after]), encoding="utf-8")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay out a table; its first column is left, the others are right."""
    return [
        f"| {' | '.join(head)} |",
        f"|---|{'---:|' * (len(head) - 1)}",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def seen_on(rounds: int) -> str:
    """Say when and on what a part was measured."""
    today = date.today()  # noqa: DTZ011
    return (
        f"Medians of {rounds} rounds and their spread; {today:%d %B %Y}, Python {platform.python_version()}."
    )
