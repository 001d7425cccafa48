"""The one note about a prisoner: written, read by all coordinators, renewed, removed, forgotten by itself."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from solidarity.errors import NoLongerSo, NotForYou
from solidarity.notes import remove_note, renew_note, reveal_note, write_note
from solidarity.retention import NIGHTLY
from storage.models import Publicity
from tests.handlers.coordinator.test_prisoners import finds

NOTE = "Likes chess problems & old maps"


async def writes(chat, words, name="Example Sampleson"):
    await finds(chat, name)
    await chat.taps(name)
    await chat.taps("Note")
    await chat.says(words)


async def night(storage, now):
    async with storage.unit() as uow:
        for rule in NIGHTLY:
            await rule.apply(uow, now=now)


async def test_a_note_is_written_and_stands_on_the_card(at_desk, storage, new_prisoner):
    await new_prisoner()
    await writes(at_desk, NOTE)
    assert "The note is kept for 90 days." in at_desk.text
    assert "21 February 2027" in at_desk.text
    assert at_desk.written == {}

    await at_desk.taps("Back")
    assert "Likes chess problems &amp; old maps" in at_desk.text
    async with storage.view() as uow:
        raw = await uow.session.scalar(text("SELECT note FROM prisoner"))
    assert b"chess" not in bytes(raw)


async def test_another_note_takes_its_place(at_desk, new_prisoner):
    await new_prisoner()
    await writes(at_desk, NOTE)
    await at_desk.says("Something else")

    assert "Something else" in at_desk.text
    assert "chess" not in at_desk.text


async def test_a_note_has_three_hundred_characters_at_most(at_desk, storage, new_prisoner):
    one = await new_prisoner()
    await writes(at_desk, "x" * 301)
    assert "300 characters at most" in at_desk.text
    async with storage.view() as uow:
        assert await reveal_note(uow, one) is None

    await at_desk.says("x" * 300)
    assert "The note is kept" in at_desk.text


async def test_after_ninety_days_it_is_gone_unless_somebody_renews_it(at_desk, storage, clock, new_prisoner):
    one = await new_prisoner()
    await writes(at_desk, NOTE)
    async with storage.unit() as uow:
        await renew_note(uow, one, now=clock() + timedelta(days=60))

    await night(storage, clock() + timedelta(days=149))
    async with storage.view() as uow:
        assert await reveal_note(uow, one) is not None
    await night(storage, clock() + timedelta(days=150))
    async with storage.unit() as uow:
        assert await reveal_note(uow, one) is None
        with pytest.raises(NoLongerSo):
            await renew_note(uow, one, now=clock())


async def test_it_can_be_renewed_and_removed_at_the_desk(at_desk, storage, new_prisoner):
    one = await new_prisoner()
    await writes(at_desk, NOTE)
    await at_desk.taps("Keep 90 more days")
    assert "90 days from today" in at_desk.text

    await at_desk.taps("Remove the note")
    assert "The note is gone." in at_desk.text
    assert "Keep 90 more days" not in at_desk.labels
    async with storage.view() as uow:
        assert await reveal_note(uow, one) is None


async def test_a_hidden_prisoners_note_stands_under_their_alias(at_desk, new_prisoner):
    await new_prisoner("Secret Sampleson", publicity=Publicity.HIDDEN, alias="Quiet lake")
    await writes(at_desk, NOTE, name="Quiet lake")

    assert "Note: Quiet lake" in at_desk.text
    assert "Secret" not in at_desk.text


async def test_there_is_no_note_about_somebody_who_is_not_there(storage, clock):
    async with storage.unit() as uow:
        for act in (
            write_note(uow, uuid4(), NOTE, now=clock()),
            renew_note(uow, uuid4(), now=clock()),
            remove_note(uow, uuid4()),
            reveal_note(uow, uuid4()),
        ):
            with pytest.raises(NotForYou):
                await act


async def test_mallory_never_sees_a_note(at_desk, mallory, storage, new_prisoner):
    await new_prisoner()
    await writes(at_desk, NOTE)
    [button] = [b for b in at_desk.buttons(at_desk.newest) if b.text == "Remove the note"]
    await mallory.joins()
    await mallory.forge(button.callback_data)
    await mallory.says(NOTE)

    assert "chess" not in mallory.text
    await at_desk.says("/desk")
    await finds(at_desk, "Sampleson")
    await at_desk.taps("Example Sampleson")
    assert "chess" in at_desk.text
