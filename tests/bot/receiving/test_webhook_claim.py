"""The webhook is set, looked after, and not fought over behind the operator's back."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot

from bot import tasks as tasks_module
from bot.alarm.alarm import Alarm
from bot.configuration.webhook import WebhookAt
from bot.receiving import rivals as rivals_module
from bot.receiving import webhook_claim as claim_module
from bot.receiving.webhook_claim import WebhookClaim
from bot.telegram_api.client import QuietBot
from sandbox.bots import BotAccount
from sandbox.bots import Webhook as Kept
from sandbox.lookalike import Lookalike

OURS = WebhookAt("https://bot.example.org/in", "a-secret-of-sixteen-signs", ("127.0.0.1", 8080))
FOREIGN = "https://mallory.example.org/in"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks_module, "FIRST_WAIT_SECONDS", 0.02)
    monkeypatch.setattr(claim_module, "LOOK_EVERY_SECONDS", 0.01)


@pytest.fixture
def alarm(tmp_path: Path) -> Alarm:
    return Alarm(tmp_path)


@pytest.fixture
def account(telegram: Lookalike) -> BotAccount:
    return next(iter(telegram.world.bots.values()))


@pytest.fixture
async def claim(bot: QuietBot, alarm: Alarm) -> AsyncIterator[WebhookClaim]:
    claim = WebhookClaim(bot, OURS, alarm=alarm)
    yield claim
    claim.stop()


async def looks(telegram: Lookalike, times: int = 2) -> None:
    """Wait until it has looked so many times more."""
    seen = len(telegram.calls.of("getWebhookInfo"))
    await telegram.until(lambda: len(telegram.calls.of("getWebhookInfo")) >= seen + times)


def is_ours(kept: Kept | None) -> bool:
    return kept is not None and (kept.url, kept.secret_token) == (OURS.url, OURS.secret)


async def start(claim: WebhookClaim, telegram: Lookalike, account: BotAccount) -> asyncio.Task[None]:
    task = asyncio.create_task(claim.run())
    await telegram.until(lambda: is_ours(account.webhook))
    return task


async def test_it_is_set_with_its_secret_and_for_what_we_read(
    claim: WebhookClaim, telegram: Lookalike, account: BotAccount
) -> None:
    await start(claim, telegram, account)

    assert account.queue.allowed == ["message", "callback_query", "my_chat_member"]
    assert len(telegram.calls.of("setWebhook")) == 1


async def test_it_stands_when_we_stop(claim: WebhookClaim, telegram: Lookalike, account: BotAccount) -> None:
    task = await start(claim, telegram, account)

    claim.stop()
    await task

    assert is_ours(account.webhook)


async def test_a_foreign_one_raises_the_alarm_and_is_left(
    claim: WebhookClaim, telegram: Lookalike, account: BotAccount, alarm: Alarm
) -> None:
    account.webhook = Kept(FOREIGN)

    task = asyncio.create_task(claim.run())
    await telegram.until(lambda: alarm.stands)
    await looks(telegram)

    assert account.webhook.url == FOREIGN
    claim.stop()
    await task


async def test_one_that_is_put_in_our_place_raises_it_too(
    claim: WebhookClaim, telegram: Lookalike, account: BotAccount, alarm: Alarm, bot: Bot
) -> None:
    await start(claim, telegram, account)

    await bot.set_webhook(FOREIGN)

    await telegram.until(lambda: alarm.stands)


async def test_once_the_operator_has_lifted_it_ours_is_set(
    claim: WebhookClaim, telegram: Lookalike, account: BotAccount, alarm: Alarm
) -> None:
    account.webhook = Kept(FOREIGN)
    task = asyncio.create_task(claim.run())
    await telegram.until(lambda: alarm.stands)

    alarm.lift()
    await telegram.until(lambda: is_ours(account.webhook))
    await looks(telegram)

    assert not alarm.stands
    claim.stop()
    await task


async def test_one_that_was_taken_down_is_set_again(
    claim: WebhookClaim, telegram: Lookalike, account: BotAccount, alarm: Alarm, bot: Bot
) -> None:
    await start(claim, telegram, account)

    await bot.delete_webhook()
    await telegram.until(lambda: is_ours(account.webhook))

    assert not alarm.stands


async def test_one_with_another_secret_is_set_again(
    claim: WebhookClaim, telegram: Lookalike, account: BotAccount
) -> None:
    await start(claim, telegram, account)

    account.webhook = Kept(
        OURS.url,
        "mallory-knows-the-address",
        40,
        1_700_000_000,
        "Wrong response from the webhook: 401 Unauthorized",
    )
    telegram.world.changes.note()

    await telegram.until(lambda: is_ours(account.webhook))


async def test_who_changes_it_again_and_again_raises_the_alarm(
    claim: WebhookClaim,
    telegram: Lookalike,
    account: BotAccount,
    alarm: Alarm,
    bot: Bot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rivals_module, "START_SECONDS", 0)
    monkeypatch.setattr(rivals_module, "LASTS_SECONDS", 0)
    await start(claim, telegram, account)

    for _ in range(2):
        await bot.delete_webhook()
        await telegram.until(lambda: is_ours(account.webhook))

    assert alarm.stands


async def test_where_telegram_is_away_it_tries_again(
    claim: WebhookClaim, telegram: Lookalike, account: BotAccount
) -> None:
    telegram.faults.error("getWebhookInfo", status=502)
    telegram.faults.error("setWebhook", status=502)

    await start(claim, telegram, account)

    assert is_ours(account.webhook)
