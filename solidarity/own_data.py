"""What is kept about a person, for that person: what they are shown, and why the rest is not.

A test holds these lists against the tables: a new column stands in one of them or fails it.
"""

from dataclasses import dataclass
from uuid import UUID

from solidarity.duress import MEMORY
from storage.models import (
    Attendance,
    Code,
    Desk,
    Draft,
    Following,
    Guardianship,
    Kinship,
    Letter,
    OutboxRow,
    Person,
    Portfolio,
    Posted,
    Request,
    Restriction,
    Role,
    Told,
)
from storage.own_data import Kept as Kept
from storage.own_data import Part
from storage.unit_of_work import UnitOfWork

PARTS = (
    Part(
        Person,
        (
            "chat", "phrase", "name", "phone", "email", "post", "language", "form", "zone", "hour",
            "quiet_from", "quiet_to", "reminders_off", "texts", "delete_after_hours", "letter_languages",
            "is_reachable", "joined_on", "last_seen_on",
        ),
        owner="id",
    ),
    Part(Role, ("role", "day")),
    Part(Kinship, ("state", "since", "is_on_behalf")),
    Part(
        Guardianship,
        (
            "state", "rhythm_weeks", "word", "question", "answer", "applied_on", "started_on",
            "paused_until", "unanswered", "reminded_on", "quiet_on", "offered_on", "ended_on", "reason",
        ),
    ),
    Part(Letter, ("number", "written_on", "outcome", "outcome_on")),
    Part(Told, ("revision", "keep_until")),
    Part(Following, ("city", "since")),
    Part(Attendance, ("said_on",)),
    Part(
        OutboxRow,
        ("kind", "state", "due_at", "planned_at", "useful_until", "lane", "attempts", "settled_at"),
    ),
    Part(Posted, ("purpose", "posted_at", "is_covered", "cover_at", "delete_at")),
    # A desk opened under duress remembers what only seems to have been done; whoever looks must not learn it.
    Part(Draft, ("expires_at",), but=("dialogue", MEMORY)),
    Part(Desk, ("wrong_tries", "locked_until", "open_until", "shuffles")),
    Part(Restriction, ("kind", "set_at", "until")),
    Part(Request, ("kind", "why", "state", "asked_at", "decided_at", "expires_at"), owner="requested_by"),
    Part(Portfolio, ("since",)),
    Part(Code, ("kind", "is_on_behalf", "rhythm_weeks", "expires_at"), owner="issued_by"),
)  # fmt: skip

_RANDOM = "a random number that says nothing by itself"
_OTHERS = "about somebody else"
_SCREENS = "the message itself shows it"
_SIGNATURE = "a keyed checksum against forgery"

# Why a column of those tables is not shown.
WITHHELD = {
    "person.id": _RANDOM,
    "person.chat_index": "a keyed hash of the Telegram number, which is shown",
    "person.rights": _SIGNATURE,
    "person.asked_on": "whoever looks has come, which answers the question, and so it is empty again",
    "role.id": _RANDOM,
    "role.person_id": _RANDOM,
    "role.scope": _OTHERS,
    "role.granted_by": _OTHERS,
    "role.revision": "how often the right was given and taken; the rights that stand are shown",
    "role.mac": _SIGNATURE,
    "kinship.id": _RANDOM,
    "kinship.person_id": _RANDOM,
    "kinship.prisoner_id": _OTHERS,
    "kinship.confirmed_by": _OTHERS,
    "guardianship.id": _RANDOM,
    "guardianship.person_id": _RANDOM,
    "guardianship.prisoner_id": _OTHERS,
    "guardianship.asked_by": _OTHERS,
    "guardianship.decided_by": _OTHERS,
    "guardianship.handed_over_on": _OTHERS,
    "guardianship.rhythm_on": "follows from rhythm and letters, which are shown",
    "guardianship.told_until": "follows from the reminders, which are shown",
    "letter.id": _RANDOM,
    "letter.person_id": _RANDOM,
    "letter.guardianship_id": _RANDOM,
    "letter.prisoner_id": _OTHERS,
    "letter.facility_code": _OTHERS,
    "following.id": _RANDOM,
    "following.person_id": _RANDOM,
    "following.prisoner_id": _OTHERS,
    "attendance.hearing_id": _OTHERS,
    "attendance.person_id": _RANDOM,
    "told.hearing_id": _OTHERS,
    "told.person_id": _RANDOM,
    "outbox.id": _RANDOM,
    "outbox.person_id": _RANDOM,
    "outbox.about_id": _OTHERS,
    "outbox.revision": "which version of a court date it speaks of",
    "outbox.unique_key": "made of random numbers and the kind, which is shown",
    "outbox.claim": _RANDOM,
    "outbox.claimed_until": "until when a process holds it, two minutes at most",
    "posted.id": _RANDOM,
    "posted.person_id": _RANDOM,
    "posted.message_id": "the message's number in the chat, where it stands",
    "posted.screen": _SCREENS,
    "posted.target": _OTHERS,
    "posted.argument": _SCREENS,
    "draft.id": _RANDOM,
    "draft.person_id": _RANDOM,
    "draft.dialogue": _SCREENS,
    "draft.body": "half said, it may be about others or be a PIN; the chat offers it again where it was",
    "desk.person_id": _RANDOM,
    "desk.pin": "a hash that must leave the server in no form",
    "desk.duress_pin": "a hash; and whoever is forced to look here must not learn whether there is one",
    "desk.mac": _SIGNATURE,
    "desk.is_decoy": "whoever is forced to look here must not learn it",
    "restriction.id": _RANDOM,
    "restriction.person_id": _RANDOM,
    "restriction.set_by": _OTHERS,
    "restriction.mac": _SIGNATURE,
    "request.id": _RANDOM,
    "request.requested_by": _RANDOM,
    "request.about_id": _OTHERS,
    "request.argument": _SCREENS,
    "request.decided_by": _OTHERS,
    "request.mac": _SIGNATURE,
    "portfolio.prisoner_id": _OTHERS,
    "portfolio.person_id": _RANDOM,
    "code.id": _RANDOM,
    "code.mac": _SIGNATURE,
    "code.prisoner_id": _OTHERS,
    "code.issued_by": _RANDOM,
}

# Why a table is not looked at.
NOT_ABOUT_WHO_ASKS = {
    "audit_entry": "acts without names, which nobody may be able to take back",
    "audit_head": "where the trail of acts stands",
    "broadcast": "words to many and how many got them; whose they were stands there until they leave",
    "button": "what the buttons of a message do, which the message shows",
    "court": "names of courts",
    "coverage": "about prisoners",
    "data_key": "the wrapped keys that seal all this",
    "departed": "random numbers of those who left",
    "difference": "imported rows about prisoners",
    "facility": "public places",
    "farewell": "chats of those who left",
    "hearing": "about prisoners",
    "hiding": "nobody who hides can ask, and under their account it would be somebody else's",
    "installation": "about the installation",
    "lease": "which process does which job",
    "milestone": "about prisoners",
    "prisoner": "about prisoners",
    "prisoner_name": "about prisoners",
    "process": "about running processes",
    "recipient": "public keys of those who hold backups",
    "seen_update": "bare numbers of updates, of nobody in particular",
    "rule_card": "what is sent to whom, for everybody; who wrote it stands there for two to agree",
    "sender": "about running processes",
    "turn": "which process writes to whom just now, for two minutes at most",
    "word_list": "words that letters do without, for everybody; who wrote them stands there for two to agree",
}


@dataclass(frozen=True)
class Record:
    """One row of one table, with its shown columns by name."""

    table: str
    values: dict[str, Kept]

    def __repr__(self) -> str:
        return f"Record({self.table})"


async def own_records(uow: UnitOfWork, person_id: UUID) -> list[Record]:
    """Gather what is kept about a person, opened; nothing of it is about anybody else."""
    desk = await uow.desks.get(person_id)
    # Whoever is forced to look here must not learn that the rights of this desk have ended.
    is_decoy = desk is not None and desk.is_decoy
    return [
        Record(part.table, values)
        for part in PARTS
        for values in await uow.own_data.reveal_all(part, person_id, with_ended_roles=is_decoy)
    ]
