"""The chain of the trail: whatever is changed in it, the first bad entry is found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.audit_chain import (
    Fault,
    Link,
    Seed,
    Standing,
    Walk,
    canonical,
    first_link,
    instant,
    new_seed,
    next_key,
    next_link,
    tag_of,
)
from tests.world import DEPLOYMENT, SEED

ENTRIES = 210
BEGINS = datetime(2026, 11, 1, tzinfo=UTC)
LATER_SEED = bytes(range(100, 132))


def grown(count: int, standing: Standing, *, act: str = "role_granted") -> tuple[list[Link], Standing]:
    """Let a trail grow as it does in storage."""
    links = []
    for _ in range(count):
        number, at = standing.number + 1, BEGINS + timedelta(minutes=standing.number)
        entry = canonical({"act": act, "number": number, "at": instant(at)})
        link = next_link(standing.link, entry)
        links.append(Link(number, at, entry, link, tag_of(standing.key, DEPLOYMENT, number, link)))
        standing = standing.after(link)
    return links, standing


TRAIL, STANDING = grown(ENTRIES, Standing.first(DEPLOYMENT, SEED))


def first_fault(
    links: list[Link],
    standing: Standing = STANDING,
    *,
    seeds: dict[int, bytes] | None = None,
    heads: dict[int, bytes] | None = None,
) -> tuple[int, Fault] | None:
    walk = Walk(DEPLOYMENT, standing, seeds=seeds or {}, heads=heads or {})
    for link in links:
        fault = walk.take(link)
        if fault is not None:
            return link.number, fault
    fault = walk.end()
    return None if fault is None else (walk.number, fault)


def rechained(links: list[Link], at: int, key: bytes, change: Callable[[Link], Link]) -> list[Link]:
    """Write a trail anew from one entry on, as who holds the chain and some key can."""
    links = [*links[:at], change(links[at]), *links[at + 1 :]]
    before = links[at - 1].chain if at else first_link(DEPLOYMENT)
    for index in range(at, len(links)):
        before = next_link(before, links[index].entry)
        tag = tag_of(key, DEPLOYMENT, links[index].number, before)
        links[index], key = replace(links[index], chain=before, tag=tag), next_key(key)
    return links


def other_act(link: Link) -> Link:
    entry = canonical({"act": "role_ended", "number": link.number, "at": instant(link.at)})
    return replace(link, entry=entry)


def flipped(raw: bytes, place: int) -> bytes:
    place %= len(raw)
    return raw[:place] + bytes((raw[place] ^ 1,)) + raw[place + 1 :]


indexes = st.integers(0, ENTRIES - 1)


def test_a_trail_that_nobody_touched_is_whole() -> None:
    assert first_fault(TRAIL) is None
    walk = Walk(DEPLOYMENT, STANDING, seeds={0: SEED}, heads={7: TRAIL[6].chain[:8]})
    assert [walk.take(link) for link in TRAIL] == [None] * ENTRIES
    assert walk.end() is None
    assert walk.tagged == ENTRIES


@settings(deadline=None)
@given(indexes, st.integers(0, 31), st.sampled_from(["entry", "chain", "at"]))
def test_a_changed_entry_link_or_instant_is_named_without_any_seed(index: int, place: int, part: str) -> None:
    link = TRAIL[index]
    changed = {
        "entry": {"entry": flipped(link.entry.encode(), place).decode("latin-1")},
        "chain": {"chain": flipped(link.chain, place)},
        "at": {"at": link.at + timedelta(milliseconds=1 + place)},
    }[part]
    links = [*TRAIL[:index], replace(link, **changed), *TRAIL[index + 1 :]]
    assert first_fault(links) == (link.number, Fault.CHANGED)


@settings(deadline=None)
@given(indexes, st.integers(0, 31))
def test_a_changed_tag_is_named_by_who_has_the_seed(index: int, place: int) -> None:
    link = TRAIL[index]
    links = [*TRAIL[:index], replace(link, tag=flipped(link.tag, place)), *TRAIL[index + 1 :]]
    assert first_fault(links) is None
    assert first_fault(links, seeds={0: SEED}) == (link.number, Fault.TAG)


@settings(deadline=None)
@given(indexes)
def test_an_entry_that_was_taken_out_is_missed(index: int) -> None:
    links = [*TRAIL[:index], *TRAIL[index + 1 :]]
    found = first_fault(links)
    # The last one is missed at the end, of what came before it.
    assert found == ((index + 2 if index < ENTRIES - 1 else index), Fault.MISSING)


@settings(deadline=None)
@given(indexes)
def test_an_entry_that_was_put_in_is_named(index: int) -> None:
    link = TRAIL[index]
    assert first_fault([*TRAIL[:index], link, *TRAIL[index:]]) == (link.number, Fault.EXTRA)


def test_an_entry_behind_the_last_is_named_however_well_it_is_chained() -> None:
    further, _ = grown(1, STANDING)
    assert first_fault([*TRAIL, *further], seeds={0: SEED}) == (ENTRIES + 1, Fault.EXTRA)


@settings(deadline=None)
@given(indexes, indexes)
def test_two_entries_that_were_swapped_are_named_by_the_first(one: int, other: int) -> None:
    if one == other:
        return
    links, low = list(TRAIL), min(one, other)
    for index, source in ((one, other), (other, one)):
        links[index] = replace(TRAIL[source], number=TRAIL[index].number)
    assert first_fault(links) == (low + 1, Fault.CHANGED)


@settings(deadline=None)
@given(indexes)
def test_a_chain_written_anew_does_not_fit_where_the_trail_stands(index: int) -> None:
    links = rechained(TRAIL, index, STANDING.key, other_act)
    assert first_fault(links) == (ENTRIES, Fault.HEAD)


@settings(deadline=None)
@given(indexes)
def test_who_has_every_key_of_today_cannot_tag_yesterday_anew(index: int) -> None:
    links = rechained(TRAIL, index, STANDING.key, other_act)
    forged = replace(STANDING, link=links[-1].chain)
    assert first_fault(links, forged) is None
    assert first_fault(links, forged, seeds={0: SEED}) == (index + 1, Fault.TAG)
    told = {ENTRIES: TRAIL[-1].chain[:8]}
    assert first_fault(links, forged, heads=told) == (ENTRIES, Fault.OTHER_HEAD)


@settings(deadline=None)
@given(st.integers(1, ENTRIES - 1))
def test_a_tail_that_was_cut_off_with_its_head_does_not_have_the_key_of_its_end(left: int) -> None:
    # Who cuts knows today's key, and not the one that stood there then.
    forged = replace(STANDING, number=left, link=TRAIL[left - 1].chain)
    assert first_fault(TRAIL[:left], forged) is None
    assert first_fault(TRAIL[:left], forged, seeds={0: SEED}) == (left, Fault.HEAD)


def test_after_a_new_seed_the_old_one_verifies_what_came_before_and_both_verify_all() -> None:
    reseeded, standing = grown(1, STANDING, act="trail_reseeded")
    after, standing = grown(5, standing.reseeded(LATER_SEED))
    links = [*TRAIL, *reseeded, *after]
    began = reseeded[0].number
    for seeds, tagged in (
        ({0: SEED}, began),
        ({began: LATER_SEED}, 5),
        ({0: SEED, began: LATER_SEED}, began + 5),
        ({}, 0),
    ):
        walk = Walk(DEPLOYMENT, standing, seeds=seeds, heads={})
        assert [walk.take(link) for link in links] == [None] * len(links)
        assert (walk.end(), walk.tagged, walk.reseeded) == (None, tagged, [began])
    spoiled = [*links[:-1], replace(links[-1], tag=bytes(32))]
    assert first_fault(spoiled, standing, seeds={0: SEED}) is None
    assert first_fault(spoiled, standing, seeds={began: LATER_SEED}) == (links[-1].number, Fault.TAG)


@settings(deadline=None)
@given(st.integers(1, ENTRIES))
def test_what_was_forgotten_leaves_the_rest_to_be_verified(forgotten: int) -> None:
    standing = STANDING.without(forgotten, TRAIL[forgotten - 1].chain, 0)
    walk = Walk(DEPLOYMENT, standing, seeds={0: SEED}, heads={})
    assert [walk.take(link) for link in TRAIL[forgotten:]] == [None] * (ENTRIES - forgotten)
    assert (walk.end(), walk.tagged) == (None, ENTRIES - forgotten)
    if forgotten < ENTRIES:
        found = first_fault(TRAIL[forgotten + 1 :], standing)
        assert found is not None
        assert found[1] is Fault.MISSING


def test_what_was_forgotten_behind_a_new_seed_leaves_the_tags_after_it_to_be_verified() -> None:
    reseeded, standing = grown(1, STANDING, act="trail_reseeded")
    began = reseeded[0].number
    after, standing = grown(5, standing.reseeded(LATER_SEED))
    standing = standing.without(began + 2, after[1].chain, began)
    for seeds, tagged in (({began: LATER_SEED}, 3), ({0: SEED}, 0), ({}, 0)):
        walk = Walk(DEPLOYMENT, standing, seeds=seeds, heads={})
        assert [walk.take(link) for link in after[2:]] == [None] * 3
        assert (walk.end(), walk.tagged) == (None, tagged)


def test_another_installations_seed_verifies_nothing() -> None:
    assert first_fault(TRAIL, seeds={0: bytes(32)}) == (1, Fault.TAG)


@pytest.mark.parametrize("entry", ["", "[]", "7", '{"number":1}', '{"act": "x"}', "\ud800", "[" * 2000])
def test_an_entry_that_is_none_of_ours_is_named_also_where_it_is_chained(entry: str) -> None:
    if entry == "\ud800":
        entry = '"\\ud800"'
    links = rechained(TRAIL[:1], 0, next_key(SEED), lambda link: replace(link, entry=entry))
    standing = Standing.first(DEPLOYMENT, SEED).after(links[0].chain)
    assert first_fault(links, standing, seeds={0: SEED}) == (1, Fault.CHANGED)


def test_where_the_trail_stands_is_read_as_it_was_written() -> None:
    standing = STANDING.without(3, TRAIL[2].chain, 2).told_up_to_here(BEGINS.date())
    assert Standing.from_text(standing.to_text()) == standing
    assert SEED not in standing.to_text().encode()
    for spoiled in ("", "!", "AAAA", standing.to_text()[:-8]):
        with pytest.raises(ValueError):
            Standing.from_text(spoiled)


def test_a_seed_is_typed_as_it_was_printed() -> None:
    seed = Seed(17, LATER_SEED)
    assert Seed.from_text(f" {seed.to_text()}\n") == seed
    assert LATER_SEED.hex() not in repr(seed)
    for spoiled in ("", "17", "x:00", "17:00", f"-1:{LATER_SEED.hex()}", f"1:{LATER_SEED.hex()}00"):
        with pytest.raises(ValueError):
            Seed.from_text(spoiled)


def test_the_bytes_of_the_chain_are_these() -> None:
    """Frozen: a release that chains otherwise cannot verify what an earlier one wrote."""
    entry = '{"act":"role_granted","at":"2026-11-01T00:00:00.000+00:00","number":1}'
    link = "1bbf9c70ba0d5d29a34b662fe6d9e6cd24e9a432ba6c0f1e2afbd84d1e02b091"
    tag = "07ba4068e5546e4020759a309080c30c294eac286145d68b0d4e8e4d920a5e65"
    assert (TRAIL[0].entry, TRAIL[0].chain.hex(), TRAIL[0].tag.hex()) == (entry, link, tag)


def test_a_trail_begins_at_nothing_under_the_key_after_the_seed() -> None:
    link = first_link(DEPLOYMENT)
    assert Standing.first(DEPLOYMENT, SEED) == Standing(0, link, next_key(SEED), 0, link, 0, 0, date.min)


def test_each_step_changes_what_it_says_and_nothing_else() -> None:
    link, day = bytes(32), BEGINS.date()
    assert STANDING.after(link) == replace(
        STANDING, number=ENTRIES + 1, link=link, key=next_key(STANDING.key)
    )
    assert STANDING.reseeded(LATER_SEED) == replace(STANDING, key=next_key(LATER_SEED))
    assert STANDING.without(9, link, 4) == replace(
        STANDING, forgotten=9, forgotten_link=link, forgotten_seed=4
    )
    assert STANDING.told_up_to_here(day) == replace(STANDING, told=ENTRIES, told_on=day)


@pytest.mark.parametrize("after", [0, 1, 2**40])
def test_a_seed_stands_after_an_entry_or_at_the_beginning(after: int) -> None:
    assert Seed.from_text(Seed(after, LATER_SEED).to_text()) == Seed(after, LATER_SEED)
    for spoiled in (LATER_SEED[:-1], LATER_SEED + b"\0"):
        with pytest.raises(ValueError, match=r"^a seed has 32 bytes and stands after some entry$"):
            Seed(after, spoiled)
    with pytest.raises(ValueError, match=r"^a seed has 32 bytes"):
        Seed(-1 - after, LATER_SEED)


def test_a_new_seed_is_random() -> None:
    one, other = new_seed(), new_seed()
    assert (len(one), len(other), one == other) == (32, 32, False)


def test_an_instant_is_written_in_utc_to_the_millisecond() -> None:
    at = datetime(2026, 11, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=3)))
    assert instant(at) == "2026-11-01T09:00:00.123+00:00"


def test_facts_are_written_in_the_order_of_their_names_in_ascii() -> None:
    assert canonical({"b": 1, "a": "ы"}) == '{"a":"\\u044b","b":1}'


def test_a_mark_told_of_the_very_entry_is_compared_and_of_no_other() -> None:
    for number in (1, 2, ENTRIES):
        told = {number: bytes(8)}
        assert first_fault(TRAIL, heads=told) == (number, Fault.OTHER_HEAD)
        assert first_fault(TRAIL, heads={number: TRAIL[number - 1].chain}) is None
