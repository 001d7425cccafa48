"""What coordinators are told of the trail: neutral outside; inside a mark, or an act of the host."""

import pytest

from locales import LANGUAGES, Words
from solidarity.audit import Act, record_of_host, tell_head
from storage.models import AuditEntry, CodeKind
from storage.unit_of_work import Storage
from tests.handlers.acts import deliver
from tests.handlers.conftest import Chat

ACTS_OF_THE_HOST = (
    Act.CODE_GIVEN,
    Act.PERSON_ERASED,
    Act.IMPORT_CONFIRMED,
    Act.ALARM_LIFTED,
    Act.KEY_ROTATED,
    Act.RECIPIENTS_CHANGED,
    Act.BACKUP_WRITTEN,
    Act.RESTORED,
    Act.FREEZE_LIFTED,
    Act.SUSPENSION_LIFTED,
    Act.CONTACT_REVEALED,
    Act.NAME_REVEALED,
    Act.REQUEST_APPROVED,
    Act.ROLE_GRANTED,
    Act.ROLE_ENDED,
    Act.PIN_RESET,
)


async def act_of_host(chat: Chat) -> None:
    async with chat.storage.unit() as uow:
        await record_of_host(uow, Act.CODE_GIVEN, kind=CodeKind.ADMINISTRATOR, now=chat.clock())


async def test_an_act_of_the_host_is_a_neutral_push_that_opens_to_what_was_done(
    coordinator: Chat, alice: Chat
) -> None:
    await alice.joins()
    await act_of_host(coordinator)

    assert await deliver(coordinator) == ["desk_host_act"]
    assert "administrator" not in coordinator.text
    assert coordinator.labels == ["Open"]
    await coordinator.taps("Open")

    assert "Done by the operator on the server" in coordinator.text
    assert "A code was made for a new administrator." in coordinator.text
    assert "Monday, 23 November 2026, 12:00" in coordinator.text


async def test_where_the_trail_stands_is_told_calmly_with_a_number_and_a_mark(
    coordinator: Chat, storage: Storage
) -> None:
    await act_of_host(coordinator)
    await deliver(coordinator)
    async with storage.unit() as uow:
        await tell_head(uow, now=coordinator.clock())
        head = await uow.trail.head()

    assert await deliver(coordinator) == ["desk_audit_head"]
    assert coordinator.newest is not None
    assert coordinator.shown[coordinator.newest].is_silent
    assert head.link.hex()[:16] not in coordinator.text
    await coordinator.taps("Open")

    assert f"Entry {head.number}" in coordinator.text
    assert head.link.hex()[:16] in coordinator.text


@pytest.mark.parametrize("kind", ["desk_host_act", "desk_audit_head"])
async def test_an_entry_that_is_gone_meanwhile_is_said_to_be(
    coordinator: Chat, storage: Storage, kind: str
) -> None:
    await act_of_host(coordinator)
    if kind == "desk_audit_head":
        await deliver(coordinator)
        async with storage.unit() as uow:
            await tell_head(uow, now=coordinator.clock())
    assert await deliver(coordinator) == [kind]
    async with storage.unit() as uow:
        await uow.session.execute(AuditEntry.__table__.delete())

    await coordinator.taps("Open")

    assert "of the record is not there" in coordinator.text


async def test_who_is_no_coordinator_any_more_hears_of_neither(coordinator: Chat, storage: Storage) -> None:
    await act_of_host(coordinator)
    actor = await coordinator.actor()
    async with storage.unit() as uow:
        await tell_head(uow, now=coordinator.clock())
        person = await uow.people.get(actor.id)
        assert person is not None
        for role in await uow.people.roles_of(person):
            await uow.people.revoke(role, person)

    assert await deliver(coordinator) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_act_of_the_host_has_words_of_its_own_in_every_language(language: str) -> None:
    said = {
        act: Words(language).say("audit-host-did", act=act.value, kind="none", count=2)
        for act in ACTS_OF_THE_HOST
    }
    unknown = Words(language).say("audit-host-did", act="?", kind="none", count=2)

    assert len({*said.values(), unknown}) == len(ACTS_OF_THE_HOST) + 1
