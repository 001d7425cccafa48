"""Moved, cut off, freed, dead: what each hears of it, and that nothing old comes afterwards."""

import json
import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from locales import Words
from solidarity.import_prisoners import compare_prisoners
from solidarity.importing import apply_changes
from solidarity.kept_changes import keep_differences
from solidarity.register import parse_prisoners, read_rows
from storage.starting import starting_facilities
from tests.stories.story import Player, Story

NAME = "Ihar Uzorau"
ROW = {
    "source_id": "p-1",
    "name_en": NAME,
    # A transit time and more before the birthday there is much of the year left.
    "born": "1980-02-03",
    "languages": "be, ru",
    "custody_status": "convicted",
    "facility": "SIZO-1",
    "sentence": "5 years",
    "publicity": "guardians",
}
EN = Words("en")
# Before it is over people are asked whether they stay.
YEAR = timedelta(days=360)
# Also without anything due the nights' work is done.
A_WHILE = timedelta(weeks=4)
OLD_PLACE, NEW_PLACE = "223016", "246003"


def said(key: str, **values: str | int) -> str:
    """Return a sentence as it stands in a chat."""
    return re.sub("<[^>]+>", "", EN.say(key, **values))


async def file_says(story: Story, *rows: dict[str, str], is_taken_over: bool = False) -> None:
    """Let a file be imported whose differences wait at the desk, or are taken over at once."""
    parsed = parse_prisoners(read_rows(json.dumps(rows).encode()), today=story.now.date())
    assert not parsed.refused
    async with story.storage.unit() as uow:
        comparison = await compare_prisoners(uow, parsed.rows, today=story.now.date())
        if is_taken_over:
            await apply_changes(uow, comparison.changes, now=story.now)
        else:
            await keep_differences(uow, comparison.changes, day=story.now.date())
    await story.idle()


@pytest.fixture
async def told(story: Story) -> Story:
    """Bob coordinates, Alice writes to somebody convicted every four weeks, and Vera is their family."""
    async with story.storage.unit() as uow:
        for facility in starting_facilities():
            columns = {key: value for key, value in facility.items() if key != "code"}
            await uow.facilities.put(facility["code"], verified_on=None, **columns)
    await file_says(story, ROW, is_taken_over=True)
    await story.becomes_coordinator(story.bob)
    await story.desk_is_open(story.bob)
    async with story.storage.view() as uow:
        prisoner = (await uow.prisoners.by_sources(["p-1"]))["p-1"]
    await story.guards(story.alice, prisoner.id, weeks=4)
    await story.vera.joins_by(await story.bob.invites(NAME))
    await story.is_confirmed(story.vera)
    await story.mallory.agrees()
    return story


async def confirms(story: Story) -> str:
    """Let Bob confirm the first difference, alone; returns what he reads of it."""
    await story.bob.opens_desk()
    await story.bob.taps("Inbox", "Register differences", "One by one")
    read = story.bob.texts
    await story.bob.taps("Confirm")
    return read


async def confirms_all(story: Story) -> None:
    await story.bob.opens_desk()
    await story.bob.taps("Inbox", "Register differences", "Confirm all")


async def speaks_with_family(story: Story) -> None:
    await story.bob.opens_desk()
    await story.bob.taps("Inbox", "Families to speak with", NAME, "I have spoken with the family")
    await story.bob.taps("Yes, I have spoken with them")


async def opens_all(player: Player) -> list[str]:
    return [await player.opens() for _ in range(player.pushes)]


async def reads(player: Player) -> str:
    """Open whatever came, and return all that it says."""
    return "\n".join(await opens_all(player))


async def hears_in_a_year(story: Story, *players: Player) -> list[list[str]]:
    """Let a year go by, from one due message to the next; returns what each was sent, as it opened."""
    heard: list[list[str]] = [[] for _ in players]
    end = story.now + YEAR
    while story.now < end:
        await story.pass_until(min(await next_due(story), story.now + A_WHILE))
        for texts, player in zip(heard, players, strict=True):
            texts += await opens_all(player)
    return heard


async def next_due(story: Story) -> datetime:
    """Return when the next message is due, but for the coordinators' week."""
    query = text("SELECT min(due_at) FROM outbox WHERE state = 'queued' AND kind != 'desk_digest'")
    async with story.storage.view() as uow:
        due = await uow.session.scalar(query)
    return story.now + A_WHILE if due is None else datetime.fromtimestamp(due / 1000, UTC)


def any_has(texts: Collection[str], *words: str) -> bool:
    return any(word in text for text in texts for word in words)


# A transfer.


async def test_a_transfer_is_told_at_once_with_what_to_do(told: Story) -> None:
    await file_says(told, ROW | {"facility": "SIZO-3"})

    assert said("desk-one-moved") in await confirms(told)

    for player in (told.alice, told.vera):
        read = await reads(player)
        assert said("notices-moved", name=NAME) in read
        assert "letters stay behind" in read
        assert NEW_PLACE in read
        assert OLD_PLACE not in read
    assert told.mallory.pushes == 0


async def test_after_a_transfer_nothing_that_comes_speaks_of_the_old_place(told: Story) -> None:
    await file_says(told, ROW | {"facility": "SIZO-3"})
    await confirms(told)
    for player in (told.alice, told.vera):
        await reads(player)

    alice, vera = await hears_in_a_year(told, told.alice, told.vera)
    await told.alice.says("/mine")
    await told.alice.taps(NAME, "Address and advice")

    assert not any_has([*alice, *vera], OLD_PLACE)
    assert not any_has(alice, said("notices-moved", name=NAME))
    assert vera == []
    assert NEW_PLACE in told.alice.texts


# All contact is cut off.


async def test_that_somebody_is_cut_off_is_told_once_and_never_as_forgetting(told: Story) -> None:
    await file_says(told, ROW | {"custody_status": "incommunicado"})

    assert said("desk-one-cut-off") in await confirms(told)

    assert [player.pushes for player in (told.alice, told.vera, told.mallory)] == [1, 1, 0]
    for player in (told.alice, told.vera):
        assert said("notices-incommunicado", name=NAME) in await reads(player)
    assert said("notices-letter-not-asked") in told.alice.texts
    assert told.alice.texts.count("You can write letters and keep them") == 1
    assert said("notices-letter-not-asked") not in told.vera.texts
    await told.vera.says("/family")
    assert said("family-status-incommunicado") in told.vera.texts


async def test_that_somebody_is_cut_off_is_in_no_wave(told: Story) -> None:
    await file_says(told, ROW | {"custody_status": "incommunicado"})
    await told.bob.opens_desk()
    await told.bob.taps("Inbox", "Register differences")

    assert said("desk-kind-cut-off", count=1) in told.bob.texts
    assert told.bob.labels == ["One by one", "Back"]
    assert told.alice.pushes == 0


async def test_while_somebody_is_cut_off_nothing_comes_as_if_they_were_not(told: Story) -> None:
    await file_says(told, ROW | {"custody_status": "incommunicado"})
    await confirms(told)
    for player in (told.alice, told.vera):
        await reads(player)

    alice, vera = await hears_in_a_year(told, told.alice, told.vera)

    assert not any_has(alice, said("notices-incommunicado", name=NAME), said("family-status-convicted"))
    assert vera == []


async def test_that_there_is_word_again_is_told_and_is_no_new_verdict(told: Story) -> None:
    await file_says(told, ROW | {"custody_status": "incommunicado"})
    await confirms(told)
    late = told.vera.person.last
    await reads(told.alice)
    await file_says(told, ROW)

    await confirms(told)

    again = said("notices-heard-of", name=NAME, status=said("family-status-convicted"))
    assert again in await reads(told.alice)
    # Vera had not opened the first one: it says what is so by now.
    assert again in await told.vera.opens(late)
    assert not any_has([told.alice.texts, told.vera.texts], "There is a verdict")


# A release.


async def test_a_release_is_told_with_joy_and_thanks_first(told: Story) -> None:
    await file_says(told, ROW | {"custody_status": "released", "facility": ""})

    await confirms_all(told)

    for player in (told.alice, told.vera):
        assert said("notices-released", name=NAME) in await reads(player)
    assert told.mallory.pushes == 0


async def test_a_week_after_a_release_who_wrote_is_offered_somebody_new(told: Story) -> None:
    await file_says(
        told,
        ROW | {"custody_status": "released", "facility": ""},
        {
            "source_id": "p-2",
            "name_en": "Lonely Example",
            "custody_status": "pretrial",
            "publicity": "public",
        },
    )
    await confirms_all(told)
    await reads(told.alice)
    await reads(told.vera)

    await told.pass_until(told.at_ten(7) - timedelta(minutes=1))
    before = told.alice.pushes
    await told.pass_time(minutes=1)

    assert before == 0
    assert said("notices-new-person") in await reads(told.alice)
    assert NAME not in told.alice.person.last.text
    assert told.vera.pushes == 0
    await told.alice.taps("Become a Guardian", "Done", "Every 4 weeks")
    assert "Lonely Example" in told.alice.texts


async def test_after_a_release_nothing_else_comes_in_a_year(told: Story) -> None:
    await file_says(told, ROW | {"custody_status": "released", "facility": ""})
    await confirms_all(told)
    for player in (told.alice, told.vera):
        await reads(player)

    alice, vera = await hears_in_a_year(told, told.alice, told.vera)

    assert alice == [one for one in alice if said("notices-new-person") in one]
    assert len(alice) == 1
    assert vera == []


async def test_news_of_a_transfer_opened_after_the_release_tell_of_the_release(told: Story) -> None:
    await file_says(told, ROW | {"facility": "SIZO-3"})
    await confirms(told)
    moved = told.alice.person.last
    await file_says(told, ROW | {"custody_status": "released", "facility": ""})
    await confirms_all(told)

    read = await told.alice.opens(moved)

    assert said("notices-released", name=NAME) in read
    assert NEW_PLACE not in read


async def test_who_has_chosen_somebody_since_is_offered_nobody(told: Story) -> None:
    await file_says(
        told,
        ROW | {"custody_status": "released", "facility": ""},
        {
            "source_id": "p-2",
            "name_en": "Lonely Example",
            "custody_status": "pretrial",
            "publicity": "public",
        },
    )
    await confirms_all(told)
    await reads(told.alice)
    await told.alice.says("/menu")
    await told.alice.applies(weeks=4)

    await told.pass_until(told.at_ten(8))

    assert told.alice.pushes == 0


async def test_who_is_taken_back_within_the_week_is_not_told_of_as_free(told: Story) -> None:
    await file_says(told, ROW | {"custody_status": "released", "facility": ""})
    await confirms_all(told)
    late = told.vera.person.last
    await reads(told.alice)
    await file_says(told, ROW | {"custody_status": "detained"})
    await confirms_all(told)

    await told.pass_time(hours=20)
    assert "is free" not in await told.vera.opens(late)
    await told.pass_until(told.at_ten(8))

    assert not any_has(await opens_all(told.alice), said("notices-new-person"))


# A death.


async def test_a_death_is_in_no_wave_and_nobody_is_told_of_it(told: Story) -> None:
    await file_says(
        told,
        ROW | {"custody_status": "died", "facility": ""},
        {
            "source_id": "p-2",
            "name_en": "Lonely Example",
            "custody_status": "pretrial",
            "publicity": "public",
        },
    )

    await confirms_all(told)
    async with told.storage.view() as uow:
        kinds = await uow.differences.counts()
    assert kinds == {"died": 1}
    assert said("desk-one-died") in await confirms(told)

    assert [player.pushes for player in (told.alice, told.vera, told.mallory)] == [0, 0, 0]
    await told.alice.says("/mine")
    await told.alice.taps(NAME)
    assert said("guardian-silent", name=NAME) in told.alice.texts
    await told.vera.says("/family")
    assert said("family-silent") in told.vera.texts
    assert "alive" not in told.vera.texts


async def test_after_a_death_everything_is_silent_for_a_year(told: Story) -> None:
    await told.hearing_is_added(NAME, "2027-03-10 10:30")
    await told.idle()
    for player in (told.alice, told.vera):
        await reads(player)
    await file_says(told, ROW | {"custody_status": "died", "facility": ""})
    await confirms(told)

    alice, vera = await hears_in_a_year(told, told.alice, told.vera)

    assert (alice, vera) == ([], [])


async def test_when_the_family_was_spoken_with_who_wrote_is_told_and_the_family_is_not(told: Story) -> None:
    await file_says(told, ROW | {"custody_status": "died", "facility": ""})
    await confirms(told)
    await told.bob.says("/desk")
    assert said("families-wait", count=1) in told.bob.texts

    await speaks_with_family(told)

    assert said("families-spoken") in told.bob.texts
    assert "I have spoken with the family" not in told.bob.labels
    assert said("notices-died", name=NAME) in await reads(told.alice)
    assert (told.vera.pushes, told.mallory.pushes) == (0, 0)
    await told.vera.says("/family")
    assert said("family-status-died") in told.vera.texts
    await told.alice.says("/mine")
    assert NAME not in told.alice.labels


async def test_after_that_no_birthday_no_letter_and_no_hearing_of_the_dead_comes(told: Story) -> None:
    await told.hearing_is_added(NAME, "2027-03-10 10:30")
    await told.idle()
    for player in (told.alice, told.vera):
        await reads(player)
    await file_says(told, ROW | {"custody_status": "died", "facility": ""})
    await confirms(told)
    await speaks_with_family(told)
    await reads(told.alice)
    await told.bob.moves_hearing(NAME, "17.03.2027 09:15")

    alice, vera = await hears_in_a_year(told, told.alice, told.vera)
    await told.vera.says("/court")

    assert (alice, vera) == ([], [])
    assert "09:15" not in told.vera.texts


async def test_who_is_family_and_wrote_is_not_told_of_the_death_either(told: Story) -> None:
    await told.alice.says(await told.bob.invites(NAME))
    await told.is_confirmed(told.alice)
    await file_says(told, ROW | {"custody_status": "died", "facility": ""})
    await confirms(told)

    await speaks_with_family(told)

    assert (told.alice.pushes, told.vera.pushes) == (0, 0)


async def test_mallory_cannot_say_that_the_family_was_spoken_with(told: Story) -> None:
    await file_says(told, ROW | {"custody_status": "died", "facility": ""})
    await confirms(told)
    await told.bob.opens_desk()
    await told.bob.taps("Inbox", "Families to speak with", NAME, "I have spoken with the family")
    stolen = told.bob.person.last.data_of("Yes, I have spoken with them")
    assert stolen is not None

    await told.mallory.forges(stolen)

    assert told.alice.pushes == 0
    async with told.storage.view() as uow:
        assert (await uow.prisoners.by_sources(["p-1"]))["p-1"].is_silenced


async def test_who_looks_after_the_dead_is_asked_to_speak_with_the_family_and_no_colleague_is(
    told: Story,
) -> None:
    await told.becomes_coordinator(told.carol)
    await told.bob.opens_desk()
    await told.bob.taps("Prisoners")
    await told.bob.says(NAME)
    await told.bob.taps(NAME, "Take")
    await file_says(told, ROW | {"custody_status": "died", "facility": ""})

    await confirms(told)
    await told.idle()

    assert said("told-desk-family-waits") in await reads(told.bob)
    assert said("told-desk-family-waits") not in await reads(told.carol)


async def test_a_second_coordinator_finds_that_a_colleague_has_spoken_with_the_family(told: Story) -> None:
    await told.becomes_coordinator(told.carol)
    await told.carol.opens_desk()
    await file_says(told, ROW | {"custody_status": "died", "facility": ""})
    await confirms(told)
    await told.carol.opens_desk()
    await told.carol.taps("Inbox", "Families to speak with", NAME, "I have spoken with the family")
    await speaks_with_family(told)
    await reads(told.alice)

    await told.carol.taps("Yes, I have spoken with them")

    assert told.alice.pushes == 0
