"""A letter evening at the desk: paper for those who are written to least, and letters noted once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from solidarity.audit import newest_entries
from solidarity.covering import count_some
from solidarity.envelopes import PaperForm
from solidarity.errors import PaperNotMade, TooBusy
from solidarity.publicity import set_publicity
from storage.models import CustodyStatus, Letter, Publicity
from tests.handlers.acts import guards, opens, prisoner_of

from .duress import is_forced

PRINTED, WRITTEN = "evening_printed", "evening_written"


@pytest.fixture
async def at_evening(at_desk: Any) -> Any:
    """Bob at his desk, about to hold a letter evening."""
    await opens(at_desk.storage, "SAMPLE-1")
    await at_desk.taps("Letter evening")
    return at_desk


async def prints(chat: Any, count: int = 5, form: str = "DL") -> None:
    await chat.taps(str(count))
    await chat.taps(form)


def names(order: Any) -> list[str]:
    return [letter.envelope.name for letter in order.letters]


async def letters(storage: Any) -> list[Letter]:
    async with storage.view() as uow:
        return list(await uow.session.scalars(select(Letter)))


async def acts(storage: Any) -> list[tuple[str, int | None]]:
    async with storage.view() as uow:
        return [(e.act, e.count) for e in await newest_entries(uow, 50) if e.act in (PRINTED, WRITTEN)]


async def test_least_covered_public_prisoners_are_printed_with_a_sheet_for_the_table(
    at_evening: Any, new_prisoner: Any, alice: Any, press: Any
):
    people = {f"Example {n}": await new_prisoner(f"Example {n}", facility="SAMPLE-1") for n in range(6)}
    await alice.joins()
    await guards(alice, people["Example 3"])

    await prints(at_evening, 5, "C5")

    [order] = press.orders
    assert sorted(names(order)) == [f"Example {n}" for n in (0, 1, 2, 4, 5)]
    assert (order.form, order.return_address) == (PaperForm.C5, ())
    assert order.evening == (await at_evening.actor()).today
    assert order.letters[0].remarks[0].startswith("Letters: possible. Before the sentence anybody may write")
    assert at_evening.answer.file.document.name == "document.pdf"
    assert "5 letters written" in at_evening.labels


async def test_where_fewer_are_printed_than_were_asked_for_it_says_why(
    at_evening: Any, new_prisoner: Any, press: Any
):
    for n in range(6):
        await new_prisoner(f"Example {n}", facility="SAMPLE-1")

    await prints(at_evening, 10)
    assert "for 6 letters. There is nobody else with a public name" in at_evening.text

    await prints(at_evening, 5)
    assert "nobody else" not in at_evening.text


async def test_whoever_has_a_guardian_comes_after_all_others(
    at_evening: Any, new_prisoner: Any, alice: Any, press: Any
):
    first = await new_prisoner("Example One", facility="SAMPLE-1")
    await new_prisoner("Example Two", facility="SAMPLE-1")
    await alice.joins()
    await guards(alice, first)

    await prints(at_evening)

    assert names(press.orders[0]) == ["Example Two", "Example One"]


@pytest.mark.parametrize(
    "parts",
    [
        {"publicity": Publicity.GUARDIANS},
        {"publicity": Publicity.HIDDEN},
        {"facility": None},
        *(
            {"status": status}
            for status in CustodyStatus
            if status
            not in (
                CustodyStatus.DETAINED,
                CustodyStatus.PRETRIAL,
                CustodyStatus.CONVICTED,
                CustodyStatus.PRISON_REGIME,
                CustodyStatus.PSYCHIATRIC,
            )
        ),
    ],
)
async def test_who_must_not_lie_on_a_table_is_never_printed(
    at_evening: Any, new_prisoner: Any, press: Any, parts: dict[str, Any]
):
    await new_prisoner("Example Secret", **({"facility": "SAMPLE-1"} | parts))
    await new_prisoner("Example Public", facility="SAMPLE-1")

    await prints(at_evening, 48)

    assert names(press.orders[0]) == ["Example Public"]


async def test_whoever_is_silenced_is_never_printed(at_evening: Any, new_prisoner: Any, press: Any):
    prisoner_id = await new_prisoner(facility="SAMPLE-1")
    async with at_evening.storage.unit() as uow:
        (await prisoner_of(uow, prisoner_id)).is_silenced = True

    await prints(at_evening)

    assert press.orders == []
    assert "There is nobody now with a public name to whom letters can be sent." in at_evening.text


async def test_letters_written_are_noted_once_and_count(at_evening: Any, new_prisoner: Any):
    ids = {await new_prisoner(f"Example {n}", facility="SAMPLE-1") for n in range(2)}
    await prints(at_evening)
    [button] = [b for b in at_evening.buttons(at_evening.newest) if b.text == "2 letters written"]

    await at_evening.taps("2 letters written")
    said = at_evening.text
    await at_evening.forge(button.callback_data)

    noted = await letters(at_evening.storage)
    assert {letter.prisoner_id for letter in noted} == ids
    assert len(noted) == 2
    assert {(one.person_id, one.guardianship_id, one.facility_code) for one in noted} == {
        (None, None, "SAMPLE-1")
    }
    assert "2 letters are noted. Thank you all." in said
    assert "2 letters written" not in at_evening.labels
    async with at_evening.storage.view() as uow:
        supports = [await uow.coverage.of(prisoner_id) for prisoner_id in ids]
    assert all(support.points > 0 and support.heard > 0 for support in supports)


async def test_two_taps_that_come_at_once_note_letters_once(at_evening: Any, new_prisoner: Any):
    await new_prisoner(facility="SAMPLE-1")
    await prints(at_evening)

    await at_evening.taps("1 letters written")
    await at_evening.repeat()

    assert len(await letters(at_evening.storage)) == 1


async def test_what_was_printed_and_written_stands_in_the_trail(at_evening: Any, new_prisoner: Any):
    await new_prisoner(facility="SAMPLE-1")
    await prints(at_evening)

    await at_evening.taps("1 letters written")

    assert await acts(at_evening.storage) == [(PRINTED, 1), (WRITTEN, 1)]


async def test_an_evening_may_be_noted_two_days_later_and_not_after_four(
    at_evening: Any, new_prisoner: Any, clock: Any
):
    await new_prisoner(facility="SAMPLE-1")
    await prints(at_evening)
    async with at_evening.storage.view() as uow:
        actor = await at_evening.actor()
        kept = [await uow.drafts.standing(actor.id, now=clock() + timedelta(days=days)) for days in (2, 4)]

    assert kept == [{"evening"}, set()]


async def test_a_letter_goes_on_being_noted_where_it_was_sent(at_evening: Any, new_prisoner: Any):
    await opens(at_evening.storage, "SAMPLE-2")
    prisoner_id = await new_prisoner(facility="SAMPLE-1")
    await prints(at_evening)
    async with at_evening.storage.unit() as uow:
        (await prisoner_of(uow, prisoner_id)).facility_code = "SAMPLE-2"

    await at_evening.taps("1 letters written")

    assert [one.facility_code for one in await letters(at_evening.storage)] == ["SAMPLE-1"]


async def test_who_is_hidden_while_it_is_printed_is_not_sent(at_evening: Any, new_prisoner: Any, press: Any):
    prisoner_id = await new_prisoner(facility="SAMPLE-1")
    await new_prisoner("Example Two", facility="SAMPLE-1")

    async def hide() -> None:
        async with at_evening.storage.unit() as uow:
            (await prisoner_of(uow, prisoner_id)).publicity = Publicity.HIDDEN

    press.meanwhile = hide
    await prints(at_evening)

    assert at_evening.answer.file is None
    assert await acts(at_evening.storage) == []
    assert "2 letters written" not in at_evening.labels


@pytest.mark.parametrize("refusal", [TooBusy("paper"), PaperNotMade("x")])
async def test_where_nothing_is_printed_nothing_is_kept(
    at_evening: Any, new_prisoner: Any, press: Any, refusal: Exception
):
    await new_prisoner(facility="SAMPLE-1")
    press.refusal = refusal

    await prints(at_evening)

    assert "ry again" in at_evening.text or "try again" in at_evening.text
    assert at_evening.answer.file is None
    await at_evening.taps("Back")
    assert "1 letters written" not in at_evening.labels


async def test_locking_the_desk_takes_the_paper_away(at_evening: Any, new_prisoner: Any):
    await new_prisoner(facility="SAMPLE-1")
    await prints(at_evening)
    posted_id = at_evening.answer.file.posted_id
    async with at_evening.storage.unit() as uow:
        (await uow.posted.get(posted_id)).message_id = 9_999

    await at_evening.says("/lock")

    async with at_evening.storage.view() as uow:
        assert await uow.posted.get(posted_id) is None


async def test_hiding_a_name_takes_the_paper_of_an_evening_away(at_evening: Any, new_prisoner: Any):
    prisoner_id = await new_prisoner(facility="SAMPLE-1")
    await prints(at_evening)

    async with at_evening.storage.unit() as uow:
        hidden = await prisoner_of(uow, prisoner_id)
        await set_publicity(uow, hidden, Publicity.HIDDEN, now=at_evening.clock())

    async with at_evening.storage.view() as uow:
        posted = await uow.posted.get(at_evening.answer.file.posted_id)
    assert posted.delete_at == at_evening.clock()


async def test_mallory_holds_no_evening(at_evening: Any, new_prisoner: Any, mallory: Any, press: Any):
    await new_prisoner(facility="SAMPLE-1")
    actor = await mallory.joins()
    await at_evening.taps("5")
    [button] = [b for b in at_evening.buttons(at_evening.newest) if b.text == "DL"]

    await mallory.forge(button.callback_data)
    async with mallory.storage.unit() as uow:
        place = await uow.posted.get_place(actor.id)
        place.screen, place.argument = "evening-form", "5"
    await mallory.says("x")

    assert press.orders == []
    assert "DL" not in mallory.labels


async def test_another_coordinator_cannot_note_an_evening_of_bobs(
    at_evening: Any, new_prisoner: Any, carol: Any
):
    await new_prisoner(facility="SAMPLE-1")
    await prints(at_evening)
    [button] = [b for b in at_evening.buttons(at_evening.newest) if b.text == "1 letters written"]

    await carol.forge(button.callback_data)

    assert await letters(at_evening.storage) == []


@pytest.mark.parametrize("argument", ["6", "0", "-5", "x", ""])
async def test_no_other_number_is_printed(at_evening: Any, new_prisoner: Any, press: Any, argument: str):
    await new_prisoner(facility="SAMPLE-1")
    async with at_evening.storage.unit() as uow:
        place = await uow.posted.get_place((await at_evening.actor()).id)
        place.screen, place.argument = "evening-form", argument

    await at_evening.says("x")

    assert "DL" not in at_evening.labels
    assert press.orders == []


async def test_a_decoy_desk_prints_public_names_and_notes_nothing(forced: Any, new_prisoner: Any, press: Any):
    await opens(forced.storage, "SAMPLE-1")
    await new_prisoner("Example Public", facility="SAMPLE-1")
    await new_prisoner("Example Secret", facility="SAMPLE-1", publicity=Publicity.GUARDIANS)
    await is_forced(forced)

    await forced.taps("Letter evening")
    await prints(forced)
    sent = forced.answer.file
    await forced.taps("1 letters written")

    assert sent is not None
    assert names(press.orders[0]) == ["Example Public"]
    assert "1 letter is noted. Thank you all." in forced.text
    assert "1 letters written" not in forced.labels
    assert await letters(forced.storage) == []
    assert await acts(forced.storage) == []


async def test_a_decoy_desk_does_not_tell_who_is_written_to_least(
    forced: Any, new_prisoner: Any, alice: Any, press: Any
):
    await opens(forced.storage, "SAMPLE-1")
    ids: list[UUID] = [await new_prisoner(f"Example {n}", facility="SAMPLE-1") for n in range(6)]
    order = sorted(range(6), key=lambda n: ids[n])
    await alice.joins()
    await guards(alice, ids[order[0]])
    async with forced.storage.unit() as uow:
        await count_some(uow, after=None, today=(await alice.actor()).today)
    await is_forced(forced)

    await forced.taps("Letter evening")
    await prints(forced)

    assert names(press.orders[0]) == [f"Example {n}" for n in order[:5]]
