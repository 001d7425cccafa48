"""Prisoners from a file: compared with the register, and taken over with everyone concerned told once.

A row is taken over against what is known at that moment, so a row that has waited, or comes twice, does no
more than is still to be done.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from solidarity.changes import Change, Comparison
from solidarity.covering import count_anew
from solidarity.errors import NoLongerSo
from solidarity.facts import FREE, Facts, facts_with, kind_of_change, reveal_facts
from solidarity.letter_reminders import plan_letter
from solidarity.parting import ask_to_speak, end_with_release
from solidarity.post_changes import follow_prisoner
from solidarity.publicity import cover_what_stands, set_publicity
from solidarity.register import PrisonerRow
from solidarity.reminders import concerned_with, news_for, silence_prisoner
from storage.models import CustodyStatus, DifferenceKind, GuardianshipState, Person, Prisoner
from storage.prisoners import OUT_OF_REACH
from storage.unit_of_work import UnitOfWork


async def compare_prisoners(uow: UnitOfWork, rows: Sequence[PrisonerRow], *, today: date) -> Comparison:
    """Say what some hundred rows would change; the register stays as it is."""
    known = await uow.prisoners.by_sources(row.source_id for row in rows)
    await uow.vault.load_keys(prisoner.id for prisoner in known.values())
    changes = []
    for row in rows:
        prisoner = known.get(row.source_id)
        kind = await _kind(uow, prisoner, row, today)
        if kind is not None:
            changes.append(Change(kind, row.source_id, prisoner.id if prisoner else None, row))
    return Comparison(tuple(changes), len(rows) - len(changes))


async def _kind(
    uow: UnitOfWork, prisoner: Prisoner | None, row: PrisonerRow, today: date
) -> DifferenceKind | None:
    facts = None if prisoner is None else await reveal_facts(uow, prisoner)
    kind = kind_of_change(facts, facts_with(facts, row, today=today))
    if kind is None and prisoner is not None and _was_gone(prisoner):
        return DifferenceKind.DETAILS
    return kind


def _was_gone(prisoner: Prisoner) -> bool:
    return prisoner.is_silenced and prisoner.custody_status is not CustodyStatus.DIED


async def find_gone(uow: UnitOfWork, source_ids: Collection[str]) -> list[Change]:
    """Name the prisoners of the register whom a whole file does not list any more.

    Args:
        source_ids: those of all rows of the file, the refused and the left out too.
    """
    listed = {uow.prisoners.source_index(source_id) for source_id in source_ids}
    missing = [
        prisoner
        for prisoner in await uow.prisoners.all()
        if prisoner.source_index is not None
        and prisoner.source_index not in listed
        and prisoner.custody_status not in OUT_OF_REACH
        and not prisoner.is_silenced
    ]
    await uow.vault.load_keys(prisoner.id for prisoner in missing)
    return [
        Change(DifferenceKind.GONE, await uow.prisoners.reveal_source_id(prisoner) or "", prisoner.id)
        for prisoner in missing
    ]


async def apply_prisoner(uow: UnitOfWork, row: PrisonerRow, *, now: datetime) -> None:
    """Take a row over: new prisoners are kept, known ones corrected, those concerned told.

    A transfer, a verdict, a release, and that somebody is held without any contact or no longer is, are told
    to guardians and family. A death is told to nobody: everything about the prisoner falls silent, and
    coordinators are asked to speak with the family. On release guardianships end.
    """
    prisoner = (await uow.prisoners.by_sources([row.source_id])).get(row.source_id)
    await _apply(uow, prisoner, row, now=now)


async def apply_status(uow: UnitOfWork, prisoner_id: UUID | None, row: PrisonerRow, *, now: datetime) -> None:
    """Take over what a sitting changed for a known prisoner; a verdict itself was told with the sitting.

    Raises:
        NoLongerSo: they are not in the register any more.
    """
    prisoner = None if prisoner_id is None else await uow.prisoners.get(prisoner_id)
    if prisoner is None:
        raise NoLongerSo(str(prisoner_id))
    await _apply(uow, prisoner, row, now=now)


async def _apply(uow: UnitOfWork, prisoner: Prisoner | None, row: PrisonerRow, *, now: datetime) -> None:
    today = now.date()
    known = None if prisoner is None else await reveal_facts(uow, prisoner)
    facts = facts_with(known, row, today=today)
    is_back = prisoner is not None and _was_gone(prisoner)
    if facts == known and not is_back:
        return
    if prisoner is None:
        prisoner = Prisoner(custody_status=facts.custody_status)
        await uow.prisoners.add(prisoner, source_id=row.source_id)
    await _write(uow, prisoner, facts)
    await set_publicity(uow, prisoner, facts.publicity, now=now)
    if facts.custody_status is CustodyStatus.DIED:
        await fall_silent(uow, prisoner, now=now)
        await ask_to_speak(uow, prisoner.id, now=now)
        return
    if is_back:
        await _speak_again(uow, prisoner, now=now)
    if known is not None:
        await _tell(uow, prisoner, known, facts, is_verdict_told=not row.source_id, now=now)
        # That all contact is cut off says itself that nobody is reminded to write.
        is_said = facts.custody_status is CustodyStatus.INCOMMUNICADO is not known.custody_status
        await follow_prisoner(uow, prisoner, is_said=is_said, now=now)
    await count_anew(uow, prisoner.id, today=today)


async def fall_silent(uow: UnitOfWork, prisoner: Prisoner, *, now: datetime) -> None:
    """Let nothing more go out about a prisoner, and tell nobody."""
    prisoner.is_silenced = True
    await cover_what_stands(uow, prisoner.id, now=now)
    await silence_prisoner(uow, prisoner.id, now=now)


async def _speak_again(uow: UnitOfWork, prisoner: Prisoner, *, now: datetime) -> None:
    prisoner.is_silenced = False
    for guardianship in await uow.guardianships.of_prisoner(prisoner.id, GuardianshipState.ACTIVE):
        await plan_letter(uow, guardianship, now=now)


async def _write(uow: UnitOfWork, prisoner: Prisoner, facts: Facts) -> None:
    prisoner.custody_status, prisoner.custody_on = facts.custody_status, facts.custody_on
    prisoner.facility_code, prisoner.languages = facts.facility_code, facts.languages
    await uow.prisoners.describe(
        prisoner,
        names=facts.names,
        alias=facts.alias,
        born=facts.born,
        interests=facts.interests,
        case_details=facts.case,
    )


async def _tell(
    uow: UnitOfWork,
    prisoner: Prisoner,
    known: Facts,
    facts: Facts,
    *,
    is_verdict_told: bool,
    now: datetime,
) -> None:
    people = await concerned_with(uow, prisoner.id)
    kind = kind_of_change(known, facts)
    was_cut_off = known.custody_status is CustodyStatus.INCOMMUNICADO
    if was_cut_off or kind not in (None, DifferenceKind.DETAILS):
        # Whatever stands open in chats says the old thing, and may ask to write.
        await cover_what_stands(uow, prisoner.id, now=now)
    if kind is DifferenceKind.RELEASED:
        await end_with_release(uow, prisoner.id, now=now)
        await _queue(uow, people, "prisoner_released", prisoner, "", now=now)
        return
    if kind is DifferenceKind.VERDICT and not is_verdict_told:
        await _queue(uow, people, "prisoner_verdict", prisoner, facts.custody_status, now=now)
    if facts.facility_code != known.facility_code and facts.custody_status not in FREE:
        await _queue(uow, people, "prisoner_moved", prisoner, facts.facility_code or "", now=now)
    is_cut_off = facts.custody_status is CustodyStatus.INCOMMUNICADO
    if is_cut_off and not was_cut_off:
        await _queue(uow, people, "prisoner_incommunicado", prisoner, "", now=now)
    elif was_cut_off and not is_cut_off and kind is DifferenceKind.DETAILS:
        await _queue(uow, people, "prisoner_heard_of", prisoner, "", now=now)


async def _queue(
    uow: UnitOfWork, people: Collection[Person], kind: str, prisoner: Prisoner, what: str, *, now: datetime
) -> None:
    key = f"{now.date().isoformat()}:{what}"
    await uow.outbox.queue(news_for(person, kind, prisoner.id, now=now, key=key) for person in people)
