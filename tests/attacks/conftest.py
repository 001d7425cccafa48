"""The bot at work, for attacks that need people."""

from tests.stories.conftest import story

__all__ = ["story"]
