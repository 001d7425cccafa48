"""What may be sent, in words: what the cards say, who says so, and how far that can be relied on."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from handlers.fitting import ELLIPSIS, units
from locales import Words
from solidarity.possible import IN_A_LETTER, STRICTNESS, Possibility, RuleCard, Thing, Verdict, in_language
from solidarity.post import Post

# In the order in which they are read.
SENT = (Thing.LETTER, Thing.TELEGRAM, Thing.PARCEL, Thing.VISIT)
# Of a message, for sources that disagree; whatever else there is, their verdict must not be left out.
MOST_OF_SOURCES = 1800


def letter_part(words: Words, post: Post, today: date) -> str:
    """Say what becomes of a letter; where something stands above all cards, only that."""
    if post.above is not None:
        return words.say(f"post-{post.above}")
    if not post.letter.is_known:
        return words.say("post-letter-unknown")
    return _part(words, post, [Thing.LETTER], today)


def all_parts(words: Words, post: Post, today: date, between: Iterable[str] = ()) -> list[str]:
    """Say what is known of everything that is sent or done: letters first; what is alike is said once.

    Args:
        between: what is said of letters beside the cards, in paragraphs.
    """
    groups = _alike(post, words.language)
    parts = [_part(words, post, group, today) for group in groups]
    # Letters come first of all that is known.
    letter = parts.pop(0) if post.letter.is_known else letter_part(words, post, today)
    said = [letter, *between, *in_letter_parts(words, post, today), *parts]
    never = words.say("post-never")
    if sum(part.count(never) for part in said) < 2 or _is_any_checked(post):
        return said
    # What is true of all is said once, at the first of them, which is never left out for want of room.
    whole = [part.replace(f" {never}", "") for part in said]
    return [f"{whole[0]}\n{words.say('post-none-checked')}", *whole[1:]]


def _is_any_checked(post: Post) -> bool:
    return any(card.verified_on for possibility in post.of.values() for card in possibility.cards)


def _alike(post: Post, language: str) -> list[list[Thing]]:
    """Put those things together of which the cards say the same in the same words."""
    groups: dict[object, list[Thing]] = {}
    for thing in SENT:
        if post.of[thing].is_known:
            said = [
                (card.verdict, in_language(card.advice, language), card.source, card.verified_on)
                for card in _in_order(post.of[thing])
            ]
            groups.setdefault(tuple(said), []).append(thing)
    return list(groups.values())


def in_letter_parts(words: Words, post: Post, today: date) -> list[str]:
    """Say what may be put into a letter, where one may be sent and something is known of it."""
    known = [(thing, post.of[thing]) for thing in IN_A_LETTER if post.of[thing].is_known]
    if not known or not post.letter.is_reminded_of:
        return []
    lines = [words.say("post-in-letter")]
    for thing, possibility in known:
        lines += [
            f"– {_says(words, card, thing)} ({_source(words, card, today)})"
            for card in _in_order(possibility)
        ]
    if any(possibility.is_contradicted for _, possibility in known):
        lines.append(words.say("post-disagree"))
    return ["\n".join(lines)]


def abroad_advice(words: Words, post: Post) -> str | None:
    """Say what concerns those alone who send from another country; None where no card knows of anything."""
    texts = dict.fromkeys(in_language(card.abroad, words.language) for card in _cards(post))
    said = [words.say("post-abroad", advice=text) for text in texts if text]
    return "\n".join(said) or None


def brief_line(words: Words, post: Post) -> str:
    """Say in a line what may be sent and done, as far as it is known."""
    known = [(thing, post.of[thing]) for thing in SENT if post.of[thing].is_known]
    return " ".join(_verdict_line(words, thing, possibility) for thing, possibility in known)


def _in_order(possibility: Possibility) -> list[RuleCard]:
    """Return the cards as they are read: what speaks for it first, and the stricter answer to it after."""
    return sorted(possibility.cards, key=lambda card: tuple(Verdict).index(card.verdict))


def _cards(post: Post) -> Iterable[RuleCard]:
    return (card for thing in SENT for card in post.of[thing].cards)


def _part(words: Words, post: Post, things: Sequence[Thing], today: date) -> str:
    """Say what becomes of some things of which the cards say the same."""
    possibility = post.of[things[0]]
    lines = [f"<b>{_verdict_line(words, thing, possibility)}</b>" for thing in things]
    if possibility.is_contradicted:
        lines.append(words.say("post-disagree"))
        return "\n".join([*lines, *_disagreeing(words, _in_order(possibility), today)])
    for card in possibility.cards:
        advice = in_language(card.advice, words.language)
        lines += [*([words.say("post-advice", advice=advice)] if advice else []), _source(words, card, today)]
    return "\n".join(lines)


def _disagreeing(words: Words, cards: Collection[RuleCard], today: date) -> list[str]:
    """Write out what sources say that disagree: where that is too much for a message, the stricter ones."""
    said = {card: _line(words, card, today, _says(words, card)) for card in cards}
    while len(said) > 1 and sum(map(units, said.values())) > MOST_OF_SOURCES:
        del said[min(reversed(said), key=lambda card: STRICTNESS.index(card.verdict))]
    return [*said.values(), *([ELLIPSIS] if len(said) < len(cards) else [])]


def _verdict_line(words: Words, thing: Thing, possibility: Possibility) -> str:
    verdict = words.say(f"post-{possibility.verdict}")
    return words.say("post-verdict", thing=words.say(f"post-of-{_key(thing)}"), verdict=verdict)


def _line(words: Words, card: RuleCard, today: date, says: str) -> str:
    return f"– {says} {_source(words, card, today)}"


def _says(words: Words, card: RuleCard, thing: Thing | None = None) -> str:
    verdict = words.say(f"post-{card.verdict}")
    says = verdict if thing is None else f"{words.say(f'post-of-{_key(thing)}')}, {verdict}"
    advice = in_language(card.advice, words.language)
    return f"{says}." if advice is None else f"{says}: {words.say('post-advice', advice=advice)}"


def _source(words: Words, card: RuleCard, today: date) -> str:
    if card.verified_on is None:
        return f"{words.say('post-source', source=card.source)} {words.say('post-never')}"
    day = words.day(card.verified_on)
    return words.say(f"post-source-{card.trust(today)}", source=card.source, day=day)


def _key(thing: Thing) -> str:
    return thing.replace("_", "-")
