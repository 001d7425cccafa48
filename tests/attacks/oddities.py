"""What else comes from Telegram: pictures, forwarded words, forged taps, unreadable updates, refusals."""

from collections.abc import Iterator

from sandbox.faults import Fault
from tests.attacks.canaries import Canaries
from tests.attacks.somebody import Somebody


async def sends_what_is_no_word(who: Somebody) -> None:
    """Send everything a telephone can, each with a canary wherever one fits."""
    person, mint = who.person, who.canaries
    await who.does(person.sends_photo(mint.sentence()))
    await who.does(person.sends_document(f"{mint.word()}.pdf", b"%PDF", mint.sentence()))
    await who.does(person.sends_contact(mint.phone(), mint.word()))
    await who.does(person.sends_location(mint.latitude(), 27.5))
    await who.does(person.forwards_from_stranger(mint.sentence(), mint.word()))
    await who.does(person.sends_sticker())
    await who.does(person.sends_voice())


async def forges_a_tap(who: Somebody) -> None:
    """Tap a button that was never there."""
    message = who.person.last
    assert message is not None
    await who.does(who.person.taps_data(message, who.canaries.word()))


async def brings_the_bot_into_a_group(who: Somebody) -> None:
    group = await who.person.adds_bot_to_group(who.canaries.cyrillic())
    await who.does(who.person.says(who.canaries.word(), group=group))


def unreadable(mint: Canaries) -> Iterator[dict[str, object]]:
    """Give updates that cannot be read, or that the bot never asked for."""
    sender = {"id": mint.account(), "is_bot": False, "first_name": mint.word(), "username": mint.word()}
    chat = {"id": sender["id"], "type": "private", "first_name": mint.cyrillic()}
    whole = {"message_id": 7, "date": 1_790_000_000, "chat": chat, "from": sender, "text": mint.word()}
    yield {"message": mint.word()}
    yield {"message": [mint.word()]}
    yield {"message": whole | {"date": mint.word()}}
    yield {"message": whole | {"date": 10**30, "text": mint.cyrillic()}}
    yield {"message": whole | {"chat": mint.word()}}
    yield {"message": whole | {"from": mint.word()}}
    yield {"message": whole | {"message_id": mint.word()}}
    yield {"message": whole | {"text": {"text": mint.word()}}}
    yield {"message": whole | {"entities": mint.word()}}
    yield {"callback_query": {"id": mint.word(), "from": mint.word(), "data": mint.word()}}
    yield {"callback_query": {"id": mint.word(), "from": sender, "message": whole, "data": [mint.word()]}}
    yield {"my_chat_member": {"chat": chat, "from": sender, "date": mint.word()}}
    yield {"edited_message": whole | {"text": mint.cyrillic()}}
    yield {"channel_post": whole | {"text": mint.cyrillic()}}
    yield {mint.word(): {"text": mint.word()}}


def refusals() -> list[Fault]:
    """Return what Telegram may answer instead of showing one message and deleting another."""
    return [
        Fault("error", times=2, status=400),
        Fault("error", times=2, status=403),
        Fault("flood", times=2, retry_after=1),
        Fault("error", times=2, status=500),
        Fault("reset", times=2, after_effect=True),
        Fault("error", times=2, status=502, as_html=True),
        Fault("reset", times=2),
    ]
