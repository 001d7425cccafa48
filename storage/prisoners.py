"""Prisoners: kept sealed, found by a source's id or by a few bits of their name."""

import json
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, exists, func, or_, select, update

from storage.guardianships import STANDING
from storage.models import (
    Coverage,
    CustodyStatus,
    Guardianship,
    Kinship,
    KinshipState,
    NameBits,
    Prisoner,
    Publicity,
)
from storage.repository import Repository

SOURCE_INDEX_BYTES = 16
NAME_BITS = 12
AT_ONCE = 500
LANGUAGES = ("be", "ru", "en")
OUT_OF_REACH = (CustodyStatus.RELEASED, CustodyStatus.EXILED, CustodyStatus.DIED)
# A letter from a stranger may endanger them: nobody promises any.
NOT_SUGGESTED = (
    *OUT_OF_REACH,
    CustodyStatus.HOUSE_ARREST,
    CustodyStatus.HOME_KHIMIYA,
    CustodyStatus.OPEN_FACILITY,
)
PUBLIC = (
    Prisoner.publicity == Publicity.PUBLIC,
    Prisoner.custody_status.not_in(OUT_OF_REACH),
    Prisoner.is_silenced.in_((False,)),
)


def name_words(text: str) -> set[str]:
    """Split a name into the words by which it is searched: case and marks folded."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    return {word for word in letters.split() if len(word) > 1}


class Prisoners(Repository):
    """Queries about prisoners."""

    async def among(self, prisoner_ids: Collection[UUID]) -> list[Prisoner]:
        """Return which of some prisoners there are."""
        return list(await self.session.scalars(select(Prisoner).where(Prisoner.id.in_(prisoner_ids))))

    def source_index(self, source_id: str) -> bytes:
        return self.blind.of("prisoner", "source_id", "exact", source_id, size=SOURCE_INDEX_BYTES)

    async def get(self, prisoner_id: UUID) -> Prisoner | None:
        return await self.vault.get(Prisoner, prisoner_id)

    async def lock(self, prisoner_id: UUID) -> None:
        """Let nobody else decide about a prisoner until this unit ends."""
        await self.session.get(Prisoner, prisoner_id, with_for_update=self.locks, populate_existing=True)

    async def note_unheard(self, prisoner_ids: Sequence[UUID], day: date) -> None:
        """Note that coordinators are told of silences, however many."""
        noted = update(Prisoner).values(unheard_on=day)
        # In the order in which they are kept, so that each page is written once.
        ordered = sorted(prisoner_ids)
        for start in range(0, len(ordered), AT_ONCE):
            part = ordered[start : start + AT_ONCE]
            await self.session.execute(noted.where(Prisoner.id.in_(part)))

    async def note_heard(self, prisoner_id: UUID) -> None:
        """Note that somebody was heard of again."""
        heard = update(Prisoner).where(Prisoner.id == prisoner_id, Prisoner.unheard_on.is_not(None))
        await self.session.execute(heard.values(unheard_on=None))

    async def get_by_source(self, source_id: str) -> Prisoner | None:
        return await self.session.scalar(
            select(Prisoner).where(Prisoner.source_index == self.source_index(source_id))
        )

    async def by_sources(self, source_ids: Iterable[str]) -> dict[str, Prisoner]:
        """Return the prisoners known under some sources' ids, by that id; unknown ids are left out."""
        ids = {self.source_index(source_id): source_id for source_id in source_ids}
        indexes = list(ids)
        found: dict[str, Prisoner] = {}
        for start in range(0, len(indexes), AT_ONCE):
            part = indexes[start : start + AT_ONCE]
            query = select(Prisoner).where(Prisoner.source_index.in_(part)).order_by(Prisoner.id)
            for prisoner in await self.session.scalars(query.with_for_update() if self.locks else query):
                found[ids[prisoner.source_index or b""]] = prisoner
        return found

    async def reveal_source_id(self, prisoner: Prisoner) -> str | None:
        return await self.vault.reveal(prisoner, "source_id")

    async def all(self) -> list[Prisoner]:
        return list(await self.session.scalars(select(Prisoner).order_by(Prisoner.id)))

    async def hidden(self) -> list[Prisoner]:
        """Return those whose name nobody but their family sees."""
        return list(
            await self.session.scalars(
                select(Prisoner).where(Prisoner.publicity == Publicity.HIDDEN).order_by(Prisoner.id)
            )
        )

    async def public(self, *, limit: int, offset: int) -> list[Prisoner]:
        """Return those whose name is public and who are within reach, ordered by their random ids."""
        query = select(Prisoner).where(*PUBLIC).order_by(Prisoner.id).limit(limit).offset(offset)
        return list(await self.session.scalars(query))

    async def unspoken(self) -> list[Prisoner]:
        """Return the dead of whom everything is silent and somebody here is close: family, or who writes."""
        close = (
            exists().where(Kinship.prisoner_id == Prisoner.id, Kinship.state != KinshipState.ENDED),
            exists().where(Guardianship.prisoner_id == Prisoner.id, Guardianship.state.in_(STANDING)),
        )
        query = select(Prisoner).where(
            Prisoner.custody_status == CustodyStatus.DIED, Prisoner.is_silenced.in_((True,)), or_(*close)
        )
        return list(await self.session.scalars(query.order_by(Prisoner.custody_on, Prisoner.id)))

    async def get_public(self, prisoner_id: UUID) -> Prisoner | None:
        return await self.session.scalar(select(Prisoner).where(Prisoner.id == prisoner_id, *PUBLIC))

    async def add(self, prisoner: Prisoner, *, source_id: str | None) -> Prisoner:
        """Keep a new prisoner under a data key of their own; names and story follow by `describe`."""
        prisoner.id = uuid4()
        await self.vault.create_key(prisoner.id)
        if source_id is not None:
            prisoner.source_index = self.source_index(source_id)
            await self.vault.seal(prisoner, source_id=source_id)
        self.session.add(prisoner)
        await self.session.flush()
        # Until it is counted, nobody writes to them.
        new = Coverage(prisoner_id=prisoner.id, tier=0, points=0, heard=0, languages=prisoner.languages)
        self.session.add(new)
        await self.session.flush()
        return prisoner

    async def describe(
        self,
        prisoner: Prisoner,
        *,
        names: Mapping[str, str],
        alias: str | None,
        born: date | None,
        interests: str | None,
        case_details: Mapping[str, Any],
    ) -> None:
        """Seal names and story, and renew the bits by which the names are found."""
        await self.vault.seal(
            prisoner,
            **{f"name_{language}": names.get(language) for language in LANGUAGES},
            alias=alias,
            born=born.isoformat() if born else None,
            interests=interests,
            case_details=json.dumps(case_details, ensure_ascii=False, sort_keys=True),
        )
        await self._index_names(prisoner.id, [*names.values(), alias or ""])

    async def _index_names(self, prisoner_id: UUID, texts: Iterable[str]) -> None:
        words = set().union(*(name_words(text) for text in texts))
        await self.session.execute(delete(NameBits).where(NameBits.prisoner_id == prisoner_id))
        self.session.add_all(
            NameBits(prisoner_id=prisoner_id, bits=b) for b in {self._bits(w) for w in words}
        )
        await self.session.flush()

    def _bits(self, word: str) -> int:
        return self.blind.bits("prisoner", "name", "word", word, bits=NAME_BITS)

    async def reveal_names(self, prisoner: Prisoner) -> dict[str, str]:
        """Open a prisoner's names by language; languages without a readable one are left out."""
        names = {code: await self.vault.reveal_readable(prisoner, f"name_{code}") for code in LANGUAGES}
        return {language: name for language, name in names.items() if name}

    async def reveal_alias(self, prisoner: Prisoner) -> str | None:
        return await self.vault.reveal_readable(prisoner, "alias")

    async def reveal_born(self, prisoner: Prisoner) -> date | None:
        born = await self.vault.reveal_readable(prisoner, "born")
        return date.fromisoformat(born) if born else None

    async def reveal_interests(self, prisoner: Prisoner) -> str | None:
        return await self.vault.reveal_readable(prisoner, "interests")

    async def reveal_case(self, prisoner: Prisoner) -> dict[str, Any]:
        details = await self.vault.reveal_readable(prisoner, "case_details")
        opened: dict[str, Any] = json.loads(details or "{}")
        return opened

    async def named(self, text: str, *, is_public: bool = False) -> list[Prisoner]:
        """Return the prisoners whose names hold every word of a search: candidates by bits, then compared.

        Args:
            is_public: look at those alone whose name is public, and at no alias; nothing else is opened.
        """
        words = name_words(text)
        if not words:
            return []
        bits = {self._bits(word) for word in words}
        ids = (
            select(NameBits.prisoner_id)
            .where(NameBits.bits.in_(bits))
            .group_by(NameBits.prisoner_id)
            .having(func.count() == len(bits))
        )
        query = select(Prisoner).where(Prisoner.id.in_(ids)).order_by(Prisoner.id)
        if is_public:
            query = query.where(Prisoner.publicity == Publicity.PUBLIC)
        found = list(await self.session.scalars(query))
        await self.vault.load_keys(p.id for p in found)
        return [p for p in found if words <= await self._words_of(p, with_alias=not is_public)]

    async def _words_of(self, prisoner: Prisoner, *, with_alias: bool) -> set[str]:
        names = await self.reveal_names(prisoner)
        alias = await self.reveal_alias(prisoner) if with_alias else None
        return set().union(*(name_words(text) for text in [*names.values(), alias or ""]))

    async def forget_notes(self, *, until: date) -> None:
        """Empty notes that were last written on a day or before it."""
        is_old = Prisoner.note_on <= until
        await self.session.execute(update(Prisoner).where(is_old).values(note=None, note_on=None))
