"""How updates come in and what is heard over HTTP, as the settings choose, in one state of the program."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot.configuration.settings import Settings
from bot.health import HEALTH, METRICS, Counts, Health
from bot.receiving import webhook as posted
from bot.receiving import webhook_claim
from bot.receiving.intake import Intake
from bot.receiving.listening import Handle, Listening
from bot.receiving.polling import Polling
from bot.receiving.taps import Taps
from bot.tasks import Loop
from bot.telegram_api.connection import Connection


class WaysIn:
    """Polling or the webhook, and `/healthz` and `/metrics` where there is an address to listen on.

    `loops` may run in every process at once. `polling` begins what only one may do at a time; it is None
    where updates are posted to us, or are others' to take.
    """

    def __init__(
        self,
        settings: Settings,
        connection: Connection,
        intake: Intake | None,
        *,
        taps: Taps,
        state: str,
        is_well: Callable[[], Awaitable[bool]],
        counts: Counts,
    ) -> None:
        """Choose; the arguments behind `taps` are those of `Health`.

        Args:
            intake: None where this process takes no updates.

        Raises:
            SettingsError: a webhook is chosen and not whole.
        """
        alarm = connection.alarm
        counts = {"telegram_failures": connection.messages.failures, **counts}
        if intake is not None:
            counts = {"updates": intake.counts, **counts}
        health = Health(state, is_alarmed=lambda: alarm.stands, is_well=is_well, counts=counts)
        heard: dict[str, Handle] = {HEALTH: health.healthz, METRICS: health.metrics}
        self.loops: dict[str, Loop] = {}
        self.polling: Callable[[], Polling] | None = None
        webhook = settings.webhook_or_refuse()
        if intake is not None and webhook is None:
            self.polling = partial(
                Polling, connection.bot, intake, taps=taps, alarm=alarm, own_url=settings.webhook_url
            )
        elif intake is not None and webhook is not None:
            self.loops["webhook"] = webhook_claim.WebhookClaim(connection.bot, webhook, alarm=alarm)
            heard[webhook.path] = posted.Webhook(intake, secret=webhook.secret).hear
        if settings.listen is not None:
            self.loops["listening"] = Listening(settings.listen, heard)
