import asyncio

import pytest

from bot.receiving.taps import Taps
from bot.tasks import Tasks
from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from sandbox.taps import Tap


@pytest.fixture
async def tap(alice: Person) -> Tap:
    return await alice.taps_data(1, "b:token")


@pytest.fixture
async def later(vera: Person) -> Tap:
    """Another tap: when it is given up, those that were watched before it would have been as well."""
    return await vera.taps_data(1, "b:token")


def answers(telegram: Lookalike) -> list[object]:
    return [call.parameters.get("text") for call in telegram.calls.of("answerCallbackQuery")]


async def test_a_tap_that_nobody_answers_is_answered_without_words(messages: Messages, tap: Tap) -> None:
    taps = Taps(messages, Tasks("answers"), seconds=0.01)

    taps.watch(tap.callback_id)
    await asyncio.wait_for(tap.answered, timeout=5)

    assert tap.answer_text is None


async def test_a_tap_is_given_up_in_less_than_two_seconds(messages: Messages, tap: Tap) -> None:
    Taps(messages, Tasks("answers")).watch(tap.callback_id)

    await asyncio.wait_for(tap.answered, timeout=5)

    assert tap.answered_after_seconds is not None
    assert 1 < tap.answered_after_seconds < 2


async def test_an_answer_carries_its_words(messages: Messages, tap: Tap) -> None:
    await Taps(messages, Tasks("answers")).answer(tap.callback_id, "Noted")

    assert tap.answer_text == "Noted"


async def test_a_tap_is_answered_once(telegram: Lookalike, messages: Messages, tap: Tap, later: Tap) -> None:
    tasks = Tasks("answers")
    taps = Taps(messages, tasks, seconds=0.01)
    taps.watch(tap.callback_id)
    taps.watch(tap.callback_id)

    await taps.answer(tap.callback_id, "Noted")
    await taps.answer(tap.callback_id, None)
    taps.watch(tap.callback_id)
    taps.give_up(tap.callback_id)
    taps.watch(later.callback_id)
    await asyncio.wait_for(later.answered, timeout=5)
    await tasks.finish(seconds=1)

    assert answers(telegram) == ["Noted", None]


async def test_a_closed_watch_gives_up_nothing(messages: Messages, tap: Tap, later: Tap) -> None:
    taps, others = (Taps(messages, Tasks("answers"), seconds=0.01) for _ in range(2))
    taps.watch(tap.callback_id)
    others.watch(later.callback_id)

    taps.close()
    await asyncio.wait_for(later.answered, timeout=5)

    assert not tap.is_answered


@pytest.mark.parametrize("fault", ["error", "reset", "flood"])
async def test_an_answer_that_failed_is_tried_again_within_two_seconds(
    telegram: Lookalike, messages: Messages, tap: Tap, fault: str
) -> None:
    getattr(telegram.faults, fault)("answerCallbackQuery")
    tasks = Tasks("answers")

    await Taps(messages, tasks).answer(tap.callback_id, "Noted")
    await asyncio.wait_for(tap.answered, timeout=5)
    await tasks.finish(seconds=5)

    assert (tap.answer_text, len(answers(telegram))) == ("Noted", 2)
    assert tap.answered_after_seconds is not None
    assert tap.answered_after_seconds < 2


async def test_an_answer_that_telegram_refuses_is_not_tried_again(
    telegram: Lookalike, messages: Messages, tap: Tap
) -> None:
    telegram.faults.error("answerCallbackQuery", status=400)
    tasks = Tasks("answers")

    await Taps(messages, tasks).answer(tap.callback_id, None)

    assert (len(answers(telegram)), len(tasks)) == (1, 0)


async def test_a_tap_whose_answer_is_too_fast_for_telegram_silences_nobody(
    telegram: Lookalike, messages: Messages, pace: Pace, tap: Tap
) -> None:
    telegram.faults.flood("answerCallbackQuery", retry_after=20)
    tasks = Tasks("answers")

    await Taps(messages, tasks).answer(tap.callback_id, None)
    await tasks.finish(seconds=5)

    assert pace.held_until < 0
