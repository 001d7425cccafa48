import pytest
from structlog.testing import capture_logs
from telegram import Bot

from bot.telegram_api.command_list import publish_commands
from sandbox.lookalike import Lookalike


@pytest.mark.parametrize("language", ["be", "ru", "en", "pl"])
async def test_everybody_sees_the_same_harmless_commands(
    bot: Bot, telegram: Lookalike, language: str
) -> None:
    await publish_commands(bot)

    seen = [each["command"] for each in telegram.person("Mallory", language).commands]
    assert seen == ["menu", "help", "privacy", "hide"]


async def test_commands_are_described_in_each_language_and_otherwise_in_english(
    bot: Bot, telegram: Lookalike
) -> None:
    await publish_commands(bot)

    be, en, pl = (telegram.person(name, name).commands for name in ("be", "en", "pl"))
    assert pl == en
    assert be != en


async def test_what_is_right_already_is_not_set_again(bot: Bot, telegram: Lookalike) -> None:
    await publish_commands(bot)
    await publish_commands(bot)

    assert telegram.calls.counts["setMyCommands"] == 4


async def test_a_failure_is_only_logged(bot: Bot, telegram: Lookalike) -> None:
    telegram.faults.error("getMyCommands")

    with capture_logs() as logged:
        await publish_commands(bot)

    assert [each["event"] for each in logged] == ["the command list was not set"]
