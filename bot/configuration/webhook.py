"""The settings of a webhook: what each may be, and what they must be together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr

from bot.configuration.shapes import is_loopback, shape

MODES = ("polling", "webhook")
# What is answered on the same port.
OWN_PATHS = ("/healthz", "/metrics")


@dataclass(frozen=True)
class WebhookAt:
    """Where Telegram posts updates to, what it shows with each, and where we hear them."""

    url: str
    secret: str = field(repr=False)
    listen: tuple[str, int]

    @property
    def path(self) -> str:
        """The one path that is heard."""
        return urlsplit(self.url).path or "/"


def _parts(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        return parts if parts.hostname and (parts.port is None or parts.port) else None
    except ValueError:
        return None


def _webhook_url(value: str) -> str:
    parts = _parts(value)
    if parts is None or (parts.scheme == "http" and not is_loopback(parts.hostname or "")):
        raise ValueError("is not an address Telegram reaches; begin with https://")
    if parts.path in OWN_PATHS:
        raise ValueError("has a path on which something else is answered; choose another")
    return value


def _listen(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    host, _, port = value.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError("is not an address to listen on; write one such as 127.0.0.1:8080")
    return host.strip("[]"), int(port)


Mode = Annotated[str, shape("|".join(MODES), "must be polling or webhook")]
WebhookUrl = Annotated[
    str,
    # Plain http only for the look-alike on this machine; Telegram itself takes none.
    shape(r"https?://[\w.:\[\]-]+(/[\w/.~-]*)?", "is not an address Telegram reaches; begin with https://"),
    AfterValidator(_webhook_url),
]
WebhookSecret = Annotated[
    SecretStr,
    shape(r"[\w-]{16,256}", "is too short or has other signs; write 16 to 256 letters, digits, _ or -"),
]
Listen = Annotated[tuple[str, int], BeforeValidator(_listen)]


def webhook_at(
    url: str | None,
    secret: SecretStr | None,
    listen: tuple[str, int] | None,
    *,
    token: str | None,
    refuse: Callable[[str, str], Exception],
) -> WebhookAt:
    """Put the settings of a webhook together.

    Args:
        token: must not be part of the address, which stands in the logs of every server on the way.
        refuse: makes the error from the name of a setting and what is wrong with it.
    """
    if url is None:
        raise refuse("WEBHOOK_URL", "is missing; write the https:// address to which Telegram shall post")
    if secret is None:
        raise refuse("WEBHOOK_SECRET", "is missing; write 16 to 256 letters and digits that nobody guesses")
    if listen is None:
        raise refuse("LISTEN", "is missing; write where to hear Telegram's posts, such as 127.0.0.1:8080")
    plain = secret.get_secret_value()
    if any(part and part in url for part in (plain, token, token and token.partition(":")[2])):
        raise refuse("WEBHOOK_URL", "holds the token or the secret, which others would read; take it out")
    return WebhookAt(url, plain, listen)
