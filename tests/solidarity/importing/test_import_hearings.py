"""Hearings of a file against those known: announced, moved, cancelled, recorded, or refused with a reason."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from solidarity.changes import Refusal
from solidarity.hearings.attendance import attend
from solidarity.hearings.confirming import confirm_hearing
from solidarity.hearings.following import follow_city
from solidarity.hearings.life import Sitting, add_hearing, cancel_hearing, move_hearing
from solidarity.register import parse_hearings, read_rows
from storage.hearings import Heard
from storage.models import Confidence, DifferenceKind, HearingStatus, Outcome

from .conftest import World

AFTER_SITTING = datetime(2026, 12, 11, 9, 0, tzinfo=UTC)


async def test_a_new_hearing_is_announced_to_those_concerned(world: World) -> None:
    prisoner = await world.register()
    vera = await world.relative(prisoner.id)
    await world.person("mallory")

    hearing = await world.announce()

    assert {who for who, _ in await world.told(hearing.id)} == {vera.id}
    assert "hearing_new" in {kind for _, kind in await world.told(hearing.id)}


async def test_the_same_hearings_again_change_nothing(world: World, hearing_row: dict[str, str]) -> None:
    await world.register()
    await world.announce()

    again = await world.compare_hearings(hearing_row)

    assert (again.changes, again.unchanged, again.refused) == ((), 1, ())


async def test_another_start_moves_the_hearing(world: World, hearing_row: dict[str, str]) -> None:
    await world.register()
    await world.announce()

    await world.confirm(await world.compare_hearings(hearing_row | {"starts": "2026-12-12 11:30"}))

    hearing = await world.hearing()
    assert (hearing.starts_local, hearing.status, hearing.revision) == (
        "2026-12-12 11:30",
        HearingStatus.MOVED,
        2,
    )


async def test_a_cancelled_hearing_leaves_nothing_waiting(world: World, hearing_row: dict[str, str]) -> None:
    prisoner = await world.register()
    await world.relative(prisoner.id)
    hearing = await world.announce()

    await world.confirm(await world.compare_hearings(hearing_row | {"status": "cancelled"}))

    assert (await world.hearing()).status is HearingStatus.CANCELLED
    assert await world.waiting(hearing.id) == []


async def test_a_hearing_that_was_held_is_recorded(world: World, hearing_row: dict[str, str]) -> None:
    await world.register()
    await world.announce()
    later = replace(world, now=AFTER_SITTING)

    await later.confirm(
        await later.compare_hearings(hearing_row | {"status": "held", "outcome": "adjourned"})
    )

    hearing = await world.hearing()
    assert (hearing.status, hearing.outcome) == (HearingStatus.HELD, Outcome.ADJOURNED)


async def test_an_old_hearing_that_was_held_is_kept_and_told_to_nobody(
    world: World, hearing_row: dict[str, str]
) -> None:
    prisoner = await world.register()
    await world.relative(prisoner.id)
    row = hearing_row | {"status": "held", "starts": "2026-10-01 10:00"}

    await world.confirm(await world.compare_hearings(row))

    assert await world.waiting((await world.hearing()).id) == []


async def test_what_a_row_knows_better_is_corrected_quietly(
    world: World, hearing_row: dict[str, str]
) -> None:
    prisoner = await world.register()
    await world.relative(prisoner.id)
    hearing = await world.announce()
    before = await world.told(hearing.id)

    await world.confirm(await world.compare_hearings(hearing_row | {"confidence": "confirmed", "room": "5"}))

    assert (await world.hearing()).confidence is Confidence.CONFIRMED
    assert (await world.told(hearing.id), (await world.hearing()).revision) == (before, 1)


async def test_a_date_confirmed_here_stays_confirmed(world: World, hearing_row: dict[str, str]) -> None:
    await world.register()
    hearing = await world.announce()
    async with world.storage.unit() as uow:
        kept = await uow.hearings.get(hearing.id)
        assert kept is not None
        await confirm_hearing(uow, kept, now=world.now)

    comparison = await world.compare_hearings(hearing_row | {"confidence": "reported"})

    assert comparison.changes == ()


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        pytest.param({"prisoner": "p-9"}, "unknown prisoner", id="unknown prisoner"),
        pytest.param({"starts": "2026-11-01 10:00"}, "starts in the past", id="past"),
        pytest.param({"starts": "2035-11-01 10:00"}, "starts too far ahead", id="far"),
        pytest.param({"status": "held"}, "held before it starts", id="held ahead"),
    ],
)
async def test_a_new_row_that_does_not_fit_is_refused(
    world: World, hearing_row: dict[str, str], cells: dict[str, str], reason: str
) -> None:
    await world.register()

    comparison = await world.compare_hearings(hearing_row | cells)

    assert (comparison.changes, comparison.refused) == ((), (Refusal(1, reason),))


async def test_a_hearing_of_somebody_free_is_refused(world: World, hearing_row: dict[str, str]) -> None:
    await world.register(custody_status="released")

    comparison = await world.compare_hearings(hearing_row)

    assert comparison.refused == (Refusal(1, "prisoner is no longer held"),)


async def test_an_id_cannot_pass_to_another_prisoner(world: World, hearing_row: dict[str, str]) -> None:
    await world.register()
    await world.register(source_id="p-2", name_en="Alena Probnaya", name_be="")
    await world.announce()

    comparison = await world.compare_hearings(hearing_row | {"prisoner": "p-2"})

    assert comparison.refused == (Refusal(1, "id belongs to a hearing of another prisoner"),)


async def test_a_cancelled_hearing_does_not_move(world: World, hearing_row: dict[str, str]) -> None:
    await world.register()
    hearing = await world.announce()
    async with world.storage.unit() as uow:
        kept = await uow.hearings.get(hearing.id)
        assert kept is not None
        await cancel_hearing(uow, kept, now=world.now)

    comparison = await world.compare_hearings(hearing_row | {"starts": "2026-12-12 10:00"})

    assert comparison.refused == (Refusal(1, "hearing is over or cancelled: a new date needs a new id"),)


async def test_a_row_whose_date_passed_while_it_waited_is_not_announced(
    world: World, hearing_row: dict[str, str]
) -> None:
    await world.register()
    comparison = await world.compare_hearings(hearing_row)

    outdated = await replace(world, now=AFTER_SITTING).confirm(comparison)

    assert [change.kind for change in outdated] == [DifferenceKind.HEARING_NEW]


async def test_a_colleagues_later_move_is_not_taken_back_by_a_file_that_waited(
    world: World, hearing_row: dict[str, str]
) -> None:
    await world.register()
    hearing = await world.announce()
    waiting = await world.compare_hearings(hearing_row | {"starts": "2026-12-12 11:30"})
    async with world.storage.unit() as uow:
        found = await uow.hearings.get(hearing.id)
        assert found is not None
        await move_hearing(uow, found, datetime(2026, 12, 8, 9, 0), now=world.now)  # noqa: DTZ001 - a wall time

    outdated = await world.confirm(waiting)

    assert outdated == list(waiting.changes)
    assert (await world.hearing()).starts_local == "2026-12-08 09:00"


async def test_another_court_is_told_to_who_was_told_of_the_hearing(
    world: World, hearing_row: dict[str, str]
) -> None:
    prisoner = await world.register()
    vera = await world.relative(prisoner.id)
    hearing = await world.announce()
    async with world.storage.unit() as uow:
        until = world.now + timedelta(days=30)
        await uow.hearings.note_told([Heard(hearing.id, vera.id, 1, until)])

    await world.confirm(await world.compare_hearings(hearing_row | {"court": "Another example court"}))

    assert (vera.id, "hearing_changed") in await world.told(hearing.id)


async def test_each_change_has_a_kind_of_its_own(world: World, hearing_row: dict[str, str]) -> None:
    await world.register()
    await world.announce()

    for cells, kind in (
        ({"starts": "2026-12-12 11:30"}, DifferenceKind.HEARING_MOVED),
        ({"status": "cancelled"}, DifferenceKind.HEARING_CANCELLED),
        ({"confidence": "confirmed"}, DifferenceKind.HEARING_CHANGED),
    ):
        assert [one.kind for one in (await world.compare_hearings(hearing_row | cells)).changes] == [kind]
    later = replace(world, now=AFTER_SITTING)
    held = await later.compare_hearings(hearing_row | {"status": "held"})
    assert [one.kind for one in held.changes] == [DifferenceKind.HEARING_HELD]


async def test_what_a_coordinator_has_reported_a_file_confirms(
    world: World, hearing_row: dict[str, str]
) -> None:
    prisoner = await world.register()
    async with world.storage.unit() as uow:
        known = await uow.prisoners.get(prisoner.id)
        assert known is not None
        sitting = Sitting(
            datetime.fromisoformat("2026-12-10 10:00"), "Europe/Minsk", details={"court": "Typed Court"}
        )
        reported = await add_hearing(uow, known, sitting, now=world.now)

    comparison = await world.compare_hearings(hearing_row)
    assert [one.kind for one in comparison.changes] == [DifferenceKind.HEARING_CHANGED]
    await world.confirm(comparison)

    hearing = await world.hearing()
    async with world.storage.view() as uow:
        details = await uow.hearings.reveal_details(hearing)
    assert (hearing.id, hearing.confidence) == (reported.id, Confidence.CONFIRMED)
    assert details["court"] == "Typed Court"
    assert (await world.compare_hearings(hearing_row | {"court": "Typed Court"})).unchanged == 1


async def test_the_second_source_is_noted_beside_the_first(world: World, hearing_row: dict[str, str]) -> None:
    await world.register()
    await world.announce(source_url="https://one.example.org/1")
    second = hearing_row | {"source_id": "h-other", "source_url": "https://other.example.net/9"}

    await world.confirm(await world.compare_hearings(second))

    async with world.storage.view() as uow:
        details = await uow.hearings.reveal_details(await world.hearing())
    assert details["source"] == "https://one.example.org/1"
    assert details["second_source"] == "https://other.example.net/9"
    assert (await world.compare_hearings(second)).unchanged == 1


@pytest.mark.parametrize("source", ["https://one.example.org/" + "x" * 300, ""])
async def test_a_typed_date_is_confirmed_also_by_a_file_that_cannot_say_where_from(
    world: World, hearing_row: dict[str, str], source: str
) -> None:
    prisoner = await world.register()
    async with world.storage.unit() as uow:
        known = await uow.prisoners.get(prisoner.id)
        assert known is not None
        sitting = Sitting(datetime.fromisoformat("2026-12-10 10:00"), "Europe/Minsk")
        await add_hearing(uow, known, sitting, now=world.now)

    await world.confirm(await world.compare_hearings(hearing_row | {"source_url": source}))

    assert (await world.hearing()).confidence is Confidence.CONFIRMED


async def test_a_typed_date_is_not_confirmed_by_the_site_it_was_typed_from(
    world: World, hearing_row: dict[str, str]
) -> None:
    prisoner = await world.register()
    async with world.storage.unit() as uow:
        known = await uow.prisoners.get(prisoner.id)
        assert known is not None
        details = {"source": "https://one.example.org/1"}
        sitting = Sitting(datetime.fromisoformat("2026-12-10 10:00"), "Europe/Minsk", details=details)
        await add_hearing(uow, known, sitting, now=world.now)

    row = hearing_row | {"source_url": "https://one.example.org/2"}
    await world.confirm(await world.compare_hearings(row))

    assert (await world.hearing()).confidence is Confidence.REPORTED


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("colony", Outcome.COLONY),
        ("Colony", Outcome.COLONY),
        ("home-khimiya", Outcome.HOME_KHIMIYA),
        ("open facility", Outcome.OPEN_FACILITY),
    ],
)
async def test_an_outcome_of_the_list_is_told_and_brings_its_status(
    world: World, hearing_row: dict[str, str], word: str, outcome: Outcome
) -> None:
    prisoner = await world.register(publicity="public")
    vera = await world.relative(prisoner.id)
    hearing = await world.announce()
    later = replace(world, now=AFTER_SITTING)

    await later.confirm(await later.compare_hearings(hearing_row | {"status": "held", "outcome": word}))

    held = await world.hearing()
    assert (held.status, held.outcome) == (HearingStatus.HELD, outcome)
    assert await world.told(hearing.id) == {(vera.id, "hearing_outcome")}
    async with world.storage.view() as uow:
        assert sum((await uow.differences.counts()).values()) == 1
        assert "outcome" not in await uow.hearings.reveal_details(held)
        # Only a coordinator, who sees the day, says until when an appeal is possible.
        assert await uow.milestones.of_hearing(hearing.id) is None
    assert (await later.compare_hearings(hearing_row | {"status": "held", "outcome": word})).unchanged == 1


async def test_an_outcome_in_other_words_stays_a_detail(world: World, hearing_row: dict[str, str]) -> None:
    await world.register()
    await world.announce()
    later = replace(world, now=AFTER_SITTING)

    row = hearing_row | {"status": "held", "outcome": "five years of something"}
    await later.confirm(await later.compare_hearings(row))

    held = await world.hearing()
    assert (held.status, held.outcome) == (HearingStatus.HELD, None)
    async with world.storage.view() as uow:
        assert (await uow.hearings.reveal_details(held))["outcome"] == "five years of something"


async def test_of_a_sitting_long_ago_the_outcome_is_kept_and_nobody_told(
    world: World, hearing_row: dict[str, str]
) -> None:
    prisoner = await world.register(publicity="public")
    await world.relative(prisoner.id)
    row = hearing_row | {"starts": "2026-01-10 10:00", "status": "held", "outcome": "colony"}

    await world.confirm(await world.compare_hearings(row))

    held = await world.hearing()
    assert held.outcome == "colony"
    assert await world.told(held.id) == set()


@pytest.mark.parametrize(
    ("source", "confidence"),
    [
        ("https://other.example.net/9", Confidence.CONFIRMED),
        ("https://one.example.org/9", Confidence.REPORTED),
        ("", Confidence.REPORTED),
    ],
)
async def test_another_files_claim_confirms_only_where_it_is_from_elsewhere(
    world: World, hearing_row: dict[str, str], source: str, confidence: Confidence
) -> None:
    await world.register()
    first = await world.announce(source_url="https://one.example.org/1")

    await world.confirm(
        await world.compare_hearings(hearing_row | {"source_id": "h-other", "source_url": source})
    )

    async with world.storage.view() as uow:
        ahead = await uow.hearings.ahead(now=world.now)
    assert [(one.id, one.confidence) for one in ahead] == [(first.id, confidence)]


async def test_a_file_that_says_it_twice_confirms_nothing(hearing_row: dict[str, str]) -> None:
    rows = [hearing_row, hearing_row | {"source_id": "h-2"}]

    parsed = parse_hearings(read_rows(json.dumps(rows).encode()))

    assert [row.source_id for row in parsed.rows] == ["h-1"]
    assert [row.reason for row in parsed.refused] == ["hearing stands twice"]


async def test_the_city_is_read_or_known_by_the_court(world: World, hearing_row: dict[str, str]) -> None:
    await world.register()

    assert (await world.announce(court="Гомельскі абласны суд")).city == "Homieĺ"
    assert (await world.announce(court="Гомельскі абласны суд", city="Минск")).city == "Minsk"


async def test_who_asked_for_the_city_hears_of_a_row_once_it_names_it(
    world: World, hearing_row: dict[str, str]
) -> None:
    await world.register(publicity="public")
    alice = await world.person("alice")
    async with world.storage.unit() as uow:
        await follow_city(uow, alice, "Minsk", now=world.now)
    hearing = await world.announce(openness="open")
    assert await world.waiting(hearing.id) == []

    await world.confirm(await world.compare_hearings(hearing_row | {"openness": "open", "city": "Мінск"}))

    assert (alice.id, "hearing_new") in await world.told(hearing.id)


async def test_a_row_that_closes_a_sitting_tells_who_was_to_come(
    world: World, hearing_row: dict[str, str]
) -> None:
    await world.register(publicity="public")
    alice = await world.person("alice")
    hearing = await world.announce(openness="open")
    async with world.storage.unit() as uow:
        await attend(uow, alice, hearing.id, now=world.now)

    await world.confirm(await world.compare_hearings(hearing_row | {"openness": "closed"}))

    assert await world.told(hearing.id) == {(alice.id, "hearing_changed")}
