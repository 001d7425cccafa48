"""Becoming a Guardian: languages, a rhythm, one person at a time, the promise, and a word along with it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from handlers.post import letter_part
from handlers.screen import Screen, Turn, View
from handlers.screens import screen
from locales import LANGUAGES
from solidarity.cards import Card, card_for, silence_since
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.guardianship import apply_as_guardian, mine, require_free_hands, tidy_word
from solidarity.people import letter_languages_of, set_letter_languages
from solidarity.rhythm import RHYTHMS
from solidarity.suggesting import require_suggestible, suggest

DIALOGUE = "adopt"
KEPT_FOR = timedelta(hours=24)


async def _draft(view: View) -> dict[str, Any]:
    draft = await view.uow.drafts.reveal(view.actor.id, DIALOGUE, now=view.now)
    if not draft:
        raise NoLongerSo(DIALOGUE)
    # A draft of the release before has nothing of it.
    return {"is_once": False, **draft}


async def _keep(turn: Turn, draft: dict[str, Any]) -> None:
    await turn.uow.drafts.put(turn.actor.id, DIALOGUE, draft, expires_at=turn.now + KEPT_FOR)


async def begin(turn: Turn) -> None:
    """Start over with the languages a person gave before."""
    await require_free_hands(turn.uow, turn.actor)
    await begin_draft(turn)
    turn.go("adopt-languages")


async def begin_draft(turn: Turn, *, is_once: bool = False) -> None:
    """Begin to choose somebody, to stand by or to write to once."""
    languages = await letter_languages_of(turn.uow, turn.actor) or [turn.actor.language]
    await _keep(turn, {"languages": languages, "rhythm": None, "shown": [], "word": None, "is_once": is_once})


@screen("adopt-languages")
async def languages_screen(view: View) -> Screen:
    """Offer each language as a switch that says whether it is on."""
    chosen = (await _draft(view))["languages"]
    switches = [f"adopt-{language}-{'yes' if language in chosen else 'no'}" for language in LANGUAGES]
    rows = [
        [view.button(label, "adopt-language", argument=language)]
        for label, language in zip(switches, LANGUAGES, strict=True)
    ]
    return Screen(
        view.say("adopt-languages"),
        [*rows, [view.button("adopt-done", "adopt-languages-done")], [view.back()]],
    )


async def toggle_language(turn: Turn) -> None:
    """Switch one language on or off."""
    draft = await _draft(turn)
    if turn.argument not in LANGUAGES:
        raise NotForYou("language")
    draft["languages"] = sorted(set(draft["languages"]) ^ {turn.argument})
    await _keep(turn, draft)
    turn.go("adopt-languages")


async def choose_rhythm(turn: Turn) -> None:
    """Take the languages as they stand and ask how often."""
    draft = await _draft(turn)
    languages = draft["languages"]
    if not languages:
        turn.hint = turn.say("adopt-choose-language")
        return turn.go("adopt-languages")
    await set_letter_languages(turn.uow, turn.actor, languages)
    if draft["is_once"]:
        return await _show_next(turn, draft)
    return turn.go("adopt-rhythm")


@screen("adopt-rhythm")
async def rhythm_screen(view: View) -> Screen:
    """Ask how often somebody can write."""
    rows = [
        [view.button("adopt-rhythm", "adopt-rhythm", argument=str(weeks), weeks=weeks)] for weeks in RHYTHMS
    ]
    return Screen(view.say("adopt-rhythm"), [*rows, [view.back("adopt-languages")]])


async def take_rhythm(turn: Turn) -> None:
    """Take the rhythm and show the first person."""
    draft = await _draft(turn)
    if turn.argument not in map(str, RHYTHMS):
        raise NotForYou("rhythm")
    draft["rhythm"] = int(turn.argument)
    await _show_next(turn, draft)


async def show_another(turn: Turn) -> None:
    """Show the next person; after the last one it begins again."""
    await _show_next(turn, await _draft(turn))


async def _show_next(turn: Turn, draft: dict[str, Any]) -> None:
    shown = [UUID(hex=one) for one in draft["shown"]]
    found = await suggest(
        turn.uow, turn.actor, languages=draft["languages"], shown=shown, public_only=draft["is_once"]
    )
    if shown and found == shown[-1]:
        turn.hint = turn.say("adopt-nobody-else")
    draft["shown"] = [found.hex] if found in shown else [*draft["shown"], found.hex]
    await _keep(turn, draft)
    turn.go("adopt-person", found)


async def _offered(view: View) -> tuple[UUID, Card]:
    prisoner = await require_suggestible(view.uow, view.target)
    return prisoner.id, await card_for(view.uow, view.actor, prisoner.id)


@screen("adopt-person")
async def person_screen(view: View) -> Screen:
    """Show one person, by name or alias."""
    prisoner_id, card = await _offered(view)
    days = await silence_since(view.uow, view.actor, prisoner_id)
    lines = [
        view.say("adopt-person-name", name=card.name),
        view.say("adopt-place", place=card.place.name) if card.place else view.say("adopt-place-unknown"),
        view.say("adopt-since", day=view.words.day(card.detained_on)) if card.detained_on else None,
        view.say("adopt-likes", interests=card.interests) if card.interests else None,
        view.say("adopt-nobody-writes") if days is None else view.say("adopt-last-letter", days=days),
    ]
    is_once = (await _draft(view))["is_once"]
    rows = [
        [view.button("adopt-promise", "go:one-letter" if is_once else "go:adopt-promise", prisoner_id)],
        [view.button("adopt-another", "adopt-another")],
        [view.button("adopt-why", "go:adopt-why", prisoner_id)],
        [view.back("adopt-languages" if is_once else "adopt-rhythm")],
    ]
    return Screen("\n".join(line for line in lines if line), rows)


@screen("adopt-why")
async def why_screen(view: View) -> Screen:
    """Say how people are chosen, without a word about how many write to whom."""
    return Screen(view.say("adopt-why"), [[view.back("adopt-person", view.target)]])


@screen("adopt-promise")
async def promise_screen(view: View) -> Screen:
    """Say what is promised and what is possible today; what is typed here goes along."""
    prisoner_id, card = await _offered(view)
    draft = await _draft(view)
    if draft["rhythm"] is None:
        raise NoLongerSo(DIALOGUE)
    word = draft["word"]
    parts = [
        view.say("adopt-promise", name=card.name, weeks=draft["rhythm"]),
        letter_part(view.words, card.post, view.actor.today),
        None if set(draft["languages"]) & {"be", "ru"} else view.say("advice-language"),
        view.say("adopt-word", word=word) if word else view.say("adopt-word-ask"),
    ]
    rows = [
        [view.button("adopt-send", "adopt-send", prisoner_id)],
        [view.back("adopt-person", prisoner_id)],
    ]
    return Screen("\n\n".join(part for part in parts if part), rows)


async def take_word(turn: Turn) -> None:
    """Keep the typed word until it is sent; a new one takes its place."""
    await require_suggestible(turn.uow, turn.target)
    draft = await _draft(turn)
    draft["word"] = tidy_word(turn.text) or None
    await _keep(turn, draft)
    turn.go("adopt-promise", turn.target)


async def send(turn: Turn) -> None:
    """Apply."""
    draft = await _draft(turn)
    if turn.target is None or draft["rhythm"] is None:
        raise NoLongerSo(DIALOGUE)
    application = await apply_as_guardian(
        turn.uow,
        turn.actor,
        turn.target,
        rhythm_weeks=draft["rhythm"],
        word=draft["word"],
        now=turn.now,
    )
    await turn.uow.drafts.drop(turn.actor.id, DIALOGUE)
    turn.go("application-sent", application.id)


@screen("application-sent")
async def sent_screen(view: View) -> Screen:
    """Say what happens next."""
    application = await mine(view.uow, view.actor, view.target)
    card = await card_for(view.uow, view.actor, application.prisoner_id)
    return Screen(view.say("adopt-sent", name=card.name), [[view.back()]])
