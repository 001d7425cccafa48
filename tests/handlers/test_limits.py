"""How much one account may do in a minute: the rest has no effect, reads nothing and leaves nothing."""

import gc
import tracemalloc
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from handlers.answer import Answer
from handlers.arrival import Arrival
from handlers.conversation import Conversation
from handlers.deps import Deps
from handlers.gate import Gate
from handlers.limits import KEYS_PER_MINUTE, LEFT_FOR_HIDING, MOST_ACCOUNTS, Limits, Verdict
from handlers.notices import prepare_push
from handlers.tries import MANY_ACCOUNTS, WrongCodes
from solidarity.colleagues import WRONG_CODES
from solidarity.work import DatabaseUnavailable
from storage.models import Base, CodeKind
from storage.unit_of_work import Storage
from tests.handlers.conftest import MONDAY_NOON, UPDATES, Chat, CheapPins, HandClock, NewChat
from tests.statements import statements

STRANGER, MALLORY = 800_000_000, 700_000_666
GUESS = "abandon abandon abandon abandon abandon"


@pytest.fixture
def limits() -> Limits:
    return Limits()


@pytest.fixture
def conversation(storage: Storage, clock: HandClock, wrong_codes: WrongCodes, limits: Limits) -> Gate:
    """What chats talk to in these tests is the gate, as in the running bot."""
    return Gate(Deps(storage, clock, CheapPins(), wrong_codes, limits))


def typed(chat_id: int, words: str = "/menu", message_id: int = 9_000) -> Arrival:
    return Arrival(next(UPDATES), chat_id, message_id, words, None, None, "en")


async def rows(storage: Storage) -> dict[str, int]:
    async with storage.view() as uow:
        return {
            table.name: await uow.session.scalar(text(f"SELECT count(*) FROM {table.name}")) or 0
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.parametrize(("is_known", "most"), [(False, 20), (True, 30)])
def test_so_many_actions_of_an_account_are_taken_in_any_minute(limits: Limits, is_known: bool, most: int):
    now = MONDAY_NOON
    limits.ask(MALLORY, now=now)
    limits.note(MALLORY, is_known=is_known)
    taken = [limits.ask(MALLORY, now=now + timedelta(seconds=n / 100)) for n in range(100)]

    assert taken.count(Verdict.TAKEN) == most - 1
    assert limits.ask(MALLORY, now=now + timedelta(seconds=59.9)) is not Verdict.TAKEN
    assert limits.ask(MALLORY, now=now + timedelta(seconds=60)) is Verdict.TAKEN


def test_somebody_who_used_up_their_minute_keeps_nobody_else_out(limits: Limits):
    for _ in range(100):
        limits.ask(MALLORY, now=MONDAY_NOON)

    assert limits.ask(MALLORY, now=MONDAY_NOON) is Verdict.DROPPED
    assert limits.ask(STRANGER, now=MONDAY_NOON) is Verdict.TAKEN


def test_a_clock_that_is_set_back_closes_nobody_out(limits: Limits):
    for _ in range(20):
        limits.ask(MALLORY, now=MONDAY_NOON)

    assert limits.ask(MALLORY, now=MONDAY_NOON - timedelta(hours=1)) is Verdict.TAKEN


def test_of_however_many_accounts_a_bounded_number_is_remembered_and_after_a_minute_none(limits: Limits):
    for number in range(2 * MOST_ACCOUNTS):
        limits.ask(number, now=MONDAY_NOON)
    assert len(limits) == MOST_ACCOUNTS

    limits.ask(MALLORY, now=MONDAY_NOON + timedelta(minutes=1))
    assert len(limits) == 1


async def test_beyond_the_limit_a_tap_is_answered_without_effect_and_words_get_no_reply(
    mallory: Chat, conversation: Gate, storage: Storage
):
    await mallory.joins()
    for _ in range(30):
        await mallory.says("/menu")
    before = await rows(storage)

    [settings] = [b for b in mallory.buttons(mallory.newest or 0) if b.text == "Settings"]
    tap = replace(
        typed(MALLORY), text=None, message_id=mallory.newest, callback_id="q", data=settings.callback_data
    )

    with statements(storage) as ran:
        tapped = await conversation.take(tap)
        said = await conversation.take(typed(MALLORY, "/settings", message_id=77))

    assert tapped == Answer(MALLORY, "q", toast="That was very quick. Please wait a minute.")
    assert said == Answer(MALLORY, delete=[77])
    assert (ran, await rows(storage)) == ([], before)


async def test_a_minute_later_everything_goes_on(alice: Chat, clock: HandClock):
    await alice.joins()
    for _ in range(40):
        await alice.says("/menu")
    clock.moves(seconds=60)
    await alice.says("/settings")

    assert alice.text.startswith("<b>Settings</b>")


async def test_whoever_used_up_their_minute_can_still_hide(alice: Chat, storage: Storage):
    await alice.joins()
    for _ in range(40):
        await alice.says("/menu")
    await alice.says("/hide")

    assert (await rows(storage))["hiding"] == 1


async def test_mallory_gains_nothing_by_hiding_again_and_again(
    mallory: Chat, conversation: Gate, storage: Storage
):
    for _ in range(20 + LEFT_FOR_HIDING):
        await mallory.says("/hide")
    with statements(storage) as ran:
        await conversation.take(typed(MALLORY, "/hide"))

    assert ran == []


def test_keys_of_a_keypad_do_not_use_up_the_minute(limits: Limits):
    limits.ask(MALLORY, now=MONDAY_NOON)
    limits.note(MALLORY, is_known=True)
    taken = []
    for number in range(100):
        taken.append(limits.ask(MALLORY, now=MONDAY_NOON + timedelta(seconds=number / 100)))
        if taken[-1] is Verdict.TAKEN:
            limits.spare(MALLORY, now=MONDAY_NOON + timedelta(seconds=number / 100))

    assert taken.count(Verdict.TAKEN) == KEYS_PER_MINUTE + 29


async def test_whoever_types_a_pin_three_times_can_go_on_at_once(alice: Chat, storage: Storage):
    await alice.joins_as(CodeKind.COORDINATOR)
    await alice.says("/desk")
    for pin in ("271828", "271828"):
        for key in pin:
            await alice.taps(key)
        await alice.taps("OK")
    for _ in range(10):
        await alice.taps("Inbox")
        await alice.taps("Back")

    assert "A word for a call" in alice.labels


async def test_what_is_given_again_since_the_database_was_away_does_not_count_twice(
    alice: Chat, limits: Limits, monkeypatch: pytest.MonkeyPatch
):
    await alice.joins()

    async def away(*_: object) -> Answer:
        raise DatabaseUnavailable

    with monkeypatch.context() as patched:
        patched.setattr(Conversation, "take", away)
        for _ in range(50):
            with pytest.raises(DatabaseUnavailable):
                await alice.conversation.take(typed(alice.chat_id))
    await alice.says("/settings")

    assert alice.text.startswith("<b>Settings</b>")


async def flood_by_strangers(gate: Gate, storage: Storage, strangers: int) -> None:
    before = await rows(storage)
    for turn in range(10):
        for number in range(strangers):
            words = ("/start", "hello", "/verify", GUESS)[(turn + number) % 4]
            await gate.take(typed(STRANGER + number, words))

    assert await rows(storage) == before


async def test_a_flood_of_strangers_grows_no_table(conversation: Gate, storage: Storage):
    await flood_by_strangers(conversation, storage, 40)


@pytest.mark.proof
@pytest.mark.timeout(1200)
async def test_ten_thousand_updates_of_a_thousand_strangers_grow_no_table_and_little_memory(
    conversation: Gate, storage: Storage, limits: Limits
):
    await flood_by_strangers(conversation, storage, 20)
    gc.collect()
    tracemalloc.start()
    await flood_by_strangers(conversation, storage, 1_000)
    gc.collect()
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (len(limits), grown < 4_000_000) == (1_000, True)


async def test_ten_thousand_updates_of_one_known_person_grow_no_table_and_no_memory(
    mallory: Chat, conversation: Gate, storage: Storage
):
    await mallory.joins()
    for _ in range(60):
        await mallory.says("/menu")
    before = await rows(storage)
    gc.collect()
    tracemalloc.start()
    start, _ = tracemalloc.get_traced_memory()
    with statements(storage) as ran:
        answers = {repr(await conversation.take(typed(MALLORY, "x" * 4_000))) for _ in range(10_000)}
    gc.collect()
    end, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert answers == {repr(Answer(MALLORY))}
    assert (ran, await rows(storage)) == ([], before)
    assert end - start < 100_000


async def guesses(new_chat: NewChat, accounts: int) -> None:
    for number in range(accounts):
        await new_chat(STRANGER + number).says(GUESS)


async def told(storage: Storage) -> list[str]:
    async with storage.view() as uow:
        kinds = await uow.session.scalars(text("SELECT kind FROM outbox ORDER BY kind"))
        return [kind for kind in kinds if kind.startswith("desk_")]


async def test_coordinators_hear_once_a_day_of_wrong_codes_by_many_accounts(
    bob: Chat, alice: Chat, new_chat: NewChat, storage: Storage, clock: HandClock
):
    await bob.joins_as(CodeKind.COORDINATOR)
    await guesses(new_chat, MANY_ACCOUNTS - 1)
    assert await told(storage) == []

    await guesses(new_chat, MANY_ACCOUNTS + 10)
    assert await told(storage) == [WRONG_CODES]
    # Nobody else notices anything.
    await alice.joins_as(CodeKind.COORDINATOR)
    assert "coordinator" in alice.text

    clock.moves(days=1)
    await guesses(new_chat, MANY_ACCOUNTS)
    assert await told(storage) == [WRONG_CODES] * 3


async def test_few_accounts_or_slow_ones_are_no_news(
    bob: Chat, new_chat: NewChat, storage: Storage, clock: HandClock
):
    await bob.joins_as(CodeKind.COORDINATOR)
    for number in range(3 * MANY_ACCOUNTS):
        await new_chat(STRANGER + number).says(GUESS)
        clock.moves(minutes=4)

    assert await told(storage) == []


async def test_the_notice_is_calm_and_names_nobody(
    bob: Chat, new_chat: NewChat, storage: Storage, clock: HandClock
):

    await bob.joins_as(CodeKind.COORDINATOR)
    await bob.says("/settings")
    await guesses(new_chat, MANY_ACCOUNTS)
    async with storage.unit() as uow:
        claimed = await uow.claims.claim(now=clock(), limit=10, lease=timedelta(minutes=1))
        [row] = [one for one in claimed if one.kind == WRONG_CODES]
        push = await prepare_push(uow, row, now=clock())

    assert push is not None
    assert push.showing.text.endswith("This week.")
