"""Whom to suggest next: the least covered first, ties in an order that differs from person to person."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from hashlib import blake2b
from uuid import UUID

from storage.prisoners import Support

RECENT = timedelta(days=90)
MOST_GUARDIANS = 3
NEVER = date(1970, 1, 1)


def least_covered(
    supports: Iterable[Support], *, languages: Collection[str], leave_out: Collection[UUID], seed: bytes
) -> list[Support]:
    """Order those who may be suggested to one person, least covered first.

    Fewer active guardians come first, then the longer silence, then fewer letters in 90 days. Left out is
    who has three guardians already, who is in `leave_out`, and who shares no language; a prisoner whose
    languages are not known matches everybody.
    """
    fitting = [
        s
        for s in supports
        if s.guardians < MOST_GUARDIANS and s.prisoner_id not in leave_out and _shares(s.languages, languages)
    ]
    return sorted(
        fitting, key=lambda s: (s.guardians, s.last_letter_on or NEVER, s.recent_letters, _turn(s, seed))
    )


def _shares(known: str, languages: Collection[str]) -> bool:
    return not known or bool(set(known.split(",")) & set(languages))


def _turn(support: Support, seed: bytes) -> bytes:
    return blake2b(support.prisoner_id.bytes, key=seed[:64], digest_size=8).digest()
