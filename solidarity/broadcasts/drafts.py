"""A broadcast that a coordinator is in the middle of writing: kept sealed for a day, and offered again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from solidarity.access import Actor
from solidarity.broadcasts.audience import (
    LANGUAGES,
    LEAVE_OUT,
    Said,
    prisoner_spoken_of,
    said_from_dict,
    said_to_dict,
)
from solidarity.broadcasts.texts import checked_text
from solidarity.errors import NoLongerSo, NotForYou, NotInRegister
from solidarity.hearings.sitting_times import WALL, read_typed_start, start_instant
from solidarity.hours import local_instant
from solidarity.typed_errors import ReasonRefused, TextTooLong
from storage.audiences import Audience
from storage.models import AudienceRole, BroadcastKind
from storage.unit_of_work import UnitOfWork

DIALOGUE = "broadcast"
KEPT_FOR = timedelta(hours=24)
SHORTEST_REASON, LONGEST_REASON = 2, 200
NARROWED_BY = ("role", "prisoner", "facility", "language", "hearing", "city")


@dataclass(frozen=True)
class BroadcastDraft:
    """A broadcast as far as it has been said; `starts` is wall time in the home zone, None is at once."""

    said: Said
    starts: datetime | None = None

    def starts_at(self, zone: str, *, now: datetime) -> datetime:
        """Return when it is to begin; what has passed meanwhile begins now."""
        if self.starts is None:
            return now
        return max(local_instant(self.starts, zone), now)


async def begin_draft(uow: UnitOfWork, actor: Actor, kind: str, about: UUID | None, *, now: datetime) -> None:
    """Begin a broadcast of a kind; what was begun before goes.

    Raises:
        NotForYou: there is no such kind, or nothing with this id.
        NotInRegister: what its ready text would say is not so.
    """
    if kind not in tuple(BroadcastKind):
        raise NotForYou(kind)
    wanted = BroadcastKind(kind)
    narrowed: dict[str, Any] = {}
    if wanted is BroadcastKind.HEARING:
        narrowed["hearing"] = about
    elif wanted in (BroadcastKind.TRANSFER, BroadcastKind.RELEASE):
        narrowed["prisoner"] = about
    said = Said(wanted, audience=Audience(**narrowed), about=about if narrowed else None)
    if narrowed and about is None:
        raise NotForYou(kind)
    try:
        await prisoner_spoken_of(uow, said)
    except NoLongerSo as error:
        raise NotInRegister(kind) from error
    await _keep(uow, actor, BroadcastDraft(said), now=now)


async def get_broadcast_draft(uow: UnitOfWork, actor: Actor, *, now: datetime) -> BroadcastDraft | None:
    """Open what a coordinator has begun, or None where there is nothing."""
    body = await uow.drafts.reveal(actor.id, DIALOGUE, now=now)
    if not body:
        return None
    starts = read_typed_start(body["starts"]) if body["starts"] else None
    return BroadcastDraft(said_from_dict(body["said"]), starts)


async def require_draft(uow: UnitOfWork, actor: Actor, *, now: datetime) -> BroadcastDraft:
    """Return what a coordinator has begun.

    Raises:
        NoLongerSo: nothing, or it was more than a day ago.
    """
    draft = await get_broadcast_draft(uow, actor, now=now)
    if draft is None:
        raise NoLongerSo(str(actor.id))
    return draft


async def type_text(uow: UnitOfWork, actor: Actor, language: str, typed: str, *, now: datetime) -> None:
    """Take own words in a language.

    Raises:
        NoLongerSo: no own words are begun.
        NotForYou: there is no such language.
        MarkupBroken, TextEmpty, TextTooLong: they cannot be sent as they are.
    """
    text = checked_text(typed)
    await _change_texts(uow, actor, language, lambda texts: texts | {language: text}, now=now)


async def remove_text(uow: UnitOfWork, actor: Actor, language: str, *, now: datetime) -> None:
    """Take the words of a language out again.

    Raises:
        NoLongerSo, NotForYou: as `type_text`.
    """

    def without(texts: dict[str, str]) -> dict[str, str]:
        return {one: text for one, text in texts.items() if one != language}

    await _change_texts(uow, actor, language, without, now=now)


async def _change_texts(
    uow: UnitOfWork,
    actor: Actor,
    language: str,
    change: Callable[[dict[str, str]], dict[str, str]],
    *,
    now: datetime,
) -> None:
    draft = await require_draft(uow, actor, now=now)
    if draft.said.kind is not BroadcastKind.OWN:
        raise NoLongerSo(str(actor.id))
    if language not in LANGUAGES:
        raise NotForYou(language)
    said = replace(draft.said, texts=change(dict(draft.said.texts)))
    await _keep(uow, actor, replace(draft, said=said), now=now)


async def narrow(
    uow: UnitOfWork, actor: Actor, what: str, value: str | UUID | None, *, now: datetime
) -> None:
    """Narrow the audience by one thing, or with None not any more.

    Raises:
        NoLongerSo: nothing is begun.
        NotForYou: there is no such thing to narrow by, or no such value.
    """
    draft = await require_draft(uow, actor, now=now)
    if what not in NARROWED_BY or not await _is_there(uow, what, value):
        raise NotForYou(what)
    chosen: Any = AudienceRole(str(value or AudienceRole.EVERYBODY)) if what == "role" else value
    audience = replace(draft.said.audience, **{what: chosen})
    await _keep(uow, actor, replace(draft, said=replace(draft.said, audience=audience)), now=now)


async def _is_there(uow: UnitOfWork, what: str, value: str | UUID | None) -> bool:
    if value is None:
        return True
    if isinstance(value, UUID):
        if what == "hearing":
            return await uow.hearings.get(value) is not None
        return what == "prisoner" and await uow.prisoners.get(value) is not None
    if what == "facility":
        return await uow.facilities.get(value) is not None
    if what == "city":
        return value in await uow.audiences.cities()
    return value in {"role": tuple(AudienceRole), "language": LANGUAGES}.get(what, ())


async def choose_missing(uow: UnitOfWork, actor: Actor, choice: str, *, now: datetime) -> None:
    """Say what becomes of those in whose language there is no text: left out, or written to in another.

    Raises:
        NoLongerSo: nothing is begun.
        NotForYou: there is no text in that language.
    """
    draft = await require_draft(uow, actor, now=now)
    if choice != LEAVE_OUT and choice not in draft.said.texts:
        raise NotForYou(choice)
    await _keep(uow, actor, replace(draft, said=replace(draft.said, missing=choice)), now=now)


async def type_urgency(uow: UnitOfWork, actor: Actor, typed: str, *, now: datetime) -> None:
    """Let it pierce quiet hours, for a reason.

    Raises:
        NoLongerSo: nothing is begun.
        ReasonRefused, TextTooLong: no reason in it, or more than 200 characters.
    """
    why = " ".join(typed.split())
    if len(why) > LONGEST_REASON:
        raise TextTooLong(LONGEST_REASON)
    if len(why) < SHORTEST_REASON or not any(sign.isalnum() for sign in why):
        raise ReasonRefused("urgency needs a reason")
    await _say(uow, actor, now=now, why=why)


async def be_patient(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Let it wait for everybody's morning again.

    Raises:
        NoLongerSo: nothing is begun.
    """
    await _say(uow, actor, now=now, why=None)


async def type_evening(uow: UnitOfWork, actor: Actor, typed: str, *, now: datetime) -> None:
    """Take when a letter evening is.

    Raises:
        NoLongerSo: no letter evening is begun.
        DateUnclear, DatePassed: it cannot be read, or lies behind.
    """
    draft = await require_draft(uow, actor, now=now)
    if draft.said.kind is not BroadcastKind.EVENING:
        raise NoLongerSo(str(actor.id))
    when = read_typed_start(typed)
    start_instant(when, uow.home_zone, now=now)
    await _say(uow, actor, now=now, when=when.strftime(WALL))


async def type_start(uow: UnitOfWork, actor: Actor, typed: str, *, now: datetime) -> None:
    """Take when it is to begin.

    Raises:
        NoLongerSo: nothing is begun.
        DateUnclear, DatePassed: it cannot be read, or lies behind.
    """
    draft = await require_draft(uow, actor, now=now)
    starts = read_typed_start(typed)
    start_instant(starts, uow.home_zone, now=now)
    await _keep(uow, actor, replace(draft, starts=starts), now=now)


async def start_at_once(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Let it begin as soon as it is sent.

    Raises:
        NoLongerSo: nothing is begun.
    """
    draft = await require_draft(uow, actor, now=now)
    await _keep(uow, actor, replace(draft, starts=None), now=now)


async def _say(uow: UnitOfWork, actor: Actor, *, now: datetime, **changes: Any) -> None:
    draft = await require_draft(uow, actor, now=now)
    await _keep(uow, actor, replace(draft, said=replace(draft.said, **changes)), now=now)


async def _keep(uow: UnitOfWork, actor: Actor, draft: BroadcastDraft, *, now: datetime) -> None:
    starts = None if draft.starts is None else draft.starts.strftime(WALL)
    body = {"said": said_to_dict(draft.said), "starts": starts}
    await uow.drafts.put(actor.id, DIALOGUE, body, expires_at=now + KEPT_FOR)
