"""Every verb, screen and word of the desk is for coordinators, and all but the keypad for an open desk."""

from base64 import urlsafe_b64encode

import pytest

from handlers.rooms import ACTION_OF
from handlers.routes import BUTTONS, COMMANDS, WORDS
from solidarity.access import ACTIONS
from solidarity.work import Action

OF_THE_DESK = [r.on for r in BUTTONS if r.action.startswith("desk")]
SCREENS = [name for name, action in ACTION_OF.items() if action.startswith("desk")]
VERBS = [*OF_THE_DESK, *(f"go:{name}" for name in SCREENS)]
AT_AN_OPEN_DESK = [r.on for r in BUTTONS if ACTIONS[r.action].at_desk]
TYPED = [r.on for r in WORDS if r.action.startswith("desk")]


async def gets_a_button(chat, storage, verb, target=None):
    """Put a button under a person's place as if a right of theirs had just ended, and tap it."""
    async with storage.unit() as uow:
        person = await uow.people.get_by_chat(chat.chat_id)
        place = await uow.posted.get_place(person.id)
        [token] = await uow.posted.replace_buttons(
            place.id, [Action(verb, target)], expires_at=place.delete_at
        )
    await chat.forge(f"b:{urlsafe_b64encode(token).decode()}")


@pytest.mark.parametrize("verb", VERBS)
async def test_a_supporter_with_a_button_of_the_desk_is_refused(mallory, storage, verb):
    await mallory.joins()

    await gets_a_button(mallory, storage, verb)

    assert mallory.text.startswith("<i>There is nothing here for you")
    assert "Desk" not in mallory.labels


@pytest.mark.parametrize("verb", AT_AN_OPEN_DESK)
async def test_a_coordinator_before_a_closed_desk_is_asked_for_the_pin(coordinator, storage, verb):
    await coordinator.says("/menu")

    await gets_a_button(coordinator, storage, verb)

    assert "The desk is closed" in coordinator.text


@pytest.mark.parametrize("screen", TYPED)
async def test_words_typed_on_a_screen_of_the_desk_are_refused_too(mallory, storage, screen):
    await mallory.joins()
    async with storage.unit() as uow:
        person = await uow.people.get_by_chat(mallory.chat_id)
        (await uow.posted.get_place(person.id)).screen = screen

    await mallory.says("09.12.2026 10:30")

    assert "OK" not in mallory.labels
    assert "<i>There is nothing here for you" in mallory.text


@pytest.mark.parametrize("command", [r.on for r in COMMANDS if r.action.startswith("desk")])
async def test_a_stranger_is_shown_the_first_screen(mallory, command):
    await mallory.says(f"/{command}")

    assert "Беларуская" in mallory.labels
