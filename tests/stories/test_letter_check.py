"""Sixty letters are checked in the chat: each gets its advice, and no word of them stays anywhere."""

import io
import logging
import re
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest

from bot import logs
from locales import Words
from sandbox.messages import Message
from solidarity import draft_check
from solidarity.letter_check import OF_WORDS, Reason, Report
from tests.attacks.places import columns
from tests.solidarity.letter_check.test_drafts import DRAFTS
from tests.stories.story import Player, Story

ENGLISH = Words("en")
SENTENCES = {reason: ENGLISH.say(f"letter-check-{reason}") for reason in Reason}
LETTERS = re.compile(r"[^\W\d_]+")
CYRILLIC = re.compile(r"[\u0400-\u052f]+")
# Shorter words stand everywhere by chance.
LONG = re.compile(r"[^\W\d_]{7,}")
DRAFT = DRAFTS["be"][-1]["draft"]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The program's log, as it is written at its most talkative; put back afterwards."""
    root = logging.getLogger()
    before = (root.level, root.handlers[:])
    hooks = (sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning)
    stream = io.StringIO()
    logs.configure("DEBUG", stream)
    yield stream
    sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning = hooks
    root.setLevel(before[0])
    root.handlers[:] = before[1]


def advice(player: Player) -> list[Message]:
    return [one for one in player.person.visible if "Advice on your letter" in one.text]


async def is_asked(story: Story) -> Player:
    """Let Alice be a Guardian, at the screen that asks for a letter's text."""
    [prisoner] = await story.prisoners("Forgotten Example")
    await story.guards(story.alice, prisoner)
    await story.alice.says("/mine")
    await story.alice.taps("Forgotten Example", "Check my letter")
    return story.alice


@pytest.mark.parametrize("language", sorted(DRAFTS))
async def test_each_of_sixty_drafts_gets_its_advice_and_leaves_nothing(
    story: Story, log: io.StringIO, language: str
):
    alice = await is_asked(story)
    _, before = await columns(story.storage)
    quoted = set()
    for number, each in enumerate(DRAFTS[language], 1):
        await alice.says(each["draft"])

        shown = advice(alice)
        assert len(shown) == number
        text = shown[-1].text
        expected = {SENTENCES[Reason(reason)] for reason in each["found"]}
        # The prisoner of this story has another name than theirs.
        ours = {SENTENCES[Reason.OTHER_NAME]} if "own_names" in each else set()
        said = {sentence for sentence in SENTENCES.values() if sentence in text}
        assert expected <= said <= expected | ours
        risky = {word for reason, words in each["found"].items() if reason in OF_WORDS for word in words}
        quoted |= set(CYRILLIC.findall(" ".join(risky)))
        assert set(CYRILLIC.findall(text)) <= quoted

    kept = (await columns(story.storage))[1].decode(errors="replace")
    words = {word for each in DRAFTS[language] for word in LONG.findall(each["draft"])}
    new = {word for word in words if word in kept and word.encode() not in before}
    assert len(words) > 50
    assert (new, words & set(LETTERS.findall(log.getvalue()))) == (set(), set())
    assert all(one.is_from_bot for one in alice.person.visible)


async def test_the_message_is_deleted_before_the_advice_is_sent_and_the_advice_after_ten_minutes(
    story: Story,
):
    alice = await is_asked(story)
    chat, start = alice.person.user_id, len(story.telegram.calls)
    await alice.says(DRAFT)

    methods = [call.method for call in story.telegram.calls[start:] if call.chat == chat and not call.fault]
    assert methods.index("deleteMessage") < methods.index("sendMessage")
    await story.pass_time(minutes=10)
    assert advice(alice) == []


async def test_a_mishap_while_looking_leaves_no_word_in_the_log(
    story: Story, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
):
    def breaks(draft: str, *_: object, **__: object) -> Report:
        raise ValueError(draft)

    alice = await is_asked(story)
    monkeypatch.setattr(draft_check, "check_letter", breaks)
    await alice.says(DRAFT)

    assert "Something went wrong on our side" in alice.texts
    assert "surprise" in log.getvalue()
    assert "ValueError" in log.getvalue()
    assert set(LONG.findall(DRAFT)) & set(LETTERS.findall(log.getvalue())) == set()
    assert all(one.is_from_bot for one in alice.person.visible)


async def test_photographs_and_files_are_deleted_and_not_looked_at(story: Story):
    alice = await is_asked(story)
    for send in (alice.person.sends_photo(DRAFT), alice.person.sends_document("letter.txt", DRAFT.encode())):
        await send
        await story.idle()
        assert "Only typed text can be checked" in alice.texts

    assert advice(alice) == []


async def test_after_a_restart_a_letter_is_checked_as_before(story: Story):
    alice = await is_asked(story)
    await alice.says(DRAFT)
    await story.poruch.stop()
    await story.restart()
    await alice.says(DRAFT)

    assert len(advice(alice)) == 2
