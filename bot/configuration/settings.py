"""Environment, `.env` and secret files, made into one frozen Settings; what is not understood is refused.

A refusal is one line that names the variable and what to do, and never shows its value.
"""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.configuration.env_file import lines_of, values_in
from bot.configuration.secret_files import read_secret_file
from bot.configuration.shapes import KEY_SOURCE, is_loopback, shape, shaped
from bot.configuration.webhook import (
    Listen,
    Mode,
    WebhookAt,
    WebhookSecret,
    WebhookUrl,
    webhook_at,
)

PREFIX = "PORUCH_"
SECRETS = ("TOKEN", "DATABASE_URL", "WEBHOOK_SECRET")

_EXAMPLE_TOKENS = frozenset(
    {
        "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11",
        "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
        "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qc",
    }
)
_ENCRYPTED = frozenset({"require", "verify-ca", "verify-full"})
_LANGUAGES = ("be", "ru", "en")


class SettingsError(Exception):
    """A setting is wrong, unknown or missing; the text is the one line for the operator."""

    is_safe_to_log = True


def _no_example(value: SecretStr) -> SecretStr:
    if value.get_secret_value() in _EXAMPLE_TOKENS:
        raise ValueError("is the example from Telegram's documentation; ask @BotFather for one of your own")
    return value


def _sent_safely(value: str) -> str:
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host:
        raise ValueError("is not an address; write https://, a host and, if needed, a port")
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError("would send the token in clear; write https:// or an address of this machine")
    return value.rstrip("/")


def _database_url(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if text.startswith("sqlite"):
        raise ValueError("is not needed for SQLite; leave it out and choose the folder by PORUCH_DATA_DIR")
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError("is not an address; begin it with postgresql+psycopg://") from None
    if url.drivername != "postgresql+psycopg":
        raise ValueError("names another database; begin it with postgresql+psycopg://")
    query = url.normalized_query
    hosts = ",".join([url.host or "", *query.get("host", ()), *query.get("hostaddr", ())]).split(",")
    leaves = "service" in query or not all(is_loopback(host) for host in hosts)
    if leaves and url.query.get("sslmode") not in _ENCRYPTED:
        raise ValueError("leaves this machine unencrypted; add ?sslmode=verify-full to its end")
    return value


def _languages(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    chosen = tuple(dict.fromkeys(part.strip() for part in value.split(",")))
    if not set(chosen) <= set(_LANGUAGES):
        raise ValueError("has an unknown language; write some of be,ru,en")
    return chosen


def _time_zone(value: Any) -> Any:
    try:
        return ZoneInfo(value) if isinstance(value, str) else value
    except (KeyError, ValueError, OSError):
        raise ValueError("is not a time zone; write one such as Europe/Minsk") from None


_Token = Annotated[
    SecretStr,
    shape(r"\d{3,}:[\w-]{3,}", "is not a bot token; copy it from @BotFather: digits, a colon, letters"),
    AfterValidator(_no_example),
]
_ApiRoot = Annotated[
    str,
    shape(r"https?://[^\s@?#{}]+", "is not an address; write https://, a host and, if needed, a port"),
    AfterValidator(_sent_safely),
]
_KeySource = Annotated[
    str,
    shape(KEY_SOURCE, "is not a key source; write prompt, credential:NAME, file:PATH or env:NAME"),
]
_Rate = Annotated[
    int, BeforeValidator(shaped("[1-9][0-9]{0,2}|1000", "must be a whole number from 1 to 1000"))
]
_LogLevel = Annotated[
    str, shape("DEBUG|INFO|WARNING|ERROR|CRITICAL", "must be DEBUG, INFO, WARNING, ERROR or CRITICAL")
]


class Settings(BaseSettings):
    """What an operator may set. Built from given values alone; ``load_settings`` gathers them."""

    model_config = SettingsConfigDict(
        frozen=True, env_prefix=PREFIX, extra="forbid", hide_input_in_errors=True
    )

    data_dir: Path = Path("data")
    token: _Token | None = None
    token_file: Path | None = None
    telegram_api_url: _ApiRoot = "https://api.telegram.org"
    database_url: Annotated[SecretStr, AfterValidator(_database_url)] | None = None
    key_source: _KeySource = Field(default_factory=lambda known: f"file:{known['data_dir']}-key/unseal.key")
    mode: Mode = "polling"
    webhook_url: WebhookUrl | None = None
    webhook_secret: WebhookSecret | None = None
    listen: Listen | None = None
    messages_per_second: _Rate = 30
    languages: Annotated[tuple[str, ...], BeforeValidator(_languages)] = _LANGUAGES
    time_zone: Annotated[ZoneInfo, BeforeValidator(_time_zone)] = ZoneInfo("Europe/Minsk")
    backup_dir: Path | None = None
    log_level: _LogLevel = "INFO"

    @property
    def key_source_is_default(self) -> bool:
        """Whether the key lies in the sibling folder because nobody chose another place."""
        return "key_source" not in self.model_fields_set

    def token_or_refuse(self) -> str:
        """Return the bot's token in clear, for what cannot do without it; its file is read only now.

        Raises:
            SettingsError: it is not set, its file cannot be read, or holds no token.
        """
        token = self.token
        if token is None and self.token_file is not None:
            token = _checked({"token": _secret_in(self.token_file, f"{PREFIX}TOKEN_FILE")}).token
        if token is None:
            raise SettingsError("PORUCH_TOKEN is missing; ask @BotFather for a bot's token and set it")
        return token.get_secret_value()

    def webhook_or_refuse(self) -> WebhookAt | None:
        """Return where Telegram posts updates to; None where they are polled.

        Raises:
            SettingsError: something that a webhook needs is not set, or its address tells a secret.
        """
        if self.mode != "webhook":
            return None
        return webhook_at(
            self.webhook_url,
            self.webhook_secret,
            self.listen,
            token=None if self.token is None and self.token_file is None else self.token_or_refuse(),
            refuse=lambda name, why: SettingsError(f"{PREFIX}{name} {why}"),
        )

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, *_: Any, **__: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Leave only the values handed in: the library's own sources skip unknown names in silence."""
        return (init_settings,)


_FIELDS = {PREFIX + field.upper(): field for field in Settings.model_fields}


def load_settings(environ: Mapping[str, str] = os.environ, cwd: Path | None = None) -> Settings:
    """Gather the settings: the environment first, then ``.env`` in ``cwd``, then the defaults.

    An empty value counts as not set. A secret may come from the file that ``NAME_FILE`` names: of 4 KiB at
    most, not readable by everyone; the token's is read where it is needed. Relative paths start at ``cwd``,
    which is the current folder unless given.

    Raises:
        SettingsError: something is wrong, unknown, set twice, or cannot be read.
    """
    folder = Path.cwd() if cwd is None else cwd
    given = _from_dotenv(folder / ".env") | dict(environ)
    given = {name: value for name, value in given.items() if name.upper().startswith(PREFIX)}
    _refuse_unknown(given)
    values = _with_secret_files({name: value for name, value in given.items() if value}, folder)
    return _checked(_with_absolute_paths(values, folder))


def _from_dotenv(path: Path) -> dict[str, str]:
    try:
        lines = lines_of(path)
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError):
        raise SettingsError(".env cannot be read; make it a text file with lines NAME=value") from None
    for line in lines:
        if line.error:
            raise SettingsError(f".env, line {line.original.line}, is not understood; write NAME=value")
    return values_in(lines)


def _refuse_unknown(given: Mapping[str, str]) -> None:
    known = _FIELDS.keys() | {f"{PREFIX}{name}_FILE" for name in SECRETS}
    key_variable = given.get(f"{PREFIX}KEY_SOURCE", "").removeprefix("env:")
    for name in sorted(given.keys() - known - {key_variable}):
        # Compared without the prefix, which makes all of them look alike.
        near = get_close_matches(
            name[len(PREFIX) :].upper(), (each.removeprefix(PREFIX) for each in known), n=1
        )
        advice = f"write {PREFIX}{near[0]}, or take it out" if near else "take it out"
        raise SettingsError(f"{name} is not a setting; {advice}")


def _with_secret_files(given: Mapping[str, str], folder: Path) -> dict[str, Any]:
    fields = {field: given[variable] for variable, field in _FIELDS.items() if variable in given}
    for name in SECRETS:
        file_variable = f"{PREFIX}{name}_FILE"
        if file_variable not in given:
            continue
        if name.lower() in fields:
            raise SettingsError(f"{PREFIX}{name} and {file_variable} are both set; keep one of them")
        if file_variable not in _FIELDS:
            fields[name.lower()] = _secret_in(folder / given[file_variable], file_variable)
    return fields


def _secret_in(path: Path, variable: str) -> str:
    try:
        return read_secret_file(path)
    except ValueError as error:
        raise SettingsError(f"{variable} names {error}") from None


def _with_absolute_paths(values: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    fields = {"data_dir": "data"} | dict(values)
    for name in ("data_dir", "backup_dir", "token_file"):
        if name in fields:
            fields[name] = Path(os.path.normpath(folder / fields[name]))
    kind, _, path = fields.get("key_source", "").partition(":")
    if kind == "file" and path:
        fields["key_source"] = f"file:{os.path.normpath(folder / path)}"
    return fields


def _checked(values: Mapping[str, Any]) -> Settings:
    try:
        return Settings(**values)
    except ValidationError as error:
        line = _line(error)
    raise SettingsError(line)


def _line(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    reason = first.get("ctx", {}).get("error")
    name = PREFIX + str(first["loc"][0]).upper()
    return f"{name} {reason}" if reason else f"{name} is wrong; see the list of settings"
