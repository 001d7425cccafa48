"""What one coordinator might try to get own words to many alone, or past a colleague who agreed to others."""

from datetime import timedelta

import pytest

from solidarity.access import Actor
from solidarity.broadcasts import drafts
from solidarity.broadcasts import sending as broadcast_sending
from solidarity.broadcasts.life import said_to
from solidarity.broadcasts.ready import filling_of
from solidarity.errors import AnotherMustConfirm
from solidarity.hearings.desk import confirm_at_desk
from solidarity.hearings.details import note_detail
from solidarity.requests import approve
from storage.models import Confidence, Hearing, Openness
from storage.unit_of_work import UnitOfWork

from .broadcasting import asks_to_send, coordinator, drafts_own, is_in, sends
from .conftest import NOON, House

A_DAY = timedelta(days=1)
TRUE, OWN_WORDS = "Sample Court", "The bot has moved, write to t.me/example"


@pytest.fixture
async def bob(house: House) -> Actor:
    return await coordinator(house)


@pytest.fixture
async def carol(house: House) -> Actor:
    return await coordinator(house)


@pytest.fixture
async def hearing(house: House) -> Hearing:
    """A sitting that a file has reported: nobody at a desk has claimed it."""
    return await house.hearing(await house.prisoner(), openness=Openness.OPEN)


async def takes_two(uow: UnitOfWork, actor: Actor, now=NOON) -> bool:
    return (await broadcast_sending.outlook(uow, actor, now=now)).takes_two


async def tells_everybody(uow: UnitOfWork, actor: Actor, hearing: Hearing) -> None:
    await drafts.begin_draft(uow, actor, "hearing", hearing.id, now=NOON)
    await drafts.narrow(uow, actor, "hearing", None, now=NOON)


async def court_read_by(uow: UnitOfWork, reader: Actor, broadcast_id) -> str:
    return (await filling_of(uow, reader, await said_to(uow, reader, broadcast_id))).court


async def names_court(uow: UnitOfWork, actor: Actor, hearing: Hearing, court: str = OWN_WORDS) -> None:
    await note_detail(uow, actor, hearing.id, "court", court, now=NOON)


async def test_who_named_the_court_does_not_send_it_to_many_alone_and_a_colleague_does(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, hearing: Hearing
):
    found = []
    for actor in (bob, carol):
        await tells_everybody(uow, actor, hearing)
        found.append(await takes_two(uow, actor))
    await names_court(uow, bob, hearing)

    for actor in (bob, carol):
        await tells_everybody(uow, actor, hearing)
        found.append(await takes_two(uow, actor))

    assert found == [False, False, True, False]


async def test_a_court_named_after_it_was_sent_is_read_by_nobody(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, carol: Actor, hearing: Hearing
):
    await tells_everybody(uow, carol, hearing)
    sent = await sends(uow, carol)
    before = await court_read_by(uow, alice, sent)

    await names_court(uow, bob, hearing)

    assert (before, await court_read_by(uow, alice, sent)) == (TRUE, "")


async def test_a_court_named_after_a_colleague_was_asked_is_read_by_nobody(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, carol: Actor, hearing: Hearing
):
    await names_court(uow, bob, hearing, "Other Court")
    await tells_everybody(uow, bob, hearing)
    request = await asks_to_send(uow, bob)
    await names_court(uow, bob, hearing)

    await approve(uow, carol, request.id, now=NOON)

    assert await court_read_by(uow, alice, request.about_id) == ""


async def test_another_court_of_a_confirmed_sitting_is_a_claim_of_who_named_it(
    uow: UnitOfWork, bob: Actor, carol: Actor, hearing: Hearing
):
    await confirm_at_desk(uow, carol, hearing.id, str(hearing.revision), now=NOON)

    await names_court(uow, bob, hearing)

    assert (hearing.confidence, hearing.reported_by) == (Confidence.REPORTED, bob.id)
    with pytest.raises(AnotherMustConfirm):
        await confirm_at_desk(uow, bob, hearing.id, str(hearing.revision), now=NOON)


async def test_words_for_later_count_as_long_as_they_have_not_begun(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(broadcast_sending, "MOST_ALONE", 2)
    for language in ("be", "be", "ru", "ru", *("en",) * 20):
        await house.person(language)
    found = []
    for days, language in enumerate(("be", "ru")):
        await drafts_own(uow, bob, language=language, now=NOON + days * 1.1 * A_DAY)
        await drafts.type_start(uow, bob, "10.12.2026 12:00", now=NOON + days * 1.1 * A_DAY)
        found.append(await takes_two(uow, bob, NOON + days * 1.1 * A_DAY))
        if not found[-1]:
            assert (await is_in(uow, await sends(uow, bob, NOON))).recipients == 2

    assert found == [False, True]
