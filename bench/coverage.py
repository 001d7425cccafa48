"""Two years of a group: on how many days have prisoners nobody, by the rules, by chance, by fame?

What is assumed and why stands in docs/coverage.md. Nothing here touches a database; whom a supporter is shown
is decided by ``solidarity.coverage`` itself.
"""

from collections.abc import Callable
from functools import cache
from itertools import accumulate

from bench.grounds import Grounds
from bench.page import DOCS, table, write_part
from bench.years import A_YEAR, Choose, Seen, Supporter, World, Years, date_of
from solidarity.coverage import MOST_GUARDIANS, Candidate, least_covered

PAGE = DOCS / "coverage.md"
FAR_ENOUGH = 20
TRIES = 1_000
# A group that is there already, with pairs as people choose them without a bot.
WITH_PAIRS = World("They bring their pairs", before=2 * A_YEAR)
WORLDS = (
    World("As assumed"),
    WITH_PAIRS,
    World("They leave sooner", never=1 / 3, a_year_later=0.4, silent=0.7),
    World("They stay", never=0.1, a_year_later=0.85, silent=0.3),
    World("One each", want=(1.0,)),
    World("Many come free", come_free=0.25),
    World("Three each, at once", want=(0, 0, 1.0), next_after=0),
)


def by_the_rules(years: Years, supporter: Supporter, day: int) -> int | None:
    """Choose as the bot suggests; some ask for another, and another."""
    mine = years.looked_after[supporter.number]
    covers = {n: years.cover(n, day) for n in range(len(years.prisoners)) if n not in mine}
    # Whoever would be shown after so many others is never reached.
    highest = sorted(covers.values())[:FAR_ENOUGH][-1]
    known = {years.prisoners[n].id: n for n, cover in covers.items() if cover <= highest}
    candidates = (Candidate(one, covers[n]) for one, n in known.items())
    ranked = least_covered(candidates, seed=supporter.number.to_bytes(16), today=date_of(day))
    for one in ranked:
        if supporter.chance.random() >= years.world.another:
            return known[one.prisoner_id]
    return None


def at_random(years: Years, supporter: Supporter, _day: int) -> int | None:
    """Choose anybody."""
    return _other_than(
        years.looked_after[supporter.number], lambda: supporter.chance.randrange(len(years.prisoners))
    )


def at_random_below_the_cap(years: Years, supporter: Supporter, day: int) -> int | None:
    """Choose anybody who has room on record."""
    mine = years.looked_after[supporter.number]
    for _ in range(TRIES):
        drawn = supporter.chance.randrange(len(years.prisoners))
        if drawn not in mine and len(years.on_record(drawn, day)) < MOST_GUARDIANS:
            return drawn
    return None


def by_fame(years: Years, supporter: Supporter, _day: int) -> int | None:
    """Choose the n-th most known as often as 1/n."""
    number = len(years.prisoners)
    weights = _fame(number)
    return _other_than(
        years.looked_after[supporter.number],
        lambda: supporter.chance.choices(range(number), cum_weights=weights)[0],
    )


def _other_than(mine: set[int], draw: Callable[[], int]) -> int:
    return next(drawn for drawn in iter(draw, None) if drawn not in mine)


@cache
def _fame(number: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, number + 1)))


WAYS: dict[str, Choose] = {
    "by the rules": by_the_rules,
    "random": at_random,
    "random, at most three": at_random_below_the_cap,
    "free choice": by_fame,
}
OF_RANDOM, OF_FREE = 0.5, 0.2


def seen_in(world: World) -> dict[str, Seen]:
    """Return what is seen for each way of choosing."""
    return {name: Years(world, choose, before=by_fame).run() for name, choose in WAYS.items()}


def row(world: str, shares: dict[str, float], at_best: float) -> tuple[list[str], bool]:
    """Lay out the shares of one world, and say whether the bounds hold."""
    ours, drawn, below_the_cap, free = shares.values()
    holds = ours <= OF_RANDOM * drawn and ours <= OF_FREE * free
    percent = [f"{100 * share:.1f} %" for share in (*shares.values(), at_best)]
    ratios = [f"{ours / other:.2f}" for other in (drawn, below_the_cap, free)]
    return [world, *percent, *ratios, "holds" if holds else "missed"], holds


async def main(_: Grounds | None = None) -> bool:
    """Play all worlds, print and write the tables; says whether the bounds hold for who brings pairs."""
    all_days, second_year, verdicts = list[list[str]](), list[list[str]](), dict[str, list[bool]]()
    for world in WORLDS:
        seen = seen_in(world)
        ours = seen["by the rules"]
        both = (
            (all_days, {name: one.all_days for name, one in seen.items()}, ours.at_best),
            (second_year, {name: one.second_year for name, one in seen.items()}, ours.at_best_later),
        )
        for rows, shares, at_best in both:
            laid_out, holds = row(world.name, shares, at_best)
            rows.append(laid_out)
            verdicts.setdefault(world.name, []).append(holds)
            print(*laid_out, sep="  ", flush=True)
    head = [*WAYS, "at best", "over random", "over at most three", "over free choice"]
    head.append(f"≤ {OF_RANDOM} and ≤ {OF_FREE}")
    lines = [*table(["two years", *head], all_days), "", *table(["the second year", *head], second_year)]
    write_part("coverage", lines, page=PAGE)
    return all(verdicts[WITH_PAIRS.name])
