"""Which of the ways through the bot were gone, so that a new one that nobody goes fails a test."""

from sqlalchemy import text

from handlers.buttons import read_token
from handlers.routes import BUTTONS, COMMANDS, WORDS
from handlers.vocabulary import BEFORE, LOOKING, read
from sandbox.person import Person
from storage.unit_of_work import Storage

TYPED_AT = {f"type at {route.on}" for route in WORDS}
ALL = {f"/{route.on}" for route in COMMANDS} | {f"tap {route.on}" for route in BUTTONS} | TYPED_AT
ALL |= {f"look {step}" for step in (*BEFORE, *LOOKING)}
SEEN = 40
VERB = text("SELECT verb FROM button WHERE token = :token")
PLACE = text("SELECT screen FROM posted WHERE person_id = :person AND purpose = 'place'")


class Ways:
    """Notes what is tapped and typed, before it happens."""

    def __init__(self) -> None:
        self.gone: set[str] = set()
        self._seen: set[tuple[str, str]] = set()

    async def note_words(self, storage: Storage, person: Person, words: str) -> None:
        if words.startswith("/"):
            self.gone.add(words.split()[0])
            return
        if self.gone >= TYPED_AT:
            return
        async with storage.view() as uow:
            known = await uow.people.get_by_chat(person.user_id)
            if known is not None:
                screen = await uow.session.scalar(PLACE, {"person": known.id.bytes})
                self.gone.add(f"type at {screen}")

    async def note_tap(self, storage: Storage, person: Person, label: str) -> None:
        """Note what a button does; of those that look alike on screens that begin alike, once."""
        message = next(one for one in reversed(person.visible) if one.data_of(label) is not None)
        data, looks = message.data_of(label), (label, message.text[:SEEN])
        step, token = read(data), read_token(data)
        if step is not None:
            self.gone.add(f"look {step.name}")
        elif token is not None and looks not in self._seen:
            self._seen.add(looks)
            async with storage.view() as uow:
                self.gone.add(f"tap {await uow.session.scalar(VERB, {'token': token})}")

    def left_out(self) -> set[str]:
        return ALL - self.gone
