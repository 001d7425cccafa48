"""Prisoners of a file against the register: kinds of difference, what is kept, who is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from solidarity.facts import Facts, reveal_facts
from solidarity.import_prisoners import find_gone
from solidarity.importing import apply_change
from storage.models import CustodyStatus, DifferenceKind, GuardianshipState, Posted, Publicity, Purpose

from .conftest import OWN, World

LATER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
PUBLISHED = {
    "id": "77",
    "name": "Hanna Abrazava",
    "status": "active",
    "gender": "female",
    "arrested": "2025-01-02",
    "prison/title": "Penal colony No. 4",
    "penalty": "imprisonment in a general-security penal colony",
}


async def facts(world: World, source_id: str = "p-1") -> Facts:
    async with world.storage.view() as uow:
        return await reveal_facts(uow, await world.prisoner(source_id))


async def test_an_unknown_row_is_a_new_prisoner(world: World, own_row: dict[str, str]) -> None:
    comparison = await world.compare(own_row)

    assert [change.kind for change in comparison.changes] == [DifferenceKind.NEW]


async def test_a_new_prisoner_keeps_what_the_row_says(world: World) -> None:
    await world.register()

    assert await facts(world) == Facts(
        custody_status=CustodyStatus.PRETRIAL,
        names={"be": "Ігар Узораў", "en": "Ihar Uzorau"},
        alias="Sailor",
        born=date(1980, 2, 3),
        languages="be,ru",
        interests="chess",
        custody_on=date(2026, 11, 23),
        facility_code="SIZO-1",
        publicity=Publicity.GUARDIANS,
        case={"detained_on": "2024-05-06"},
    )


async def test_a_published_row_is_seen_by_guardians_only(world: World) -> None:
    await world.confirm(await world.compare(PUBLISHED))

    assert (await facts(world, "77")).publicity is Publicity.GUARDIANS


@pytest.mark.parametrize("row", [pytest.param(OWN, id="own"), pytest.param(PUBLISHED, id="published")])
async def test_the_same_file_again_changes_nothing(world: World, row: dict[str, str]) -> None:
    await world.confirm(await world.compare(row))

    again = await world.compare(row)

    assert (again.changes, again.unchanged) == ((), 1)


async def test_confirming_the_same_comparison_twice_keeps_one_prisoner(
    world: World, own_row: dict[str, str]
) -> None:
    comparison = await world.compare(own_row)
    await world.confirm(comparison)

    await world.confirm(comparison)

    async with world.storage.view() as uow:
        assert len(await uow.prisoners.all()) == 1


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        pytest.param({"interests": "chess, gardens"}, DifferenceKind.DETAILS, id="another interest"),
        pytest.param({"facility": "SIZO-3"}, DifferenceKind.MOVED, id="another place"),
        pytest.param({"facility": "Penal colony No. 98"}, DifferenceKind.MOVED, id="a place nobody knows"),
        pytest.param(
            {"custody_status": "house_arrest", "facility": ""}, DifferenceKind.MOVED, id="sent home"
        ),
        pytest.param({"custody_status": "incommunicado"}, DifferenceKind.CUT_OFF, id="no word"),
        pytest.param({"custody_status": "convicted"}, DifferenceKind.VERDICT, id="sentenced"),
        pytest.param({"custody_status": "convicted", "facility": "IK-15"}, DifferenceKind.VERDICT, id="both"),
        pytest.param({"custody_status": "released"}, DifferenceKind.RELEASED, id="free"),
        pytest.param({"custody_status": "exiled"}, DifferenceKind.RELEASED, id="sent abroad"),
        pytest.param({"custody_status": "died"}, DifferenceKind.DIED, id="dead"),
    ],
)
async def test_a_row_that_differs_is_of_one_kind(
    world: World, own_row: dict[str, str], cells: dict[str, str], kind: DifferenceKind
) -> None:
    await world.register()

    comparison = await world.compare(own_row | cells)

    assert [change.kind for change in comparison.changes] == [kind]


async def test_an_unknown_person_who_is_dead_is_a_death_and_not_news(
    world: World, own_row: dict[str, str]
) -> None:
    comparison = await world.compare(own_row | {"custody_status": "died"})

    assert [change.kind for change in comparison.changes] == [DifferenceKind.DIED]


async def test_an_empty_cell_takes_nothing_back(world: World, own_row: dict[str, str]) -> None:
    await world.register()
    empty = dict.fromkeys(("alias", "born", "languages", "interests", "facility", "detained_on"), "")

    comparison = await world.compare(own_row | empty | {"name_en": ""})

    assert comparison.changes == ()


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("Penal colony No. 98; 211388, Example, vul. Uzornaja 1", id="a place nobody knows"),
        pytest.param("Released awaiting the commencement of the sentence", id="no place"),
    ],
)
async def test_letters_no_longer_go_where_somebody_was_before(world: World, place: str) -> None:
    await world.confirm(await world.compare(PUBLISHED))
    row = PUBLISHED | {"prison/title": place}

    await world.confirm(await world.compare(row))

    assert (await world.prisoner("77")).facility_code is None
    assert (await world.compare(row)).changes == ()


async def test_a_name_in_another_language_is_added(world: World, own_row: dict[str, str]) -> None:
    await world.register()

    await world.confirm(await world.compare(own_row | {"name_ru": "Игорь Узоров"}))

    assert (await facts(world)).names == {
        "be": "Ігар Узораў",
        "ru": "Игорь Узоров",
        "en": "Ihar Uzorau",
    }


async def test_a_file_never_widens_who_may_see_the_name(world: World, own_row: dict[str, str]) -> None:
    await world.register(publicity="hidden")

    comparison = await world.compare(own_row | {"publicity": "public"})

    assert comparison.changes == ()


async def test_a_file_may_narrow_who_may_see_the_name(world: World, own_row: dict[str, str]) -> None:
    await world.register(publicity="public")

    await world.confirm(await world.compare(own_row | {"publicity": "hidden"}))

    assert (await world.prisoner()).publicity is Publicity.HIDDEN


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        pytest.param({"facility": "SIZO-3"}, {"prisoner_moved"}, id="moved"),
        pytest.param({"custody_status": "convicted"}, {"prisoner_verdict"}, id="verdict"),
        pytest.param(
            {"custody_status": "convicted", "facility": "IK-15"},
            {"prisoner_verdict", "prisoner_moved"},
            id="verdict and moved",
        ),
        pytest.param({"custody_status": "released"}, {"prisoner_released"}, id="released"),
        pytest.param({"custody_status": "incommunicado"}, {"prisoner_incommunicado"}, id="cut off"),
        pytest.param({"interests": "gardens"}, set(), id="details are quiet"),
    ],
)
async def test_guardian_and_family_are_told_and_mallory_is_not(
    world: World, own_row: dict[str, str], cells: dict[str, str], kinds: set[str]
) -> None:
    prisoner = await world.register()
    alice, _ = await world.guardian(prisoner.id)
    vera = await world.relative(prisoner.id)
    await world.person("mallory")

    await world.confirm(await world.compare(own_row | cells))

    assert await world.told(prisoner.id) == {(who.id, kind) for who in (alice, vera) for kind in kinds}


async def test_a_guardian_of_whom_is_cut_off_is_sent_one_word_and_is_not_reminded(
    world: World, own_row: dict[str, str]
) -> None:
    prisoner = await world.register()
    alice, promise_id = await world.guardian(prisoner.id)

    await world.confirm(await world.compare(own_row | {"custody_status": "incommunicado"}))

    assert await world.told(prisoner.id) == {(alice.id, "prisoner_incommunicado")}
    assert {kind for _, kind in await world.told(promise_id)} == {"application_accepted"}


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        pytest.param({}, {"prisoner_heard_of"}, id="with the same sentence"),
        pytest.param({"sentence": "7 years"}, {"prisoner_verdict"}, id="with another sentence"),
        pytest.param({"facility": "SIZO-3"}, {"prisoner_moved"}, id="in another place"),
    ],
)
async def test_somebody_who_was_cut_off_is_told_of_as_what_is_new(
    world: World, own_row: dict[str, str], cells: dict[str, str], kinds: set[str]
) -> None:
    sentenced = {"custody_status": "convicted", "sentence": "5 years"}
    prisoner = await world.register(custody_status="incommunicado", sentence="5 years")
    alice, _ = await world.guardian(prisoner.id)

    await world.confirm(await world.compare(own_row | sentenced | cells))

    assert await world.told(prisoner.id) == {(alice.id, kind) for kind in kinds}


@pytest.mark.parametrize(
    ("cells", "is_covered"),
    [
        pytest.param({"facility": "SIZO-3"}, True, id="moved"),
        pytest.param({"custody_status": "incommunicado"}, True, id="cut off"),
        pytest.param({"custody_status": "released"}, True, id="released"),
        pytest.param({"custody_status": "died"}, True, id="died"),
        pytest.param({"interests": "gardens"}, False, id="details"),
    ],
)
async def test_what_stands_open_in_chats_about_them_is_covered_where_it_says_the_old_thing(
    world: World, own_row: dict[str, str], cells: dict[str, str], is_covered: bool
) -> None:
    prisoner = await world.register()
    alice, promise_id = await world.guardian(prisoner.id)
    later = world.now + timedelta(hours=1)
    async with world.storage.unit() as uow:
        for message_id, (screen, target) in enumerate(
            [("prisoner-moved", prisoner.id), ("address", promise_id), ("menu", None)], start=7
        ):
            await uow.posted.add(
                Posted(
                    person_id=alice.id,
                    purpose=Purpose.PUSH,
                    screen=screen,
                    target=target,
                    message_id=message_id,
                    is_covered=False,
                    cover_at=later,
                    posted_at=world.now,
                    delete_at=later,
                )
            )

    await world.confirm(await world.compare(own_row | cells))

    async with world.storage.view() as uow:
        due = [row.screen for row in await uow.posted.to_cover(now=world.now, limit=10)]
    assert sorted(due) == (["address", "prisoner-moved"] if is_covered else [])


async def test_the_same_release_twice_is_told_once(world: World, own_row: dict[str, str]) -> None:
    prisoner = await world.register()
    await world.guardian(prisoner.id)
    comparison = await world.compare(own_row | {"custody_status": "released"})
    await world.confirm(comparison)

    await world.confirm(comparison)

    assert len(await world.waiting(prisoner.id)) == 1


async def test_a_release_ends_guardianships_and_what_waits(world: World, own_row: dict[str, str]) -> None:
    prisoner = await world.register()
    hearing = await world.announce()
    alice, guardianship_id = await world.guardian(prisoner.id)

    await world.confirm(await world.compare(own_row | {"custody_status": "released"}))

    async with world.storage.view() as uow:
        guardianship = await uow.guardianships.get(guardianship_id)
        assert guardianship is not None
        assert (guardianship.state, guardianship.reason) == (GuardianshipState.ENDED, "released")
    assert await world.told(guardianship_id) == {(alice.id, "new_person")}
    assert await world.told(hearing.id) == set()


async def test_who_had_applied_hears_that_it_came_to_nothing(world: World, own_row: dict[str, str]) -> None:
    prisoner = await world.register()
    alice, application_id = await world.applicant("alice", prisoner.id)

    await world.confirm(await world.compare(own_row | {"custody_status": "released"}))

    assert await world.told(application_id) == {(alice.id, "application_declined")}


async def test_a_released_prisoner_has_no_place(world: World, own_row: dict[str, str]) -> None:
    await world.register()

    await world.confirm(await world.compare(own_row | {"custody_status": "released"}))

    assert (await world.prisoner()).facility_code is None


async def test_a_death_silences_everything_and_only_coordinators_are_asked_to_speak_with_the_family(
    world: World, own_row: dict[str, str]
) -> None:
    prisoner = await world.register()
    hearing = await world.announce()
    _, guardianship_id = await world.guardian(prisoner.id)
    await world.relative(prisoner.id)
    bob = await world.person("bob")
    await world.person("mallory")

    await world.confirm(await world.compare(own_row | {"custody_status": "died"}))

    assert (await world.prisoner()).is_silenced
    assert await world.told(prisoner.id) == {(bob.id, "desk_family_waits")}
    assert [await world.told(about) for about in (hearing.id, guardianship_id)] == [set()] * 2


async def test_nobody_recorded_as_dead_is_brought_back_by_a_file(
    world: World, own_row: dict[str, str]
) -> None:
    await world.register(custody_status="died")

    comparison = await world.compare(own_row)

    assert comparison.changes == ()


async def gone_from(world: World, *source_ids: str) -> list[Any]:
    async with world.storage.view() as uow:
        return await find_gone(uow, source_ids)


async def test_who_is_missing_from_a_whole_file_is_gone(world: World) -> None:
    await world.register()
    await world.register(source_id="p-2", name_en="Alena Probnaya", name_be="")

    gone = await gone_from(world, "p-2")

    assert [(change.kind, change.source_id) for change in gone] == [(DifferenceKind.GONE, "p-1")]


async def test_who_is_free_already_is_not_gone(world: World) -> None:
    await world.register(custody_status="released")

    assert await gone_from(world, "p-2") == []


async def test_who_is_gone_falls_silent_until_a_file_lists_them_again(
    world: World, own_row: dict[str, str]
) -> None:
    prisoner = await world.register()
    _, guardianship_id = await world.guardian(prisoner.id)
    async with world.storage.unit() as uow:
        await apply_change(uow, (await find_gone(uow, []))[0], now=world.now)
    silenced = await world.told(guardianship_id)

    await replace(world, now=LATER).confirm(await world.compare(own_row))

    assert silenced == set()
    assert {kind for _, kind in await world.told(guardianship_id)} == {"letter"}


async def test_a_change_shows_nothing_of_the_row(world: World, own_row: dict[str, str]) -> None:
    comparison = await world.compare(own_row)

    assert not [word for word in own_row.values() if len(word) > 3 and word in repr(comparison)]


async def test_five_hundred_rows_are_compared(world: World) -> None:
    rows = [PUBLISHED | {"id": str(number)} for number in range(501)]
    await world.confirm(await world.compare(*rows[:3]))

    comparison = await world.compare(*rows)

    assert (len(comparison.changes), comparison.unchanged) == (498, 3)
