"""Is this bot real, is this coordinator: the screen, forwarded messages, a word typed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.arrival import Arrival, Borrowed, BotAccount
from handlers.conversation import Conversation
from handlers.deps import Deps
from handlers.tries import MOST_WRONG, WrongCodes
from solidarity.codes import redeem
from solidarity.errors import CodeUnknown
from solidarity.in_sight import reveal_in_sight
from solidarity.people import person_of
from solidarity.verifying import make_word
from storage.models import CodeKind, RoleName
from storage.unit_of_work import Storage
from tests.desks import change_desk
from tests.handlers.acts import phrase_of
from tests.handlers.conftest import UPDATES, Chat, CheapPins, HandClock
from tests.handlers.test_limits import rows

BOT = BotAccount(7_000_000_001, "sandbox_bot")
ELSEWHERE = 9_000_000_009


@pytest.fixture
def conversation(storage: Storage, clock: HandClock, wrong_codes: WrongCodes) -> Conversation:
    return Conversation(Deps(storage, clock, CheapPins(), wrong_codes, account=BOT))


async def forwards(chat: Chat, author: int | None, *, is_file: bool = False) -> None:
    message_id = next(chat._ids)
    chat.written[message_id] = "of another"
    arrival = Arrival(next(UPDATES), chat.chat_id, message_id, None, None, None, "en")
    await chat.gives(replace(arrival, borrowed=Borrowed(author, is_file)))


async def words_of(coordinator: Chat) -> str:
    actor = await coordinator.actor()
    async with coordinator.storage.unit() as uow:
        await make_word(uow, actor, now=coordinator.clock())
        made = await reveal_in_sight(uow, actor, CodeKind.WORD, now=coordinator.clock())
    assert made is not None
    return made.words


@pytest.mark.parametrize("way", ["/verify", "Is this real?"])
async def test_the_phrase_and_the_published_account_can_be_compared(alice: Chat, way: str):
    await alice.joins()
    await alice.says("/settings")
    if way.startswith("/"):
        await alice.says(way)
    else:
        await alice.says("/help")
        await alice.taps(way)

    assert "@sandbox_bot" in alice.text
    assert "7000000001" in alice.text
    assert f"your phrase: <b>{await phrase_of(alice)}</b>" in alice.text
    assert alice.labels == ["Back"]


@pytest.mark.parametrize(
    ("author", "is_file", "says"),
    [
        (ELSEWHERE, False, "This is not ours"),
        (ELSEWHERE, True, "This is not ours"),
        (None, False, "This is not ours"),
        (BOT.number, True, "it is ours"),
        (BOT.number, False, "somebody else may be writing under our name"),
    ],
)
async def test_a_forwarded_message_is_judged_by_where_it_came_from(
    alice: Chat, author: int | None, is_file: bool, says: str
):
    await alice.joins()
    await alice.says("/verify")
    await forwards(alice, author, is_file=is_file)

    assert says in alice.text
    assert "Is this bot real?" in alice.text
    assert alice.written == {}


@pytest.mark.parametrize("screen", ["/menu", "/settings", "/help"])
async def test_what_is_forwarded_anywhere_else_is_deleted_and_nothing_happens(
    alice: Chat, storage: Storage, screen: str
):
    await alice.joins()
    await alice.says(screen)
    before, shown = await rows(storage), dict(alice.shown)
    await forwards(alice, ELSEWHERE)

    assert (await rows(storage), alice.shown, alice.written) == (before, shown, {})


async def test_what_a_stranger_forwards_is_deleted_and_nothing_happens(mallory: Chat, storage: Storage):
    before = await rows(storage)
    await forwards(mallory, BOT.number)

    assert (await rows(storage), mallory.shown, mallory.written) == (before, {}, {})


async def test_a_coordinators_word_is_shown_once_at_the_desk_and_known_to_whoever_is_called(
    at_the_desk: Chat, vera: Chat
):
    bob = at_the_desk
    await bob.taps("A word for a call")
    [words] = [line for line in bob.text.splitlines() if "<code>" in line]
    spoken = words.removeprefix("<code>").removesuffix("</code>")
    await bob.repeat()
    assert spoken not in bob.text
    await bob.taps("Back")

    await vera.joins()
    for _ in range(3):
        await vera.says("/verify")
        await vera.says(spoken.upper().replace(" ", ", "))
        assert "<b>Yes.</b>" in vera.text
    assert vera.written == {}


@pytest.fixture
async def at_the_desk(bob: Chat, storage: Storage, clock: HandClock) -> Chat:
    actor = await bob.joins_as(CodeKind.COORDINATOR)
    async with storage.unit() as uow:
        await change_desk(uow, actor.id, open_until=clock() + timedelta(minutes=5))
    await bob.says("/desk")
    return bob


async def test_a_word_is_good_for_a_day(at_the_desk: Chat, vera: Chat, clock: HandClock):
    spoken = await words_of(at_the_desk)
    await vera.joins()
    clock.moves(hours=23, minutes=59)
    await vera.says("/verify")
    await vera.says(spoken)
    assert "<b>Yes.</b>" in vera.text

    clock.moves(minutes=1)
    await vera.says("/verify")
    await vera.says(spoken)
    assert "<b>No.</b>" in vera.text


async def test_a_word_of_somebody_who_is_no_coordinator_any_more_counts_no_longer(
    at_the_desk: Chat, vera: Chat, storage: Storage
):
    spoken, actor = await words_of(at_the_desk), await at_the_desk.actor()
    async with storage.unit() as uow:
        person = await person_of(uow, actor.id)
        for role in await uow.people.roles_of(person):
            if role.role is RoleName.COORDINATOR:
                await uow.people.revoke(role, person)
    await vera.joins()
    await vera.says("/verify")
    await vera.says(spoken)

    assert "<b>No.</b>" in vera.text


async def test_a_word_opens_nothing(at_the_desk: Chat, mallory: Chat, storage: Storage, clock: HandClock):
    spoken = await words_of(at_the_desk)
    actor = await mallory.joins()
    await mallory.says(spoken)
    await mallory.says(f"/start {spoken}")

    assert not (await mallory.actor()).is_coordinator
    async with storage.unit() as uow:
        word = await uow.codes.get_by_words(spoken, now=clock())
        assert word is not None
        with pytest.raises(CodeUnknown):
            await redeem(uow, actor, word.id, now=clock())


async def test_ordinary_words_are_neither_looked_up_nor_counted(mallory: Chat, wrong_codes: WrongCodes):
    await mallory.joins()
    await mallory.says("/verify")
    await mallory.says("nothing of theirs")

    assert "Not yes, not no" in mallory.text
    assert len(wrong_codes._tries) == 0


async def test_mallory_may_guess_five_words_an_hour_whatever_she_types_them_as(
    at_the_desk: Chat, mallory: Chat, clock: HandClock
):
    spoken = await words_of(at_the_desk)
    await mallory.joins()
    await mallory.says("/verify")
    for _ in range(MOST_WRONG - 1):
        await mallory.says("abandon abandon ability")
        assert "<b>No.</b>" in mallory.text
    # A wrong code counts as well.
    await mallory.says("abandon ability able about above")
    await mallory.says(spoken)
    assert "Too many wrong codes" in mallory.text

    clock.moves(hours=1)
    await mallory.says("/verify")
    await mallory.says(spoken)
    assert "<b>Yes.</b>" in mallory.text
