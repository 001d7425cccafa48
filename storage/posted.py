"""The bot's own messages that still stand in chats, and the buttons on them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, bindparam, delete, func, select, update

from storage.buttons import Action, Buttons
from storage.models import Button, Posted, Purpose

# What shows screens; a file, or a line without a screen, only has its end.
SHOWING = (Purpose.PLACE, Purpose.PUSH)
IS_SENT = Posted.message_id.is_not(None)
IS_OPEN = Posted.is_covered.in_((False,)) & Posted.purpose.in_(SHOWING)
# What every tap asks and writes is built once.
_MINE = Posted.person_id == bindparam("person")
_OF_MESSAGE = select(Posted).where(_MINE, Posted.message_id == bindparam("message"))
# Of the button what it means, and no object of its own.
_TAPPED = (Button.verb, Button.target, Button.argument, Button.expires_at)
_WITH_TAPPED = _OF_MESSAGE.add_columns(*_TAPPED).outerjoin(
    Button, (Button.posted_id == Posted.id) & (Button.token == bindparam("tapped"))
)
_ADOPTABLE = (
    select(Posted, *_TAPPED)
    .join(Button, Button.posted_id == Posted.id)
    .where(Button.token == bindparam("tapped"), _MINE, ~IS_SENT)
)
_PLACE = (
    select(Posted).where(_MINE, Posted.purpose == Purpose.PLACE).order_by(Posted.posted_at.desc()).limit(1)
)
_NEWEST = select(func.max(Posted.message_id)).where(_MINE, Posted.purpose != Purpose.DISCARDED)
_FIRST_CHANGES = select(
    select(func.min(Posted.delete_at)).where(IS_SENT).scalar_subquery(),
    select(func.min(Posted.cover_at)).where(IS_SENT, Posted.cover_at.is_not(None)).scalar_subquery(),
)


class PostedMessages(Buttons):
    """Queries about standing messages and their buttons."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Rows made in this unit of work: nobody else has seen them, and none can be on its way.
        self._made: set[UUID] = set()

    async def add(self, posted: Posted) -> Posted:
        self.session.add(posted)
        await self.session.flush()
        self._made.add(posted.id)
        return posted

    async def get(self, posted_id: UUID) -> Posted | None:
        return await self.session.get(Posted, posted_id, populate_existing=True)

    async def get_place(self, person_id: UUID) -> Posted | None:
        """Return a person's one screen, the newest where two stand."""
        return await self.session.scalar(_PLACE, {"person": person_id})

    async def newest_message_id(self, person_id: UUID) -> int | None:
        return await self.session.scalar(_NEWEST, {"person": person_id})

    async def by_message(self, person_id: UUID, message_id: int) -> Posted | None:
        return await self.session.scalar(_OF_MESSAGE, {"person": person_id, "message": message_id})

    async def tapped(
        self, person_id: UUID, message_id: int, token: bytes, *, now: datetime
    ) -> tuple[Posted | None, Action | None]:
        """Find the message somebody tapped, and what the tap means.

        Means nothing unless person, message and time are the button's own. A tap may come sooner than
        Telegram's answer to the sending has been written down: then that the person holds the token says
        which message it is, and its id is noted.
        """
        values = {"person": person_id, "message": message_id, "tapped": token}
        # Once more at the end: its id may be written down between the first two looks.
        for look in (_WITH_TAPPED, _ADOPTABLE, _WITH_TAPPED):
            if found := (await self.session.execute(look, values)).first():
                break
        else:
            return None, None
        posted, verb, target, argument, expires_at = found
        if posted.message_id != message_id:
            posted.message_id = message_id
            await self.session.flush()
        return posted, Action(verb, target, argument) if verb is not None and expires_at > now else None

    async def get_by_screen(self, person_id: UUID, screen: str) -> Posted | None:
        """Return the newest message of a person that shows a screen, or was sent for it."""
        return await self.session.scalar(
            select(Posted)
            .where(Posted.person_id == person_id, Posted.screen == screen)
            .order_by(Posted.posted_at.desc())
            .limit(1)
        )

    async def remove(self, posted: Posted) -> None:
        """Forget a message; the row may have gone with its person meanwhile."""
        await self.session.execute(delete(Posted).where(Posted.id == posted.id))

    async def message_ids(self, person_id: UUID) -> list[int]:
        """Return the ids of all messages that stand in a person's chat, as far as they are known."""
        found = await self.session.scalars(select(Posted.message_id).where(Posted.person_id == person_id))
        return [message_id for message_id in found if message_id is not None]

    async def discard(self, person_id: UUID, message_id: int, *, now: datetime) -> None:
        """Mark a message of a chat for deletion at once; it stays marked until that has happened."""
        if await self.by_message(person_id, message_id) is None:
            self.session.add(
                Posted(
                    id=uuid4(),
                    person_id=person_id,
                    message_id=message_id,
                    purpose=Purpose.DISCARDED,
                    screen="",
                    posted_at=now,
                    delete_at=now,
                )
            )
            await self.session.flush()

    async def retire(self, posted: Posted, *, now: datetime) -> None:
        """Take a message out of use: its buttons stop working and it is deleted at once."""
        posted.purpose, posted.delete_at, posted.cover_at = Purpose.DISCARDED, now, None
        await self.replace_buttons(posted.id, [], expires_at=now)

    async def count(self, person_id: UUID, purpose: Purpose) -> int:
        """Count a person's messages of one purpose."""
        mine = (Posted.person_id == person_id) & (Posted.purpose == purpose)
        return await self.session.scalar(select(func.count()).where(mine)) or 0

    async def retire_all(self, person_id: UUID, *, now: datetime) -> None:
        """Take every message of a person out of use: no button works any more, all are deleted at once."""
        mine = Posted.person_id == person_id
        await self.session.flush()
        await self._retire_where(mine, now=now)
        await self.session.execute(delete(Posted).where(mine, ~IS_SENT, Posted.id.in_(self._made)))

    async def _retire_where(self, old: ColumnElement[bool], *, now: datetime) -> None:
        await self.session.execute(delete(Button).where(Button.posted_id.in_(select(Posted.id).where(old))))
        retired = update(Posted).where(old).values(purpose=Purpose.DISCARDED, delete_at=now, cover_at=None)
        await self.session.execute(retired.execution_options(synchronize_session="fetch"))

    async def delete_by(self, person_id: UUID, *, at: datetime) -> None:
        """Let none of a person's standing messages stand longer than until `at`."""
        mine = (Posted.person_id == person_id) & (Posted.delete_at > at)
        await self.session.execute(update(Posted).where(mine).values(delete_at=at))

    async def take_apart_away(
        self, person_id: UUID, *, at: datetime, screens: Collection[str] | None = None
    ) -> None:
        """Let what stands beside a person's screens, or some of it, be deleted at `at` or sooner."""
        apart = (Posted.person_id == person_id) & (Posted.purpose == Purpose.APART) & (Posted.delete_at > at)
        if screens is not None:
            apart &= Posted.screen.in_(screens)
        await self.session.execute(update(Posted).where(apart).values(delete_at=at))

    async def take_paper_away(self, about: UUID, *, screens: Collection[str], at: datetime) -> None:
        """Let files about a thing, and all of one of some screens, be deleted at `at` or sooner."""
        named = (Posted.target == about) | Posted.screen.in_(screens)
        apart = (Posted.purpose == Purpose.APART) & (Posted.delete_at > at) & named
        await self.session.execute(update(Posted).where(apart).values(delete_at=at))

    async def cover_by(
        self, people: Collection[UUID], *, at: datetime, screens: Collection[str] | None = None
    ) -> None:
        """Cover some people's open messages at `at` or sooner; with `screens` only those that show one."""
        query = update(Posted).where(IS_OPEN, _is_later(at), Posted.person_id.in_(people))
        if screens is not None:
            query = query.where(Posted.screen.in_(screens))
        await self.session.execute(query.values(cover_at=at))

    async def cover_showing(self, screens: Collection[str], *, at: datetime) -> None:
        """Cover everybody's open messages that show one of some screens at `at` or sooner."""
        query = update(Posted).where(IS_OPEN, _is_later(at), Posted.screen.in_(screens))
        await self.session.execute(query.values(cover_at=at))

    async def leave_open(self, person_id: UUID, *, but: Collection[str]) -> None:
        """Take the timer from a person's open messages, except from those that show one of some screens."""
        query = update(Posted).where(IS_OPEN, Posted.person_id == person_id, Posted.screen.not_in(but))
        await self.session.execute(query.values(cover_at=None))

    async def cover_about(self, targets: Collection[UUID], *, at: datetime) -> None:
        """Cover everybody's open messages that are about certain things at `at` or sooner."""
        query = update(Posted).where(IS_OPEN, _is_later(at), Posted.target.in_(targets))
        await self.session.execute(query.values(cover_at=at))

    async def retire_about(
        self, target: UUID, *, now: datetime, revision: int, people: Collection[UUID] | None = None
    ) -> None:
        """Take what was pushed about a thing before a revision of it out of use; it is deleted at once.

        Args:
            people: whose alone; None means everybody's.
        """
        await self.session.flush()
        is_newest = Posted.argument.endswith(f":r{revision}") | Posted.argument.contains(f":r{revision}:")
        old = (Posted.target == target) & (Posted.purpose == Purpose.PUSH) & ~is_newest
        if people is not None:
            old &= Posted.person_id.in_(people)
        await self._retire_where(old, now=now)

    async def hand_over(self, person_id: UUID, *, to: UUID) -> None:
        """Let what stands in one person's chat be another's: the account is theirs from now on."""
        await self.session.flush()
        await self.session.execute(delete(Posted).where(Posted.person_id == to))
        await self.session.execute(update(Posted).where(Posted.person_id == person_id).values(person_id=to))

    async def forget_target(self, target: UUID) -> None:
        """Take a thing's id from everybody's messages that are about it; buttons that name it are gone."""
        await self.session.execute(update(Posted).where(Posted.target == target).values(target=None))
        await self.session.execute(delete(Button).where(Button.target == target))

    async def to_delete(self, *, now: datetime, limit: int) -> list[Posted]:
        """Return messages whose time is over; of one that is being sent nobody knows the id yet."""
        query = select(Posted).where(IS_SENT, Posted.delete_at <= now).order_by(Posted.delete_at).limit(limit)
        return list(await self.session.scalars(query))

    async def to_cover(self, *, now: datetime, limit: int) -> list[Posted]:
        """Return messages that nobody looks at any more."""
        query = select(Posted).where(IS_SENT, Posted.cover_at <= now).order_by(Posted.cover_at).limit(limit)
        return list(await self.session.scalars(query))

    async def open_on(self, screen: str, target: UUID) -> list[Posted]:
        """Return the open messages that show one thing on one screen."""
        query = select(Posted).where(IS_SENT, IS_OPEN, Posted.screen == screen, Posted.target == target)
        return list(await self.session.scalars(query.order_by(Posted.id)))

    async def never_sent(self, *, before: datetime, limit: int) -> list[Posted]:
        """Return rows whose message never got an id: it was not sent, or its sender died."""
        query = select(Posted).where(Posted.message_id.is_(None), Posted.posted_at < before).limit(limit)
        return list(await self.session.scalars(query))

    async def next_change(self) -> datetime | None:
        """Return when the next standing message is to be covered or deleted, or None."""
        moments = (await self.session.execute(_FIRST_CHANGES)).one()
        return min((moment for moment in moments if moment is not None), default=None)


def _is_later(at: datetime) -> ColumnElement[bool]:
    # A message never stays open longer than it would have anyway.
    return Posted.cover_at.is_(None) | (Posted.cover_at > at)
