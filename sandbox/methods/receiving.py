"""How a bot gets its updates: long polls, or a webhook."""

import asyncio
from typing import cast
from urllib.parse import urlsplit

from sandbox.bots import BotAccount, Webhook
from sandbox.errors import bad_request, conflict
from sandbox.methods.request import ApiRequest

MOST_UPDATES = 100
LONGEST_POLL_SECONDS = 50
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


async def get_updates(request: ApiRequest) -> object:
    """Give what waits, or wait for it up to ``timeout`` seconds of real time."""
    bot, parameters = request.bot, request.parameters
    if bot.webhook is not None:
        raise conflict(WEBHOOK_ACTIVE)
    bot.queue.confirm(parameters.integer("offset"))
    _set_allowed(bot, parameters.structure("allowed_updates"))
    request.world.changes.note()
    limit = parameters.integer("limit", MOST_UPDATES)
    timeout = min(max(parameters.integer("timeout"), 0), LONGEST_POLL_SECONDS)
    return await _wait(request, limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES, timeout)


async def _wait(request: ApiRequest, limit: int, timeout: float) -> list[dict[str, object]]:  # noqa: ASYNC109
    world, bot = request.world, request.bot
    poll = bot.begin_poll(OTHER_POLL)
    deadline = asyncio.get_running_loop().time() + timeout
    try:
        while True:
            if poll.ended_by is not None:
                raise conflict(poll.ended_by)
            batch = bot.queue.give(limit)
            if batch or world.closing.is_set() or timeout == 0:
                return batch
            try:
                async with asyncio.timeout_at(deadline):
                    await world.changes.after(world.changes.version)
            except TimeoutError:
                return []
    finally:
        if bot.poll is poll:
            bot.poll = None


def set_webhook(request: ApiRequest) -> object:
    """Post updates to an address from now on; an empty one is the same as deleteWebhook."""
    url, bot = request.parameters.text("url"), request.bot
    if not url:
        return delete_webhook(request)
    parts = urlsplit(url)
    # Telegram takes https only; on this machine nobody has a certificate.
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    _set_allowed(bot, request.parameters.structure("allowed_updates"))
    if request.parameters.flag("drop_pending_updates"):
        bot.queue.waiting.clear()
    bot.webhook = Webhook(
        url,
        request.parameters.text("secret_token"),
        request.parameters.integer("max_connections", 40),
    )
    bot.end_poll("terminated by setWebhook request")
    request.world.changes.note()
    return True


def delete_webhook(request: ApiRequest) -> object:
    """Go back to long polls."""
    if request.parameters.flag("drop_pending_updates"):
        request.bot.queue.waiting.clear()
    request.bot.webhook = None
    request.world.changes.note()
    return True


def get_webhook_info(request: ApiRequest) -> object:
    """Say where updates are posted, how many wait and what went wrong last."""
    bot, webhook = request.bot, request.bot.webhook
    info: dict[str, object] = {
        "url": "" if webhook is None else webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(bot.queue.waiting),
    }
    if bot.queue.allowed:
        info["allowed_updates"] = bot.queue.allowed
    if webhook is not None:
        info["max_connections"] = webhook.max_connections
        if webhook.last_error_message is not None:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
    return info


def _set_allowed(bot: BotAccount, given: object) -> None:
    if given is None:
        return
    if not isinstance(given, list) or not all(isinstance(kind, str) for kind in given):
        raise bad_request("can't parse allowed_updates JSON object")
    bot.queue.allowed = cast("list[str]", given)
