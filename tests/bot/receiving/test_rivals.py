"""When a conflict over the bot's updates is an accident, and when it is somebody."""

import pytest

from bot.receiving.rivals import CALM_SECONDS, LASTS_SECONDS, START_SECONDS, Rivals


def seen(*instants: float) -> list[bool]:
    """What is said of conflicts at these instants, for a program that has asked since 0."""
    rivals = Rivals()
    rivals.begin(0)
    return [rivals.seen(instant) for instant in instants]


LATER = START_SECONDS + 1


@pytest.mark.parametrize(
    ("instants", "is_somebody"),
    [
        pytest.param([LATER], False, id="once"),
        pytest.param([LATER, LATER + LASTS_SECONDS], False, id="for two poll timeouts"),
        pytest.param([LATER, LATER + LASTS_SECONDS + 1], True, id="for longer"),
        pytest.param([1, START_SECONDS - 1], False, id="just after a start"),
        pytest.param([1, LATER, LATER + 10], False, id="since just after a start, a moment longer"),
        pytest.param([1, LATER, LATER + LASTS_SECONDS + 1], True, id="since a start, and it goes on"),
        pytest.param([LATER, LATER + CALM_SECONDS], True, id="now and then"),
        pytest.param([LATER, LATER + CALM_SECONDS + 1], False, id="twice, with a calm in between"),
    ],
)
def test_when_a_conflict_is_somebody(instants: list[float], is_somebody: bool) -> None:
    assert seen(*instants)[-1] is is_somebody


def test_who_never_began_to_ask_sees_nobody() -> None:
    assert not Rivals().seen(1_000_000)
