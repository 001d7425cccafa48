"""Differences that wait at the desk: in a wave, one by one, left out, replaced by a newer file."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from solidarity.changes import PRISONER_KINDS, Comparison
from solidarity.difference_views import DifferenceView, FieldChange
from solidarity.differences import (
    apply_difference,
    apply_wave,
    describe_difference,
    find_outdated,
    forget_outdated,
    refuse_difference,
    waiting_counts,
)
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.import_prisoners import find_gone
from solidarity.kept_changes import keep_differences
from storage.models import CustodyStatus, DifferenceKind, WrappedKey

from .conftest import World

Kind = DifferenceKind
COLLEAGUE = uuid4()


async def keep(world: World, comparison: Comparison) -> None:
    async with world.storage.unit() as uow:
        await keep_differences(uow, comparison.changes, day=world.now.date())


async def counts(world: World) -> dict[DifferenceKind, int]:
    async with world.storage.view() as uow:
        return await waiting_counts(uow)


async def wave(world: World, actor_id: UUID, limit: int = 200) -> int:
    async with world.storage.unit() as uow:
        return await apply_wave(uow, actor_id, now=world.now, limit=limit)


async def first_id(world: World) -> UUID:
    async with world.storage.view() as uow:
        return (await uow.differences.first(tuple(Kind), limit=1))[0].id


async def view_of(world: World, language: str = "en") -> DifferenceView:
    async with world.storage.view() as uow:
        difference = (await uow.differences.first(tuple(Kind), limit=1))[0]
        return await describe_difference(uow, difference, language=language)


async def test_what_waits_changes_nothing_yet(world: World, own_row: dict[str, str]) -> None:
    await world.register()

    await keep(world, await world.compare(own_row | {"facility": "SIZO-3"}))

    assert (await counts(world), (await world.prisoner()).facility_code) == ({Kind.MOVED: 1}, "SIZO-1")


async def test_a_wave_takes_over_all_but_deaths(world: World, own_row: dict[str, str]) -> None:
    await world.register()
    await world.register(source_id="p-2")
    bob = await world.coordinator()
    rows = [own_row | {"custody_status": "died"}, own_row | {"source_id": "p-2", "facility": "SIZO-3"}]
    await keep(world, await world.compare(*rows, own_row | {"source_id": "p-3"}))

    done = await wave(world, bob.id)

    assert (done, await counts(world)) == (2, {Kind.DIED: 1})
    assert (await world.prisoner("p-1")).custody_status is CustodyStatus.PRETRIAL
    assert (await world.prisoner("p-2")).facility_code == "SIZO-3"


async def test_a_wave_leaves_people_gone_alone(world: World) -> None:
    await world.register()
    bob = await world.coordinator()
    async with world.storage.unit() as uow:
        await keep_differences(uow, await find_gone(uow, []), day=world.now.date())

    done = await wave(world, bob.id)

    assert (done, await counts(world)) == (0, {Kind.GONE: 1})


async def test_a_wave_goes_on_where_it_stopped(world: World, own_row: dict[str, str]) -> None:
    bob = await world.coordinator()
    await keep(world, await world.compare(*(own_row | {"source_id": f"p-{n}"} for n in range(5))))

    waves = [await wave(world, bob.id, limit=2) for _ in range(4)]

    assert waves == [2, 2, 1, 0]


@pytest.mark.parametrize("is_known", [True, False])
async def test_mallory_confirms_nothing(world: World, own_row: dict[str, str], is_known: bool) -> None:
    mallory = (await world.person("mallory")).id if is_known else uuid4()
    await keep(world, await world.compare(own_row))

    with pytest.raises(NotForYou):
        await wave(world, mallory)

    assert await counts(world) == {Kind.NEW: 1}


async def test_hearings_that_passed_while_waiting_do_not_hold_up_a_wave(
    world: World, own_row: dict[str, str], hearing_row: dict[str, str]
) -> None:
    await world.register()
    bob = await world.coordinator()
    await keep(world, await world.compare_hearings(hearing_row))
    await keep(world, await world.compare(own_row | {"source_id": "p-2"}))
    async with world.storage.unit() as uow:
        late = world.now.replace(year=2027)
        done = await apply_wave(uow, bob.id, now=late)

    assert (done, await counts(world)) == (2, {})


async def test_a_death_is_confirmed_one_by_one(world: World, own_row: dict[str, str]) -> None:
    await world.register()
    await keep(world, await world.compare(own_row | {"custody_status": "died"}))

    async with world.storage.unit() as uow:
        await apply_difference(uow, await first_id(world), by=COLLEAGUE, now=world.now)

    assert ((await world.prisoner()).custody_status, await counts(world)) == (CustodyStatus.DIED, {})


async def test_what_was_decided_cannot_be_decided_again(world: World, own_row: dict[str, str]) -> None:
    await keep(world, await world.compare(own_row))
    difference_id = await first_id(world)
    async with world.storage.unit() as uow:
        await refuse_difference(uow, difference_id)

    with pytest.raises(NoLongerSo):
        async with world.storage.unit() as uow:
            await apply_difference(uow, difference_id, by=COLLEAGUE, now=world.now)


async def test_the_last_decided_difference_takes_its_key_along(world: World, own_row: dict[str, str]) -> None:
    await keep(world, await world.compare(own_row))

    async with world.storage.unit() as uow:
        await refuse_difference(uow, await first_id(world))

    async with world.storage.view() as uow:
        assert await uow.session.scalar(select(func.count()).select_from(WrappedKey)) == 0


async def test_a_newer_file_replaces_what_waits_about_the_same_people(
    world: World, own_row: dict[str, str]
) -> None:
    await keep(world, await world.compare(own_row, own_row | {"source_id": "p-2"}))

    async with world.storage.unit() as uow:
        await forget_outdated(uow, await find_outdated(uow, PRISONER_KINDS, {"p-1"}))

    assert await counts(world) == {Kind.NEW: 1}


async def test_a_difference_tells_before_and_after(world: World, own_row: dict[str, str]) -> None:
    await world.register()
    row = own_row | {"custody_status": "convicted", "facility": "IK-15"}
    await keep(world, await world.compare(row))

    view = await view_of(world)

    assert (view.kind, view.name) == (Kind.VERDICT, "Ihar Uzorau")
    assert view.fields == (
        FieldChange("custody_status", "pretrial", "convicted"),
        FieldChange("facility", "Pre-trial detention center No. 1", "Penal colony No. 15"),
    )


async def test_a_place_nobody_knows_is_shown_as_it_is_written(world: World, own_row: dict[str, str]) -> None:
    await world.register()
    await keep(world, await world.compare(own_row | {"facility": "Penal colony No. 98"}))

    view = await view_of(world)

    assert view.fields == (
        FieldChange("facility", "Pre-trial detention center No. 1", "Penal colony No. 98"),
    )


@pytest.mark.parametrize("status", ["house_arrest", "home_khimiya", "released"])
async def test_where_somebody_lives_is_not_shown(world: World, own_row: dict[str, str], status: str) -> None:
    await world.register()
    row = own_row | {"custody_status": status, "facility": "Example, vul. Uzornaja 1"}
    await keep(world, await world.compare(row))

    view = await view_of(world)

    assert "Uzornaja" not in view.after


async def test_somebody_hidden_is_shown_by_alias_only(world: World, own_row: dict[str, str]) -> None:
    await world.register(publicity="hidden")
    row = own_row | {"name_en": "Ihar Probny", "born": "1981-01-01", "languages": "be"}
    await keep(world, await world.compare(row))

    view = await view_of(world)

    assert (view.name, view.fields) == ("Sailor", (FieldChange("languages", "be, ru", "be"),))


async def test_a_hidden_newcomer_of_a_file_is_shown_by_alias_only(
    world: World, own_row: dict[str, str]
) -> None:
    await keep(world, await world.compare(own_row | {"publicity": "hidden"}))

    view = await view_of(world)

    assert view.name == "Sailor"
    assert {field.what for field in view.fields}.isdisjoint({"names", "born", "interests"})


async def test_a_moved_hearing_tells_both_dates(world: World, hearing_row: dict[str, str]) -> None:
    await world.register()
    await world.announce()
    await keep(world, await world.compare_hearings(hearing_row | {"starts": "2026-12-12 11:30"}))

    view = await view_of(world)

    assert (view.before, view.after) == ("2026-12-10 10:00 Europe/Minsk", "2026-12-12 11:30 Europe/Minsk")


async def test_a_waiting_difference_shows_nothing_of_the_row(world: World, own_row: dict[str, str]) -> None:
    await keep(world, await world.compare(own_row))

    assert "Uzorau" not in repr(await view_of(world))
