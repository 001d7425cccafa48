"""How people are written to, as the desk shows it: a picture, the places, a list; and as a decoy shows it."""

from datetime import date, timedelta

import pytest

from storage.models import CustodyStatus, Publicity, RoleName
from tests.handlers.acts import opens

from .duress import is_forced

TODAY = date(2026, 11, 23)


async def looks(chat, *labels):
    await chat.says("/desk")
    for label in ("Coverage", *labels):
        await chat.taps(label)


async def writes(storage, prisoner_id, *, days_ago):
    """Let somebody who writes once have written so many days ago."""
    async with storage.unit() as uow:
        person = (await uow.people.with_role(RoleName.COORDINATOR))[0]
        day = TODAY - timedelta(days=days_ago)
        await uow.letters.add(person_id=person.id, prisoner_id=prisoner_id, guardianship_id=None, day=day)


@pytest.fixture
async def people(at_desk, alice, guards, new_prisoner, storage):
    """Nobody writes to two, Alice to one; one is at home, one is free, one is dead."""
    await opens(storage, "SAMPLE-1")
    ids = {
        "Lonely Example": await new_prisoner("Lonely Example", facility="SAMPLE-1"),
        "Distant Example": await new_prisoner("Distant Example"),
        "Dear Example": await new_prisoner("Dear Example", facility="SAMPLE-1"),
    }
    await new_prisoner("Homely Example", status=CustodyStatus.HOME_KHIMIYA)
    await new_prisoner("Free Example", status=CustodyStatus.RELEASED)
    await new_prisoner("Late Example", status=CustodyStatus.DIED)
    await guards(alice, ids["Dear Example"], by=at_desk)
    return ids


async def test_the_picture_counts_guardians_and_days_since_letters(at_desk, people, storage):
    await writes(storage, people["Dear Example"], days_ago=3)
    await writes(storage, people["Distant Example"], days_ago=91)

    await looks(at_desk)

    assert at_desk.text.splitlines() == [
        "<b>Coverage</b>: 3 people who can be written to",
        "",
        "▇▇▇▇▇▇▇▇▇▇▇▇ 2 – no Guardian",
        "▇▇▇▇▇▇ 1 – one Guardian",
        "· 0 – two Guardians",
        "· 0 – three or more",
        "",
        "<b>The last letter we know of</b>",
        "▇▇▇▇▇▇▇▇▇▇▇▇ 1 – within two weeks",
        "· 0 – within a month",
        "· 0 – within three months",
        "▇▇▇▇▇▇▇▇▇▇▇▇ 1 – longer ago",
        "▇▇▇▇▇▇▇▇▇▇▇▇ 1 – none is known",
    ]


@pytest.mark.parametrize(
    ("days_ago", "said"),
    [
        (0, "within two weeks"),
        (14, "within two weeks"),
        (15, "within a month"),
        (30, "within a month"),
        (31, "within three months"),
        (90, "within three months"),
        (91, "longer ago"),
    ],
)
async def test_a_letter_counts_for_its_step_up_to_the_last_day(
    at_desk, new_prisoner, storage, days_ago, said
):
    await writes(storage, await new_prisoner(), days_ago=days_ago)

    await looks(at_desk)

    assert f"1 – {said}" in at_desk.text


async def test_whose_guardian_fell_silent_has_nobody(at_desk, people, storage):
    async with storage.unit() as uow:
        [promise] = await uow.guardianships.of_prisoner(people["Dear Example"], "active")
        promise.offered_on = TODAY

    await looks(at_desk)

    assert "3 – no Guardian" in at_desk.text


async def test_the_list_begins_with_who_has_fewest_and_waits_longest(at_desk, people, storage):
    await writes(storage, people["Distant Example"], days_ago=40)

    await looks(at_desk, "List")

    assert at_desk.text.splitlines()[2:] == [
        "– Lonely Example · no Guardian · no letter is known",
        "– Distant Example · no Guardian · last letter 40 days ago",
        "– Dear Example · 1 Guardian · no letter is known",
    ]
    await at_desk.taps("Lonely Example")
    assert at_desk.text.startswith("<b>Lonely Example</b>")


async def test_places_come_by_how_many_there_have_nobody(at_desk, people, new_prisoner, storage):
    await new_prisoner("Second Example", facility="SAMPLE-1")
    await writes(storage, people["Dear Example"], days_ago=1)

    await looks(at_desk, "Places")

    _, first, second = at_desk.text.split("\n\n")
    assert first.splitlines()[1:] == ["▇▇▇▇▇▇▇▇ without a Guardian: 2 of 3", "last letter 1 day ago"]
    assert second.splitlines() == [
        "<b>Place not known</b>",
        "▇▇▇▇▇▇▇▇▇▇▇▇ without a Guardian: 1 of 1",
        "no letter is known",
    ]


async def test_one_may_look_at_ones_own_alone(at_desk, people, storage):
    actor = await at_desk.actor()
    async with storage.unit() as uow:
        await uow.portfolios.add(people["Distant Example"], actor.id, day=TODAY)

    await looks(at_desk, "Only mine")
    assert at_desk.text.startswith("<b>Coverage</b>: 1 person you look after")

    await at_desk.taps("List")
    assert [label for label in at_desk.labels if "Example" in label] == ["Distant Example"]
    await at_desk.taps("Back")
    await at_desk.taps("All")
    assert "3 people" in at_desk.text


async def test_where_one_looks_after_nobody_it_says_so(at_desk, people):
    await looks(at_desk, "Only mine")

    assert "There is nobody here who can be written to." in at_desk.text
    assert "List" not in at_desk.labels


async def test_a_long_list_is_turned_over(at_desk, new_prisoner):
    for number in range(10):
        await new_prisoner(f"Example Number{number}")

    await looks(at_desk, "List")
    first = [label for label in at_desk.labels if "Example" in label]
    assert "Earlier" not in at_desk.labels
    await at_desk.taps("Next")
    second = [label for label in at_desk.labels if "Example" in label]

    assert (len(first), len(second)) == (8, 2)
    assert not set(first) & set(second)
    assert "Next" not in at_desk.labels
    await at_desk.taps("Earlier")
    assert [label for label in at_desk.labels if "Example" in label] == first


@pytest.mark.parametrize("argument", ["all:99", "all:-1", "mine:1", ":", "own:x"])
async def test_a_page_that_is_none_is_one_that_is(at_desk, people, argument):
    await looks(at_desk)
    async with at_desk.storage.unit() as uow:
        place = await uow.posted.get_place((await at_desk.actor()).id)
        place.screen, place.argument = "coverage-list", argument

    await at_desk.forge("b:nonsense")

    assert at_desk.labels[-1] == "Back"


async def test_who_is_hidden_is_listed_by_their_alias_alone(at_desk, new_prisoner):
    await new_prisoner("Concealed Example", publicity=Publicity.HIDDEN, alias="Blue Dog")

    await looks(at_desk, "List")

    assert "Blue Dog" in at_desk.text
    assert "Concealed" not in at_desk.text + str(at_desk.labels)


async def test_nobody_is_shown_points(at_desk, people, storage):
    async with storage.unit() as uow:
        support = await uow.coverage.of(people["Dear Example"])
    assert support.points > 0

    await looks(at_desk, "List")

    assert str(support.points) not in at_desk.text


async def test_a_decoy_counts_the_public_alone_and_as_their_cards_do(forced, new_prisoner):
    names = [f"Public Number{number}" for number in range(5)]
    for name in names:
        await new_prisoner(name)
    await new_prisoner("Guarded Example", publicity=Publicity.GUARDIANS)
    await new_prisoner("Concealed Example", publicity=Publicity.HIDDEN, alias="Blue Dog")
    await is_forced(forced)

    await forced.taps("Coverage")
    assert forced.text.startswith("<b>Coverage</b>: 5 people")
    assert "· 0 – no Guardian" in forced.text
    await forced.taps("List")
    listed = forced.text

    assert sorted(label for label in forced.labels if "Number" in label) == names
    assert not [word for word in ("Guarded", "Concealed", "Blue") if word in listed]
    for name in names:
        [line] = [line for line in listed.splitlines() if name in line]
        await forced.taps(name)
        said = line.split(" · ")[1].split()[0]
        assert f"Guardians: {said}" in forced.text
        await forced.says("/desk")
        await forced.taps("Coverage")
        await forced.taps("List")


async def test_a_decoy_looks_after_nobody(forced, new_prisoner, storage):
    prisoner_id = await new_prisoner()
    actor = await forced.actor()
    async with storage.unit() as uow:
        await uow.portfolios.add(prisoner_id, actor.id, day=TODAY)
    await is_forced(forced)

    await forced.taps("Coverage")
    await forced.taps("Only mine")

    assert "There is nobody here who can be written to." in forced.text


async def test_mallory_is_shown_neither_picture_nor_list(at_desk, mallory, people):
    await looks(at_desk, "List")
    tokens = [one.callback_data for one in at_desk.buttons(at_desk.newest)]
    await mallory.joins()

    for token in tokens:
        await mallory.forge(token)

    assert "Example" not in mallory.text + str(mallory.labels)
