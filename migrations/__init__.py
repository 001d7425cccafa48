"""Alembic's folder: each revision stands alone, so that old ones keep running."""
