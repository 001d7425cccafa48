"""Sentences per language, in Fluent files, and the loader that picks one."""

from locales.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "Words"]
