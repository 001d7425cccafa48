"""Envelopes and labels as they come out of the printer: order, place, and nothing outside the margins."""

import pytest

from bot.paper.press import Press
from solidarity.envelopes import MOST_LETTERS, PaperForm, PaperOrder
from tests.bot.paper.printed import COUNTRY, Sheet, letter, order, place, sheets_of, squeezed

BACK = ("Янка Прыклад", "вул. Узорная 5, кв. 12", "220030 Мінск")
ADDRESS = ["Узор Прыкладаў", "Папраўчая калонія № 4", "вул. Прыкладная 1", "246035 Гомель", COUNTRY]
ENVELOPES = {PaperForm.DL: (220, 110, 104, 48), PaperForm.C5: (229, 162, 109, 84)}
RUSSIAN = place("Исправительная колония № 9", "ул. Добролюбова, 16", "213410 г. Горки")
LONG = {
    "a real long one": "Следчы ізалятар № 1 Дэпартамента выканання пакаранняў Міністэрства ўнутраных спраў",
    "one word without an end": "Щ" * 10_000,
    "words without an end": "Шчаслівая-Прыкладаўская " * 500,
    "signs the font has not": "漢😀" * 5_000,
    "heaps of accents": "Зо" + "\u0301\u0308\u20d7" * 200,
    "written from the right": "שלום עולם " * 1_000,
}
# The alphabets, Łacinka, and what else a name or an address may hold.
LETTERS = (
    "АБВГҐДЕЁЖЗИІЙКЛМНОПРСТУЎФХЦЧШЩЪЫЬЭЮЯабвгґдеёжзиійклмнопрстуўфхцчшщъыьэюя’№0123456789ŠšŽžČčŚśŹźĆćŃńŁłŬŭĹĺ"
)


async def sheets(press: Press, *args: object, **parts: object) -> list[Sheet]:
    return sheets_of(await press.print_envelopes(order(*args, **parts)))  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ENVELOPES)
async def test_an_envelope_has_its_size_and_its_lines_in_order(press: Press, form: PaperForm):
    [drawn] = await sheets(press, form=form, back=BACK)

    width, height, *_ = ENVELOPES[form]
    assert (drawn.width, drawn.height) == (width, height)
    assert drawn.lines == [*BACK, *ADDRESS]


async def test_a_russian_address_is_drawn_as_it_stands(press: Press):
    [drawn] = await sheets(press, letter("Образец Примеров", place=RUSSIAN), language="ru")

    assert drawn.lines == ["Образец Примеров", *RUSSIAN.lines, COUNTRY]


@pytest.mark.parametrize("form", ENVELOPES)
async def test_the_address_stands_lower_right_and_the_sender_upper_left(press: Press, form: PaperForm):
    [drawn] = await sheets(press, form=form, back=BACK)

    width, height, left, top = ENVELOPES[form]
    address = drawn.ink(left=left - 4, top=top - 4)
    sender = drawn.ink(bottom=top - 4)
    assert address is not None
    assert sender is not None
    assert (left <= address.left <= left + 2, address.top >= top) == (True, True)
    assert (address.right <= width - 15, address.bottom <= height - 15) == (True, True)
    assert (12 <= sender.left <= 14, 11 <= sender.top <= 15, sender.right <= 92, sender.bottom <= 35) == (
        True, True, True, True,
    )  # fmt: skip
    # Where the stamp goes.
    assert drawn.ink(left=width - 74, bottom=40) is None


async def test_without_a_return_address_there_is_only_the_address(press: Press):
    [drawn] = await sheets(press)

    assert drawn.lines == ADDRESS


@pytest.mark.parametrize("form", ENVELOPES)
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
async def test_nothing_too_long_leaves_its_margins(press: Press, form: PaperForm, text: str):
    [drawn] = await sheets(press, letter(text, place=place(text, text, text)), form=form, back=[text] * 9)

    width, height, left, top = ENVELOPES[form]
    assert drawn.lines[-1] == COUNTRY
    assert drawn.ink() != drawn.ink(left=left, top=top)
    for outside in (
        drawn.ink(right=11.5), drawn.ink(bottom=10.5), drawn.ink(left=width - 14.5),
        drawn.ink(top=height - 14.5), drawn.ink(top=35.5, bottom=top - 0.5),
        drawn.ink(top=35.5, right=left - 0.5),
        drawn.ink(left=92.5, bottom=top - 0.5),
    ):  # fmt: skip
        assert outside is None


async def test_a_word_longer_than_its_line_is_broken_and_not_cut(press: Press):
    [short] = await sheets(press, letter("Щ" * 4))
    [long] = await sheets(press, letter("Щ" * 100))

    assert short.rows_of_letters(left=100, top=44) == 5
    assert long.rows_of_letters(left=100, top=44) > 5


async def test_a_long_address_keeps_every_word_and_stays_readable(press: Press):
    long = place(LONG["a real long one"], "143/4, аграгарадок за другім скрыжаваннем", "223016 в. Пашковічы")

    [drawn] = await sheets(
        press, letter("Аляксандра-Вікторыя Доўгапрыкладаўская-Узораваліхтарэвіч", place=long)
    )

    for line in ("Аляксандра-Вікторыя Доўгапрыкладаўская-Узораваліхтарэвіч", *long.lines, COUNTRY):
        assert squeezed(line) in squeezed(drawn.text)
    address = drawn.ink(left=100, top=44)
    assert address is not None
    # Six to eight lines of eleven points at least.
    assert address.bottom - address.top > 30


async def test_labels_are_three_by_eight_and_each_keeps_to_its_own(press: Press):
    people = [letter(f"Прыклад Нумар {n}") for n in range(25)]

    first, second = await sheets(press, *people, form=PaperForm.LABELS)

    assert (first.width, first.height) == (210, 297)
    assert first.text.count(COUNTRY) == 24
    assert second.lines == ["Прыклад Нумар 24", *ADDRESS[1:]]


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
async def test_nothing_leaves_its_label(press: Press, text: str):
    long = letter(text, place=place(text, text, text))

    [drawn] = await sheets(press, *[long] * 24, form=PaperForm.LABELS)

    for column in range(3):
        for row in range(8):
            left, top = column * 70, 0.5 + row * 37
            ink = drawn.ink(left, top, left + 70, top + 37)
            assert ink is not None
            assert (ink.left >= left + 6.5, ink.right <= left + 64.5) == (True, True)
            assert (ink.top >= top + 5, ink.bottom <= top + 33) == (True, True)


async def test_a_return_address_gets_labels_of_its_own(press: Press):
    [drawn] = await sheets(press, letter(), letter(), form=PaperForm.LABELS, back=BACK)

    assert (drawn.text.count(COUNTRY), drawn.text.count(BACK[0])) == (2, 2)


async def test_every_letter_has_a_glyph_of_its_own_that_is_whole(press: Press):
    signs = [*LETTERS, "漢"]
    pictures: dict[str, list[bytes]] = {}
    for start in range(0, len(signs), MOST_LETTERS):
        part = signs[start : start + MOST_LETTERS]
        for sign, drawn in zip(part, await sheets(press, *map(letter, part)), strict=True):
            pictures[sign] = drawn.part(100, 44, 130, 56)

    assert all(any(row.strip(b"\xff") for row in picture) for picture in pictures.values())
    # What the font has not is a box, the same for all; letters differ from it, and each from every other.
    assert len({b"".join(picture) for picture in pictures.values()}) == len(signs)
    for bare, accented in (("У", "Ў"), ("И", "Й"), ("Е", "Ё")):
        heights = [sum(1 for row in pictures[sign] if row.strip(b"\xff")) for sign in (bare, accented)]
        # Half a millimetre is the breve or the dots.
        assert heights[1] >= heights[0] + 2


@pytest.mark.parametrize("number", [0, MOST_LETTERS + 1])
def test_an_order_of_nothing_or_of_too_much_is_none(number: int):
    with pytest.raises(ValueError, match="letters in one order"):
        PaperOrder(PaperForm.DL, (letter(),) * number, "be")
