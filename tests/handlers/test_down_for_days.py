"""The bot was down for days before a sitting: what is late and still helps, and what is to come; no more."""

from uuid import UUID

import pytest

from .acts import announce, at, deliver, guards
from .conftest import Chat, NewPrisoner


@pytest.fixture
async def prisoner_id(alice: Chat, new_prisoner: NewPrisoner) -> UUID:
    """Alice stands by somebody who is tried on 3 December at 14:00, and knows it."""
    await alice.joins()
    prisoner_id = await new_prisoner()
    await guards(alice, prisoner_id)
    await announce(alice.storage, prisoner_id, alice.clock())
    assert "hearing_new" in await deliver(alice)
    return prisoner_id


async def test_down_from_eight_days_to_twenty_hours_before_the_late_one_comes_and_the_last_is_still_to_come(
    alice: Chat, prisoner_id: UUID
):
    alice.clock.now = at("2026-12-02 15:00")

    assert await deliver(alice) == ["hearing_1d"]
    await alice.taps("Open")
    assert alice.text.startswith("This message comes late.\nIt is tomorrow.")
    assert await deliver(alice) == []

    alice.clock.now = at("2026-12-03 08:00")
    assert await deliver(alice) == ["hearing_3h"]


async def test_down_until_it_has_begun_nothing_comes(alice: Chat, prisoner_id: UUID):
    alice.clock.now = at("2026-12-03 11:01")

    assert [kind for kind in await deliver(alice) if kind.startswith("hearing")] == []
