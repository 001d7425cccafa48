"""`poruch erase`: by pseudonym alone, asked once, and never by guessing."""

import asyncio
import io
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, update

from bot.control.listener import Control
from bot.control.wire import Values
from solidarity import pseudonyms
from solidarity.people import agree
from solidarity.pseudonyms import pseudonym
from storage.database import FILE_NAME
from storage.models import Departed, Person
from storage.unit_of_work import UnitOfWork
from tests.terminal import Terminal

from .conftest import NOW, Run, at_home


def joins(chat_id: int, day: date | None = None) -> UUID:
    async def join(uow: UnitOfWork) -> UUID:
        person_id = (await agree(uow, chat_id, language="en", now=NOW)).id
        if day is not None:
            await uow.session.execute(update(Person).where(Person.id == person_id).values(joined_on=day))
        return person_id

    return at_home(join)


def people() -> set[UUID]:
    async def look(uow: UnitOfWork) -> set[UUID]:
        return set(await uow.session.scalars(select(Person.id)))

    return at_home(look)


@pytest.fixture
def alice(installed: Path) -> UUID:
    return joins(700_000_001)


@pytest.fixture
def mallory(installed: Path) -> UUID:
    return joins(700_000_666)


@pytest.fixture
def all_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one pair of words be everybody's."""
    monkeypatch.setattr(pseudonyms, "pseudonym", lambda seed, language: "Quiet lake")


@pytest.mark.parametrize("language", ["be", "ru", "en"])
def test_who_is_called_so_in_any_language_is_erased(
    poruch: Run, alice: UUID, mallory: UUID, language: str
) -> None:
    ended = poruch("erase", "--yes", pseudonym(alice.bytes, language))

    assert (ended.code, ended.err, people()) == (0, "", {mallory})


def test_while_no_bot_is_open_the_chat_is_not_said_to_be_emptied(poruch: Run, alice: UUID) -> None:
    ended = poruch("erase", "--yes", pseudonym(alice.bytes, "en"))

    assert ended.out.splitlines() == [
        "Erased. No bot is open on this machine: in their chat its messages stay until one is.",
        "Next: poruch backup, so that the ledger of who left lies beside the data.",
    ]


@pytest.mark.parametrize(("state", "is_emptied"), [("open", True), ("sealed", False)])
def test_a_bot_that_runs_empties_the_chat_if_it_is_open(
    poruch: Run, alice: UUID, installed: Path, state: str, is_emptied: bool
) -> None:
    with a_bot(installed / "data", state):
        ended = poruch("erase", "--yes", pseudonym(alice.bytes, "en"))

    assert ("In their chat the bot deletes its messages." in ended.out) == is_emptied


@contextmanager
def a_bot(data_dir: Path, state: str) -> Iterator[None]:
    """A process that is beside the command and answers as a bot in that state."""
    listening, ended = threading.Event(), threading.Event()

    async def answer(_: Values) -> Values:
        return {"state": state}

    async def listen() -> None:
        control = Control(data_dir, {"wake": answer, "status": answer})
        await control.start()
        listening.set()
        await asyncio.to_thread(ended.wait)
        await control.stop()

    with ThreadPoolExecutor() as beside:
        bot = beside.submit(asyncio.run, listen())
        try:
            assert listening.wait(20)
            yield
        finally:
            ended.set()
            bot.result()


def test_two_words_need_no_quotes_and_no_capital(poruch: Run, alice: UUID) -> None:
    ended = poruch("erase", "--yes", *pseudonym(alice.bytes, "ru").lower().replace("ё", "е").split())

    assert (ended.code, people()) == (0, set())


def test_who_was_erased_stands_in_the_ledger_and_the_log_is_empty(
    poruch: Run, alice: UUID, installed: Path
) -> None:
    poruch("erase", "--yes", pseudonym(alice.bytes, "en"))

    async def ledger(uow: UnitOfWork) -> list[UUID]:
        return list(await uow.session.scalars(select(Departed.id)))

    assert not (installed / "data" / f"{FILE_NAME}-wal").exists()
    assert at_home(ledger) == [alice]


def test_nothing_that_is_printed_is_an_id(poruch: Run, alice: UUID) -> None:
    ended = poruch("erase", "--yes", pseudonym(alice.bytes, "en"))

    assert re.search(r"[0-9a-f]{8}|\d{5}", ended.out + ended.err) is None


def test_nobody_called_so_is_refused(poruch: Run, alice: UUID) -> None:
    assert "nobody has the pseudonym" in poruch("erase", "--yes", "Nobody", "nowhere").refusal
    assert people() == {alice}


def test_it_asks_for_the_pseudonym_once_more(
    poruch: Run, alice: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = pseudonym(alice.bytes, "en")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{called}\n"))

    ended = poruch("erase", called)

    assert (ended.code, people()) == (0, set())
    assert "joined on 23 November 2026" in ended.out


def test_it_asks_only_where_there_is_somebody_to_erase(poruch: Run, alice: UUID) -> None:
    assert "nobody has the pseudonym" in poruch("erase", "Nobody", "nowhere").refusal


@pytest.mark.parametrize("answer", ["yes\n", "no\n", ""])
def test_any_other_answer_erases_nobody(
    poruch: Run, alice: UUID, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))

    ended = poruch("erase", pseudonym(alice.bytes, "en"))

    assert (ended.code, people()) == (1, {alice})
    assert ended.err.splitlines() == ["poruch: nothing was erased"]


def test_ctrl_c_at_the_question_erases_nobody(installed: Path, alice: UUID) -> None:
    with Terminal("erase", pseudonym(alice.bytes, "en"), cwd=installed, environment={}) as terminal:
        terminal.reads("Type the pseudonym again")

        assert terminal.is_interrupted() == 1

    assert terminal.shown.splitlines()[-1] == "poruch: nothing was erased"
    assert people() == {alice}


@pytest.mark.usefixtures("all_alike")
def test_of_two_called_so_neither_is_guessed(poruch: Run, installed: Path) -> None:
    both = {joins(700_000_001, date(2026, 11, 3)), joins(700_000_002, date(2026, 11, 20))}

    refusal = poruch("erase", "--yes", "Quiet lake").refusal

    assert (
        "2 people have the pseudonym Quiet lake; they joined on 3 November 2026 and 20 November 2026"
        in refusal
    )
    assert people() == both


@pytest.mark.usefixtures("all_alike")
@pytest.mark.parametrize("day", ["2026-11-03", "03.11.2026"])
def test_the_day_they_joined_says_which(poruch: Run, installed: Path, day: str) -> None:
    joins(700_000_001, date(2026, 11, 3))
    other = joins(700_000_002, date(2026, 11, 20))

    ended = poruch("erase", "--yes", "--joined", day, "Quiet lake")

    assert (ended.code, people()) == (0, {other})


def test_another_day_than_theirs_erases_nobody(poruch: Run, alice: UUID) -> None:
    refusal = poruch("erase", "--yes", "--joined", "2026-11-03", pseudonym(alice.bytes, "en")).refusal

    assert "joined on 23 November 2026" in refusal
    assert people() == {alice}


def test_mallory_is_not_erased_for_having_joined_on_that_day(poruch: Run, alice: UUID, mallory: UUID) -> None:
    assert poruch("erase", "--yes", "--joined", NOW.date().isoformat(), "Nobody").code == 1
    assert people() == {alice, mallory}
