"""The running program: the one room that knows all the others."""

import os

# Asked for before telegram is first imported: its waits are then timedeltas, without a deprecation warning.
os.environ["PTB_TIMEDELTA"] = "1"
