"""Prisoners: sealed, and still found by name or by a source's id."""

import pytest
from sqlalchemy import select

from storage.models import CustodyStatus, NameBits, Prisoner
from storage.prisoners import name_words
from storage.unit_of_work import Storage


@pytest.mark.parametrize("typed", ["Prykladau", "ihar prykladau", "ПРЫКЛАДАЎ", "Прыкладау", "quiet"])
async def test_a_prisoner_is_found_by_words_of_a_name(storage: Storage, prisoner: Prisoner, typed: str):
    async with storage.view() as uow:
        assert [p.id for p in await uow.prisoners.named(typed)] == [prisoner.id]


@pytest.mark.parametrize("typed", ["", "?", "Somebody", "Ihar Somebody", "I"])
async def test_other_words_find_nobody(storage: Storage, prisoner: Prisoner, typed: str):
    async with storage.view() as uow:
        assert await uow.prisoners.named(typed) == []


async def test_candidates_that_only_share_bits_are_compared_and_left_out(
    storage: Storage, prisoner: Prisoner
):
    async with storage.unit() as uow:
        other = await uow.prisoners.add(Prisoner(custody_status=CustodyStatus.DETAINED), source_id=None)
        await uow.prisoners.describe(
            other, names={"en": "Hanna Uzorava"}, alias=None, born=None, interests=None, case_details={}
        )
        for bits in await uow.session.scalars(
            select(NameBits.bits).where(NameBits.prisoner_id == prisoner.id)
        ):
            await uow.session.merge(NameBits(prisoner_id=other.id, bits=bits))

    async with storage.view() as uow:
        assert [p.id for p in await uow.prisoners.named("Prykladau")] == [prisoner.id]


async def test_a_prisoner_is_found_by_the_id_of_the_source(storage: Storage, prisoner: Prisoner):
    async with storage.view() as uow:
        assert (await uow.prisoners.get_by_source("17")).id == prisoner.id
        assert await uow.prisoners.get_by_source("18") is None


async def test_names_come_back_in_their_languages(storage: Storage, prisoner: Prisoner):
    async with storage.view() as uow:
        names = await uow.prisoners.reveal_names(await uow.prisoners.get(prisoner.id))

    assert names == {"be": "Ігар Прыкладаў", "en": "Ihar Prykladau"}


def test_words_of_names_fold_case_and_marks():
    assert name_words("Ганна-Марыя О'Нэйл Ўзорава") == {"ганна", "марыя", "нэил", "узорава"}
