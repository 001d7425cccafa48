"""Checking a draft in the chat: first it is gone, then it is looked at, then nothing of it is left."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import inspect, text

from handlers.arrival import Arrival, Borrowed
from handlers.conversation import Conversation
from handlers.deps import Deps
from handlers.tries import WrongCodes
from solidarity import draft_check
from solidarity.errors import NotForYou
from solidarity.letter_check import Report
from solidarity.work import DatabaseUnavailable
from storage.models import CodeKind, CustodyStatus, GuardianshipState, Publicity
from storage.unit_of_work import Storage
from tests.desks import change_desk

from .acts import applies, guards, prisoner_of
from .conftest import UPDATES, Chat, CheapPins, HandClock, NewPrisoner

RISKY = "Прывітанне! Жыве Беларусь! Скора будзе свабода 🌞, тэл. +375 29 123-45-67. Прывітанне з РБ."
HARMLESS = "Прывітанне! У нас выпаў снег, і кот увесь дзень спіць каля печкі."
OF_OTHERS = "Прывітанне! Учора прыходзіла наша Ганна Вярбіцкая, і мы пілі гарбату."


@dataclass
class Deleting:
    """Deletes what people write, as Telegram does, and notes what happened in which order."""

    works: bool = True
    happened: list[tuple[str, object]] = field(default_factory=list)
    chats: list[Chat] = field(default_factory=list)

    async def delete(self, chat_id: int, message_id: int) -> bool:
        if self.works:
            self.happened.append(("deleted", message_id))
            next(chat for chat in self.chats if chat.chat_id == chat_id)._loses(message_id)
        return self.works


@pytest.fixture
def deleting() -> Deleting:
    return Deleting()


@pytest.fixture
def conversation(
    storage: Storage, clock: HandClock, wrong_codes: WrongCodes, deleting: Deleting
) -> Conversation:
    return Conversation(Deps(storage, clock, CheapPins(), wrong_codes, delete=deleting.delete))


@pytest.fixture
def happened(monkeypatch: pytest.MonkeyPatch, deleting: Deleting) -> list[tuple[str, object]]:
    """What happened, with every look at a draft in it."""
    check = draft_check.check_letter

    def noting(draft: str, *args: object, **options: object) -> Report:
        deleting.happened.append(("looked", draft))
        return check(draft, *args, **options)

    monkeypatch.setattr(draft_check, "check_letter", noting)
    return deleting.happened


@pytest.fixture
async def asked(alice: Chat, new_prisoner: NewPrisoner, deleting: Deleting) -> Chat:
    """Alice, a Guardian, at the screen that asks for the text."""
    deleting.chats.append(alice)
    await alice.joins()
    await guards(alice, await new_prisoner())
    await alice.says("/mine")
    await alice.taps("Example Sampleson")
    await alice.taps("Check my letter")
    return alice


def advice(chat: Chat) -> str:
    assert chat.apart is not None
    return chat.shown[chat.apart].text


async def everything_kept(storage: Storage) -> str:
    kept = []
    async with storage.view() as uow:
        connection = await uow.session.connection()
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        for table in tables:
            kept += [repr(row) for row in await uow.session.execute(text(f'SELECT * FROM "{table}"'))]
    return "\n".join(kept)


async def test_the_screen_asks_for_the_text_and_says_what_becomes_of_it(asked: Chat):
    assert asked.text.startswith("<b>Example Sampleson</b>")
    assert "deleted from this chat before anybody looks" in asked.text
    assert "each is checked by itself" in asked.text
    assert asked.labels == ["Back"]

    await asked.taps("Back")
    assert "Step down" in asked.labels


async def test_findings_are_advice_with_the_gravest_first_and_no_words_but_the_risky_ones(asked: Chat):
    await asked.says(RISKY)

    assert "Because of this a letter may be held back" in advice(asked)
    assert "<i>Жыве Беларусь</i>" in advice(asked)
    assert "свабода" in advice(asked)
    assert "telephone number" in advice(asked)
    assert "You decide what stays in" in advice(asked)
    for word in ("Прывітанне", "Скора", "🌞", "+375 29", "123-45-67"):
        assert word not in advice(asked)
    assert advice(asked).index("held back, or somebody harmed") < advice(asked).index("A small risk")


async def test_a_letter_without_findings_is_promised_nothing(asked: Chat):
    await asked.says(HARMLESS)

    assert "That is no promise that it arrives" in advice(asked)
    assert "By hand it will be about one sheet" in advice(asked)
    assert "снег" not in advice(asked)


async def test_the_message_is_gone_before_anybody_looks_at_it(
    asked: Chat, happened: list[tuple[str, object]]
):
    await asked.says(RISKY)

    assert [each[0] for each in happened] == ["deleted", "looked"]
    assert asked.written == {}


async def test_what_could_not_be_deleted_is_not_looked_at_and_goes_later(
    asked: Chat, deleting: Deleting, happened: list[tuple[str, object]]
):
    deleting.works = False
    await asked.says(RISKY)

    assert happened == []
    assert "could not be deleted just now, so it was not looked at" in asked.text
    assert asked.apart is None
    # Its row is there, whatever happens to this process, and the clockwork has gone by it.
    assert asked.written == {}


async def test_a_process_that_dies_while_deleting_has_noted_that_the_message_must_go(
    asked: Chat, deleting: Deleting, monkeypatch: pytest.MonkeyPatch
):
    async def dies(chat_id: int, message_id: int) -> bool:
        raise DatabaseUnavailable("cut off")

    monkeypatch.setattr(asked.conversation._deps, "delete", dies)
    with pytest.raises(DatabaseUnavailable):
        await asked.says(RISKY)
    assert list(asked.written.values()) == [RISKY]

    await asked.tidy()

    assert asked.written == {}


async def test_nothing_of_a_draft_is_in_any_table(asked: Chat, storage: Storage):
    await asked.says(RISKY)
    kept = await everything_kept(storage)

    for word in ("Прывітанне", "свабода", "Беларусь", "тэл", "+375 29", "123-45-67"):
        assert word not in kept
        assert word.encode().hex() not in kept
        assert repr(word.encode())[2:-1] not in kept


async def test_the_advice_stands_for_ten_minutes(asked: Chat, clock: HandClock):
    await asked.says(RISKY)
    clock.moves(minutes=9, seconds=59)
    await asked.tidy()
    assert asked.apart in asked.shown

    clock.moves(seconds=1)
    await asked.tidy()
    assert asked.apart not in asked.shown


async def test_a_letter_in_several_messages_has_advice_on_each(asked: Chat):
    await asked.says(RISKY)
    first = asked.apart
    await asked.says(HARMLESS)

    assert "Жыве Беларусь" in asked.shown[first].text
    assert "That is no promise" in advice(asked)
    assert asked.written == {}


async def test_a_repeated_update_shows_the_screen_and_looks_at_nothing(
    asked: Chat, happened: list[tuple[str, object]]
):
    await asked.says(RISKY)
    await asked.repeat()

    assert len(happened) == 2
    assert asked.answer is not None
    assert asked.answer.file is None
    assert asked.text.startswith("<b>Example Sampleson</b>")


async def test_the_prisoners_own_name_is_no_name_of_others(asked: Chat, new_prisoner: NewPrisoner):
    await asked.says(OF_OTHERS)
    assert "name of somebody else" in advice(asked)

    await guards(asked, await new_prisoner("Ганна Вярбіцкая"))
    await asked.says("/mine")
    await asked.taps("Ганна Вярбіцкая")
    await asked.taps("Check my letter")
    await asked.says(OF_OTHERS)
    assert "name of somebody else" not in advice(asked)


async def test_a_hidden_name_is_not_told_by_what_is_found(
    alice: Chat, new_prisoner: NewPrisoner, deleting: Deleting
):
    deleting.chats.append(alice)
    await alice.joins()
    prisoner_id = await new_prisoner("Ганна Вярбіцкая", alias="Grey Heron")
    await guards(alice, prisoner_id)
    async with alice.storage.unit() as uow:
        (await prisoner_of(uow, prisoner_id)).publicity = Publicity.HIDDEN
    await alice.says("/mine")
    await alice.taps("Grey Heron")
    await alice.taps("Check my letter")
    await alice.says(OF_OTHERS)

    assert "name of somebody else" in advice(alice)


async def test_a_photograph_or_a_file_cannot_be_checked_and_is_deleted(asked: Chat):
    await asked.sends_photo()

    assert "Only typed text can be checked" in asked.text
    assert asked.apart is None
    assert asked.written == {}


async def test_what_is_forwarded_cannot_be_checked_and_is_deleted(asked: Chat):
    message_id = next(asked._ids)
    asked.written[message_id] = RISKY
    arrival = Arrival(next(UPDATES), asked.chat_id, message_id, None, None, None, "en")
    await asked.gives(replace(arrival, borrowed=Borrowed(None, is_file=False)))

    assert "Only typed text can be checked" in asked.text
    assert asked.apart is None
    assert asked.written == {}


async def test_who_writes_one_letter_has_it_checked(
    alice: Chat, new_prisoner: NewPrisoner, deleting: Deleting
):
    deleting.chats.append(alice)
    await new_prisoner(publicity=Publicity.PUBLIC)
    await alice.joins()
    for label in ("Write one letter", "Russian: no", "Done", "I'll write", "Check my letter"):
        await alice.taps(label)
    await alice.says(RISKY)

    assert "<i>Жыве Беларусь</i>" in advice(alice)
    assert alice.written == {}
    await alice.taps("Back")
    assert "I wrote" in alice.labels


@pytest.mark.parametrize("minutes", [5, -1], ids=["open desk", "closed desk"])
async def test_a_coordinator_has_it_checked_too_and_no_draft_is_kept(
    bob: Chat, new_prisoner: NewPrisoner, deleting: Deleting, storage: Storage, clock: HandClock, minutes: int
):
    deleting.chats.append(bob)
    actor = await bob.joins_as(CodeKind.COORDINATOR)
    await guards(bob, await new_prisoner())
    async with storage.unit() as uow:
        await change_desk(uow, actor.id, open_until=clock() + timedelta(minutes=minutes))
    await bob.says("/mine")
    await bob.taps("Example Sampleson")
    await bob.taps("Check my letter")
    await bob.says(RISKY)

    assert "<i>Жыве Беларусь</i>" in advice(bob)
    async with storage.view() as uow:
        assert await uow.drafts.standing(actor.id, now=clock()) == frozenset()


@pytest.mark.parametrize("status", [CustodyStatus.DIED])
async def test_nothing_is_checked_for_whom_everything_is_silent(
    asked: Chat, happened: list[tuple[str, object]], status: CustodyStatus
):
    async with asked.storage.unit() as uow:
        [prisoner_id] = await uow.coverage.some_prisoners(after=None, limit=2)
        prisoner = await prisoner_of(uow, prisoner_id)
        prisoner.custody_status, prisoner.is_silenced = status, True
    await asked.says(RISKY)

    assert happened == []
    assert asked.apart is None
    assert asked.written == {}


async def test_mallory_has_nothing_checked_within_somebody_elses_promise(
    asked: Chat, mallory: Chat, new_prisoner: NewPrisoner, deleting: Deleting, storage: Storage
):
    deleting.chats.append(mallory)
    mine = await mallory.joins()
    async with storage.view() as uow:
        [hers] = await uow.guardianships.of_person((await asked.actor()).id, GuardianshipState.ACTIVE)
    await applies(mallory, await new_prisoner("Example Two"))
    async with storage.view() as uow:
        for guardianship_id in (hers.id, UUID(int=7), None):
            with pytest.raises(NotForYou):
                await draft_check.reader_for_promise(uow, mine, guardianship_id)
        with pytest.raises(NotForYou):
            await draft_check.reader_for_one_letter(uow, mine, hers.id)

    async with storage.unit() as uow:
        place = await uow.posted.get_place(mine.id)
        place.screen, place.target = "letter-check", hers.id
    await mallory.says(RISKY)

    assert "There is nothing here for you" in mallory.text
    assert mallory.apart is None
    assert mallory.written == {}
