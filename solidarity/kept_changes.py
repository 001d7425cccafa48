"""Changes that wait for a coordinator: kept as differences, whoever found them."""

from collections.abc import Sequence
from datetime import date

from solidarity.changes import Change
from storage.models import Difference
from storage.unit_of_work import UnitOfWork


async def keep_differences(uow: UnitOfWork, changes: Sequence[Change], *, day: date) -> list[Difference]:
    """Keep some hundred changes for a coordinator, sealed under a data key of their own."""
    if not changes:
        return []
    import_id = await uow.differences.open_import()
    return [
        await uow.differences.add(
            import_id, change.kind, change.to_body(), prisoner_id=change.prisoner_id, day=day
        )
        for change in changes
    ]
