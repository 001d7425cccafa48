"""The running program: the one room that knows all the others."""

import os

from bot.later import wait_for_use

# Asked for before telegram is first imported: its waits are then timedeltas, without a deprecation warning.
os.environ["PTB_TIMEDELTA"] = "1"
wait_for_use()
