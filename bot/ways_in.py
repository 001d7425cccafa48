"""How updates come in and what is heard over HTTP, as the settings choose, in one state of the program."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

from bot.connection import Connection
from bot.health import HEALTH, METRICS, Counts, Health
from bot.intake import Intake
from bot.listening import Handle, Listening
from bot.polling import Polling
from bot.settings import Settings
from bot.taps import Taps
from bot.webhook import Webhook
from bot.webhook_claim import WebhookClaim


class Way(Protocol):
    """A loop that runs until it is stopped."""

    async def run(self) -> None: ...

    def stop(self) -> None: ...


class WaysIn:
    """Polling or the webhook, and `/healthz` and `/metrics` where there is an address to listen on."""

    def __init__(
        self,
        settings: Settings,
        connection: Connection,
        intake: Intake,
        *,
        taps: Taps,
        state: str,
        is_well: Callable[[], Awaitable[bool]],
        counts: Counts,
    ) -> None:
        """Choose; the arguments behind `taps` are those of `Health`.

        Raises:
            SettingsError: a webhook is chosen and not whole.
        """
        alarm = connection.alarm
        health = Health(
            state,
            is_alarmed=lambda: alarm.stands,
            is_well=is_well,
            counts={
                "updates": intake.counts,
                "telegram_failures": connection.messages.failures,
                **counts,
            },
        )
        heard: dict[str, Handle] = {HEALTH: health.healthz, METRICS: health.metrics}
        self._ways: dict[str, Way] = {}
        webhook = settings.webhook_or_refuse()
        if webhook is None:
            self._ways["intake"] = Polling(
                connection.bot, intake, taps=taps, alarm=alarm, own_url=settings.webhook_url
            )
        else:
            self._ways["intake"] = WebhookClaim(connection.bot, webhook, alarm=alarm)
            heard[webhook.path] = Webhook(intake, secret=webhook.secret).hear
        if settings.listen is not None:
            self._ways["listening"] = Listening(settings.listen, heard)

    @property
    def loops(self) -> dict[str, Callable[[], Coroutine[Any, Any, None]]]:
        """Each loop by the name of its lane."""
        return {lane: way.run for lane, way in self._ways.items()}

    def stop(self) -> None:
        """Take in nothing more; what has been given is still taken."""
        for way in self._ways.values():
            way.stop()
