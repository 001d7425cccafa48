"""Runs migrations on the connection it is given; it opens none and knows no settings."""

from typing import Any

from alembic import context
from sqlalchemy.types import TypeDecorator


def plain_types(kind: str, item: Any, autogen: Any) -> str | bool:
    """Write our column types into revisions as the plain types under them, so that revisions stand alone."""
    if kind != "type" or not isinstance(item, TypeDecorator):
        return False
    names = {"LargeBinary": "sa.LargeBinary()", "Text": "sa.Text()", "Integer": "sa.Integer()"}
    return names.get(
        type(item.impl_instance).__name__, "sa.BigInteger().with_variant(sa.Integer(), 'sqlite')"
    )


attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=attributes["metadata"],
    render_item=plain_types,
    render_as_batch=False,
    transaction_per_migration=False,
    transactional_ddl=False,
)
context.run_migrations()
