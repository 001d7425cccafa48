"""What a sealed bot remembers: which chat holds a line, for an hour, and never more than a flood's worth."""

from datetime import timedelta
from uuid import uuid4

import pytest

from bot.sealed import lines as lines_module
from bot.sealed.lines import STANDS_FOR, SealedLines
from tests.world import NOON

VERA, MALLORY = 7_000_000_101, 7_000_000_666


@pytest.fixture
def lines() -> SealedLines:
    return SealedLines()


def test_a_chat_is_told_once_while_its_line_stands(lines: SealedLines) -> None:
    assert lines.tell(VERA, now=NOON) is not None

    assert lines.tell(VERA, now=NOON + timedelta(minutes=59)) is None


def test_each_chat_has_a_line_of_its_own(lines: SealedLines) -> None:
    ids = {lines.tell(chat, now=NOON) for chat in (VERA, MALLORY)}

    assert (len(ids), len(lines)) == (2, 2)


@pytest.mark.parametrize(
    ("after", "is_due"), [(STANDS_FOR - timedelta(seconds=1), False), (STANDS_FOR, True)]
)
def test_a_line_stands_for_an_hour(lines: SealedLines, after: timedelta, is_due: bool) -> None:
    posted_id = lines.tell(VERA, now=NOON)

    assert (posted_id in lines.due(NOON + after)) is is_due
    assert lines.next_due() == NOON + STANDS_FOR


async def test_who_was_forgotten_can_be_told_again(lines: SealedLines) -> None:
    posted_id = lines.tell(VERA, now=NOON)
    assert posted_id is not None
    await lines.forget(posted_id)

    assert (len(lines), await lines.standing(posted_id)) == (0, None)
    assert lines.tell(VERA, now=NOON) is not None


async def test_a_message_is_noted_only_while_it_is_wanted(lines: SealedLines) -> None:
    posted_id = lines.tell(VERA, now=NOON)
    assert posted_id is not None

    assert await lines.note(posted_id, 17)
    assert not await lines.note(uuid4(), 18)


async def test_a_chat_that_closed_itself_is_forgotten(lines: SealedLines) -> None:
    lines.tell(VERA, now=NOON)

    await lines.mark_unreachable(VERA)
    await lines.mark_unreachable(MALLORY)

    assert len(lines) == 0


def test_a_flood_of_strangers_does_not_fill_the_memory(
    lines: SealedLines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines_module, "MOST_LINES", 3)

    told = [lines.tell(chat, now=NOON) for chat in range(10)]

    assert (len(lines), told.count(None)) == (3, 7)
