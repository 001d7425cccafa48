"""Whom a coordinator looks after: taken, left, passed on to a colleague, and first in every list."""

from datetime import timedelta
from uuid import uuid4

import pytest

from handlers.notices import prepare_push
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.leaving import erase_person
from solidarity.people import person_of
from solidarity.portfolios import PASSED_ON, keeping_of, pass_on, take
from solidarity.pseudonyms import pseudonym
from storage.models import Publicity, RoleName
from tests.handlers.coordinator.test_prisoners import finds


@pytest.fixture
def keeps(storage, clock):
    """Puts prisoners into somebody's portfolio."""

    async def keep(chat, *prisoner_ids):
        actor = await chat.actor()
        async with storage.unit() as uow:
            for prisoner_id in prisoner_ids:
                await take(uow, actor, prisoner_id, now=clock())

    return keep


async def kept_by(chat, storage):
    async with storage.view() as uow:
        return await uow.portfolios.of_person((await chat.actor()).id)


async def name_of(chat):
    return pseudonym((await chat.actor()).id.bytes, "en")


async def test_whom_nobody_looks_after_is_everybodys_until_somebody_takes_them(
    at_desk, carol, storage, new_prisoner, keeps
):
    one = await new_prisoner("Example Sampleson")
    await finds(at_desk, "Sampleson")
    await at_desk.taps("Example Sampleson")
    assert "No coordinator has taken this person yet" in at_desk.text

    await at_desk.taps("Take")
    assert "You look after this person." in at_desk.text
    assert await kept_by(at_desk, storage) == {one}

    await keeps(carol, one)
    await at_desk.taps("Leave to others")
    assert f"Looked after by: {await name_of(carol)}" in at_desk.text
    assert await kept_by(at_desk, storage) == set()


async def test_a_double_tap_takes_once(at_desk, storage, new_prisoner):
    one = await new_prisoner()
    await finds(at_desk, "Sampleson")
    await at_desk.taps("Example Sampleson")
    await at_desk.taps("Take")
    await at_desk.repeat()

    assert await kept_by(at_desk, storage) == {one}


async def test_somebody_is_passed_on_to_a_colleague_known_by_pseudonym_who_is_told(
    at_desk, carol, storage, clock, new_prisoner, keeps
):
    one = await new_prisoner("Example Sampleson")
    await keeps(at_desk, one)
    await at_desk.taps("Prisoners")
    await at_desk.taps("Example Sampleson")
    await at_desk.taps("Pass on")
    await at_desk.taps(await name_of(carol))

    assert "Your colleague is told." in at_desk.text
    assert (await kept_by(at_desk, storage), await kept_by(carol, storage)) == (set(), {one})
    async with storage.unit() as uow:
        claimed = await uow.claims.claim(now=clock(), limit=10, lease=timedelta(minutes=1))
        [row] = [claim for claim in claimed if claim.kind == PASSED_ON]
        push = await prepare_push(uow, row, now=clock())
        assert (row.person_id, push is not None) == ((await carol.actor()).id, True)
        # What is no longer so is not told.
        await uow.portfolios.remove(one, row.person_id)
        assert await prepare_push(uow, row, now=clock()) is None


async def test_an_application_is_passed_on_with_its_prisoner(
    at_desk, carol, alice, storage, new_prisoner, applies
):
    one = await new_prisoner("Example Sampleson")
    await applies(alice, one)
    await at_desk.says("/desk")
    await at_desk.taps("Inbox")
    [label] = [each for each in at_desk.labels if each.startswith("Example Sampleson")]
    await at_desk.taps(label)
    await at_desk.taps("Pass on")
    await at_desk.taps(await name_of(carol))

    assert await kept_by(carol, storage) == {one}


async def test_own_prisoners_come_first_in_inbox_hearings_and_searches(
    at_desk, alice, vera, clock, new_prisoner, applies, new_hearing, keeps
):
    other = await new_prisoner("Ann Example")
    mine = await new_prisoner("Zoe Example")
    await applies(alice, other)
    clock.moves(days=1)
    await applies(vera, mine)
    await new_hearing(other, "2026-12-09 10:30")
    await new_hearing(mine, "2026-12-20 10:30")

    async def order(*ways):
        await at_desk.says("/desk")
        for way in ways:
            await (at_desk.says(way) if way.islower() else at_desk.taps(way))
        return [n for label in at_desk.labels for n in ("Ann", "Zoe") if n in label]

    clock.moves(days=-1)
    assert await order("Inbox") == ["Ann", "Zoe"]
    assert await order("Hearings") == ["Ann", "Zoe"]
    assert await order("Prisoners") == []
    await keeps(at_desk, mine)

    assert await order("Inbox") == ["Zoe", "Ann"]
    assert await order("Hearings") == ["Zoe", "Ann"]
    assert await order("Prisoners") == ["Zoe"]
    assert await order("Prisoners", "example") == ["Zoe", "Ann"]


async def test_a_hidden_prisoner_is_looked_after_under_their_alias(at_desk, storage, new_prisoner, keeps):
    one = await new_prisoner("Secret Sampleson", publicity=Publicity.HIDDEN, alias="Quiet lake")
    await keeps(at_desk, one)
    await at_desk.taps("Prisoners")
    assert "Quiet lake" in at_desk.labels
    await at_desk.taps("Quiet lake")
    await at_desk.taps("Pass on")

    assert "Quiet lake" in at_desk.text
    assert "Secret" not in at_desk.text


async def test_nobody_passes_a_colleagues_prisoner_on(at_desk, carol, storage, clock, new_prisoner, keeps):
    one = await new_prisoner()
    await keeps(carol, one)
    await finds(at_desk, "Sampleson")
    await at_desk.taps("Example Sampleson")
    assert "Pass on" not in at_desk.labels

    bob = await at_desk.actor()
    async with storage.unit() as uow:
        with pytest.raises(NoLongerSo):
            await pass_on(uow, bob, one, (await carol.actor()).id, now=clock())


async def test_mallory_who_coordinates_nothing_is_passed_nobody(
    at_desk, mallory, storage, clock, new_prisoner
):
    one, bob, supporter = await new_prisoner(), await at_desk.actor(), await mallory.joins()
    async with storage.unit() as uow:
        for colleague_id in (supporter.id, bob.id, uuid4(), None):
            with pytest.raises(NotForYou):
                await pass_on(uow, bob, one, colleague_id, now=clock())
        with pytest.raises(NotForYou):
            await take(uow, bob, uuid4(), now=clock())
    assert await kept_by(mallory, storage) == set()


async def test_mallory_cannot_use_a_coordinators_buttons(at_desk, mallory, storage, new_prisoner):
    await new_prisoner()
    await finds(at_desk, "Sampleson")
    await at_desk.taps("Example Sampleson")
    [button] = [b for b in at_desk.buttons(at_desk.newest) if b.text == "Take"]
    await mallory.joins()
    await mallory.forge(button.callback_data)

    assert await kept_by(mallory, storage) == set()
    assert await kept_by(at_desk, storage) == set()


@pytest.mark.parametrize("how", ["leaves", "loses the role"])
async def test_the_portfolio_of_somebody_who_goes_is_nobodys(
    at_desk, carol, storage, clock, new_prisoner, keeps, how
):
    one = await new_prisoner()
    await keeps(carol, one)
    gone = await carol.actor()
    async with storage.unit() as uow:
        if how == "leaves":
            await erase_person(uow, gone.id, now=clock())
        else:
            person = await person_of(uow, gone.id)
            for role in await uow.people.roles_of(person):
                if role.role is RoleName.COORDINATOR:
                    await uow.people.revoke(role, person)
    bob = await at_desk.actor()
    async with storage.view() as uow:
        assert await uow.portfolios.of_prisoner(one) == []
        assert (await keeping_of(uow, bob, one, now=clock())).is_everybodys
