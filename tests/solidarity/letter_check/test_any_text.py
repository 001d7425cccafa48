"""Whatever somebody sends as a draft: it is looked through, in good time, and leaves no trace."""

import logging
import pickle
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solidarity.letter_check import Finding, Report, WordList, check_letter
from solidarity.letter_check.tokens import tokens_of
from solidarity.shipped.reading import shipped_names, shipped_words

WORDS = WordList(shipped_words())
NAMES = shipped_names()
LONG = 8_000
# On a slow machine; a letter as Telegram takes it is 25 times shorter.
SECONDS = 10

PIECES = st.sampled_from(
    [
        "свабода",
        "Жыве Беларусь",
        "чакаю",
        "адказу",
        "не",
        " ",
        "\n",
        ".",
        ",",
        "РБ",
        "Ганна",
        "Вярбіцкая",
        "x@y.by",
        "🌞",
        "+375291234567",
        "https://t.me/x",
        "/\\",
        "see you",
        "ў",
        "\u0301",
        "\u200d",
        "İ",
        "ß",
        "ﬀ",
        "٣",
        "²",
        "«",
        ")))",
        "№",
    ]
)
ANY_TEXT = st.text(st.characters(), max_size=300) | st.lists(PIECES, max_size=40).map("".join)


def look_at(draft: str) -> Report:
    return check_letter(draft, WORDS, own_names=["Ганна Вярбіцкая"], known_names=NAMES)


@settings(max_examples=400)
@given(ANY_TEXT)
def test_any_text_is_looked_through_and_every_place_is_within_it(draft):
    report = look_at(draft)

    assert all(0 <= each.start < each.end <= len(draft) for each in report.findings)
    assert list(report.findings) == sorted(
        report.findings, key=lambda each: (each.start, each.end, each.reason)
    )
    assert {each for found in report.by_reason().values() for each in found} == set(report.findings)
    assert report.measure.grams >= 5


@given(ANY_TEXT, ANY_TEXT)
def test_words_are_found_wherever_in_a_letter_they_stand(before, after):
    draft = f"{before}\nпалітвязні\n{after}"

    places = [(each.start, each.end) for each in look_at(draft).findings if each.reason == "politics"]

    assert (len(before) + 1, len(before) + 11) in places


@given(ANY_TEXT)
def test_the_same_text_gives_the_same_report(draft):
    assert look_at(draft) == look_at(draft)


REPEATED = [
    "а",
    "a",
    "я.",
    "A",
    "Б",
    "1",
    "1 ",
    "+",
    "@",
    "a@",
    "a.",
    ".a",
    "http://",
    "www.",
    "/\\",
    "(",
    ")",
    ":)",
    "<3",
    "🌞",
    "\n",
    " ",
    "Аб ",
    "Аб Вг ",
    "РБ ",
    "\u0301",
    "а\u0301",
    "ў",
    "не ",
    "чакаю ",
    "жду ",
    "'",
    "а'",
    "#",
    "━",
    "ї ",
    "x ",
    "see the ",
    "=",
    "-",
    "а-",
    "свабод",
    "бела-чырвона-",
    "not wait ",
    "5-",
    "5-5",
    "\t|\n",
]


@pytest.mark.parametrize("sign", REPEATED, ids=ascii)
def test_four_times_the_text_takes_about_four_times_as_long(sign: str):
    assert_even_growth(sign)


@pytest.mark.parametrize("letter", ["а", "ў", "a", "Б", "\u0301", "漢"], ids=ascii)
def test_a_hundred_thousand_of_one_letter_are_looked_through_in_seconds(letter: str):
    assert_even_growth(letter)  # what grows with the square would keep this test for hours

    assert timed(letter * 100_000) < SECONDS


def assert_even_growth(sign: str) -> None:
    whole = sign * (LONG // len(sign))
    quarter = whole[: len(whole) // 4]
    for _ in range(3):
        short, long = timed(quarter), timed(whole)
        if long <= 8 * short + 0.05:
            return
    pytest.fail(f"{long:.3f} s for the whole, {short:.3f} s for a quarter")


def timed(draft: str) -> float:
    begun = process_time()
    look_at(draft)
    return process_time() - begun


def test_a_long_real_letter_is_looked_through_at_once():
    draft = "Учора мы хадзілі ў лес і бачылі дзятла. Ён стукаў па сасне, а потым паляцеў. " * 55

    assert timed(draft[:4096]) < 1


SECRET = "Зажмурыніха"


def test_nothing_that_is_shown_or_kept_holds_a_word_of_the_draft(caplog):
    draft = f"{SECRET} свабода {SECRET} 🌞 x{SECRET} Алесь Прыдуманы"

    with caplog.at_level(logging.DEBUG):
        report = look_at(draft)

    assert report.findings
    for trace in (repr(report), repr(tokens_of(draft)), str(report.by_reason()), caplog.text):
        assert SECRET not in trace
        assert "свабода" not in trace
    assert SECRET.encode() not in pickle.dumps(report)


def test_the_list_of_words_remembers_no_draft():
    words = WordList(shipped_words())
    before = pickle.dumps(words.__dict__)

    check_letter(f"{SECRET} свабода", words)

    assert pickle.dumps(words.__dict__) == before


def test_a_finding_holds_places_and_a_reason_only():
    assert set(Finding.__dataclass_fields__) == {"reason", "start", "end"}


def test_an_empty_letter_has_nothing_to_be_said_about():
    report = look_at("")

    assert report.findings == ()
    assert (report.measure.characters, report.measure.sheets) == (0, 0)
    assert not report.measure.is_heavy
