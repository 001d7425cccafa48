"""Sentences of the desk that are chosen by a word of the register exist in every language."""

from dataclasses import fields

import pytest

from locales import LANGUAGES, Words
from solidarity.difference_views import CASE
from solidarity.register import HearingRow
from solidarity.trust import Trust
from storage.models import Confidence, CustodyStatus, DifferenceKind, HearingStatus, Openness, Publicity

FACTS = ("custody_status", "custody_on", "facility", "publicity", "names", "alias", "born", "languages")
NOT_SHOWN = ("line", "source_id", "prisoner", "zone", "source_url")
HEARING = [f.name for f in fields(HearingRow) if f.name not in NOT_SHOWN]
KEYS = [
    *(f"desk-kind-{kind}" for kind in DifferenceKind),
    *(f"desk-one-{kind}" for kind in DifferenceKind),
    *(f"desk-field-{what}" for what in {*FACTS, "interests", *CASE, *HEARING}),
    *(f"desk-word-{word}" for words in (Publicity, HearingStatus, Openness, Confidence) for word in words),
    *(f"desk-status-{status}" for status in CustodyStatus),
    *(f"desk-publicity-is-{wish}" for wish in Publicity),
    *(f"button-desk-publicity-{wish}" for wish in Publicity),
    *(f"desk-openness-{openness}" for openness in Openness),
    *(f"desk-hearing-is-{status}" for status in HearingStatus),
    *(f"desk-address-{trust}" for trust in Trust),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(KEYS))
def test_a_sentence_exists_for_every_word(key, language):
    said = Words(language).say(key.replace("_", "-"), count=1, day="1")

    assert said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        pytest.param("en", "3 applications", id="en"),
        pytest.param("be", "3 заяўкі", id="be"),
        pytest.param("ru", "3 заявки", id="ru"),
    ],
)
def test_numbers_are_spoken_as_each_language_speaks_them(language, said):
    assert Words(language).say("desk-applications-wait", count=3) == said
