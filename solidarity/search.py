"""Finding a prisoner by a name somebody typed, without telling who stands behind an alias."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from solidarity.access import Actor
from solidarity.naming import alias_of, name_for
from solidarity.portfolios import own_portfolio
from solidarity.typed_errors import TextTooLong
from storage.models import Publicity
from storage.prisoners import name_words
from storage.unit_of_work import UnitOfWork

MOST_SHOWN = 10
LONGEST = 100
KEPT_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Found:
    """One prisoner as a coordinator may call them."""

    prisoner_id: UUID
    name: str


@dataclass(frozen=True)
class Findings:
    """At most ten prisoners, one's own first, by name; `has_more` where the words fit others too."""

    found: tuple[Found, ...]
    has_more: bool


async def find_prisoners(uow: UnitOfWork, actor: Actor, text: str) -> Findings:
    """Find prisoners whose name or alias holds every word of a search, whole and in any language.

    A hidden prisoner is found by their alias only: a search by name must not tell whose it is.
    """
    named = [p for p in await uow.prisoners.named(text) if p.publicity is not Publicity.HIDDEN]
    found = [Found(p.id, await name_for(uow, actor, p, at_desk=True)) for p in named]
    found += await _hidden(uow, actor, name_words(text))
    mine = await own_portfolio(uow, actor)
    found.sort(key=lambda f: (f.prisoner_id not in mine, f.name.casefold(), f.prisoner_id))
    return Findings(tuple(found[:MOST_SHOWN]), len(found) > MOST_SHOWN)


async def looked_after(uow: UnitOfWork, actor: Actor) -> list[Found]:
    """Return the prisoners in a coordinator's own portfolio, by name."""
    prisoners = await uow.prisoners.among(await own_portfolio(uow, actor))
    await uow.vault.load_keys(p.id for p in prisoners)
    found = [Found(p.id, await name_for(uow, actor, p, at_desk=True)) for p in prisoners]
    return sorted(found, key=lambda f: (f.name.casefold(), f.prisoner_id))


async def _hidden(uow: UnitOfWork, actor: Actor, words: set[str]) -> list[Found]:
    if not words:
        return []
    aliases = [(p, await alias_of(uow, p, actor.language)) for p in await uow.prisoners.hidden()]
    return [Found(p.id, alias) for p, alias in aliases if words <= name_words(alias)]


async def keep_search(uow: UnitOfWork, actor: Actor, dialogue: str, text: str, *, now: datetime) -> None:
    """Keep what was typed for ten minutes, sealed, so that the same list can be shown again.

    Raises:
        TextTooLong: more than 100 characters.
    """
    if len(text) > LONGEST:
        raise TextTooLong(LONGEST)
    await uow.drafts.put(actor.id, f"search:{dialogue}", {"text": text}, expires_at=now + KEPT_FOR)


async def get_search(uow: UnitOfWork, actor: Actor, dialogue: str, *, now: datetime) -> str | None:
    """Return what was last searched for in a dialogue, or None when that is over ten minutes ago."""
    text: str | None = (await uow.drafts.reveal(actor.id, f"search:{dialogue}", now=now)).get("text")
    return text


async def drop_search(uow: UnitOfWork, actor: Actor, dialogue: str) -> None:
    """Forget what was searched for."""
    await uow.drafts.drop(actor.id, f"search:{dialogue}")
