"""The risky words that hold today, which a draft of a letter is looked through for."""

from functools import cache

from solidarity.letter_check import RiskyWord
from solidarity.shipped.reading import shipped_words
from storage.unit_of_work import UnitOfWork

_shipped = cache(shipped_words)


async def words_in_force(uow: UnitOfWork) -> tuple[RiskyWord, ...]:
    """Return every entry of the list, language by language, reason by reason."""
    return _shipped()
