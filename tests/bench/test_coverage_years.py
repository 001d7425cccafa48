"""Two years of a small invented group, by the rules of coverage and by others."""

from dataclasses import replace

import pytest

from bench.coverage import at_random, by_fame, by_the_rules
from bench.years import Choose, World, Years

# A tenth of the group of docs/coverage.md.
SMALL = World("small", prisoners=120, supporters=300)


def years_of(world: World, choose: Choose) -> Years:
    return Years(world, choose, before=by_fame)


@pytest.fixture(scope="module")
def by_rule() -> Years:
    years = years_of(SMALL, by_the_rules)
    years.run()
    return years


def test_the_same_years_end_the_same():
    world = replace(SMALL, days=400)

    assert years_of(world, by_the_rules).run() == years_of(world, by_the_rules).run()


def test_once_enough_people_write_hardly_anybody_is_without():
    seen = years_of(SMALL, by_the_rules).run()
    drawn, free = years_of(SMALL, at_random).run(), years_of(SMALL, by_fame).run()

    assert seen.second_year <= drawn.second_year / 2
    assert seen.second_year <= free.second_year / 5
    assert seen.all_days < drawn.all_days < free.all_days


def test_nobody_can_do_better_than_the_best():
    seen = years_of(replace(SMALL, days=400), by_the_rules).run()

    assert seen.at_best <= seen.all_days


def test_nobody_has_more_guardians_on_record_than_the_cap(by_rule: Years):
    last = SMALL.days - 1

    assert max(len(by_rule.on_record(number, last)) for number in range(SMALL.prisoners)) <= 3


def test_nobody_looks_after_more_than_they_wanted(by_rule: Years):
    assert max(len(mine) for mine in by_rule.looked_after.values()) <= 3


def test_where_nobody_comes_nobody_is_written_to():
    seen = years_of(replace(SMALL, supporters=0), by_the_rules).run()

    assert (seen.all_days, seen.at_best) == (1, 1)


def test_pairs_from_before_are_counted_with_and_only_days_since():
    seen = years_of(replace(SMALL, before=730), by_the_rules).run()
    fame = years_of(replace(SMALL, before=730), by_fame).run()

    assert seen.all_days <= fame.all_days / 4
    assert seen.second_year < seen.all_days < years_of(SMALL, by_the_rules).run().all_days
