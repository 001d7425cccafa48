"""Two years of a small invented group, by the rules of coverage and by others."""

from dataclasses import replace

import pytest

from bench.coverage import at_random, by_fame, by_the_rules
from bench.years import World, Years

# A tenth of the group of docs/coverage.md.
SMALL = World("small", prisoners=120, supporters=300)


@pytest.fixture(scope="module")
def by_rule() -> Years:
    years = Years(SMALL, by_the_rules)
    years.run()
    return years


def test_the_same_years_end_the_same():
    world = replace(SMALL, days=400)

    assert Years(world, by_the_rules).run() == Years(world, by_the_rules).run()


def test_once_enough_people_write_hardly_anybody_is_without():
    seen = Years(SMALL, by_the_rules).run()
    drawn, free = Years(SMALL, at_random).run(), Years(SMALL, by_fame).run()

    assert seen.second_year <= drawn.second_year / 2
    assert seen.second_year <= free.second_year / 5
    assert seen.all_days < drawn.all_days < free.all_days


def test_nobody_can_do_better_than_the_best():
    seen = Years(replace(SMALL, days=400), by_the_rules).run()

    assert seen.at_best <= seen.all_days


def test_nobody_has_more_guardians_on_record_than_the_cap(by_rule: Years):
    last = SMALL.days - 1

    assert max(len(by_rule.on_record(number, last)) for number in range(SMALL.prisoners)) <= 3


def test_nobody_looks_after_more_than_they_wanted(by_rule: Years):
    assert max(len(mine) for mine in by_rule.looked_after.values()) <= 3


def test_where_nobody_comes_nobody_is_written_to():
    seen = Years(replace(SMALL, supporters=0), by_the_rules).run()

    assert (seen.all_days, seen.at_best) == (1, 1)
