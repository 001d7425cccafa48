"""An envelope: on paper with or without a return address, or as text; for nobody but whom the name is for."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from solidarity.envelopes import LONGEST_RETURN_ADDRESS, PaperForm
from solidarity.errors import PaperNotMade, TooBusy
from solidarity.publicity import set_publicity
from storage.models import Base, CustodyStatus, Publicity, Purpose
from storage.vault import Vault

from .acts import guards, is_family, opens, prisoner_of
from .conftest import Chat, HandPress, NewPrisoner

BACK = "Canary Canaryson\nCanary street 7"
ADDRESS = (
    "Example Sampleson",
    "Узорная ўстанова",
    "вул. Прыкладная 1",
    "100000 Узорск",
    "REPUBLIC OF BELARUS",
)


@pytest.fixture
async def prisoner_id(alice: Chat, new_prisoner: NewPrisoner) -> UUID:
    """Somebody whose name is for guardians, and whose address was never checked."""
    await opens(alice.storage, "SAMPLE-1")
    return await new_prisoner(facility="SAMPLE-1", publicity=Publicity.GUARDIANS)


@pytest.fixture
async def guardian(alice: Chat, prisoner_id: UUID) -> Chat:
    """Alice at the promise she made to them."""
    await alice.joins()
    await guards(alice, prisoner_id)
    await alice.says("/mine")
    await alice.taps("Example Sampleson")
    return alice


async def test_a_guardian_chooses_paper_and_sees_what_to_check(guardian: Chat):
    await guardian.taps("Envelope")

    assert guardian.labels == ["DL", "C5", "Labels", "As text", "Back"]
    assert "The postal code looks wrong" in guardian.text
    assert "Nobody has verified this address yet" in guardian.text


async def test_an_address_that_was_checked_long_ago_says_when(guardian: Chat):
    await opens(guardian.storage, "SAMPLE-1", verified_on=date(2026, 1, 5))

    await guardian.taps("Envelope")

    assert "The address was last checked on 5 January 2026" in guardian.text


@pytest.mark.parametrize("form", PaperForm)
async def test_an_envelope_is_printed_and_sent_below(guardian: Chat, press: HandPress, form: PaperForm):
    await guardian.taps("Envelope")
    await guardian.taps({"dl": "DL", "c5": "C5", "labels": "Labels"}[form])
    await guardian.taps("Print without it")

    [order] = press.orders
    [letter] = order.letters
    assert (order.form, order.return_address, order.evening) == (form, (), None)
    assert letter.envelope.lines == ADDRESS
    assert guardian.answer.file.document.name == "document.pdf"
    assert guardian.answer.file.document.content == b"%PDF"
    assert "Sampleson" not in guardian.answer.file.text


async def test_the_paper_is_gone_after_an_hour(guardian: Chat):
    await guardian.taps("Envelope")
    await guardian.taps("DL")
    await guardian.taps("Print without it")

    async with guardian.storage.view() as uow:
        posted = await uow.posted.get(guardian.answer.file.posted_id)
    assert (posted.purpose, posted.delete_at) == (Purpose.APART, guardian.clock() + timedelta(hours=1))


async def test_a_typed_return_address_is_printed_once_and_kept_nowhere(
    guardian: Chat, press: HandPress, monkeypatch: pytest.MonkeyPatch
):
    sealed: list[object] = []
    true = Vault.seal

    async def seal(vault: Vault, row: object, **values: object) -> None:
        sealed.append(values)
        await true(vault, row, **values)

    monkeypatch.setattr(Vault, "seal", seal)
    await guardian.taps("Envelope")
    await guardian.taps("C5")
    with capture_logs() as logs:
        await guardian.says(BACK)
    printed = guardian.answer.file
    await guardian.taps("C5")
    await guardian.taps("Print without it")

    assert [order.return_address for order in press.orders] == [tuple(BACK.splitlines()), ()]
    assert printed is not None
    async with guardian.storage.view() as uow:
        tables = Base.metadata.sorted_tables
        kept = [(await uow.session.execute(table.select())).all() for table in tables]
    assert "Canary" not in repr([sealed, kept, logs])
    assert "Canary" not in guardian.text
    assert "Canary" not in repr(press.orders[0])


async def test_the_message_with_a_return_address_goes_before_anything_is_printed(
    guardian: Chat, press: HandPress
):
    stood: list[bool] = []

    async def look() -> None:
        await guardian.tidy()
        stood.append(BACK in guardian.written.values())

    await guardian.taps("Envelope")
    await guardian.taps("DL")
    press.meanwhile = look

    await guardian.says(BACK)

    assert stood == [False]


async def test_a_return_address_that_is_too_long_is_not_printed(guardian: Chat, press: HandPress):
    await guardian.taps("Envelope")
    await guardian.taps("DL")

    await guardian.says("x" * (LONGEST_RETURN_ADDRESS + 1))

    assert press.orders == []
    assert guardian.answer.file is None
    assert "A return address" in guardian.text


async def test_as_text_the_address_can_be_copied(guardian: Chat, press: HandPress):
    await guardian.taps("Envelope")
    await guardian.taps("As text")

    [copy] = [b for b in guardian.buttons(guardian.newest) if b.text == "Copy address"]
    assert copy.copy_text == "\n".join(ADDRESS)
    assert "\n".join(ADDRESS) in guardian.text
    assert press.orders == []


async def test_back_leads_to_the_promise(guardian: Chat):
    await guardian.taps("Envelope")
    await guardian.taps("DL")
    await guardian.taps("Back")
    await guardian.taps("Back")

    assert "Step down" in guardian.labels


async def test_who_writes_once_prints_too_and_comes_back(
    alice: Chat, new_prisoner: NewPrisoner, press: HandPress
):
    await opens(alice.storage, "SAMPLE-1")
    await new_prisoner(facility="SAMPLE-1", publicity=Publicity.PUBLIC)
    await alice.joins()
    await alice.taps("Write one letter")
    await alice.taps("Russian: no")
    await alice.taps("Done")
    await alice.taps("I'll write")

    await alice.taps("Envelope")
    await alice.taps("Labels")
    await alice.taps("Print without it")
    await alice.taps("Back")

    assert [order.form for order in press.orders] == [PaperForm.LABELS]
    assert "I wrote" in alice.labels


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (TooBusy("paper"), "Too many at once just now. Wait a few seconds, then try again."),
        (
            PaperNotMade("x"),
            "The document could not be made just now, and nothing of it was kept. Try again.",
        ),
    ],
)
async def test_where_nothing_is_printed_it_is_said_what_to_do(
    guardian: Chat, press: HandPress, refusal: Exception, said: str
):
    await guardian.taps("Envelope")
    await guardian.taps("DL")
    press.refusal = refusal

    await guardian.taps("Print without it")

    assert said in guardian.text
    assert guardian.answer.file is None
    assert "Print without it" in guardian.labels


async def test_the_paper_comes_once_though_its_tap_comes_twice(guardian: Chat, press: HandPress):
    await guardian.taps("Envelope")
    await guardian.taps("DL")
    await guardian.taps("Print without it")

    await guardian.repeat()

    assert guardian.answer.file is None
    assert len(press.orders) == 1


async def test_mallory_prints_nothing_by_a_guardians_button(guardian: Chat, mallory: Chat, press: HandPress):
    await guardian.taps("Envelope")
    await guardian.taps("DL")
    [button] = [b for b in guardian.buttons(guardian.newest) if b.text == "Print without it"]
    await mallory.joins()

    await mallory.forge(button.callback_data)

    assert press.orders == []
    assert mallory.answer.file is None


@pytest.mark.parametrize("publicity", [Publicity.GUARDIANS, Publicity.HIDDEN])
async def test_mallory_prints_no_name_that_is_not_for_her(
    mallory: Chat, press: HandPress, prisoner_id: UUID, publicity: Publicity
):
    """Her own screen is turned, behind her back, to an envelope: only rules stand in the way."""
    actor = await mallory.joins()
    async with mallory.storage.unit() as uow:
        (await prisoner_of(uow, prisoner_id)).publicity = publicity
        place = await uow.posted.get_place(actor.id)
        place.screen, place.target, place.argument = "envelope-form", prisoner_id, "dl"

    await mallory.says("an address")

    assert press.orders == []
    assert "Sampleson" not in mallory.text
    assert "Become a Guardian" in mallory.labels


async def test_family_may_print_for_their_own(alice: Chat, press: HandPress, prisoner_id: UUID):
    actor = await alice.joins()
    await is_family(alice, prisoner_id)
    async with alice.storage.unit() as uow:
        (await prisoner_of(uow, prisoner_id)).publicity = Publicity.HIDDEN
        place = await uow.posted.get_place(actor.id)
        place.screen, place.target, place.argument = "envelope-form", prisoner_id, "dl"

    await alice.says("Example")

    assert len(press.orders) == 1
    assert alice.answer.file is not None


@pytest.mark.parametrize("what", ["hidden", "released", "moved", "ended"])
async def test_what_is_no_longer_so_when_it_is_printed_is_not_sent(
    guardian: Chat, press: HandPress, prisoner_id: UUID, what: str
):
    await opens(guardian.storage, "SAMPLE-2", street="вул. Іншая 2")

    async def change() -> None:
        async with guardian.storage.unit() as uow:
            prisoner = await prisoner_of(uow, prisoner_id)
            if what == "hidden":
                prisoner.publicity = Publicity.HIDDEN
            elif what == "released":
                prisoner.custody_status = CustodyStatus.RELEASED
            elif what == "moved":
                prisoner.facility_code = "SAMPLE-2"
            else:
                [promise] = await uow.guardianships.of_person((await guardian.actor()).id)
                promise.state = "ended"

    await guardian.taps("Envelope")
    await guardian.taps("DL")
    press.meanwhile = change

    await guardian.taps("Print without it")

    assert len(press.orders) == 1
    assert guardian.answer.file is None


@pytest.mark.parametrize(
    "status",
    [
        CustodyStatus.RELEASED,
        CustodyStatus.DIED,
        pytest.param(CustodyStatus.INCOMMUNICADO, id="a letter is impossible"),
        pytest.param(CustodyStatus.HOUSE_ARREST, id="a letter is dangerous"),
    ],
)
async def test_no_envelope_is_offered_where_nothing_is_sent(
    guardian: Chat, prisoner_id: UUID, status: CustodyStatus
):
    async with guardian.storage.unit() as uow:
        (await prisoner_of(uow, prisoner_id)).custody_status = status

    await guardian.says("/mine")
    await guardian.taps("Example Sampleson")

    assert "Envelope" not in guardian.labels


async def test_an_odd_form_is_nobodys(guardian: Chat, press: HandPress):
    await guardian.taps("Envelope")
    await guardian.taps("DL")
    async with guardian.storage.unit() as uow:
        place = await uow.posted.get_place((await guardian.actor()).id)
        place.argument = "a4"

    await guardian.says("an address")

    assert press.orders == []


@pytest.mark.parametrize("is_hidden", [True, False])
async def test_hiding_a_name_takes_the_paper_with_it_away(
    guardian: Chat, prisoner_id: UUID, new_prisoner: NewPrisoner, is_hidden: bool
):
    other_id = await new_prisoner("Example Two", publicity=Publicity.PUBLIC)
    await guardian.taps("Envelope")
    await guardian.taps("DL")
    await guardian.taps("Print without it")

    async with guardian.storage.unit() as uow:
        hidden = await prisoner_of(uow, prisoner_id if is_hidden else other_id)
        await set_publicity(uow, hidden, Publicity.HIDDEN, now=guardian.clock())

    async with guardian.storage.view() as uow:
        posted = await uow.posted.get(guardian.answer.file.posted_id)
    assert (posted.delete_at == guardian.clock()) is is_hidden
