"""An installation of this release, on either database."""

from pathlib import Path

import pytest

from bot.configuration.settings import Settings
from bot.installing.installation import create
from tests.world import NOON


@pytest.fixture
def settings(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """An installation of this release."""
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    settings = Settings(data_dir=tmp_path / "data", database_url=url)
    create(settings, now=NOON)
    return settings
