"""Done once before processes are forked, since each would begin with it: the bot imported, its texts read."""

from locales import LANGUAGES, Words
from tests.attacks import standing_still

__all__ = ["standing_still"]

for language in LANGUAGES:
    Words(language).say("command-menu")
