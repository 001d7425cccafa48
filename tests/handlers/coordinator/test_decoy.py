"""A decoy desk shows what is public; whatever is tapped or typed there reads and changes nothing else."""

import pytest
from sqlalchemy import text

from handlers.rooms import ACTION_OF
from handlers.routes import BUTTONS, WORDS
from solidarity.access import is_at_desk
from solidarity.duress import DECOY, Decoy
from solidarity.verifying import is_coordinators_word
from storage.models import Base, CustodyStatus, Publicity
from storage.vault import Vault
from tests.handlers.acts import announce, applies

from .duress import is_forced
from .test_rights import gets_a_button


@pytest.fixture
async def secrets(storage, clock, new_prisoner, alice, vera):
    """Everything that a decoy desk must not show, with one public prisoner."""
    ids = {
        "public": await new_prisoner("Public Example", alias="Old Alias"),
        "guarded": await new_prisoner("Guarded Example", publicity=Publicity.GUARDIANS, alias="Grey Cat"),
        "hidden": await new_prisoner("Concealed Example", publicity=Publicity.HIDDEN, alias="Blue Dog"),
        "dead": await new_prisoner("Silent Example", status=CustodyStatus.DIED),
    }
    async with storage.unit() as uow:
        (await uow.prisoners.get(ids["dead"])).is_silenced = True
    await alice.joins()
    ids["application"] = await applies(alice, ids["guarded"])
    for name in ("public", "guarded", "hidden"):
        ids[f"{name} hearing"] = await announce(storage, ids[name], clock())
    ids["person"] = (await alice.actor()).id
    return ids


NEVER = ("Guarded", "Concealed", "Silent", "Grey Cat", "Blue Dog", "Old Alias")


@pytest.fixture
def revealed(monkeypatch):
    """Notes which cell of which row is opened."""
    opened = []
    true = Vault.reveal

    async def reveal(self, row, column):
        opened.append((row.__tablename__, column, getattr(row, row.subject_attribute)))
        return await true(self, row, column)

    monkeypatch.setattr(Vault, "reveal", reveal)
    return opened


def is_harmless(opened, own, ids):
    table, column, subject = opened
    if subject == own:
        return table in ("person", "desk", "draft")
    public = subject == ids["public"]
    return public and (table, column) in {
        ("prisoner", "name_be"), ("prisoner", "name_ru"), ("prisoner", "name_en"), ("hearing", "details"),
    }  # fmt: skip


def test_what_a_decoy_shows_as_it_is_is_its_own_keypad_and_settings():
    own = {action for action, kind in DECOY.items() if kind is Decoy.OWN}

    assert sorted(name for name, action in ACTION_OF.items() if action in own) == [
        "desk-settings", "keypad", "pin-duress", "pin-forgotten", "pin-new", "pin-present",
    ]  # fmt: skip


VERBS = [r.on for r in BUTTONS if is_at_desk(r.action)]
SCREENS = [name for name, action in ACTION_OF.items() if is_at_desk(action)]


THINGS = (
    "public",
    "guarded",
    "hidden",
    "dead",
    "application",
    "hidden hearing",
    "guarded hearing",
    "public hearing",
    "person",
    None,
)


# One in three buttons about each thing, so that each button is tried about three of them.
@pytest.mark.parametrize("one_in", [3, pytest.param(1, marks=pytest.mark.proof)])
@pytest.mark.parametrize("thing", THINGS)
async def test_no_screen_or_button_of_a_decoy_reads_or_changes_anything_about_people(
    forced, storage, clock, secrets, revealed, thing, one_in
):
    await is_forced(forced)
    own = (await forced.actor()).id
    before = await everything(storage, own)
    revealed.clear()
    every = [*(f"go:{name}" for name in SCREENS), *VERBS]
    for verb in every[THINGS.index(thing) % one_in :: one_in]:
        if verb in ("lock", "seal", "pin-ok", "pin-present", "key-ok"):
            continue
        await gets_a_button(forced, storage, verb, target=secrets.get(thing))
        assert not [word for word in NEVER if word in forced.text + str(forced.labels)], verb
        bad = [one for one in revealed if not is_harmless(one, own, secrets)]
        assert not bad, verb

    assert await everything(storage, own) == before


async def everything(storage, own):
    """Every row of every table but those of one person's own chat, keypad and drafts."""
    skipped = {"posted", "button", "draft", "seen_update", "desk", "audit_entry", "audit_head", "turn"}
    rows = {}
    async with storage.view() as uow:
        for table in Base.metadata.sorted_tables:
            if table.name not in skipped:
                found = await uow.session.execute(table.select())
                rows[table.name] = sorted(map(str, found))
    return rows


@pytest.mark.parametrize("screen", [r.on for r in WORDS if is_at_desk(r.action)])
async def test_no_words_at_a_decoy_find_anybody_who_is_not_public(forced, storage, secrets, revealed, screen):
    await is_forced(forced)
    own = (await forced.actor()).id
    before = await everything(storage, own)
    for typed in ("Concealed Example", "Blue Dog", "Guarded", "09.12.2026 10:30", "Old Alias"):
        async with storage.unit() as uow:
            place = await uow.posted.get_place(own)
            place.screen, place.target = screen, secrets["hidden hearing"]
        revealed.clear()

        await forced.says(typed)

        buttons = [label for label in forced.labels if any(word in label for word in NEVER)]
        assert buttons == [], typed
        assert [one for one in revealed if not is_harmless(one, own, secrets)] == [], typed
        assert await everything(storage, own) == before, typed


async def test_a_public_prisoner_is_found_and_shown(forced, secrets):
    await is_forced(forced)
    await forced.taps("Prisoners")

    await forced.says("Public")
    await forced.taps("Public Example")

    assert "<b>Public Example</b>" in forced.text
    assert "Guardians: 0" not in forced.text


async def test_only_the_sittings_of_the_public_are_listed(forced, secrets):
    await is_forced(forced)

    await forced.taps("Hearings")

    assert [label for label in forced.labels if "Example" in label] == ["03.12.2026 14:00 · Public Example"]


async def test_cancelling_a_hearing_seems_to_work_and_does_not(forced, secrets, storage):
    await is_forced(forced)
    await forced.taps("Hearings")
    await forced.taps("03.12.2026 14:00 · Public Example")
    await forced.taps("Cancel the hearing")

    await forced.taps("Yes, it is cancelled")

    assert "Cancelled." in forced.text
    assert "It has been cancelled." in forced.text
    async with storage.view() as uow:
        assert (await uow.hearings.get(secrets["public hearing"])).status == "scheduled"


async def test_moving_a_hearing_seems_to_work_and_does_not(forced, secrets, storage):
    await is_forced(forced)
    await forced.taps("Hearings")
    await forced.taps("03.12.2026 14:00 · Public Example")
    await forced.taps("Move")
    await forced.says("09.12.2026 10:30")

    await forced.taps("Save")

    assert "Moved." in forced.text
    assert "9 December 2026" in forced.text
    async with storage.view() as uow:
        assert (await uow.hearings.get(secrets["public hearing"])).starts_local == "2026-12-03 14:00"


async def test_showing_a_name_to_fewer_seems_to_work_and_does_not(forced, secrets, storage):
    await is_forced(forced)
    await forced.taps("Prisoners")
    await forced.says("Public")
    await forced.taps("Public Example")
    await forced.taps("Who may see the name")

    await forced.taps("Guardians and family")

    assert "Guardians, family and coordinators" in forced.text
    async with storage.view() as uow:
        assert (await uow.prisoners.get(secrets["public"])).publicity is Publicity.PUBLIC


async def test_words_for_a_relative_are_shown_and_open_nothing(forced, secrets, mallory):
    await is_forced(forced)
    await forced.taps("Prisoners")
    await forced.says("Public")
    await forced.taps("Public Example")
    await forced.taps("Invite a relative")
    await forced.taps("For themselves")
    words = next(line for line in forced.text.splitlines() if line.startswith("<code>"))
    await mallory.joins()

    await mallory.says(words.removeprefix("<code>").removesuffix("</code>"))

    assert "not known" in mallory.text


async def test_sealing_everything_seems_to_work_for_whoever_forced_the_desk(forced, alice, storage):
    await alice.joins()
    await is_forced(forced)
    await forced.taps("Seal everything")
    await forced.taps("Yes, seal everything")

    await forced.says("/menu")
    await alice.says("/menu")

    assert "Not available right now" in forced.text
    assert "Settings" in alice.labels
    async with storage.view() as uow:
        assert await uow.session.scalar(text("SELECT sealed_at FROM installation")) is None


async def test_who_seems_to_be_sealed_can_still_hide(forced):
    await is_forced(forced)
    await forced.taps("Seal everything")
    await forced.taps("Yes, seal everything")

    await forced.says("/hide")

    assert "four digits" in forced.text


async def test_a_word_for_a_call_is_shown_as_at_a_true_desk_and_proves_nobody(forced, mallory, storage):
    await is_forced(forced)

    await forced.taps("A word for a call")

    words = forced.text.partition("<code>")[2].partition("</code>")[0]
    assert len(words.split()) == 3
    assert forced.labels == ["Back"]
    async with storage.view() as uow:
        assert not await is_coordinators_word(uow, words, now=forced.clock())
    await forced.taps("Back")
    assert "Nothing waits for you." in forced.text


async def test_a_request_seems_to_be_asked_for_and_waits_for_nobody(forced, carol, storage):
    await is_forced(forced)
    await forced.taps("Inbox")
    await forced.taps("Requests of colleagues")

    await forced.taps("Ask for a coordinator's code")
    asked = forced.text
    await forced.says("?")
    refused = forced.text
    await forced.says("We are too few.")

    assert "Type the reason" in asked
    assert "Asked." not in refused
    assert "Asked." in forced.text
    async with storage.view() as uow:
        assert await uow.requests.open_at(forced.clock()) == []
