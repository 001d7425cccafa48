"""README and docs/operations.md as an operator follows them: commands and settings they name are there."""

import re
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.commands.init import NEXT
from bot.configuration.settings import PREFIX, SECRETS, Settings, load_settings

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/operations.md")
SETTINGS = {PREFIX + name.upper() for name in Settings.model_fields} | {
    f"{PREFIX}{name}_FILE" for name in SECRETS
}


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def example(name: str, first: str) -> str:
    """Return the indented block that begins with a line, also one inside a step."""
    block = re.search(rf"^( {{4,}}){re.escape(first)}\n(?:(?:\1.*)?\n)*", page(name), re.MULTILINE)
    assert block is not None
    return re.sub(f"^{block[1]}", "", block.group(), flags=re.MULTILINE)


@pytest.mark.parametrize("name", PAGES)
def test_every_command_that_a_page_names_is_one(name: str) -> None:
    named = set(re.findall(r"(?:[`/]|^ *)poruch ([a-z]+)\b", page(name), re.MULTILINE))

    assert len(named) > 5
    assert named - COMMANDS.keys() == set()


@pytest.mark.parametrize("name", PAGES)
def test_every_setting_that_a_page_names_is_one(name: str) -> None:
    named = set(re.findall(r"\bPORUCH_[A-Z_]+\b", page(name)))

    assert "PORUCH_KEY_SOURCE" in named
    assert named - SETTINGS - {PREFIX} == set()


def test_every_setting_in_the_table_is_one() -> None:
    table = page("README.md").partition("### Settings")[2].partition("###")[0]
    named = {PREFIX + name for name in re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)}

    assert "PORUCH_TOKEN" in named
    assert named - SETTINGS == set()


def test_the_readme_goes_on_from_init_as_init_says() -> None:
    readme = re.sub(r"\s+", " ", page("README.md").replace("`", ""))

    assert " ".join(f"{number}. {step}" for number, step in enumerate(NEXT, start=1)) in readme


def test_the_example_of_settings_is_understood(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(example("docs/operations.md", "PORUCH_TOKEN_FILE=token"))

    settings = load_settings({}, tmp_path)

    assert (settings.token_file, settings.key_source) == (tmp_path / "token", "prompt")


def test_the_service_runs_the_bot_where_its_settings_are() -> None:
    unit = dict(
        line.split("=", 1) for line in example("docs/operations.md", "[Unit]").splitlines() if "=" in line
    )

    assert unit["ExecStart"].endswith("/bin/poruch run")
    assert unit["ReadWritePaths"].split()[0] == unit["WorkingDirectory"]
