"""Buttons and start payloads that nobody was given have no effect and surprise nobody."""

from base64 import urlsafe_b64encode
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from handlers.arrival import Arrival
from handlers.buttons import read_token
from handlers.conversation import Conversation
from handlers.deps import Deps
from handlers.surfaces import new_message
from handlers.vocabulary import read
from solidarity.code_words import normalise_code
from solidarity.codes import give_relative_code, give_staff_code
from solidarity.hiding import MOST_SCREENS
from solidarity.work import Action, Purpose, new_token
from storage.buttons import BUTTON_COLUMNS, button_row
from storage.models import Base, Button, CodeKind, Posted
from storage.unit_of_work import Storage
from tests.attacks.forgeries import Forgery, Loot, forgeries
from tests.attacks.matrix_people import KINDS, Person, World, in_the_middle_of_everything, new_world
from tests.attacks.matrix_trial import EN, puts, tapped, typed
from tests.handlers.conftest import CheapPins

PUSH = 900
ATTACKERS = ("stranger", "hidden", "guardian", "former", "coordinator at an open desk")
# What every message may change about itself: its number in the chat, when it goes, its buttons' tokens.
PASSING = {
    "posted": {"id", "message_id", "posted_at", "delete_at", "cover_at"},
    "button": {"token", "posted_id", "expires_at"},
}
EFFECTS = (
    "erase",
    "danger",
    "wrote",
    "step-down",
    "set",
    "lock",
    "application-accept",
    "hearing-cancel",
    "stay",
)


async def everything(storage: Storage, now: datetime) -> dict[str, Counter[str]]:
    """Return every row of the database, without update numbers, dead buttons and what is to be deleted."""
    found: dict[str, Counter[str]] = {}
    async with storage.view() as uow:
        for table in Base.metadata.sorted_tables:
            if table.name == "seen_update":
                continue
            columns = [c for c in table.columns if c.name not in PASSING.get(table.name, ())]
            query = select(*columns)
            if table.name == "posted":
                # What a stranger is shown under a hidden account is noted, twenty times at most.
                is_strangers = (table.c.purpose == Purpose.APART) & (table.c.screen == "")
                query = query.where(table.c.purpose != Purpose.DISCARDED, ~is_strangers)
            if table.name == "button":
                query = query.where(table.c.expires_at > now)
            found[table.name] = Counter(str(row) for row in await uow.session.execute(query))
    return found


@dataclass
class Attacker:
    """An account that taps and types what no client would; remembers which buttons it was truly given."""

    world: World
    person: Person
    loot: Loot
    numbers: int = 1000
    seen: list[str] = field(default_factory=list)
    expired: list[str] = field(default_factory=list)

    @property
    def chat_id(self) -> int:
        return self.person.chat.chat_id

    async def begins(self) -> None:
        """Have a screen of one's own, and another after it, whose buttons are no longer good."""
        for command in ("/start", "/help", "/start"):
            await self.gives(typed(self.chat_id, command))
        await self.gives(tapped(self.chat_id, PUSH, None))

    def is_true(self, forgery: Forgery) -> bool:
        """Say whether it is no forgery but a button or code that this account was given."""
        if forgery.payload is not None:
            real = {normalise_code(code) for code in self.loot.codes}
            return normalise_code(forgery.payload.strip()) in real
        if self.person.is_stranger:
            step = read(forgery.data)
            return step is not None and step.name == "agree"
        return forgery.data in self.loot.own.get(forgery.message_id, ())

    async def forges(self, forgery: Forgery) -> str:
        if forgery.payload is not None:
            return await self.gives(typed(self.chat_id, f"/start {forgery.payload}"))
        return await self.gives(tapped(self.chat_id, forgery.message_id, forgery.data))

    async def gives(self, arrival: Arrival) -> str:
        """Give one update to a bot that remembers no wrong codes; returns all that was answered."""
        world = self.world
        answer = await Conversation(Deps(world.storage, world.clock, CheapPins())).take(arrival)
        assert answer.callback_id == arrival.callback_id
        showing = answer.showing
        if showing is None:
            return answer.toast or ""
        if showing.posted_id is not None:
            message_id = await self._stands(showing.posted_id)
            self.seen = self.loot.own.get(message_id, self.seen)
            data = [button.callback_data for row in showing.keyboard or () for button in row]
            self.loot.own[message_id] = [one for one in data if isinstance(one, str)]
        return f"{answer.toast or ''}{showing.text}"

    async def _stands(self, posted_id: UUID) -> int:
        async with self.world.storage.unit() as uow:
            posted = await uow.posted.get(posted_id)
            assert posted is not None
            if posted.message_id is None:
                self.numbers += 1
                posted.message_id = self.numbers
            return posted.message_id

    def now_at_hand(self) -> Loot:
        return replace(self.loot, tokens=[*self.loot.tokens, *self.seen, *self.expired])


async def loot_of(world: World, person: Person) -> Loot:
    """Give an attacker what others hold, and what they held themselves: with effects behind all of it."""
    storage, now = world.storage, world.now()
    targets = [person.others["guardianship"], person.others["application"], person.others["hearing"]]
    tokens: list[str] = []
    async with storage.unit() as uow:
        olga = await uow.people.get_by_chat(700_200_001)
        assert olga is not None
        place = await uow.posted.get_place(olga.id)
        assert place is not None
        assert place.message_id is not None
        tokens.append(await puts(uow, place, Action("erase")))
        mine = await uow.people.get_by_chat(person.chat.chat_id)
        messages = [place.message_id, PUSH]
        if mine is not None:
            actor = await person.chat.actor()
            await uow.posted.add(new_message(actor, "stay", purpose=Purpose.PUSH, now=now, message_id=PUSH))
        staff = await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=now)
        late = await give_staff_code(uow, CodeKind.ADMINISTRATOR, issued_by=None, now=now - timedelta(days=3))
        words = await give_relative_code(
            uow, await world.chat(700_200_001).actor(), world.prisoners["first"], is_on_behalf=False, now=now
        )
    return Loot(tokens, messages, [staff.words, late.words, words.words], [*targets, *person.others.values()])


async def expired_buttons(world: World, person: Person) -> list[str]:
    """Put buttons under a message whose time is just over; any tap there takes them away again."""
    now = world.now()
    async with world.storage.unit() as uow:
        mine = await uow.people.get_by_chat(person.chat.chat_id)
        push = None if mine is None else await uow.posted.by_message(mine.id, PUSH)
        if push is None:
            return []
        actions = [Action(verb, target) for verb in EFFECTS for target in person.own.values()]
        rows = [button_row(new_token(), action, push.id, now) for action in actions]
        await uow.posted.insert_new(Button, BUTTON_COLUMNS, rows)
    return [f"b:{urlsafe_b64encode(row[0]).decode()}" for row in rows]


async def forge(storage: Storage, name: str, how_many: int) -> int:
    """Let one kind of person send so many forgeries; returns how many had to be left out, being none."""
    world = await new_world(storage)
    person = await KINDS[name](world, world.chat(700_300_001))
    await in_the_middle_of_everything(world, person)
    attacker = Attacker(world, person, await loot_of(world, person))
    await attacker.begins()
    before = await everything(storage, world.now())
    left_out, given = 0, 0
    for forgery in forgeries(list(KINDS).index(name), attacker.now_at_hand):
        if given == how_many:
            break
        if attacker.is_true(forgery):
            left_out += 1
            continue
        if given % 20 == 0:
            attacker.expired = await expired_buttons(world, person)
        given += 1
        said = await attacker.forges(forgery)
        assert EN.say("error-surprise", reference="")[:30] not in said, forgery
    after = await everything(storage, world.now())
    changed = {name: (before[name] - after[name], after[name] - before[name]) for name in after}
    assert {name: rows for name, rows in changed.items() if any(rows)} == {}
    async with world.storage.view() as uow:
        apart = select(Posted.id).where(Posted.purpose == Purpose.APART, Posted.screen == "")
        assert len(list(await uow.session.scalars(apart))) <= MOST_SCREENS
    return left_out


@pytest.mark.parametrize(
    "spelling",
    ["{}=", "{}\n", "\x00{}", "{} ", "b:{}", "{}AAAA", "{}{}"],
)
def test_a_token_has_one_spelling(spelling: str):
    token = urlsafe_b64encode(bytes(range(240, 252))).decode()

    assert read_token(f"b:{token}") == bytes(range(240, 252))
    assert read_token(f"b:{spelling.format(token, token)}") is None
    assert read_token(f"b:{token.replace('_', '/').replace('-', '+')}") is None


@pytest.mark.parametrize("name", ATTACKERS)
async def test_hundreds_of_forgeries_have_no_effect(storage: Storage, name: str):
    await forge(storage, name, 40)


@pytest.mark.proof
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", ATTACKERS)
async def test_ten_thousand_forgeries_have_no_effect(storage: Storage, name: str):
    left_out = await forge(storage, name, 2_000)

    print(f"{name}: 2,000 forgeries, {left_out} left out that were true buttons")
