"""Sixty letters, good ones and bad ones, each with everything that is to be found in it and nothing else."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from solidarity.letter_check import Report, WordList, check_letter
from solidarity.shipped.reading import shipped_names, shipped_words

FOLDER = Path(__file__).parents[2] / "data" / "drafts"
LANGUAGES = ("be", "ru", "en")
DRAFTS = {
    language: yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    for language in LANGUAGES
}
WORDS = WordList(shipped_words())
NAMES = shipped_names()
ALL = [
    pytest.param(each, id=f"{language}: {each['name']}")
    for language in LANGUAGES
    for each in DRAFTS[language]
]


def look_at(each: dict) -> Report:
    return check_letter(each["draft"], WORDS, own_names=each.get("own_names", ()), known_names=NAMES)


@pytest.mark.parametrize("each", ALL)
def test_a_letter_shows_what_is_to_be_found_in_it_and_nothing_else(each: dict):
    draft, found = each["draft"], {}
    for finding in look_at(each).findings:
        words = draft[finding.start : finding.end]
        found.setdefault(finding.reason.value, []).append("*" if words == draft else words)

    assert found == each["found"]


def test_there_are_twenty_letters_a_language_half_of_them_good():
    for language, drafts in DRAFTS.items():
        named = Counter(each["name"] for each in drafts)
        good = sum(not set(each["found"]) - {"english"} for each in drafts)
        assert len(named) == len(drafts) == 20, language
        assert 9 <= good <= 12, (language, good)
