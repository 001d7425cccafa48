"""What the value of a setting may look like; used by each room of settings."""

import re
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from pydantic import AfterValidator, SecretStr

KEY_SOURCE = r"prompt|file:[^\0\n]+|credential:[\w.-]+|env:[A-Za-z_]\w*"


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine; a path is a unix socket, nothing at all the default one."""
    if host in ("", "localhost") or host.startswith(("/", "@")):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def shape(pattern: str, otherwise: str) -> AfterValidator:
    """Refuse a text or secret that is not wholly ``pattern``, saying ``otherwise``."""
    return AfterValidator(shaped(pattern, otherwise))


def shaped(pattern: str, otherwise: str) -> Callable[[Any], Any]:
    """Return what looks at a value before or after it is read, and passes it on."""

    def check(value: Any) -> Any:
        text = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(otherwise)
        return value

    return check
