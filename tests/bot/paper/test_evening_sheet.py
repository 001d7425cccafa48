"""The sheet for the table of a letter evening: what to say, what to leave out, what is possible for each."""

from datetime import date

import pytest
from pypdfium2 import PdfDocument

from bot.paper.press import Press
from locales import LANGUAGES
from solidarity.envelopes import Doubt, Letter, PaperForm
from solidarity.trust import Trust
from tests.bot.paper.printed import COUNTRY, EVENING, Sheet, letter, order, place, sheets_of, squeezed

WORDS = {
    "be": ("Вечар лістоў", "28 лістапада 2026 · 2 лісты", "Чаго не трэба", "лозунгі", "1 сакавіка 2025"),
    "ru": ("Вечер писем", "28 ноября 2026 · 2 письма", "Чего не нужно", "лозунги", "1 марта 2025"),
    "en": ("Letter evening", "28 November 2026 · 2 letters", "Leave out", "slogans", "1 March 2025"),
}
OLD = place(trust=Trust.LONG_AGO, verified_on=date(2025, 3, 1))


async def evening(
    press: Press, *letters: Letter, language: str = "be", form: PaperForm = PaperForm.DL
) -> list[Sheet]:
    return sheets_of(
        await press.print_envelopes(order(*letters, language=language, form=form, evening=EVENING))
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_sheet_speaks_the_language_of_its_reader(press: Press, language: str):
    letters = (
        letter("Узор Прыкладаў", remarks=("Лісты: ад каго заўгодна.",)),
        letter("Ўзора Пробная", place=OLD, doubts=(Doubt.LONG_AGO,)),
    )

    sheet, *envelopes = await evening(press, *letters, language=language)

    assert (sheet.width, sheet.height, len(envelopes)) == (210, 297, 2)
    title, about, leave_out, slogans, verified = WORDS[language]
    assert sheet.lines[:2] == [title, about]
    assert (leave_out in sheet.lines, slogans in sheet.text, verified in sheet.text) == (True, True, True)
    assert "Лісты: ад каго заўгодна." in sheet.lines


@pytest.mark.parametrize("form", PaperForm)
async def test_everybody_stands_there_in_the_order_of_the_envelopes(press: Press, form: PaperForm):
    names = [f"Прыклад Нумар {n}" for n in range(10, 22)]

    sheets = await evening(press, *map(letter, names), form=form)

    of_envelopes = [sheet for sheet in sheets if COUNTRY in sheet.text]
    on_table = [sheet for sheet in sheets if COUNTRY not in sheet.text]
    assert names_in(on_table) == names
    assert names_in(of_envelopes) == names
    assert sheets == on_table + of_envelopes
    assert all((sheet.width, sheet.height) == (210, 297) for sheet in on_table)


def names_in(sheets: list[Sheet]) -> list[str]:
    lines = [line for sheet in sheets for line in sheet.lines if "Нумар" in line]
    return [line[line.index("Прыклад") :] for line in lines]


async def test_what_is_said_about_somebody_stands_on_no_envelope(press: Press):
    told = letter(remarks=("Пакуль можна ўсім.",), place=OLD, doubts=tuple(Doubt))

    sheet, envelope = await evening(press, told)

    assert "Пакуль можна ўсім." in sheet.text
    assert envelope.lines == list(told.envelope.lines)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_doubt_is_said_in_full(press: Press, language: str):
    sheet, _ = await evening(press, letter(place=OLD, doubts=tuple(Doubt)), language=language)
    bare, _ = await evening(press, letter(place=OLD), language=language)

    assert len(sheet.lines) - len(bare.lines) >= len(Doubt)
    assert "{" not in sheet.text


@pytest.mark.parametrize("remark", ["Щ" * 1_000, "Шчаслівая " * 100, "漢" * 1_000])
async def test_no_remark_leaves_the_margins(press: Press, remark: str):
    sheets = await evening(press, *[letter(remark, remarks=(remark,) * 9, doubts=tuple(Doubt))] * 3)

    on_table = [sheet for sheet in sheets if sheet.height == 297]
    assert len(on_table) > 1
    for sheet in on_table:
        ink = sheet.ink()
        assert ink is not None
        assert (ink.left >= 23.5, ink.top >= 23.5, ink.right <= 187, ink.bottom <= 287) == (True,) * 4


async def test_many_are_numbered_on_pages_that_are_numbered(press: Press):
    sheets = await evening(press, *[letter(f"Прыклад Нумар {n}") for n in range(12)])

    on_table = [sheet for sheet in sheets if sheet.height == 297]
    assert [sheet.lines[-1] for sheet in on_table] == [
        f"{n} / {len(on_table)}" for n in range(1, len(on_table) + 1)
    ]
    assert squeezed("12 Прыклад Нумар 11") in squeezed("".join(sheet.text for sheet in on_table))


async def test_nobody_but_who_is_written_to_is_named(press: Press):
    """No name of this program, of a group, or of who wrote: the sheet may be found."""
    pdf = await press.print_envelopes(order(letter("Узор Прыкладаў"), evening=EVENING))

    sheet, _ = sheets_of(pdf)
    assert "poruch" not in sheet.text.lower()
    assert "поруч" not in sheet.text.lower()
    with PdfDocument(pdf) as document:
        told = {name for name, value in document.get_metadata_dict().items() if value}
    assert told == {"Creator"}
    assert b"Date>" not in pdf
