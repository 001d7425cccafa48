"""What somebody who can write to the database, but has no key, can do to a cell."""

from sqlalchemy import text

from storage.unit_of_work import Storage


async def spoil(storage: Storage, table: str, column: str, key: str, value: bytes) -> None:
    """Change one byte in the middle of a cell; nothing unwrapped is kept."""
    where = {"value": value}
    async with storage.unit() as uow:
        read = text(f"SELECT {column} FROM {table} WHERE {key} = :value")
        cell = bytearray(await uow.session.scalar(read, where))
        cell[len(cell) // 2] ^= 1
        write = text(f"UPDATE {table} SET {column} = :cell WHERE {key} = :value")
        await uow.session.execute(write, where | {"cell": bytes(cell)})
    storage.keys.cache.clear()
