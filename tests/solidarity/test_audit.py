"""The trail: what is done is written down in closed words, or it is not done."""

import json

from solidarity.access import Actor
from solidarity.audit import Act, By, record
from storage.models import CodeKind
from storage.unit_of_work import UnitOfWork
from tests.solidarity.conftest import NOON


async def entries(uow: UnitOfWork) -> list[dict[str, object]]:
    return [json.loads(link.entry) for link in await uow.trail.newest(100)]


async def test_an_act_is_written_with_marks_instead_of_ids_and_closed_words(
    uow: UnitOfWork, bob: Actor, vera: Actor
) -> None:
    number = await record(
        uow, Act.CODE_GIVEN, by=bob.id, about=vera.id, kind=CodeKind.RELATIVE, count=2, now=NOON
    )
    [link] = await uow.trail.newest(1)
    assert json.loads(link.entry) == {
        "number": number,
        "at": "2026-11-23T09:00:00.000+00:00",
        "act": "code_given",
        "by": uow.macs.audit_mark(bob.id),
        "about": uow.macs.audit_mark(vera.id),
        "kind": "relative",
        "count": 2,
    }
    assert link.entry == json.dumps(json.loads(link.entry), sort_keys=True, separators=(",", ":"))
    for person in (bob, vera):
        assert str(person.id) not in link.entry
        assert person.id.hex not in link.entry


async def test_what_the_host_does_is_the_hosts(uow: UnitOfWork) -> None:
    await record(uow, Act.KEY_ROTATED, by=By.HOST, now=NOON)
    assert (await entries(uow))[-1]["by"] == "host"
