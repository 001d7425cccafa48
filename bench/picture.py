"""Bars side by side, drawn as SVG without a library."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LABEL, VALUE, LINE, GAP = 760, 250, 150, 26, 34
COLOURS = {True: "#2a6f4e", False: "#9aa5a0"}


@dataclass(frozen=True)
class Bar:
    """One bar: its length is `value` over the largest of its group."""

    label: str
    value: float
    text: str
    is_ours: bool = False


@dataclass(frozen=True)
class Group:
    """Bars that are measured with one another, under a heading."""

    heading: str
    bars: Sequence[Bar]
    # The length of a full bar, where none need reach it.
    whole: float | None = None


def draw(groups: Sequence[Group]) -> str:
    """Draw groups of bars, one below the other."""
    parts, y = [], 0
    for group in groups:
        y += GAP
        parts.append(f'<text x="12" y="{y - 10}" font-weight="bold">{escape(group.heading)}</text>')
        whole = group.whole or max(bar.value for bar in group.bars)
        for bar in group.bars:
            length = max(1.0, bar.value / whole * (WIDTH - LABEL - VALUE))
            parts += [
                f'<text x="{LABEL - 8}" y="{y + 17}" text-anchor="end">{escape(bar.label)}</text>',
                f'<rect x="{LABEL}" y="{y + 4}" width="{length:.1f}" height="{LINE - 8}" '
                f'fill="{COLOURS[bar.is_ours]}"/>',
                f'<text x="{LABEL + length + 8:.1f}" y="{y + 17}">{escape(bar.text)}</text>',
            ]
            y += LINE
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 12}" width="{WIDTH}" '
            'font-family="sans-serif" font-size="13" fill="#1d2421">',
            f'<rect width="{WIDTH}" height="{y + 12}" fill="#ffffff"/>',
            *parts,
            "</svg>\n",
        ]
    )
