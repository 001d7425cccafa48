"""What was wrong or odd in an imported file, in words for whoever mends it; programs are given the codes."""

import re

from solidarity.register.custody import CUSTODY_STATUSES
from solidarity.register.hearing_rows import CONFIDENCE, OPENNESS
from solidarity.register.own_form import PUBLICITIES

_WITH_COLUMN = re.compile(r"([\w ]+): ?([\w/]+)")
# By code; what is missing here says it well enough itself.
WORDS = {
    "address differs": "the place's postal code is another one than ours",
    "address is none": "{column} is not a web address; begin it with https://",
    "arrested after verdict": "the arrest is later than the verdict",
    "cell holds a NUL": "a cell holds a NUL character",
    "cell holds half a character": "a cell holds half a character; save the file as UTF-8",
    "cell is nested": "a cell holds a list or an object where a text belongs",
    "code stands twice": "the code stands in an earlier line too",
    "column is empty": "{column} is empty",
    "column stands twice": "the same column stands there twice",
    "date ahead": "{column} lies in the future",
    "date is none": "{column} is not a day; write YYYY-MM-DD or DD.MM.YYYY",
    "date too early": "{column} is before 1900",
    "date too late": "{column} is too far ahead",
    "facility by address": "the place was found by its postal code alone",
    "facility closed": "the place has been closed",
    "facility unknown": "the place is not known; add it with: poruch import facilities",
    "held before it starts": "it is said to be held, but has not begun",
    "id stands twice": "the id stands in an earlier line too",
    "hearing stands twice": "an earlier line has the same prisoner and start under another id",
    "maybe prison regime": "sentenced to a colony and held in a prison; look whether it is prison regime",
    "mixed script": "a name mixes Cyrillic and Latin letters",
    "no letters": "{column} holds no letters",
    "no name": "there is no name in any language",
    "nobody writes to them here": "the prisoner is free, dead, hidden, or is not to be written to",
    "not recognised": "not recognised as political prisoners",
    "penalty contradicts place": "the penalty and the place do not fit together",
    "penalty unknown": "the penalty is not understood; taken as convicted",
    "prison is no place": "what stands for the prison is no place",
    "prison missing": "no place is named for somebody who is held",
    "quotes are broken": "a quotation mark is not closed",
    "release date ahead": "released, but the day of release lies in the future",
    "release date passed": "held, but the day of release has passed",
    "row is not an object": "the row is no JSON object",
    "sentence suspended": "the sentence is suspended; taken as released",
    "stale address": "the place has moved; its new address is taken",
    "starts in the past": "it starts in the past",
    "starts too far ahead": "it starts too far ahead",
    "status contradicts description": "the status and the description disagree",
    "text is cut": "{column} is too long and was cut",
    "text is too long": "{column} is too long",
    "time does not exist in its zone": "{column} is an hour that the clock skips there",
    "time is none": "{column} is not a time; write YYYY-MM-DD HH:MM",
    "unknown form": "the header has none of the forms in the README, Register files",
    "unknown prisoner": "the prisoner is not in the register; import prisoners first",
    "unknown word": "{column} has a word that is not known; the README lists those it takes",
    "unknown zone": "{column} is not a time zone; write one such as Europe/Minsk",
    "unnamed": "without a name",
    "wrong number of cells": "it has more or fewer cells than the header",
}

TAKEN = {
    "custody_status": CUSTODY_STATUSES,
    "publicity": PUBLICITIES,
    "openness": OPENNESS,
    "confidence": CONFIDENCE,
}


def in_words(code: str) -> str:
    """Say a reason or a note, such as ``unknown word: kind`` or ``date_is_none:born``, for a person."""
    found = _WITH_COLUMN.fullmatch(code)
    name, column = found.groups() if found else (code, "")
    plain = name.replace("_", " ")
    if plain == "unknown word" and column in TAKEN:
        return f"{column} has a word that is not known; it takes {', '.join(TAKEN[column])}"
    if plain in WORDS:
        return WORDS[plain].format(column=column)
    return f"{plain}: {column}" if column else code.replace("_", " ")
