"""The steps a key ring takes while its wrapping key is rotated; each gives the ring that follows."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from storage.keyring import KeyEntry, KeyRing, Purpose, State, new_entry


def wrapping_keys(ring: KeyRing, state: State) -> list[KeyEntry]:
    """Give the wrapping keys that stand at one state, in the order of the ring."""
    return [entry for entry in ring.entries if entry.purpose is Purpose.KEK and entry.state is state]


def prepared(ring: KeyRing, *, day: date) -> KeyRing:
    """Add a new wrapping key that nothing is wrapped under yet."""
    return ring.advanced([*ring.entries, new_entry(Purpose.KEK, State.PENDING, day=day)])


def promoted(ring: KeyRing) -> KeyRing:
    """Make the pending wrapping key the primary one, and the primary one old.

    Raises:
        ValueError: not exactly one is pending.
    """
    following = {State.PENDING: State.PRIMARY, State.PRIMARY: State.OLD, State.OLD: State.OLD}
    return ring.advanced(
        replace(entry, state=following[entry.state]) if entry.purpose is Purpose.KEK else entry
        for entry in ring.entries
    )


def retired(ring: KeyRing, kids: Collection[bytes]) -> KeyRing:
    """Take old keys out.

    Raises:
        ValueError: one of them is a primary key.
    """
    return ring.advanced(entry for entry in ring.entries if entry.kid not in kids)
