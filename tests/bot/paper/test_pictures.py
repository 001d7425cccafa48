"""Pictures for the chat: the data they are drawn from, and what can be read off their pixels."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.paper import drawing
from bot.paper.pictures import picture_for, ticks_to
from bot.paper.press import Press
from locales import LANGUAGES
from solidarity.pictures import WEEKS, CoveragePicture, MonthPicture, PictureOrder, numbers_of
from tests.bot.paper.pixels import Colour, Pixels, chunks_of, pixels_of, size_of

TODAY = date(2026, 11, 26)
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
SOURCE = (Path(drawing.__file__).parent / "picture.typ").read_text(encoding="utf-8")
COLOURS: dict[str, Colour] = {
    name: (int(hex_[:2], 16), int(hex_[2:4], 16), int(hex_[4:], 16))
    for name, hex_ in re.findall(r'#let (\w+) = rgb\("#(\w{6})"\)', SOURCE)
}
CHATS: dict[str, Colour] = {"light": (255, 255, 255), "dark": (14, 22, 33)}
WIDTH, MARGIN, FRAME = 390, 22, 4
# Left edge of the bars, in points.
BARS = 164
FIRST_WEEK = date(2026, 6, 1)


def coverage(
    guardians: tuple[int, ...] = (527, 259, 217, 197),
    silence: tuple[int, ...] = (455, 241, 186, 157, 161),
    weeks: tuple[int, ...] = (*range(10, 260, 10), 120),
    language: str = "en",
) -> CoveragePicture:
    return CoveragePicture(language, TODAY, guardians, silence, weeks)


def month(*days: date, first: date = NOVEMBER, language: str = "en") -> MonthPicture:
    return MonthPicture(language, TODAY, first, numbers_of(days))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> "type[Drawn]":
    """Draws a pixel for each point, by the same code as the process that draws."""
    monkeypatch.setattr(drawing, "PIXELS_PER_INCH", 72.0)
    return Drawn


class Drawn:
    """One picture drawn small."""

    def __new__(cls, order: PictureOrder) -> Pixels:  # type: ignore[misc]
        return pixels_of(drawing.draw("picture", json.dumps(picture_for(order))))


def contrast(one: Colour, other: Colour) -> float:
    """As the guidelines for web content reckon it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def bar_lengths(pixels: Pixels) -> list[int]:
    """How long the bars are, from top to bottom; one of a count of nothing has no pixels."""
    found, was_bar = [], False
    for y in range(pixels.height):
        lengths = [length for x, length in pixels.runs(y, COLOURS["strong"]) if abs(x - BARS) <= 1]
        if lengths and not was_bar:
            found.append(y)
        was_bar = bool(lengths)
    return [next(n for x, n in pixels.runs(y + 5, COLOURS["strong"]) if abs(x - BARS) <= 1) for y in found]


@pytest.mark.parametrize(
    ("text", "ground"),
    [("ink", "ground"), ("quiet", "ground"), ("strong", "ground"), ("ground", "strong"), ("ground", "ink")],
)
def test_whatever_is_read_stands_out_from_its_ground(text: str, ground: str):
    assert contrast(COLOURS[text], COLOURS[ground]) >= 4.5


def test_the_ground_is_the_pictures_own_and_framed_for_every_chat():
    assert contrast(COLOURS["quiet"], CHATS["light"]) >= 4.5
    assert contrast(COLOURS["ground"], CHATS["dark"]) >= 4.5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("people", [1, 30, 1200])
def test_nothing_is_painted_into_the_margins(drawn: type[Drawn], people: int, language: str):
    orders: list[PictureOrder] = [
        coverage((people, 0, 0, 0), (0, 0, 0, 0, people), (0,) * 25 + (people,), language),
        month(*sorted(NOVEMBER + timedelta(days=n % 30) for n in range(people)), language=language),
    ]
    for order in orders:
        pixels = drawn(order)
        assert pixels.width == WIDTH
        assert pixels.rows[0][0] == COLOURS["quiet"]
        inner = range(FRAME, pixels.height - FRAME)
        for side in (slice(FRAME, MARGIN - 1), slice(WIDTH - MARGIN + 1, WIDTH - FRAME)):
            assert {colour for y in inner for colour in pixels.rows[y][side]} == {COLOURS["ground"]}
        for y in (*range(FRAME, MARGIN - 3), *range(pixels.height - MARGIN + 3, pixels.height - FRAME)):
            assert set(pixels.rows[y][FRAME : WIDTH - FRAME]) == {COLOURS["ground"]}


def test_bars_are_as_long_as_their_counts(drawn: type[Drawn]):
    guardians, silence = (10, 5, 1, 8), (3, 30, 15, 6, 24)

    lengths = bar_lengths(drawn(coverage(guardians, silence, (0,) * WEEKS)))

    longest = max(lengths)
    expected = [count / 10 for count in guardians] + [count / 30 for count in silence]
    assert len(lengths) == len(expected)
    assert [length / longest for length in lengths] == pytest.approx(expected, abs=0.02)


def test_a_count_of_nothing_has_no_bar(drawn: type[Drawn]):
    assert len(bar_lengths(drawn(coverage((0, 1, 0, 0), (0, 0, 0, 0, 1), (0,) * WEEKS)))) == 2


def test_columns_are_as_high_as_their_weeks_and_the_running_one_is_hollow(drawn: type[Drawn]):
    weeks = tuple(range(1, 26))

    pixels = drawn(coverage((0,) * 4, (0,) * 5, (*weeks, 20)))

    left, wide = MARGIN + 46, (WIDTH - 2 * MARGIN - 46) / WEEKS
    middles = [round(left + wide * (n + 0.5)) for n in range(WEEKS)]
    # Below the last bar's words; the legend's box stands further left.
    heights = [sum(row[x] == COLOURS["strong"] for row in pixels.rows) for x in middles]
    assert [height / heights[24] for height in heights[:25]] == pytest.approx(
        [week / 25 for week in weeks], abs=0.03
    )
    assert heights[25] < heights[4]


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (5, [0, 2, 4, 6]),
        (12, [0, 5, 10, 15]),
        (310, [0, 100, 200, 300, 400]),
        (1001, [0, 500, 1000, 1500]),
    ],
)
def test_a_scale_has_few_round_numbers_and_reaches_the_highest(most: int, ticks: list[int]):
    assert ticks_to(most) == ticks


def test_months_are_named_below_the_weeks_in_which_they_begin():
    months = picture_for(coverage())["weeks"]["months"]

    assert [(each["week"], each["name"]) for each in months] == [
        (0, "Jun"), (4, "Jul"), (8, "Aug"), (13, "Sep"), (17, "Oct"), (21, "Nov"),
    ]  # fmt: skip
    for each in months:
        week = [FIRST_WEEK + timedelta(weeks=each["week"], days=day) for day in range(7)]
        assert 1 in {day.day for day in week}


def marked_cells(pixels: Pixels, colour: Colour) -> set[tuple[int, int]]:
    """In which week, and on which day of it, a colour stands."""
    lines = [
        y
        for y in range(MARGIN, pixels.height - MARGIN)
        if COLOURS["ground"] not in pixels.rows[y][MARGIN + 1 : WIDTH - MARGIN - 1]
    ]
    tops = [y for y in lines if y - 1 not in lines]
    wide = (WIDTH - 2 * MARGIN) / 7
    return {
        (week, day)
        for week, top in enumerate(tops)
        for day in range(7)
        if pixels.has(
            colour,
            left=MARGIN + wide * day + 5,
            top=top + 3,
            right=MARGIN + wide * (day + 1) - 5,
            bottom=top + 55,
        )
    }


def test_days_with_sittings_are_marked_where_they_stand_in_the_month(drawn: type[Drawn]):
    days = [date(2026, 11, n) for n in (1, 3, 3, 12, 30)]

    pixels = drawn(month(*days))

    # November 2026 begins on a Sunday and ends on a Monday.
    assert marked_cells(pixels, COLOURS["strong"]) == {(0, 6), (1, 1), (2, 3), (5, 0)}


def test_today_is_marked_in_its_own_month_only(drawn: type[Drawn]):
    def solid(order: MonthPicture) -> list[int]:
        pixels = drawn(order)
        # Wider than any stroke of a letter.
        return [y for y in range(80, pixels.height) if any(n > 8 for _, n in pixels.runs(y, COLOURS["ink"]))]

    # A number is cut out of the mark, but not out of its upper edge; one more stands in the legend.
    assert solid(month()) != []
    assert solid(month(first=DECEMBER)) == []
    assert picture_for(month(first=DECEMBER))["today"] == ""


def test_a_day_says_the_first_and_last_of_its_numbers():
    data = picture_for(month(*[date(2026, 11, 2)] * 39, date(2026, 11, 3), *[date(2026, 11, 4)] * 2))

    cells = [day for week in data["weeks"] for day in week if day is not None]
    assert [cell["numbers"] for cell in cells][:5] == ["", "1–39", "40", "41–42", ""]
    assert [cell["day"] for cell in cells] == [str(n) for n in range(1, 31)]
    assert [cell["day"] for cell in cells if cell["is_today"]] == ["26"]
    assert data["about"] == "42 hearings"


@pytest.mark.parametrize(
    ("language", "title", "names"),
    [
        ("be", "лістапад 2026", ["пн", "аў", "ср", "чц", "пт", "сб", "нд"]),
        ("ru", "ноябрь 2026", ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]),
        ("en", "November 2026", ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]),
    ],
)
def test_weeks_begin_on_monday_in_every_language(language: str, title: str, names: list[str]):
    data = picture_for(month(language=language))

    assert [name.rstrip(".") for name in data["weekdays"]] == names
    assert data["title"].startswith(title)
    assert [None if day is None else day["day"] for day in data["weeks"][0]] == [None] * 6 + ["1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_written_as_in_the_language(language: str):
    bars = picture_for(coverage((1200, 0, 0, 0), (1200, 0, 0, 0, 0), (0,) * WEEKS, language))["bars"]

    assert re.sub(r"\s", " ", bars[0]["bars"][0]["count"]) == ("1,200" if language == "en" else "1 200")


async def test_the_process_that_draws_gives_a_telephones_width_and_nothing_but_the_picture(press: Press):
    for order in (coverage(), month(NOVEMBER)):
        png = await press.draw_picture(order)
        width, height = size_of(png)
        assert 1080 <= width <= 1090
        assert width < height < 2 * width
        assert {name for name, _ in chunks_of(png)} <= {b"IHDR", b"pHYs", b"IDAT", b"IEND"}
        assert await press.draw_picture(order) == png
