"""Whoever wants to hear how far a long work has come."""

from collections.abc import Callable

# The stage, how many of it are done, and how many there are.
Progress = Callable[[str, int, int], None]
