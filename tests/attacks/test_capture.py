"""The capture test as a story: after a busy month one coordinator's phone, the token, the powered-off disk,
its logs and a backup are in hostile hands. Who can be named from them is counted.

Everybody's account, names and contact details are canaries, so that one search finds them wherever they are.
"""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bot import logs
from bot.backups.writing import back_up
from bot.clock import HandClock
from bot.configuration.settings import Settings, load_settings
from bot.installing.installation import create, open_installation
from sandbox.clock import SandboxClock
from sandbox.lookalike import Lookalike
from solidarity.guardianship import accept_guardian, apply_as_guardian
from solidarity.people import recognise, set_contact
from storage.models import CodeKind
from tests.attacks.canaries import Canaries, Needle, Piece, needles
from tests.attacks.places import columns, files
from tests.bot.test_logs import everything_put_back
from tests.keepers import new_keeper
from tests.stories.story import Player, Story, begin
from tests.world import NOON

__all__ = ["everything_put_back"]

GUARDIANS, APPLICANTS, ABSENT = 5, 3, 4
NAMES = ("Forgotten Example", "Second Example", "Third Example", "Fourth Example", "Fifth Example")
# No message stands in a chat for more hours.
LONG_AGO = 44


@dataclass
class Somebody:
    """One person of ours: what names them, and the chat they have with the bot."""

    player: Player
    named_by: list[Needle]

    @property
    def account(self) -> int:
        return self.player.person.user_id


@dataclass
class Month:
    """An installation whose key lies elsewhere, and its people after a month."""

    story: Story
    settings: Settings
    log: Path
    canaries: Canaries = field(default_factory=Canaries)
    people: list[Somebody] = field(default_factory=list)

    async def joins(self) -> Somebody:
        """Let somebody agree, and leave their name and every other contact detail."""
        mint = self.canaries
        names = {"last_name": mint.cyrillic(), "username": mint.word()}
        first, account = mint.word(), mint.account()
        person = self.story.telegram.person(first, user_id=account, **names)
        player = Player(self.story, person)
        self.story.players.append(player)
        await player.agrees()
        details = {"name": mint.cyrillic(), "phone": mint.phone(), "email": mint.email(), "post": mint.word()}
        async with self.story.storage.unit() as uow:
            actor = await recognise(uow, account, now=self.story.now)
            assert actor is not None
            for what, value in details.items():
                await set_contact(uow, actor, what, value)
        words = [first, str(account), *names.values(), *details.values()]
        self.people.append(Somebody(player, needles(*words)))
        return self.people[-1]

    async def coordinates(self) -> Somebody:
        one = await self.joins()
        await one.player.says(await self.story.staff_code(CodeKind.COORDINATOR))
        await self.story.desk_is_open(one.player)
        return one

    async def guards(self, one: Somebody, prisoner_id: UUID, by: Somebody) -> None:
        application_id = await self.applies(one, prisoner_id)
        async with self.story.storage.unit() as uow:
            coordinator = await recognise(uow, by.account, now=self.story.now)
            assert coordinator is not None
            await accept_guardian(uow, coordinator, application_id, now=self.story.now)
        await self.story.idle()

    async def applies(self, one: Somebody, prisoner_id: UUID) -> UUID:
        """Let somebody apply who, as people do, signs their word with their name."""
        word = f"I am {one.player.person.first_name}"
        async with self.story.storage.unit() as uow:
            actor = await recognise(uow, one.account, now=self.story.now)
            assert actor is not None
            application = await apply_as_guardian(
                uow, actor, prisoner_id, rhythm_weeks=2, word=word, now=self.story.now
            )
            return application.id

    def named_in(self, pieces: Iterable[Piece]) -> set[int]:
        """Return the accounts of those whom anything in some pieces names."""
        content = b"\n".join(piece for _, piece in pieces)
        return {one.account for one in self.people if any(each.written in content for each in one.named_by)}

    def held_by_telegram(self) -> set[int]:
        """Return the accounts in whose chats a message still stands."""
        return {one.account for one in self.people if one.player.person.visible}


@pytest.fixture
async def month(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Month]:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    clock, telegram_clock = HandClock(frozen_at=NOON), SandboxClock(frozen_at=NOON)
    telegram_clock.on_move(clock.set)
    log, host = tmp_path / "host" / "log", tmp_path / "host"
    host.mkdir()
    async with await Lookalike.start(clock=telegram_clock) as telegram:
        environment = {
            "PORUCH_TOKEN": telegram.token,
            "PORUCH_TELEGRAM_API_URL": telegram.url,
            "PORUCH_DATA_DIR": "data",
            "PORUCH_BACKUP_DIR": "backups",
            "PORUCH_KEY_SOURCE": f"file:{tmp_path / 'elsewhere' / 'unseal.key'}",
        } | ({"PORUCH_DATABASE_URL": url} if url else {})
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        settings = load_settings(environment, host)
        keeper = new_keeper(tmp_path / "elsewhere")
        create(settings, now=NOON, recipients=[keeper.recipient])
        with log.open("w") as stream:
            logs.configure("DEBUG", stream)
            storage = await open_installation(settings)
            story = Story(telegram, storage, settings, clock)
            await begin(story.poruch)
            yield Month(story, settings, log)
            await story.poruch.stop()
            await storage.database.close()


def texts_of(player: Player) -> Piece:
    """Return all that can be seen or read out of a chat: words, labels, and what buttons carry."""
    shown = [(one.text, one.markup, one.media) for one in player.person.visible]
    return "the phone", repr(shown).encode()


async def goes_through_the_inbox(captor: Player) -> list[Piece]:
    """Look at everything that waits on a desk that still stands open."""
    seen = [texts_of(captor)]
    await captor.taps("Back")
    for label in [label for label in captor.labels if " · " in label]:
        await captor.taps(label)
        seen.append(texts_of(captor))
        await captor.taps("Back")
    return seen


async def seized(month: Month) -> list[Piece]:
    """Return what a powered-off disk, its logs and a backup hold, without the unseal secret.

    Of the database every column is given as it stands, also where SQLite's file is encrypted once more.
    """
    # Not where the bot keeps its own, which it may be writing to just now.
    folder = month.log.parent / "seized"
    folder.mkdir(mode=0o700, exist_ok=True)
    await back_up(month.story.storage, folder, now=month.story.now, progress=_unheard)
    return [
        *files(month.settings.data_dir, month.settings.backup_dir or folder, month.log.parent),
        await columns(month.story.storage),
    ]


def _unheard(stage: str, done: int, total: int) -> None:
    """Show nothing."""


async def lives(month: Month) -> dict[str, Any]:
    """Let a month pass in which everybody does something, and three people apply on its last day."""
    story = month.story
    bob, carol = await month.coordinates(), await month.coordinates()
    prisoners = await story.prisoners(*NAMES)
    guardians = [await month.joins() for _ in range(GUARDIANS)]
    for one, prisoner_id in zip(guardians, prisoners, strict=True):
        await month.guards(one, prisoner_id, by=bob)
    absent = [await month.joins() for _ in range(ABSENT)]
    vera = await month.joins()
    await vera.player.says(await bob.player.invites(NAMES[0]))
    await bob.player.adds_hearing(NAMES[0], "15.12.2026 10:30")
    await bob.player.finds(NAMES[1])
    await bob.player.taps("Take", "Note")
    await bob.player.says("Likes chess")
    # Day by day: what is older than two days when its timer ends can only be emptied.
    for day in range(1, 30):
        await story.pass_until(story.at_ten(day))
        for one in [*guardians, vera]:
            for _ in range(one.player.pushes):
                await one.player.opens()
    await story.pass_time(hours=20)
    applicants = [await month.joins() for _ in range(APPLICANTS)]
    for one, prisoner_id in zip(applicants, prisoners, strict=False):
        await month.applies(one, prisoner_id)
    return {"bob": bob, "carol": carol, "applicants": applicants, "absent": absent}


async def test_who_can_be_named_from_one_coordinators_phone_the_token_and_the_disk(
    month: Month, capsys: pytest.CaptureFixture[str]
):
    lived = await lives(month)
    bob, applicants = lived["bob"].player, {one.account for one in lived["applicants"]}
    await bob.opens_desk()
    await bob.taps("Inbox", f"{NAMES[0]}…")

    from_the_disk = month.named_in(await seized(month))
    as_it_lies = month.named_in([texts_of(bob)])
    held = month.held_by_telegram()
    # The desk is still open, and nobody has taken the phone's owner by surprise more than this.
    from_the_desk = month.named_in(await goes_through_the_inbox(bob))

    with capsys.disabled():
        print(f"\nnamed by the open desk: {len(from_the_desk)}, held by Telegram: {len(held)}", end=", ")
        print(f"of {len(month.people)} people")
    assert from_the_disk == set()
    assert len(as_it_lies) == 1
    assert from_the_desk == applicants
    # Bob's is his own; and whoever did nothing for two days stands nowhere any more.
    assert held == applicants | {lived["bob"].account}
    assert (len(from_the_desk | held), len(month.people)) == (APPLICANTS + 1, 15)
    assert not held & {one.account for one in lived["absent"]}


async def test_once_the_desk_has_closed_the_phone_names_nobody_and_two_days_later_telegram_holds_nothing(
    month: Month,
):
    lived = await lives(month)
    bob = lived["bob"].player
    await bob.opens_desk()
    await bob.taps("Inbox", f"{NAMES[0]}…")
    await month.story.pass_time(minutes=5)

    assert month.named_in([texts_of(bob)]) == set()
    assert bob.labels == ["Open", "Keep open 30 minutes"]

    for _ in range(2):
        await month.story.pass_time(hours=LONG_AGO / 2)
    for one in month.people:
        # What falls due meanwhile is neutral, and goes by the same timer.
        assert month.named_in([texts_of(one.player)]) == set()
    assert month.named_in(await seized(month)) == set()


async def test_the_search_finds_whoever_is_named_in_clear_and_whoever_stands_on_a_screen(month: Month):
    one = await month.joins()
    (month.settings.data_dir / "left").write_text(one.player.person.account.username)

    assert month.named_in(await seized(month)) == {one.account}
    await one.player.says("/settings")
    await one.player.taps("Contact details")
    assert month.named_in([texts_of(one.player)]) == {one.account}
