"""`poruch approve`: the operator as the second person, where there is no other coordinator."""

import asyncio

import click

from bot.clock import Clock
from bot.commands.common import Refusal, ask, command, say, settings
from bot.commands.opening import opened
from bot.configuration.settings import Settings
from solidarity.errors import SolidarityError
from solidarity.host_requests import HostCard, approve_on_host, waiting_with_number
from solidarity.work import RequestKind, Storage

YES = "yes"
NONE_WAITS = (
    "no request with this number waits; it may have been decided or taken back, or be older than 72 hours,"
    " or its coordinator may be kept from the desk"
)
WHAT = {
    RequestKind.CONTACT: "the contact details of {person}",
    RequestKind.KINSHIP: "{person} to count as family",
    RequestKind.NAME: "a hidden name",
    RequestKind.PUBLICITY: "a hidden name to be shown to more people",
    RequestKind.UNSUSPEND: "{person} to be let in again",
    RequestKind.ROLE: "a code for a new coordinator",
    RequestKind.NEW_PIN: "{person} to choose a new PIN",
    RequestKind.RULE_CARD: "a rule card to be changed; it is shown in the chat alone",
    RequestKind.RISKY_WORD: "the list of risky words to be changed",
    RequestKind.BROADCAST: "their own words to be sent to many; they are shown in the chat alone",
}
ANYTHING_ELSE = "something that takes two"


@click.command()
@click.argument("request")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
@command
def approve(request: str, is_sure: bool) -> None:
    """Approve the REQUEST of a coordinator, by the number that stands in their chat.

    For a group with one coordinator. What is approved is written into the trail and told to all coordinators.
    """
    asyncio.run(_approve(settings(), request, is_sure=is_sure))
    say("Approved. The coordinator is told in the chat.")


async def _approve(chosen: Settings, number: str, *, is_sure: bool) -> None:
    async with opened(chosen) as storage:
        card = await _find(storage, number)
        if not is_sure:
            _ask(card)
        try:
            async with storage.unit() as uow:
                await approve_on_host(uow, card.request_id, now=Clock().now())
        except SolidarityError:
            raise Refusal(NONE_WAITS) from None


async def _find(storage: Storage, number: str) -> HostCard:
    try:
        async with storage.view() as uow:
            return await waiting_with_number(uow, number, now=Clock().now())
    except SolidarityError:
        raise Refusal(NONE_WAITS) from None


def _ask(card: HostCard) -> None:
    """Go on only where the operator agrees.

    Raises:
        Refusal: they do not.
    """
    what = WHAT.get(card.kind, ANYTHING_ELSE).format(person=card.person)
    say(f"{card.asker} asks for {what}.")
    say("Reason: " + (card.why or "the words for a relative were redeemed; call the family back first"))
    try:
        typed = ask(f"Type {YES} to approve")
    except click.Abort:
        say("")
        typed = ""
    if typed.strip().casefold() != YES:
        raise Refusal("nothing was approved")
