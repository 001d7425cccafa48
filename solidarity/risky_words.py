"""The risky words that hold today, which a draft of a letter is looked through for."""

from solidarity.letter_check import Reason, RiskyWord
from solidarity.shipped.reading import shipped_words
from storage.unit_of_work import UnitOfWork


async def words_in_force(uow: UnitOfWork) -> tuple[RiskyWord, ...]:
    """Return every entry that counts today.

    What two coordinators have agreed upon stands instead of what ships; an entry of a language is there once.
    """
    words: dict[tuple[str, str], RiskyWord | None] = {
        (one.language, one.entry): one for one in shipped_words()
    }
    for change in await uow.word_changes.agreed():
        reason = change.reason
        words[change.language, change.entry] = (
            None if reason is None else RiskyWord(change.language, change.entry, Reason(reason))
        )
    return tuple(word for word in words.values() if word is not None)
