"""On no screen of a desk does anybody's account, name or user name stand; people are pseudonyms there."""

from html import escape
from typing import Any
from uuid import UUID

from sqlalchemy import text

from handlers.rooms import desk_screens
from handlers.screen import Button, Screen, View
from handlers.screens import drawing_of
from handlers.surfaces import words_for
from solidarity.errors import SolidarityError
from solidarity.people import recognise
from solidarity.portfolios import colleagues_of
from solidarity.pseudonyms import pseudonym
from storage.models import Base, CodeKind
from storage.unit_of_work import UnitOfWork
from tests.stories.story import Player, Story

LANGUAGES = ("be", "ru", "en")


async def busy_desk(story: Story) -> dict[str, Player]:
    """Let people with telling accounts do all that a desk can show."""
    world, people = story.telegram, {}
    for number, name in enumerate(("Zlatovlaska", "Ostrogorski", "Miraslava", "Kandratsi", "Evdokija")):
        person = world.person(
            name, last_name=f"{name}skaja", username=f"{name.lower()}_by", user_id=770_001 + number
        )
        people[name] = Player(story, person)
        story.players.append(people[name])
    bob, carol, alice, vera, nina = people.values()
    for one in (bob, carol):
        await story.becomes_coordinator(one, CodeKind.COORDINATOR)
        await story.desk_is_open(one)
    [first, _] = await story.prisoners("Forgotten Example", "Second Example")
    await story.guards(alice, first)
    await vera.joins_by(await bob.invites("Forgotten Example"))
    await bob.adds_hearing("Forgotten Example", "15.12.2026 10:30")
    await bob.finds("Forgotten Example")
    await bob.taps("Take", "Note")
    await bob.says("Likes chess")
    await nina.agrees()
    await nina.applies(weeks=4)
    await alice.says("/hide")
    await bob.opens_desk()
    return people


async def ids(uow: UnitOfWork) -> list[UUID | None]:
    """Return everything that a button could point at."""
    found: list[UUID | None] = [None]
    for table in Base.metadata.sorted_tables:
        if "id" in table.columns:
            rows = await uow.session.scalars(text(f"SELECT id FROM {table.name}"))
            found += [UUID(bytes=bytes(one)) for one in rows]
    return found


def said_on(screen: Screen) -> str:
    buttons = [b for row in screen.rows for b in row]
    carried = [
        f"{b.label} {b.argument}" if isinstance(b, Button) else f"{b.label} {b.copies}" for b in buttons
    ]
    return "\n".join([screen.text, *carried])


async def drawn(uow: UnitOfWork, view: dict[str, Any]) -> list[str]:
    """Draw every screen of the desk for everything there is; what is refused draws nothing."""
    drawn = []
    everything = await ids(uow)
    for name in desk_screens():
        for target in everything:
            try:
                drawn.append(said_on(await drawing_of(name)(View(uow, target=target, **view))))
            except SolidarityError:
                continue
    return drawn


async def test_no_screen_of_a_desk_names_anybody(story: Story):
    people = await busy_desk(story)
    bob, names = (
        people["Zlatovlaska"].person,
        [
            word
            for each in people.values()
            for account in [each.person.account]
            for word in (account.first_name, account.last_name, account.username, str(account.user_id))
        ],
    )
    async with story.storage.view() as uow:
        actor = await recognise(uow, bob.user_id, now=story.now)
        assert actor is not None
        everything = await drawn(uow, {"actor": actor, "now": story.now, "words": words_for(actor)})
        colleagues = await colleagues_of(uow, actor, now=story.now)

    shown = "\n".join(everything)
    assert len({one.splitlines()[0] for one in everything}) > 15
    assert [name for name in names if name.casefold() in shown.casefold()] == []
    # What stands there instead, or the search would have found nothing to begin with.
    assert [one.name for one in colleagues if escape(one.name) in shown] == [one.name for one in colleagues]
    assert "Applicant: " in shown
    assert "Likes chess" in shown


async def test_somebody_has_one_pseudonym_for_all_colleagues_and_in_every_language_the_same(story: Story):
    people = await busy_desk(story)
    seen = {}
    for name in ("Zlatovlaska", "Ostrogorski"):
        await people[name].opens_desk()
        await people[name].taps("Inbox", "Second Example…")
        [seen[name]] = [line for line in people[name].texts.splitlines() if line.startswith("Applicant: ")]
    async with story.storage.view() as uow:
        person = await uow.people.get_by_chat(people["Evdokija"].person.user_id)
    assert person is not None

    assert set(seen.values()) == {f"Applicant: {pseudonym(person.id.bytes, 'en')}"}
    # Two words may be alike in Belarusian and Russian, but never in English.
    others = {pseudonym(person.id.bytes, language) for language in LANGUAGES if language != "en"}
    assert pseudonym(person.id.bytes, "en") not in others
