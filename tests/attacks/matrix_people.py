"""The people of the matrix: a small world, and in it one person of each kind with things of their own.

A kind more is one function more. What somebody of a kind counts as is written down here, beside what was done
to make them so; what they may do follows from the table of actions alone.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import update

from handlers.conversation import Conversation
from handlers.deps import Deps
from handlers.rooms import desk_screens
from handlers.surfaces import new_message
from solidarity.access import Actor, Who
from solidarity.broadcasts import drafts
from solidarity.broadcasts.audience import Said, said_to_dict
from solidarity.broadcasts.sending import ask_to_send, send_draft
from solidarity.codes import give_staff_code
from solidarity.desk import TypedPin, choose_pin
from solidarity.duress import end_rights_under_duress
from solidarity.guardianship import apply_as_guardian, step_down
from solidarity.hearings.milestones import set_deadline
from solidarity.import_prisoners import compare_prisoners
from solidarity.kept_changes import keep_differences
from solidarity.moving import give_account_code
from solidarity.notes import write_note
from solidarity.people import actor_of, person_of, set_contact
from solidarity.register import parse_prisoners, read_rows
from solidarity.requests import approve_as, ask
from solidarity.restrictions import flag_custody, freeze, suspend
from solidarity.work import Purpose
from storage.audiences import Audience
from storage.models import BroadcastKind, CodeKind, CustodyStatus, Desk, Prisoner, Publicity, Role, RoleName
from storage.unit_of_work import Storage, UnitOfWork
from tests.desks import change_desk
from tests.handlers import acts
from tests.handlers.conftest import MONDAY_NOON, Chat, CheapPins, HandClock

PIN = "114477"
KEPT_FOR = timedelta(hours=1)
SITTING = "2026-12-03 14:00"
# What is only for those whom it concerns; nobody else's screen may hold any of it.
OF_FIRST = ("Nameone", "Courtone")
OF_SECOND = ("Nametwo", "Courttwo")
OF_OTHERS = ("Wordsecret", "+375290000077", "Nameshut", "Notesecret")


class Verdict(StrEnum):
    """What becomes of it."""

    DONE = "done"
    NOT_FOR_YOU = "not for you"
    DESK_CLOSED = "desk closed"
    KEPT = "desk closed, the words kept"
    NOTHING = "nothing there"
    SEEMS = "whatever is public"
    GREETED = "greeted as a stranger"
    STALE = "no longer works"
    GONE = "no longer so"
    SURPRISE = "a surprise"
    DESK_FROZEN = "desk frozen"
    RESTING = "rests"
    NOT_NOW = "answered as by a sealed bot"


KNOWN = frozenset({Who.ANYBODY, Who.PERSON})
Things = dict[str, UUID]


@dataclass
class Person:
    """Somebody of one kind: what they count as, and which things are theirs."""

    chat: Chat
    counts_as: frozenset[Who] = KNOWN
    has_open_desk: bool = False
    own: Things = field(default_factory=dict)
    others: Things = field(default_factory=dict)
    # Words of other people's things that they must never read.
    secrets: tuple[str, ...] = (*OF_FIRST, *OF_SECOND, *OF_OTHERS)
    # Nobody is seen under their account.
    is_stranger: bool = False
    # What was theirs has ended.
    is_over: bool = False
    # What is said to them whatever they try, save what shelters them; None where nothing keeps them away.
    rests: Verdict | None = None
    is_frozen: bool = False
    # It was opened under duress, and shows only what is public.
    has_decoy_desk: bool = False
    # What is written whatever they do, beside what every refusal leaves behind.
    traces: frozenset[str] = frozenset()


@dataclass
class World:
    """Prisoners, the people around them, and whatever a button could be about."""

    storage: Storage
    clock: HandClock
    conversation: Conversation
    prisoners: dict[str, UUID] = field(default_factory=dict)
    hearings: dict[str, UUID] = field(default_factory=dict)
    milestones: dict[str, UUID] = field(default_factory=dict)
    of_olga: Things = field(default_factory=dict)
    common: Things = field(default_factory=dict)
    bob: Actor | None = None
    vera: Actor | None = None

    def chat(self, chat_id: int) -> Chat:
        return Chat(self.conversation, self.storage, self.clock, chat_id)

    def now(self) -> datetime:
        return self.clock()

    def others(self, which: str, promise: str) -> Things:
        """Return things of other people: of one prisoner, and one of Olga's promises."""
        return {
            **self.common,
            "prisoner": self.prisoners[which],
            "hearing": self.hearings[which],
            "milestone": self.milestones[which],
            "guardianship": self.of_olga[promise],
            "application": self.of_olga["application"],
        }


Make = Callable[[World, Chat], Awaitable[Person]]
KINDS: dict[str, Make] = {}


def kind(make: Make) -> Make:
    """Let a function make somebody of the kind that it is called after."""
    KINDS[make.__name__.replace("_", " ")] = make
    return make


async def new_world(storage: Storage) -> World:
    """Put prisoners, sittings, a place, a Guardian, a relative, a coordinator and somebody hidden there."""
    clock = HandClock(MONDAY_NOON)
    world = World(storage, clock, Conversation(Deps(storage, clock, CheapPins())))
    await acts.opens(storage, "F1")
    for name, publicity in (
        ("first", Publicity.GUARDIANS),
        ("second", Publicity.GUARDIANS),
        ("third", Publicity.PUBLIC),
        ("shut", Publicity.HIDDEN),
    ):
        world.prisoners[name] = await _prisoner(storage, name, publicity)
    numbers = {"first": "one", "second": "two"}
    for which, number in numbers.items():
        world.hearings[which] = await acts.announce(
            storage, world.prisoners[which], world.now(), SITTING, court=f"Court{number} Sample"
        )
        world.milestones[which] = await _deadline(storage, world.hearings[which], world.now())
    world.common["milestone"] = world.milestones["second"]
    async with storage.view() as uow:
        world.common["court"] = (await uow.courts.latest(limit=1))[0].id
    world.common["public"] = world.prisoners["third"]
    await _olga(world)
    oleg = world.chat(700_200_002)
    await oleg.joins()
    for which in numbers:
        await acts.is_family(oleg, world.prisoners[which])
    await acts.is_family(await _rita(world), world.prisoners["shut"])
    await _hanna(world)
    await _difference(world)
    await _colleagues(world)
    return world


async def _deadline(storage: Storage, hearing_id: UUID, now: datetime) -> UUID:
    async with storage.unit() as uow:
        hearing = await uow.hearings.get(hearing_id)
        assert hearing is not None
        await set_deadline(uow, hearing, now.date() + timedelta(days=30), now=now)
        milestone = await uow.milestones.of_hearing(hearing_id)
        assert milestone is not None
        return milestone.id


async def _prisoner(storage: Storage, which: str, publicity: Publicity) -> UUID:
    number = {"first": "one", "second": "two"}.get(which, which)
    async with storage.unit() as uow:
        prisoner = Prisoner(
            custody_status=CustodyStatus.PRETRIAL,
            publicity=publicity,
            languages="be,ru,en",
            facility_code="F1",
        )
        await uow.prisoners.add(prisoner, source_id=None)
        await uow.prisoners.describe(
            prisoner, names={"en": f"Name{number} Sampleson"}, alias=f"Calm {which}", born=None,
            interests=None, case_details={},
        )  # fmt: skip
        await write_note(uow, prisoner.id, "Notesecret", now=MONDAY_NOON)
    return prisoner.id


async def _olga(world: World) -> None:
    """A Guardian of both, with an application that waits and a telephone number."""
    olga = world.chat(700_200_001)
    actor = await olga.joins()
    for which in ("first", "second"):
        world.of_olga[which] = await acts.guards(olga, world.prisoners[which])
    async with world.storage.unit() as uow:
        application = await apply_as_guardian(
            uow, actor, world.prisoners["third"], rhythm_weeks=4, word="Wordsecret", now=world.now()
        )
        await set_contact(uow, actor, "phone", "+375290000077")
    world.of_olga["application"] = application.id


async def _rita(world: World) -> Chat:
    """The one person to whom a broadcast goes."""
    rita = world.chat(700_200_009)
    await rita.joins()
    return rita


async def _hanna(world: World) -> None:
    hanna = world.chat(700_200_003)
    actor = await hanna.joins()
    await hanna.taps("I am in danger")
    world.common["hiding"] = actor.id


async def _difference(world: World) -> None:
    row = {"source_id": "p-9", "name_en": "Newcomer Sampleson", "custody_status": "pretrial"}
    parsed = parse_prisoners(read_rows(json.dumps([row]).encode()), today=world.now().date())
    async with world.storage.unit() as uow:
        found = await compare_prisoners(uow, parsed.rows, today=world.now().date())
        await keep_differences(uow, found.changes, day=world.now().date())
    async with world.storage.view() as uow:
        [difference] = await uow.differences.first(tuple({c.kind for c in found.changes}), limit=1)
    world.common["difference"] = difference.id


async def _colleagues(world: World) -> None:
    """Two coordinators at work, of whom one has said of somebody that they may be detained; and a code."""
    bob, vera, nina = (world.chat(700_200_004 + number) for number in range(3))
    for chat in (bob, vera):
        await chat.joins_as(CodeKind.COORDINATOR)
    actor, detained = await bob.actor(), await nina.joins()
    async with world.storage.unit() as uow:
        await flag_custody(uow, actor, detained.id, now=world.now())
        await give_staff_code(uow, CodeKind.SUPPORTER, issued_by=actor.id, now=world.now())
    async with world.storage.view() as uow:
        [code] = await uow.codes.standing([CodeKind.SUPPORTER], now=world.now())
        [flag] = await uow.people.restrictions_of(await person_of(uow, detained.id))
    olga = await world.chat(700_200_001).actor()
    colleague = (await vera.actor()).id
    world.bob, world.vera = actor, await vera.actor()
    await _opens_desk(world, bob)
    world.common |= await _requests(world, await bob.actor(), olga.id)
    world.common |= await _broadcasts(world)
    world.common |= {"detained": detained.id, "restriction": flag.id, "code": code.id}
    world.common |= {"person": olga.id, "colleague": colleague}


async def _broadcasts(world: World) -> Things:
    """Let a coordinator write to the family of somebody, and ask a colleague to agree to more."""
    assert world.bob is not None
    async with world.storage.unit() as uow:
        bob = await actor_of(uow, await person_of(uow, world.bob.id), now=world.now())
        await _writes(uow, bob, world.prisoners["shut"], now=world.now())
        sent = await send_draft(uow, bob, "1", now=world.now())
        assert sent is not None
        await _writes(uow, bob, world.prisoners["shut"], now=world.now())
        await ask_to_send(uow, bob, "1", why="They should know", now=world.now())
        [asked] = [one for one in await uow.requests.open_at(world.now()) if one.kind == "broadcast"]
    return {"broadcast": sent.id, "own words": asked.id}


async def _writes(uow: UnitOfWork, bob: Actor, prisoner_id: UUID, *, now: datetime) -> None:
    await drafts.begin_draft(uow, bob, "own", None, now=now)
    await drafts.type_text(uow, bob, "en", "Wordsecret", now=now)
    await drafts.narrow(uow, bob, "prisoner", prisoner_id, now=now)


async def _opens_desk(world: World, chat: Chat) -> None:
    actor, pin_hash = await chat.actor(), await CheapPins().hash(PIN)
    async with world.storage.unit() as uow:
        await choose_pin(uow, actor, TypedPin(PIN, first=PIN, stored=None), pin_hash, now=world.now())


async def _requests(world: World, asker: Actor, person_id: UUID) -> Things:
    """Let a coordinator ask for something that waits, and for something that Vera approves."""
    assert world.vera is not None
    things: Things = {}
    async with world.storage.unit() as uow:
        for thing, kind, about in (
            ("request", "contact", person_id),
            ("approved", "name", world.prisoners["shut"]),
        ):
            await ask(uow, asker, kind, about, why="They asked for it", now=world.now())
            mine = [one for one in await uow.requests.open_at(world.now()) if one.requested_by == asker.id]
            [things[thing]] = {one.id for one in mine} - set(things.values())
        approved = await uow.requests.get(things["approved"])
        assert approved is not None
        await approve_as(uow, approved, world.vera.id, now=world.now())
    return things


async def _promises(world: World, chat: Chat, which: str) -> Things:
    """Let somebody stand by one prisoner and apply for another."""
    guardianship = await acts.guards(chat, world.prisoners[which])
    return {
        "guardianship": guardianship,
        "application": await acts.applies(chat, world.prisoners["third"]),
        "prisoner": world.prisoners[which],
        "hearing": world.hearings[which],
    }


@kind
async def stranger(world: World, chat: Chat) -> Person:
    return Person(
        chat,
        frozenset({Who.ANYBODY, Who.STRANGER}),
        others=world.others("second", "first"),
        own={"prisoner": world.prisoners["third"]},
        is_stranger=True,
    )


@kind
async def hidden(world: World, chat: Chat) -> Person:
    await chat.joins()
    own = await _promises(world, chat, "first")
    await chat.says("/hide")
    public = {"prisoner": world.prisoners["third"]}
    return replace(await stranger(world, chat), others=own | world.common, own=public)


@kind
async def agreed(world: World, chat: Chat) -> Person:
    await chat.joins()
    return Person(chat, others=world.others("first", "second"))


@kind
async def applied(world: World, chat: Chat) -> Person:
    await chat.joins()
    application = await acts.applies(chat, world.prisoners["first"])
    return Person(chat, own={"application": application}, others=world.others("first", "first"))


@kind
async def guardian(world: World, chat: Chat) -> Person:
    """Stands by the first prisoner, as Olga does; neither may touch the other's promise."""
    await chat.joins()
    own = await _promises(world, chat, "first")
    return Person(chat, own=own, others=world.others("second", "first"), secrets=OF_SECOND + OF_OTHERS)


@kind
async def other_guardian(world: World, chat: Chat) -> Person:
    await chat.joins()
    own = await _promises(world, chat, "second")
    return Person(chat, own=own, others=world.others("first", "first"), secrets=OF_FIRST + OF_OTHERS)


async def _relative(world: World, chat: Chat, which: str, other: str) -> Person:
    await chat.joins()
    await acts.is_family(chat, world.prisoners[which])
    return Person(
        chat,
        KNOWN | {Who.RELATIVE},
        own={
            "prisoner": world.prisoners[which],
            "hearing": world.hearings[which],
            "milestone": world.milestones[which],
        },
        others=world.others(other, which),
    )


@kind
async def relative(world: World, chat: Chat) -> Person:
    person = await _relative(world, chat, "first", "second")
    return replace(person, secrets=OF_SECOND + OF_OTHERS)


@kind
async def other_relative(world: World, chat: Chat) -> Person:
    person = await _relative(world, chat, "second", "first")
    return replace(person, secrets=OF_FIRST + OF_OTHERS)


@kind
async def new_coordinator(world: World, chat: Chat) -> Person:
    await chat.joins_as(CodeKind.COORDINATOR)
    others = world.others("second", "first")
    return Person(chat, KNOWN | {Who.COORDINATOR}, others=others)


@kind
async def coordinator_at_a_closed_desk(world: World, chat: Chat) -> Person:
    person = await coordinator_at_an_open_desk(world, chat)
    await chat.says("/lock")
    return replace(person, has_open_desk=False)


@kind
async def coordinator_at_an_open_desk(world: World, chat: Chat) -> Person:
    await chat.joins_as(CodeKind.COORDINATOR)
    return await _at_desk(world, chat)


@kind
async def administrator(world: World, chat: Chat) -> Person:
    await chat.joins_as(CodeKind.ADMINISTRATOR)
    return await _at_desk(world, chat)


@kind
async def coordinator_whose_desk_has_just_closed(world: World, chat: Chat) -> Person:
    person = await coordinator_at_an_open_desk(world, chat)
    actor = await chat.actor()
    async with world.storage.unit() as uow:
        await change_desk(uow, actor.id, open_until=world.now())
    return replace(person, has_open_desk=False)


async def _at_desk(world: World, chat: Chat) -> Person:
    own = await _promises(world, chat, "first")
    own["person"] = (await chat.actor()).id
    await _opens_desk(world, chat)
    own |= await _requests(world, await chat.actor(), world.common["person"])
    return Person(
        chat,
        KNOWN | {Who.COORDINATOR},
        has_open_desk=True,
        own=own,
        others=world.others("second", "first"),
        secrets=OF_SECOND + OF_OTHERS,
    )


@kind
async def former(world: World, chat: Chat) -> Person:
    """Was a coordinator and a Guardian; the right was withdrawn while the desk stood open."""
    person = await coordinator_at_an_open_desk(world, chat)
    actor = await chat.actor()
    async with world.storage.unit() as uow:
        row = await person_of(uow, actor.id)
        for role in await uow.people.roles_of(row):
            if role.role is RoleName.COORDINATOR:
                await uow.people.revoke(role, row)
        await step_down(uow, actor, person.own["guardianship"], now=world.now())
    own = {name: person.own[name] for name in ("guardianship", "application")}
    return Person(chat, own=own, others=world.others("first", "second"), is_over=True)


@kind
async def whose_desk_was_forced_open(world: World, chat: Chat) -> Person:
    """Was a coordinator; their desk stands open as a decoy."""
    await chat.joins_as(CodeKind.COORDINATOR)
    await _opens_desk(world, chat)
    async with world.storage.unit() as uow:
        await change_desk(uow, (await chat.actor()).id, is_decoy=True)
    async with world.storage.unit() as uow:
        await end_rights_under_duress(uow, screens=desk_screens(), now=world.now())
    return Person(chat, others=world.others("first", "second"), has_decoy_desk=True)


async def _kept_away(
    world: World, chat: Chat, restrict: Callable[..., Awaitable[None]], make: Make = guardian
) -> Person:
    person = await make(world, chat)
    async with world.storage.unit() as uow:
        await restrict(uow, world.bob, (await chat.actor()).id, now=world.now())
    await chat.says("/start")
    return person


@kind
async def suspended(world: World, chat: Chat) -> Person:
    person = await _kept_away(world, chat, suspend)
    return replace(person, rests=Verdict.RESTING)


@kind
async def frozen(world: World, chat: Chat) -> Person:
    person = await _kept_away(world, chat, freeze, make=coordinator_at_an_open_desk)
    return replace(person, has_open_desk=False, is_frozen=True)


@kind
async def who_may_be_detained(world: World, chat: Chat) -> Person:
    """Their chat was emptied; a screen stands all the same, as where a tap was on its way."""
    person = await _kept_away(world, chat, flag_custody, make=coordinator_at_an_open_desk)
    actor = await chat.actor()
    async with world.storage.unit() as uow:
        await uow.posted.add(
            new_message(actor, "menu", purpose=Purpose.PLACE, now=world.now(), message_id=777)
        )
    return replace(person, has_open_desk=False, rests=Verdict.NOT_NOW)


@kind
async def whose_rights_were_written_by_hand(world: World, chat: Chat) -> Person:
    """A supporter who made a coordinator's row for themselves."""
    person = await guardian(world, chat)
    actor = await chat.actor()
    async with world.storage.unit() as uow:
        uow.session.add(
            Role(person_id=actor.id, role=RoleName.COORDINATOR, day=actor.today, revision=1, mac=b"\x00" * 32)
        )
    await chat.says("/start")
    # Each time the warning of the day is queued, which stands already.
    return replace(person, rests=Verdict.RESTING, traces=frozenset({"outbox"}))


@kind
async def whose_desk_was_opened_by_hand(world: World, chat: Chat) -> Person:
    """A coordinator at a closed desk who wrote into the database that it stands open."""
    person = await coordinator_at_a_closed_desk(world, chat)
    actor = await chat.actor()
    async with world.storage.unit() as uow:
        await uow.session.execute(
            update(Desk)
            .where(Desk.person_id == actor.id)
            .values(open_until=world.now() + timedelta(minutes=4))
        )
    await chat.says("/start")
    # The warning of the day, as for rights that were written by hand.
    return replace(person, traces=frozenset({"outbox"}))


@kind
async def who_moved_away(world: World, chat: Chat) -> Person:
    """Goes on under another account; the old one is a stranger's."""
    person = await guardian(world, chat)
    actor, there = await chat.actor(), world.chat(700_300_999)
    await there.joins()
    async with world.storage.unit() as uow:
        words, _ = await give_account_code(uow, actor, now=world.now())
    await there.says(words)
    return replace(await stranger(world, chat), others=person.own | world.common)


async def in_the_middle_of_everything(world: World, person: Person) -> None:
    """Let somebody have begun whatever can be begun, so that each button finds what it goes on with."""
    audience = Audience(prisoner=world.prisoners["shut"])
    said = Said(BroadcastKind.OWN, texts={"en": "We meet on Monday"}, audience=audience)
    bodies = {
        "adopt": {"languages": ["en"], "rhythm": 4, "shown": [], "word": None},
        "hearing": {
            "prisoner": world.prisoners["third"].hex,
            "starts": "2026-12-09 10:30",
            "court": "Sample Court",
        },
        "rule-card": {
            "card_id": "desk-new",
            "thing": "letter",
            "facility": "F1",
            "verdict": "allowed",
            "advice": {"en": "Write in pen"},
            "source": "A call",
        },
        "evening": {"id": "an evening", "day": "2026-11-23", "letters": []},
        "search:prisoners": {"text": "Sampleson"},
        "search:broadcast": {"text": "Sampleson"},
        "broadcast": {"said": said_to_dict(said), "starts": None},
        "search:hearing": {"text": "Sampleson"},
    }
    # What is asked for from now on stands below what was asked for before: of one instant, chance decides.
    world.clock.moves(seconds=1)
    async with world.storage.unit() as uow:
        row = await uow.people.get_by_chat(person.chat.chat_id)
        if row is not None:
            for dialogue, body in bodies.items():
                await uow.drafts.put(row.id, dialogue, body, expires_at=world.now() + KEPT_FOR)
