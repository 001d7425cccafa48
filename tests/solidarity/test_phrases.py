"""The phrase with which the bot opens its messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity.phrases import READY, check_phrase, choose_phrase
from solidarity.typed_errors import WordsRefused

LANGUAGES = ["be", "ru", "en"]
EVERY_READY_PHRASE = [phrase for language in LANGUAGES for phrase in READY[language]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_ready_phrases_and_no_two_alike(language):
    phrases = READY[language]

    assert len(phrases) >= 40
    assert len({phrase.casefold() for phrase in phrases}) == len(phrases)


@pytest.mark.parametrize("phrase", EVERY_READY_PHRASE)
def test_a_ready_phrase_could_have_been_typed(phrase):
    assert check_phrase(phrase, own_name=None) == phrase


@pytest.mark.parametrize("phrase", EVERY_READY_PHRASE)
def test_a_ready_phrase_has_two_or_three_words(phrase):
    assert len(phrase.split()) in (2, 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ready_phrase_can_be_chosen(language):
    chosen = {choose_phrase(language, lambda _, place=place: place) for place in range(len(READY[language]))}

    assert chosen == set(READY[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_is_chosen_in_the_persons_language(language):
    assert choose_phrase(language) in READY[language]


def test_there_are_no_phrases_in_an_unknown_language():
    with pytest.raises(KeyError):
        choose_phrase("xx")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("  Grandmother's   blue  jug ", "Grandmother's blue jug", id="spaces are tidied"),
        pytest.param("сям'я і чай", "сям'я і чай", id="an apostrophe inside a word"),
        pytest.param("чай-чай", "чай-чай", id="a hyphen inside a word"),
        pytest.param("mud", "mud", id="as short as can be"),
        pytest.param("a" * 40, "a" * 40, id="as long as can be"),
        pytest.param(
            "courtyard and bottle", "courtyard and bottle", id="harmless words that begin like telling ones"
        ),
        pytest.param("Судьба и суданская роза", "Судьба и суданская роза", id="also in Russian"),
        pytest.param("Лістапад і кніжныя паліцы", "Лістапад і кніжныя паліцы", id="also in Belarusian"),
        pytest.param("Tea and I", "Tea and I", id="I is no name"),
    ],
)
def test_harmless_words_are_kept(typed, kept):
    assert check_phrase(typed, own_name="Alice") == kept


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("  ab ", id="too short"),
        pytest.param("a" * 41, id="too long"),
        pytest.param("tea 4 two", id="a digit"),
        pytest.param("warm tea!", id="punctuation"),
        pytest.param("tea @alice", id="a handle"),
        pytest.param("-- --", id="only hyphens"),
        pytest.param("чай 🙂", id="a picture"),
        pytest.param("tea <b>", id="markup"),
        pytest.param("My bot speaks", id="bot"),
        pytest.param("prisoners of tea", id="prison"),
        pytest.param("A letter today", id="letter"),
        pytest.param("guardian of tea", id="guardian"),
        pytest.param("the court", id="court"),
        pytest.param("Poruch", id="the name of the bot"),
        pytest.param("quiet solidarity", id="solidarity"),
        pytest.param("tea-prison", id="telling after a hyphen"),
        pytest.param("ТЮРЬМА", id="a prison in Russian capitals"),
        pytest.param("пора писать письмо", id="a letter in Russian"),
        pytest.param("завтра суд", id="a court in Russian"),
        pytest.param("мой бот", id="a bot in Russian"),
        pytest.param("солидарность", id="solidarity in Russian"),
        pytest.param("у турме", id="a prison in Belarusian"),
        pytest.param("напісаць ліст", id="a letter in Belarusian"),
        pytest.param("апякун", id="a guardian in Belarusian"),
        pytest.param("салідарнасць", id="solidarity in Belarusian"),
        pytest.param("поруч", id="the name of the bot in Belarusian"),
    ],
)
def test_telling_words_and_what_is_no_phrase_are_refused(typed):
    with pytest.raises(WordsRefused):
        check_phrase(typed, own_name=None)


@pytest.mark.parametrize(
    ("typed", "own_name"),
    [
        pytest.param("tea for wilhelmina", "Wilhelmina Testova", id="their own first name"),
        pytest.param("testova tea", "Wilhelmina Testova", id="their own last name"),
        pytest.param("ЛЁЛЯ", "Леля Выдуманая", id="their own name in another spelling"),
        pytest.param("чай для наташа", None, id="a common name"),
        pytest.param("Tea with Wilhelmina", None, id="a capital inside, as names have"),
    ],
)
def test_names_are_refused(typed, own_name):
    with pytest.raises(WordsRefused):
        check_phrase(typed, own_name=own_name)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_kept_as_it_will_be_shown_or_refused(text):
    try:
        phrase = check_phrase(text, own_name=None)
    except WordsRefused:
        return

    assert check_phrase(phrase, own_name=None) == phrase
    assert 3 <= len(phrase) <= 40
