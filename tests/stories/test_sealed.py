"""A program without keys answers everyone alike, keeps nothing, and catches up once it is opened."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.assembly import assemble
from bot.clock import HandClock
from bot.configuration.settings import load_settings
from bot.control.client import ask_each
from bot.control.wire import Refused
from bot.host.refusals import InstallationError
from bot.roles import Role
from bot.telegram_api.client import make_bot
from sandbox.clock import SandboxClock
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from tests.stories.house import House, apart_from_what_stands, secret_of, strings_within
from tests.stories.story import CHEAP
from tests.world import NOON

LINE = "Not available right now. Please try again later."
LINES = {
    "be": "Зараз недаступна. Паспрабуйце, калі ласка, пазней.",
    "ru": "Сейчас недоступно. Попробуйте, пожалуйста, позже.",
    "en": LINE,
}


@pytest.fixture
async def telegram() -> AsyncIterator[Lookalike]:
    async with await Lookalike.start(clock=SandboxClock(frozen_at=NOON)) as telegram:
        yield telegram


@pytest.fixture(autouse=True)
def own_memory() -> Iterator[None]:
    with apart_from_what_stands():
        yield


@pytest.fixture
async def house(
    own_memory: None, engine_name: str, tmp_path: Path, telegram: Lookalike, request: pytest.FixtureRequest
) -> AsyncIterator[House]:
    """An installation at noon on a Monday, whose bot works and whose key is a passphrase."""
    clock = HandClock(frozen_at=NOON)
    telegram.clock.on_move(clock.set)
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else ""
    environment = {
        "PORUCH_TOKEN": telegram.token,
        "PORUCH_TELEGRAM_API_URL": telegram.url,
        "PORUCH_DATA_DIR": str(tmp_path / "data"),
        "PORUCH_KEY_SOURCE": "prompt",
        "PORUCH_DATABASE_URL": url,
    }
    house = House(telegram, load_settings(environment, tmp_path), clock)
    await house.begin()
    yield house
    await house.end()


def said(person: Person) -> list[str]:
    """What the bot has standing in a chat."""
    return [message.text for message in person.visible if message.is_from_bot]


async def test_everyone_gets_one_neutral_line_and_nothing_is_kept(house: House, telegram: Lookalike) -> None:
    await house.story.family_and_guardian(weeks=2)
    alice, bob, mallory = (one.person for one in (house.story.alice, house.story.bob, house.story.mallory))
    await house.starts_sealed()
    before = await house.tables()

    for person, words in ((alice, "/menu"), (bob, "/desk"), (mallory, "/start canary-that-mallory-types")):
        await person.says(words)
        await person.sees(LINE)
    await telegram.settled()

    assert [said(person).count(LINE) for person in (alice, bob, mallory)] == [1, 1, 1]
    assert said(mallory) == [LINE]
    assert await house.tables() == before


async def test_what_somebody_writes_is_deleted_and_not_remembered(house: House, telegram: Lookalike) -> None:
    poruch = await house.starts_sealed()
    mallory = house.story.mallory.person

    await mallory.says("canary-that-mallory-types")
    await mallory.sends_photo("canary-under-a-picture")
    await telegram.settled()

    await telegram.until(lambda: not [message for message in mallory.visible if not message.is_from_bot])
    held = list(strings_within(poruch._sealed))
    assert len(held) > 100
    assert [each for each in held if "canary" in each or "Mallory" in each] == []


async def test_a_tap_is_answered_with_the_line(house: House, telegram: Lookalike) -> None:
    await house.story.alice.agrees()
    await house.starts_sealed()

    tap = await house.story.alice.person.taps("Settings")
    await telegram.until(lambda: tap.is_answered)

    assert tap.answer_text == LINE
    assert tap.answered_after_seconds is not None
    assert tap.answered_after_seconds < 2


async def test_a_chat_is_told_once_an_hour_and_never_holds_two_lines(
    house: House, telegram: Lookalike
) -> None:
    await house.starts_sealed()
    mallory = house.story.mallory.person

    for words in ("one", "two", "three"):
        await mallory.says(words)
    await mallory.sees(LINE)
    await telegram.settled()
    first = said(mallory)
    telegram.clock.advance(timedelta(minutes=61))
    await telegram.until(lambda: said(mallory) == [])
    await mallory.says("four")
    await mallory.sees(LINE)

    assert (first, said(mallory)) == ([LINE], [LINE])


@pytest.mark.parametrize("language", ["be", "ru", "en"])
async def test_the_line_is_in_the_persons_language(house: House, telegram: Lookalike, language: str) -> None:
    await house.starts_sealed()
    person = telegram.person("Vera", language)

    await person.says("/start")

    await person.sees(LINES[language])


async def test_what_the_installation_does_not_speak_is_said_in_its_first_language(
    house: House, telegram: Lookalike
) -> None:
    house.settings = house.settings.model_copy(update={"languages": ("ru", "be")})
    await house.starts_sealed()
    person = telegram.person("Vera", "en")

    await person.says("/start")

    await person.sees(LINES["ru"])


async def test_a_group_is_left(house: House, telegram: Lookalike) -> None:
    await house.starts_sealed()

    await house.story.mallory.person.adds_bot_to_group("Example group")

    await telegram.until(lambda: "leaveChat" in [call.method for call in telegram.calls])
    assert "sendMessage" not in [call.method for call in telegram.calls]


async def test_no_database_is_open_while_it_is_sealed(house: House) -> None:
    await house.starts_sealed()

    assert house.open_files() == []
    assert house.poruch.storage is None


async def test_what_fell_due_comes_once_and_says_that_it_is_late(house: House, telegram: Lookalike) -> None:
    await house.story.family_and_guardian(weeks=2)
    alice = house.story.alice
    await house.starts_sealed()
    telegram.clock.set(house.story.at_ten(15))
    await alice.person.says("anything?")
    await alice.person.sees(LINE)
    pushes = alice.pushes

    await house.unseals()
    await telegram.until(lambda: alice.pushes > pushes)
    await house.has_done_what_is_due()

    assert alice.pushes == pushes + 1
    await alice.person.taps("Open")
    assert "comes late" in (await alice.person.sees("comes late")).text


async def test_the_lines_are_gone_once_it_is_open_and_people_are_known_again(
    house: House, telegram: Lookalike
) -> None:
    await house.story.alice.agrees()
    await house.starts_sealed()
    alice, mallory = house.story.alice.person, house.story.mallory.person
    for person in (alice, mallory):
        await person.says("hello")
        await person.sees(LINE)

    await house.unseals()

    await telegram.until(lambda: LINE not in said(alice) + said(mallory))
    await alice.says("/menu")
    await alice.sees("Become a Guardian")


async def test_another_passphrase_opens_nothing(house: House, telegram: Lookalike) -> None:
    await house.starts_sealed()
    before = await house.tables()

    with pytest.raises(InstallationError, match="this passphrase does not open"):
        await house.poruch.unseal(secret_of(house.settings, "another passphrase altogether"))

    await house.story.mallory.person.says("/start")
    await house.story.mallory.person.sees(LINE)
    assert house.poruch.is_sealed
    assert await house.tables() == before


async def test_a_bot_at_work_that_is_sealed_holds_no_key_and_no_database(
    house: House, telegram: Lookalike
) -> None:
    await house.story.family_and_guardian(weeks=2)
    await house.starts_sealed()
    await house.unseals()
    alice = house.story.alice.person
    await alice.says("/mine")
    await telegram.settled()
    at_work = house.keys_in_memory()

    await house.poruch.seal()

    # Not at once: what was cancelled last lets go in the loop's next turns.
    await alice.says("/menu")
    await alice.sees(LINE)
    assert {"KeyRing", "Keys", "DataKey", "RingFile", "bytes"} <= set(at_work)
    held = house.keys_in_memory(also_in_what_stood_before=True)
    assert (held, house.open_files()) == ([], [])


async def test_it_can_be_sealed_and_opened_again_and_again(house: House, telegram: Lookalike) -> None:
    await house.story.alice.agrees()
    await house.starts_sealed()
    alice = house.story.alice.person

    for _ in range(3):
        await house.unseals()
        await alice.says("/menu")
        await alice.sees("Become a Guardian")
        await house.poruch.seal()
        await alice.says("/menu")
        await alice.sees(LINE)

    assert house.keys_in_memory() == []


async def test_a_command_opens_and_seals_it_over_the_socket(house: House, telegram: Lookalike) -> None:
    await house.starts_sealed()
    data_dir, secret = house.settings.data_dir, secret_of(house.settings).hex()

    opened = await ask_each(data_dir, "unseal", secret=secret)
    working = house.poruch.is_sealed
    sealed = await ask_each(data_dir, "seal")

    assert (opened, working, sealed) == ([{"state": "open"}], False, [{"state": "sealed"}])
    assert house.poruch.is_sealed


@pytest.mark.parametrize("secret", ["00" * 32, "00", "x" * 64, None, 17, True, ""])
async def test_mallory_at_the_socket_opens_nothing(house: House, secret: object) -> None:
    await house.starts_sealed()

    [answer] = await ask_each(house.settings.data_dir, "unseal", secret=secret)

    assert isinstance(answer, Refused)
    assert house.poruch.is_sealed


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_every_process_of_the_data_folder_is_opened_and_sealed(house: House) -> None:
    first = await house.starts_sealed()
    second = assemble(house.settings, clock=house.clock, pin_cost=CHEAP)
    await second.start()
    data_dir, secret = house.settings.data_dir, secret_of(house.settings).hex()

    opened = await ask_each(data_dir, "unseal", secret=secret)
    open_ones = [first.is_sealed, second.is_sealed]
    await ask_each(data_dir, "seal")

    assert (opened, open_ones) == ([{"state": "open"}] * 2, [False, False])
    assert (first.is_sealed, second.is_sealed) == (True, True)
    # What was cancelled last lets go in the loop's next turns.
    for _ in range(50):
        if not (held := house.keys_in_memory()):
            break
        await asyncio.sleep(0)
    assert held == []
    await second.stop()


async def test_the_alarm_rises_and_is_lifted_without_a_key_too(house: House, telegram: Lookalike) -> None:
    await house.starts_sealed()
    mallory = house.story.mallory.person
    async with make_bot(telegram.token, telegram.url) as thief:
        await thief.set_webhook("https://mallory.example.org/in")
        await telegram.until(lambda: alarm_stands(house))
        await thief.delete_webhook()
    await mallory.says("/menu")
    await telegram.until(lambda: mallory.visible == [])
    said_in_alarm = said(mallory) + [call.method for call in telegram.calls if call.method == "sendMessage"]
    await house.unseals()
    after_unsealing = await alarm_stands(house)

    await ask_each(house.settings.data_dir, "lift-alarm")
    await mallory.says("/menu")
    await mallory.sees("English")

    assert (said_in_alarm, after_unsealing) == ([], True)


async def test_what_was_raised_before_it_was_sealed_can_be_lifted_meanwhile(
    house: House, telegram: Lookalike
) -> None:
    async with make_bot(telegram.token, telegram.url) as thief:
        await thief.set_webhook("https://mallory.example.org/in")
        await telegram.until(lambda: alarm_stands(house))
        await thief.delete_webhook()
    await house.starts_sealed()
    sealed = await alarm_stands(house)

    await ask_each(house.settings.data_dir, "lift-alarm")
    await house.unseals()

    assert sealed
    assert not await alarm_stands(house)


async def alarm_stands(house: House) -> bool:
    [status] = await ask_each(house.settings.data_dir, "status")
    return not isinstance(status, Refused) and bool(status["alarm"])


async def seals_everything(house: House) -> None:
    """Let Bob seal everything from his desk, and say what he was told before."""
    bob = house.story.bob
    await house.story.becomes_coordinator(bob)
    await house.story.desk_is_open(bob)
    await bob.says("/desk")
    await bob.taps("Seal everything")
    await bob.person.taps("Yes, seal everything")
    await bob.person.sees("Everything is being sealed")


async def test_a_coordinator_seals_everything_after_the_answer_was_said(
    house: House, telegram: Lookalike
) -> None:
    await seals_everything(house)

    await telegram.until(lambda: house.poruch.is_sealed)

    await house.story.alice.person.says("/start")
    await house.story.alice.person.sees(LINE)


async def test_only_the_host_opens_it_again(house: House, telegram: Lookalike) -> None:
    await seals_everything(house)
    await telegram.until(lambda: house.poruch.is_sealed)
    bob = house.story.bob.person
    await bob.says("/desk")
    await bob.sees(LINE)

    await house.unseals()

    await bob.says("/menu")
    await bob.sees("Become a Guardian")
    assert not house.poruch.is_sealed


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_a_coordinator_seals_every_process(house: House, tmp_path: Path) -> None:
    await house.starts_sealed()
    await house.unseals()
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(house.settings.data_dir, elsewhere, ignore=shutil.ignore_patterns("control"))
    settings = house.settings.model_copy(update={"data_dir": elsewhere})
    other = assemble(settings, role=Role.DELIVERY, clock=house.clock, pin_cost=CHEAP)
    await other.start()
    await other.unseal(secret_of(settings))
    assert house.poruch.storage is not None
    house.story.storage, house.story.poruch = house.poruch.storage, house.poruch

    await seals_everything(house)

    # The look-alike hears nothing of a process that seals itself, until the next poll asks it something.
    async with asyncio.timeout(30):
        await house.poruch.sealed.wait()
        await other.sealed.wait()
    assert (house.poruch.is_sealed, other.is_sealed) == (True, True)
    await other.stop()
