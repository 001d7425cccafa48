"""When Python looks for garbage that refers to itself: never in what is loaded, and seldom in the rest."""

import gc

# New objects between two looks: more than come and go with what is under way at a high pace. Python's 700
# come with every few messages, and a look then costs a fifth of what a message does. Of what refers to
# itself, which alone waits for it, we leave next to nothing, and that is looked for once a minute as well.
NEW_OBJECTS = 100_000
# What has come since the last such look.
YOUNG = 1


def look_seldom_from_here_on() -> None:
    """Leave out what has been loaded so far for good, and look through what comes less often."""
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
    gc.enable()


def look_among_the_new() -> None:
    """Look once through what has come of late, which takes a few milliseconds where little has."""
    gc.collect(YOUNG)
