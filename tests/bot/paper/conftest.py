"""A press."""

import pytest

from bot.paper.press import Press


@pytest.fixture
def press() -> Press:
    return Press()
