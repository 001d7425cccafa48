"""Contact details: optional, typed, shown to their owner only, removed with a tap."""

import pytest

from solidarity.errors import NotForYou
from solidarity.people import reveal_contacts, set_contact
from storage.unit_of_work import Storage
from tests.handlers.conftest import Chat


async def opens(chat: Chat, *labels: str) -> None:
    await chat.joins()
    for label in ("Settings", "Contact details", *labels):
        await chat.taps(label)


async def kept(chat: Chat) -> dict[str, str]:
    async with chat.storage.view() as uow:
        return await reveal_contacts(uow, await chat.actor())


async def test_at_first_nothing_is_kept(alice: Chat):
    await opens(alice)

    assert "Nothing is kept." in alice.text
    assert alice.labels == ["Name", "Phone", "E-mail", "Post", "Back"]


@pytest.mark.parametrize(
    ("button", "field", "typed"),
    [
        ("Name", "name", "Alice Invented"),
        ("Phone", "phone", "+000 (29) 123-45-67"),
        ("E-mail", "email", "alice@example.org"),
        ("Post", "post", "1 Example Street, Sampletown"),
    ],
)
async def test_a_typed_detail_is_kept_and_shown(alice: Chat, button: str, field: str, typed: str):
    await opens(alice, button)
    await alice.says(typed)

    assert await kept(alice) == {field: typed}
    assert typed in alice.text
    assert alice.written == {}


async def test_an_address_of_several_lines_is_kept_in_one(alice: Chat):
    await opens(alice, "Post")
    await alice.says("1 Example Street\nSampletown")

    assert await kept(alice) == {"post": "1 Example Street Sampletown"}


async def test_what_looks_like_markup_is_shown_as_it_was_typed(alice: Chat):
    await opens(alice, "Name")
    await alice.says("<b>Alice</b> & Co")

    assert "&lt;b&gt;Alice&lt;/b&gt; &amp; Co" in alice.text


@pytest.mark.parametrize(
    ("button", "typed"),
    [("Phone", "call me"), ("Phone", "12"), ("E-mail", "alice at example"), ("Name", "???"), ("Post", "-")],
)
async def test_what_cannot_be_the_detail_is_refused_and_asked_again(alice: Chat, button: str, typed: str):
    await opens(alice, button)
    await alice.says(typed)

    assert "does not look right" in alice.text
    assert f"<b>{button.lower()}</b>" in alice.text
    assert await kept(alice) == {}


async def test_what_is_too_long_is_refused_with_its_limit(alice: Chat):
    await opens(alice, "Name")
    await alice.says("x" * 101)

    assert "100 characters at most" in alice.text
    assert await kept(alice) == {}


async def test_a_detail_is_removed_with_one_tap(alice: Chat):
    await opens(alice, "Phone")
    await alice.says("+00000000")
    await alice.taps("Phone")
    await alice.taps("Remove")

    assert "Removed." in alice.text
    assert await kept(alice) == {}


async def test_removing_one_detail_leaves_the_others(alice: Chat):
    await opens(alice, "Name")
    await alice.says("Alice Invented")
    await alice.taps("Phone")
    await alice.says("+00000000")
    await alice.taps("Phone")
    await alice.taps("Remove")

    assert await kept(alice) == {"name": "Alice Invented"}


async def test_the_settings_say_which_details_are_kept_but_not_what_they_are(alice: Chat):
    await opens(alice, "Phone")
    await alice.says("+00000000")
    await alice.taps("Back")

    assert "Contact details: phone" in alice.text
    assert "+00000000" not in alice.text


async def test_details_lie_sealed_in_the_database(alice: Chat, storage: Storage):
    await opens(alice, "Name")
    await alice.says("Alice Invented")

    async with storage.view() as uow:
        person = await uow.people.get_by_chat(alice.chat_id)
    assert person is not None
    assert str(person.name) == "<sealed>"
    assert person.name is not None
    assert b"Alice" not in person.name.raw


async def test_mallory_does_not_see_alices_details(mallory: Chat, alice: Chat):
    await opens(alice, "Name")
    await alice.says("Alice Invented")
    assert alice.newest is not None
    name = next(b for b in alice.buttons(alice.newest) if b.text == "Name")
    await mallory.joins()
    await mallory.forge(str(name.callback_data), alice.newest)
    await mallory.says("/settings")
    await mallory.taps("Contact details")

    assert "Nothing is kept." in mallory.text


async def test_mallory_cannot_write_into_another_column(mallory: Chat, storage: Storage):
    actor = await mallory.joins()

    with pytest.raises(NotForYou):
        async with storage.unit() as uow:
            await set_contact(uow, actor, "chat", "1")
