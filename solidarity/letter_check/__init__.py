"""Advice about a draft of a letter, before it is written on paper: what a censor stops, what harms somebody.

Works on a text in memory and keeps nothing of it: findings are places and reasons. It knows a list of words,
and no more than that of a language: what it does not find is no promise that a letter arrives.
"""

from solidarity.letter_check.checking import Report, check_letter
from solidarity.letter_check.findings import OF_WORDS, Finding, Kind, Reason, Severity
from solidarity.letter_check.measure import Measure
from solidarity.letter_check.word_list import RiskyWord, WordList

__all__ = [
    "OF_WORDS",
    "Finding",
    "Kind",
    "Measure",
    "Reason",
    "Report",
    "RiskyWord",
    "Severity",
    "WordList",
    "check_letter",
]
