"""What is possible for one prisoner today, by dated rule cards: one thing, by one kind of writer.

Cards say what a source says, never what is certain: an answer without a card is neither a yes nor a no, and
two cards that disagree are both shown. Which wins, and why, stands in docs/decisions/0019.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from solidarity.trust import Trust, trust_of
from storage.models import CustodyStatus


class Thing(StrEnum):
    """What somebody may send or do, and what may be put into a letter."""

    LETTER = "letter"
    TELEGRAM = "telegram"
    PARCEL = "parcel"
    VISIT = "visit"
    BLANK_PAPER = "blank_paper"
    STICKERS = "stickers"
    LONG_LETTER = "long_letter"


IN_A_LETTER = (Thing.BLANK_PAPER, Thing.STICKERS, Thing.LONG_LETTER)


class Writer(StrEnum):
    """Who somebody is to the prisoner: nobody they know, on the list they filed, or a close relative."""

    STRANGER = "stranger"
    NAMED = "named"
    RELATIVE = "relative"


class Verdict(StrEnum):
    """What a card says, the stricter the further down: to be in danger is worse than to try in vain."""

    ALLOWED = "allowed"
    DISCOURAGED = "discouraged"
    IMPOSSIBLE = "impossible"
    DANGEROUS = "dangerous"


class Above(StrEnum):
    """What stands above all cards, because it is no statement about the post."""

    SILENCED = "silenced"
    FREE = "free"
    DEAD = "dead"


STRICTNESS = tuple(Verdict)
NO_POST = {
    CustodyStatus.RELEASED: Above.FREE,
    CustodyStatus.EXILED: Above.FREE,
    CustodyStatus.DIED: Above.DEAD,
}
# Who is at home is in no place, and who is held without contact is cut off from what the place allows others:
# a card for any status does not mean them.
SET_APART = frozenset({CustodyStatus.HOUSE_ARREST, CustodyStatus.HOME_KHIMIYA, CustodyStatus.INCOMMUNICADO})
WITHOUT_REMINDER = frozenset({Verdict.IMPOSSIBLE, Verdict.DANGEROUS})
LANGUAGES = ("be", "ru", "en")


@dataclass(frozen=True)
class RuleCard:
    """One dated statement, the narrower the more it names of place, custody status and writer.

    Attributes:
        facility: code of a place. It and `kind` exclude each other; neither is anywhere.
        advice: sentences by language, of which a card from the desk may have one only.
        abroad: what concerns those alone who send from another country.
        source: addresses of pages and their days, alike in every language.
        verified_on: when somebody last found the source still true; None is never.

    Raises:
        ValueError: it names both a place and a kind of place.
    """

    id: str
    thing: Thing
    verdict: Verdict
    source: str
    facility: str | None = None
    kind: str | None = None
    status: CustodyStatus | None = None
    writer: Writer | None = None
    advice: Mapping[str, str] = field(default_factory=dict, hash=False)
    abroad: Mapping[str, str] = field(default_factory=dict, hash=False)
    verified_on: date | None = None

    def __post_init__(self) -> None:
        if self.facility is not None and self.kind is not None:
            raise ValueError(f"{self.id}: a place and a kind of place")

    @property
    def narrowness(self) -> tuple[int, bool, bool]:
        """How narrow it is: the place weighs more than the custody status, and this more than the writer."""
        place = 2 if self.facility is not None else int(self.kind is not None)
        return place, self.status is not None, self.writer is not None

    def trust(self, today: date) -> Trust:
        """Say how far to rely on it: verified within 180 days, longer ago, or never."""
        return trust_of(self.verified_on, today)


@dataclass(frozen=True)
class Held:
    """How and where a prisoner is held, as far as is known."""

    status: CustodyStatus
    facility: str | None = None
    kind: str | None = None
    is_silenced: bool = False


@dataclass(frozen=True)
class Possibility:
    """What may be said about one thing.

    Attributes:
        above: set where no card counts; then there is neither verdict nor card.
        verdict: what is acted upon, the stricter of a contradiction; None is not known.
        cards: every card it rests on, in the order of their ids; those of a contradiction are all there.
    """

    above: Above | None = None
    verdict: Verdict | None = None
    cards: tuple[RuleCard, ...] = ()

    @property
    def is_known(self) -> bool:
        return self.verdict is not None

    @property
    def is_contradicted(self) -> bool:
        return len({card.verdict for card in self.cards}) > 1

    @property
    def is_reminded_of(self) -> bool:
        """Whether a Guardian is reminded of it: also where nothing is known, for then there is hope."""
        return self.above is None and self.verdict not in WITHOUT_REMINDER

    def trust(self, today: date) -> Trust | None:
        """Say how far to rely on the least trusted of its cards; None where there is none."""
        found = {card.trust(today) for card in self.cards}
        return next((t for t in (Trust.NEVER, Trust.LONG_AGO, Trust.CHECKED) if t in found), None)


def possible(cards: Iterable[RuleCard], held: Held, writer: Writer, thing: Thing) -> Possibility:
    """Say whether one kind of writer may send one prisoner one thing.

    Of the cards that fit, the narrowest count, and of these the newest by the day they were verified; one
    that was never verified is older than all.
    """
    if held.is_silenced:
        return Possibility(above=Above.SILENCED)
    if held.status in NO_POST:
        return Possibility(above=NO_POST[held.status])
    fitting = [card for card in cards if _fits(card, held, writer, thing)]
    if not fitting:
        return Possibility()
    best = max(map(_rank, fitting))
    winners = sorted((card for card in fitting if _rank(card) == best), key=lambda card: card.id)
    strictest = max((card.verdict for card in winners), key=STRICTNESS.index)
    return Possibility(verdict=strictest, cards=tuple(winners))


def in_language(texts: Mapping[str, str], language: str) -> str | None:
    """Return a card's text in a language, else in the first there is of be, ru and en."""
    return next((texts[each] for each in (language, *LANGUAGES) if texts.get(each)), None)


def _fits(card: RuleCard, held: Held, writer: Writer, thing: Thing) -> bool:
    return (
        card.thing is thing
        and card.facility in (None, held.facility)
        and card.kind in (None, held.kind)
        and card.writer in (None, writer)
        and (card.status is held.status or (card.status is None and held.status not in SET_APART))
    )


def _rank(card: RuleCard) -> tuple[tuple[int, bool, bool], date]:
    return card.narrowness, card.verified_on or date.min
