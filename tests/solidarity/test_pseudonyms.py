"""The pairs of words by which coordinators speak of people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity.pseudonyms import ADJECTIVES, NOUNS, pseudonym

LANGUAGES = ["be", "ru", "en"]
ENDINGS = {
    ("ru", "m"): ("ый", "ий", "ой"),
    ("ru", "f"): ("ая", "яя"),
    ("ru", "n"): ("ое", "ее"),
    ("be", "m"): ("ы", "і"),
    ("be", "f"): ("ая", "яя"),
    ("be", "n"): ("ае", "ое", "яе"),
}
adjectives = [[cell.split() for cell in line.split("|")] for line in ADJECTIVES.strip().splitlines()]
nouns = [[cell.split() for cell in line.split("|")] for line in NOUNS.strip().splitlines()]
FEMININE_WITHOUT_A_VOWEL = {"ель", "тетрадь", "гавань", "шэрань", "папараць"}
seeds = st.binary(min_size=1, max_size=32)


def asked_for(word: str, language: str) -> str:
    if word in FEMININE_WITHOUT_A_VOWEL:
        return "f"
    # An unstressed neuter ending is written with а in Belarusian: возера.
    vowels = {"а": "fn" if language == "be" else "f", "я": "f", "о": "n", "е": "n"}
    return vowels.get(word[-1], "m")


@pytest.mark.parametrize("words", [adjectives, nouns], ids=["adjectives", "nouns"])
def test_there_are_at_least_64_words_in_each_language_and_no_two_alike(words):
    for place in range(3):
        assert len({row[place][0] for row in words}) == len(words) >= 64


@pytest.mark.parametrize("row", adjectives, ids=lambda row: row[0][0])
def test_an_adjective_has_one_form_for_each_gender(row):
    assert [len(forms) for forms in row] == [1, 3, 3]
    for language, forms in zip(("ru", "be"), row[1:], strict=True):
        for gender, form in zip("mfn", forms, strict=True):
            assert form.endswith(ENDINGS[language, gender])
        stem = forms[1][:-2]
        assert all(form.startswith(stem) for form in forms)


@pytest.mark.parametrize(("language", "place"), [("ru", 1), ("be", 2)])
def test_a_noun_has_the_gender_its_ending_asks_for(language, place):
    wrong = [
        word for word, gender in (row[place] for row in nouns) if gender not in asked_for(word, language)
    ]

    assert wrong == []


@given(seeds, st.sampled_from(["be", "ru"]))
def test_the_adjective_agrees_with_the_noun(seed, language):
    place = {"ru": 1, "be": 2}[language]
    adjective, noun = pseudonym(seed, language).casefold().split()
    gender = next(row[place][1] for row in nouns if row[place][0] == noun)

    assert adjective in [row[place]["mfn".index(gender)] for row in adjectives]


@given(seeds)
def test_colleagues_of_different_languages_mean_the_same_person(seed):
    rows = []
    for place, language in enumerate(("en", "ru", "be")):
        adjective, noun = pseudonym(seed, language).casefold().split()
        first = next(number for number, row in enumerate(adjectives) if adjective in row[place])
        second = next(number for number, row in enumerate(nouns) if noun == row[place][0])
        rows.append((first, second))

    assert len(set(rows)) == 1


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Favourite book"), ("ru", "Любимая книга"), ("be", "Любімая кніга")],
)
def test_a_pseudonym_stays_the_same_for_ever(language, expected):
    assert pseudonym(bytes(range(16)), language) == expected


def test_different_people_mostly_have_different_pseudonyms():
    given_out = {pseudonym(number.to_bytes(16, "big"), "en") for number in range(200)}

    assert len(given_out) > 190


def test_nobody_has_no_pseudonym():
    with pytest.raises(ValueError):
        pseudonym(b"", "en")


def test_there_are_no_pseudonyms_in_an_unknown_language():
    with pytest.raises(KeyError):
        pseudonym(b"x", "xx")
