"""Done once before processes are forked, since each would begin with it: all imported, the texts read."""

from importlib import import_module

from bot.cli import COMMANDS
from locales import LANGUAGES, Words
from tests.attacks import standing_still

__all__ = ["standing_still"]

for module, _, _ in COMMANDS.values():
    import_module(module)
for language in LANGUAGES:
    Words(language).say("command-menu")
