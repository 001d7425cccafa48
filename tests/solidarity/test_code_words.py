"""What one-time codes look like, and how they may be typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity.code_words import new_link_code, new_word_code, normalise_code, word_list

LANGUAGES = ["be", "ru", "en"]
link_codes = st.binary(min_size=16, max_size=16).map(lambda drawn: new_link_code(lambda _: drawn))
word_codes = st.builds(
    lambda language, drawn: new_word_code(language, lambda _: drawn),
    st.sampled_from(LANGUAGES),
    st.binary(min_size=7, max_size=7),
)
separators = st.sampled_from([" ", "  ", "-", " - ", ", ", "\n", " — ", ". "])


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_2048_words_that_stay_apart_when_typed_carelessly(language):
    words = word_list(language)

    assert (len(words), len(set(words))) == (2048, 2048)


@pytest.mark.parametrize(("language", "letters"), [("be", "[а-я]+"), ("ru", "[а-я]+"), ("en", "[a-z]+")])
def test_every_word_can_be_typed_on_the_languages_keyboard(language, letters):
    assert [word for word in word_list(language) if not re.fullmatch(letters, word)] == []


def test_the_word_that_the_package_ships_damaged_is_mended():
    assert "сноска" in word_list("ru")


def test_there_are_no_words_in_an_unknown_language():
    with pytest.raises(KeyError):
        new_word_code("xx")


def test_a_link_code_carries_all_128_bits():
    assert new_link_code(bytes) == "a" * 26
    assert new_link_code(lambda size: b"\xff" * size) == "7" * 25 + "4"


def test_a_word_code_carries_55_bits():
    words = word_list("en")
    ones_but_the_top_bit = 2**55 - 1

    code = new_word_code("en", lambda size: ones_but_the_top_bit.to_bytes(size, "big"))

    assert code.split() == [words[-1]] * 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_codes_differ(language):
    assert new_word_code(language) != new_word_code(language)
    assert new_link_code() != new_link_code()


@given(st.one_of(link_codes, word_codes))
def test_a_code_is_its_own_normal_form(code):
    assert normalise_code(code) == code


@given(word_codes, separators)
def test_words_may_be_typed_with_any_case_and_punctuation(code, separator):
    assert normalise_code(f" {separator.join(code.split()).upper()}!") == code


@given(link_codes, separators, st.integers(1, 25))
def test_a_link_code_may_be_typed_in_pieces_of_one_length(code, separator, size):
    pieces = [code[start : start + size] for start in range(0, len(code), size)]

    assert normalise_code(separator.join(pieces).upper()) == code


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("АБЗАЦ Ёж", None, id="too few words"),
        pytest.param("абзац актёр адрес азот ёлка", None, id="words of no list"),
        pytest.param("Берёг соленый САХАР слово река", None, id="one word of no list"),
        pytest.param("солёный сахар слово речь арбуз", "соленый сахар слово речь арбуз", id="ё for е"),
        pytest.param("слово рынок подъезд аллея щека", "слово рынок подъезд аллея щека", id="as printed"),
        pytest.param("сіла рынок пад'езд алмаз ўека", None, id="a word of another language"),
        pytest.param("міна рынок под'езд алмаз ўека", None, id="still one that is in no list"),
        pytest.param(
            "рісунок рынок под’езд алмаз ўека", "рисунок рынок подъезд алмаз щека", id="Belarusian keys"
        ),
        pytest.param("ｚｏｏ able acid ａｃｔ actor", "zoo able acid act actor", id="wide letters"),
        pytest.param("abandon able слово actor actor", None, id="words of two lists"),
        pytest.param("able able able able able able", None, id="six words"),
        pytest.param("", None, id="nothing"),
        pytest.param("   - ", None, id="nothing but dashes"),
        pytest.param("/start", None, id="a command"),
        pytest.param("a" * 25, None, id="a link code cut short"),
        pytest.param("a" * 27, None, id="a link code too long"),
        pytest.param("a" * 25 + "1", None, id="a digit that is not of base32"),
        pytest.param("i will come to you at noon so", None, id="a sentence of 26 letters or so"),
        pytest.param("abandon " * 1000, None, id="very long"),
    ],
)
def test_what_can_be_a_code(typed, expected):
    assert normalise_code(typed) == expected


def test_a_sentence_of_26_letters_is_no_code():
    sentence = "please call me back tomorrow ok"

    assert len(sentence.replace(" ", "")) == 26
    assert normalise_code(sentence) is None


@given(st.text(max_size=300))
def test_whatever_is_typed_is_a_code_in_its_normal_form_or_none(text):
    code = normalise_code(text)

    assert code is None or normalise_code(code) == code
