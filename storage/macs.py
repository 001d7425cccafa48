"""Keyed marks under SIG: of roles, desks, codes, requests, recipients, bundles; and the pepper of PINs.

A role or restriction that was written or changed by hand in the database does not carry a right mark, and
one that was added, put back or deleted does not fit the mark over all of a person's; a code is kept only as
its mark. Putting a whole older database back is not noticed by them. Whoever holds SIG can find a code of
five words from its mark, which is why it is single-use and gone after seven days.
"""

from collections.abc import Iterable
from datetime import date
from hmac import compare_digest, digest
from uuid import UUID

from storage.framing import E, NeverPickled


class Macs(NeverPickled):
    """Marks of 32 bytes under one SIG key of one installation.

    Raises:
        ValueError: ``sig_key`` is not 32 bytes.
    """

    __slots__ = ("_deployment", "_sig_key")

    def __init__(self, sig_key: bytes, deployment: UUID) -> None:
        if len(sig_key) != 32:
            raise ValueError("a signing key has 32 bytes")
        self._sig_key = sig_key
        self._deployment = deployment

    def role_mac(
        self,
        row_id: UUID,
        subject: UUID,
        chat_index: bytes,
        role: str,
        scope: UUID | None,
        granted_by: UUID | None,
        day: date,
        revision: int,
    ) -> bytes:
        """Mark a role row; what is ``None`` counts as no bytes, the day as ISO text.

        Args:
            chat_index: the 16-byte blind index of the person's Telegram id, so that a role cannot be
                moved to another account.
            revision: raised with each change; a revoked role is a marked row of a higher one.
        """
        return self._mac(
            "role/v1",
            row_id,
            subject,
            chat_index,
            role,
            scope or b"",
            granted_by or b"",
            day.isoformat(),
            revision,
        )

    def restriction_mac(
        self,
        row_id: UUID,
        subject: UUID,
        kind: str,
        set_by: UUID | None,
        set_ms: int,
        until_ms: int | None,
    ) -> bytes:
        """Mark a restriction's row; what is ``None`` counts as no bytes."""
        until = b"" if until_ms is None else until_ms
        return self._mac("restriction/v1", row_id, subject, kind, set_by or b"", set_ms, until)

    def rights_mac(self, subject: UUID, rows: Iterable[tuple[UUID, bytes]]) -> bytes:
        """Mark everything that gives a person a right or takes one, by the rows' ids and own marks."""
        parts = [part for row in sorted(rows) for part in row]
        return self._mac("rights/v1", subject, *parts)

    def desk_mac(
        self,
        owner: UUID,
        *,
        pins: tuple[bytes | None, bytes | None],
        shuffles: bool,
        is_decoy: bool,
        wrong_tries: int,
        locked_ms: int | None,
        open_ms: int | None,
    ) -> bytes:
        """Mark a whole desk, so that no PIN, hour or count of tries is written or taken out by hand.

        Args:
            pins: the sealed hashes of the PIN and of the duress PIN as they stand in the row; what is None
                counts as no bytes, and so do `locked_ms` and `open_ms` (milliseconds since 1970).
        """
        parts = (*pins, int(shuffles), int(is_decoy), wrong_tries, locked_ms, open_ms)
        return self._mac("desk/v1", owner, *(b"" if part is None else part for part in parts))

    def code_mac(self, normalised_code: str) -> bytes:
        """Mark a one-time code, by which its row is found.

        The kind of code is not in it: what a person types does not say its kind. `code_id` marks that.
        """
        return self._mac("code/v1", normalised_code)

    def code_id(
        self,
        code_mac: bytes,
        kind: str,
        prisoner_id: UUID | None,
        *,
        is_on_behalf: bool,
        issued_by: UUID | None,
        expires_ms: int,
        rhythm_weeks: int | None = None,
    ) -> UUID:
        """Give a code's row its id, which marks what the code gives: to others it looks random."""
        # Codes of every other kind keep the mark that earlier releases gave them.
        rhythm = () if rhythm_weeks is None else (rhythm_weeks,)
        mark = self._mac(
            "code-row/v1",
            code_mac,
            kind,
            b"" if prisoner_id is None else prisoner_id,
            int(is_on_behalf),
            b"" if issued_by is None else issued_by,
            expires_ms,
            *rhythm,
        )
        return UUID(bytes=mark[:16], version=4)

    def code_ticket(self, code_id: UUID) -> UUID:
        """Give what a stranger's button carries for a code: nobody finds it from what the row holds."""
        return UUID(bytes=self._mac("code-ticket/v1", code_id)[:16])

    def request_mac(
        self,
        row_id: UUID,
        kind: str,
        about: UUID,
        argument: str,
        *,
        why: bytes | None,
        asked: tuple[UUID, int],
        decided: tuple[UUID | None, int | None],
        state: str,
        expires_ms: int,
    ) -> bytes:
        """Mark a whole request, so that an approval, its hour or who gave it cannot be written by hand.

        Args:
            why: the sealed reason as it stands in the row.
            asked: who asked, and when (milliseconds since 1970).
            decided: who decided and when; what is None counts as no bytes.
        """
        parts = (why, *asked, *decided)
        return self._mac(
            "request/v1",
            row_id,
            kind,
            about,
            argument,
            *(b"" if part is None else part for part in parts),
            state,
            expires_ms,
        )

    def change_mac(
        self,
        table: str,
        row_id: UUID,
        words: Iterable[str | None],
        *,
        proposed: tuple[UUID | None, int],
        agreed: tuple[UUID | None, int | None],
    ) -> bytes:
        """Mark a whole change of a rule card or a risky word, so that no agreement is written by hand.

        Args:
            words: what it says; a word that is None is told apart from an empty one.
            proposed: who proposed it, and when (milliseconds since 1970); who has left counts as no bytes.
            agreed: who agreed and when; what is None counts as no bytes.
        """
        said = [part for word in words for part in (int(word is not None), word or "")]
        people = (b"" if part is None else part for part in (*proposed, *agreed))
        return self._mac("change/v1", table, row_id, *said, *people)

    def broadcast_mac(
        self,
        row_id: UUID,
        *,
        words: tuple[str, str],
        body: bytes | None,
        made_by: UUID | None,
        instants: Iterable[int | None],
        numbers: Iterable[int],
    ) -> bytes:
        """Mark a whole broadcast, so that none is written, started or changed by hand.

        Args:
            words: its kind and its state.
            body: the sealed words as they stand in the row; what is None counts as no bytes, here and below.
            instants: in milliseconds since 1970.
        """
        parts = (made_by, body, *instants)
        optional = (b"" if part is None else part for part in parts)
        return self._mac("broadcast/v1", row_id, *words, *optional, *numbers)

    def broadcast_digest(self, row_id: UUID, said: str) -> str:
        """Return what stands for the words and audience of one broadcast: 32 hex digits that tell nothing."""
        return self._mac("broadcast-words/v1", row_id, said)[:16].hex()

    def calendar_id(self, person_id: UUID, hearing_id: UUID) -> UUID:
        """Return the id of somebody's entry of a sitting; without the key nobody finds either by it."""
        return UUID(bytes=self._mac("calendar/v1", person_id, hearing_id)[:16])

    def recipient_mac(self, row_id: UUID, public_key: str, added_on: date) -> bytes:
        """Mark a recipient's row, so that nobody has backups sealed to themselves by writing one."""
        return self._mac("recipient/v1", row_id, public_key, added_on.isoformat())

    def bundle_mac(self, digest: bytes) -> bytes:
        """Mark a backup bundle by the SHA-256 of its content; anybody can seal one, only we can sign it."""
        return self._mac("bundle/v1", digest)

    def installation_mac(self) -> bytes:
        """Mark the installation itself; its beginning is what people write down (`storage.fingerprints`)."""
        return self._mac("fingerprint/v1")

    def place_mac(self) -> bytes:
        """Mark a folder for backups, so that no other installation writes over what lies in it."""
        return self._mac("place/v1")

    def audit_mark(self, of: UUID) -> str:
        """Mark an id as it stands in the trail: 16 hex digits, from which nobody finds the id."""
        return self._mac("audit-person/v1", of)[:8].hex()

    @property
    def pin_pepper(self) -> bytes:
        """What goes into every PIN's hash and is not in the database: 32 bytes."""
        return digest(self._sig_key, b"poruch/pin/v1", "sha256")

    @staticmethod
    def matches(one: bytes, other: bytes) -> bool:
        """Compare two marks in a time that does not tell where they differ."""
        return compare_digest(one, other)

    def _mac(self, label: str, *parts: str | int | bytes | UUID) -> bytes:
        return digest(self._sig_key, E(label, self._deployment, *parts), "sha256")
