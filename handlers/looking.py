"""*Just look*: public prisoners, addresses and advice on writing, for somebody of whom nothing is kept."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from handlers.fitting import COPY_LIMIT, fitting_parts
from handlers.post import abroad_advice, all_parts
from handlers.screen import Button, CopyButton, Row, Screen
from handlers.vocabulary import Step
from locales import Words
from solidarity.addresses import COUNTRY, Place
from solidarity.errors import NotForYou
from solidarity.looking import Page, address, addresses, glimpse, public_prisoners
from solidarity.trust import Trust
from solidarity.work import UnitOfWork


async def look(uow: UnitOfWork, step: Step, *, today: date) -> Screen:
    """Draw the screen a step names; what is not public, or not there, leads back to the beginning."""
    words = Words(step.language)
    try:
        screen = await STEPS[step.name](uow, step, words, today)
    except NotForYou as refusal:
        home = _home(step, words)
        screen = Screen(f"<i>{words.say(refusal.wording)}</i>\n\n{home.text}", home.rows)
    clear = Button(words.say("button-newcomer-clear"), step.to("clear"))
    return Screen(screen.text, [*screen.rows, [clear]])


def _home(step: Step, words: Words) -> Screen:
    choices = [
        Button(words.say(f"button-look-{name}"), step.to(name)) for name in ("people", "places", "advice")
    ]
    return Screen(words.say("look-home"), [*([choice] for choice in choices), [_back(step, words, "notice")]])


async def _draw_home(_uow: UnitOfWork, step: Step, words: Words, _today: date) -> Screen:
    return _home(step, words)


async def _people(uow: UnitOfWork, step: Step, words: Words, _today: date) -> Screen:
    page = await public_prisoners(uow, language=step.language, number=step.page)
    text = words.say("look-people" if page.entries else "look-people-none")
    return Screen(text, _list(page, step, words, leads_to="one"))


async def _one(uow: UnitOfWork, step: Step, words: Words, today: date) -> Screen:
    seen = await glimpse(uow, step.thing, language=step.language, today=today)
    lines = [words.say("look-one-name", name=seen.name)]
    lines.append(
        words.say("look-one-place", place=seen.place.name)
        if seen.place
        else words.say("look-one-place-unknown")
    )
    if seen.since is None:
        lines.append(words.say("look-one-since-unknown"))
    else:
        lines.append(words.say("look-one-since", day=words.day(seen.since)))
    if seen.interests:
        lines.append(words.say("look-one-interests", interests=seen.interests))
    rows: list[Row] = [[_back(step, words, "people", page=step.page)]]
    if seen.place_id is not None:
        rows.insert(
            0, [Button(words.say("button-look-address"), step.to("post", page=step.page, thing=step.thing))]
        )
    abroad = filter(None, [abroad_advice(words, seen.post)])
    possible = all_parts(words, seen.post, today, abroad)
    return Screen(fitting_parts(["\n".join(lines), *possible]), rows)


async def _places(uow: UnitOfWork, step: Step, words: Words, today: date) -> Screen:
    page = await addresses(uow, language=step.language, number=step.page, today=today)
    text = words.say("look-places" if page.entries else "look-places-none")
    return Screen(text, _list(page, step, words, leads_to="place"))


async def _place(uow: UnitOfWork, step: Step, words: Words, today: date) -> Screen:
    place = await address(uow, step.thing, language=step.language, today=today)
    return _address(place, words, _back(step, words, "places", page=step.page))


async def _post(uow: UnitOfWork, step: Step, words: Words, today: date) -> Screen:
    seen = await glimpse(uow, step.thing, language=step.language, today=today)
    place = await address(uow, seen.place_id, language=step.language, today=today)
    back = Button(words.say("button-back"), step.to("one", page=step.page, thing=step.thing))
    return _address(place, words, back)


def _address(place: Place, words: Words, back: Button) -> Screen:
    lines = "\n".join([*place.lines, COUNTRY])
    text = [words.say("look-place", name=place.name, address=lines), _trust(place, words)]
    if place.is_in_latin:
        text.append(words.say("look-place-latin"))
    text.append(words.say("look-place-source", source=place.source))
    is_copied = len(lines) <= COPY_LIMIT
    rows: list[Row] = [[CopyButton(words.say("button-look-copy"), lines)]] if is_copied else []
    return Screen("\n\n".join(text), [*rows, [back]])


async def _advice(_uow: UnitOfWork, step: Step, words: Words, _today: date) -> Screen:
    return Screen(words.say("look-advice"), [[_back(step, words, "look")]])


def _trust(place: Place, words: Words) -> str:
    if place.verified_on is None:
        return words.say("look-place-never")
    key = "look-place-checked" if place.trust is Trust.CHECKED else "look-place-stale"
    return words.say(key, day=words.day(place.verified_on))


def _list(page: Page, step: Step, words: Words, *, leads_to: str) -> Sequence[Row]:
    rows: list[Row] = [
        [Button(entry.name, step.to(leads_to, page=page.number, thing=entry.id))] for entry in page.entries
    ]
    turns = []
    if page.number > 0:
        turns.append(Button(words.say("button-look-earlier"), step.to(step.name, page=page.number - 1)))
    if not page.is_last:
        turns.append(Button(words.say("button-look-next"), step.to(step.name, page=page.number + 1)))
    return [*rows, *([turns] if turns else []), [_back(step, words, "look")]]


def _back(step: Step, words: Words, name: str, *, page: int = 0) -> Button:
    return Button(words.say("button-back"), step.to(name, page=page))


Draw = Callable[[UnitOfWork, Step, Words, date], Awaitable[Screen]]
STEPS: dict[str, Draw] = {
    "look": _draw_home,
    "people": _people,
    "one": _one,
    "places": _places,
    "place": _place,
    "post": _post,
    "advice": _advice,
}
