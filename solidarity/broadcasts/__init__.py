"""Broadcasts: written, agreed upon, sent to an audience, paused, taken back and reported in numbers."""
