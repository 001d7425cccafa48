"""Requests to Telegram over aiohttp, and Telegram's answers in our words.

What carries no file is one JSON object. ``QuietBot.call`` spares the objects that the library makes of
parameters and answers, which cost more than the request itself.

The token is part of every address, so no text of aiohttp's and no body that is not Telegram's own
is carried into an error: an error names its kind, and its cause says whether anything left.
python-telegram-bot itself writes addresses and parameters to its logger at DEBUG; ``bot.logs``
keeps those out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import aiohttp
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData

from bot.telegram_api.bodies import body_of
from solidarity.outbox import Delivered, Gone, Later, Outcome, Refused, Unsure

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

TELEGRAM_ROOT = "https://api.telegram.org"

_NOT_GIVEN = BaseRequest.DEFAULT_NONE

_FORBIDDEN_REASONS = {
    "blocked": "blocked",
    "deactivated": "deactivated",
    "kicked": "kicked",
    "initiate": "never_started",
}
_REFUSAL_REASONS = {
    "message is too long": "too_long",
    "can't parse entities": "bad_markup",
    "message text is empty": "empty",
    "button_": "bad_button",
    "message is not modified": "not_modified",
    "there is no text in the message": "no_text",
    "message to edit not found": "message_missing",
    "message to delete not found": "message_missing",
    "message can't be": "message_fixed",
    "query is too old": "tap_too_old",
}


class NothingLeftError(Exception):
    """The cause of an error raised before any byte of the request left this machine."""

    is_safe_to_log = True


@dataclass(frozen=True)
class _Plain:
    """Parameters that are JSON as they are: what ``body_of`` reads of the library's ``RequestData``."""

    parameters: Mapping[str, Any]
    contains_files: bool = False


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's way to Telegram, on one aiohttp session.

    Timeouts are in seconds, None waits for ever. Waiting for a free connection and connecting share
    the sum of ``pool_timeout`` and ``connect_timeout``.
    """

    def __init__(
        self,
        *,
        connections: int = 64,
        read_timeout: float | None = 10.0,
        write_timeout: float | None = 10.0,
        upload_timeout: float | None = 30.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 5.0,
    ) -> None:
        self._connections = connections
        self._read = read_timeout
        self._write = write_timeout
        self._upload = upload_timeout
        self._connect = connect_timeout
        self._pool = pool_timeout
        self._session: aiohttp.ClientSession | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}(connections={self._connections})"

    @property
    def read_timeout(self) -> float | None:
        return self._read

    async def initialize(self) -> None:
        if self._session is not None:
            return
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            trust_env=False,
        )

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: "ODVInput[float]" = _NOT_GIVEN,
        write_timeout: "ODVInput[float]" = _NOT_GIVEN,
        connect_timeout: "ODVInput[float]" = _NOT_GIVEN,
        pool_timeout: "ODVInput[float]" = _NOT_GIVEN,
    ) -> tuple[int, bytes]:
        """Post or get once, without following redirects.

        Raises:
            TimedOut: too late; caused by ``NothingLeftError`` when no connection was to be had.
            NetworkError: any other failure; caused by ``NothingLeftError`` when it failed to connect.
        """
        if self._session is None:
            raise RuntimeError("the request is not initialised")
        has_files = request_data is not None and request_data.contains_files
        timeout = _timeout(
            read=_given(read_timeout, self._read),
            write=_given(write_timeout, self._upload if has_files else self._write),
            waiting=_total(_given(pool_timeout, self._pool), _given(connect_timeout, self._connect)),
        )
        try:
            async with self._session.request(
                method, url, data=body_of(request_data), timeout=timeout, allow_redirects=False
            ) as response:
                return _only_telegrams(response.status, await response.read())
        except (aiohttp.ClientError, OSError) as error:
            failure, cause = _failure(error)
        # Raised out here, or the error would carry aiohttp's, which shows the address, as its context.
        raise failure from cause

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read Telegram's JSON object; what is not one is a ``NetworkError`` that does not show it."""
        answer = _as_object(payload)
        if answer is None or ("result" not in answer and answer.get("ok") is not False):
            raise NetworkError("the answer is not Telegram's")
        return answer


class QuietBot(Bot):
    """A bot that never shows its token."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    async def initialize(self) -> None:
        """Open the connections and ask who we are.

        Raises:
            InvalidToken: Telegram does not know the token.
        """
        try:
            return await super().initialize()
        except InvalidToken:
            pass
        # The library's own error repeats the token.
        raise InvalidToken("the token was refused by Telegram")

    async def call(self, method: str, parameters: Mapping[str, Any]) -> Any:
        """Call a method of the Bot API with values as JSON has them; returns its result as JSON had it.

        A parameter that is None is left out.

        Raises:
            TelegramError: as the library's own methods do.
        """
        # The library hands this through to our own request, which reads no more of it than this has.
        data = cast("RequestData", _Plain(parameters))
        return await self._request[1].post(f"{self.base_url}/{method}", data)


def make_bot(token: str, api_url_root: str = TELEGRAM_ROOT, *, connections: int = 64) -> QuietBot:
    """Build the bot, with one connection for getting updates; not yet initialised.

    Args:
        connections: for all the rest, at most.
        api_url_root: what ``/bot<token>/<method>`` is appended to, without a slash at its end.
    """
    return QuietBot(
        token,
        base_url=f"{api_url_root}/bot",
        base_file_url=f"{api_url_root}/file/bot",
        request=AiohttpRequest(connections=connections),
        get_updates_request=AiohttpRequest(connections=1),
        local_mode=False,
    )


def outcome_of(error: Exception | None, message_id: int | None = None) -> Outcome:
    """Say in our words what became of one message; no error means delivered.

    An error that is not Telegram's is our own mistake: ``Refused("error")``. A refused token or a
    second bot with the same one is nobody's fault who waits: ``Later()``.
    """
    match error:
        case None:
            return Delivered(message_id)
        case RetryAfter():
            return Later(_as_timedelta(error.retry_after))
        case Forbidden():
            return Gone(_first_word(_FORBIDDEN_REASONS, error.message, "forbidden"))
        case BadRequest() if "chat not found" in error.message.lower():
            return Gone("chat_not_found")
        case BadRequest():
            return Refused(_first_word(_REFUSAL_REASONS, error.message, "bad_request"))
        case ChatMigrated() | EndPointNotFound():
            return Refused("bad_request")
        case InvalidToken() | Conflict():
            return Later()
        case NetworkError() if isinstance(error.__cause__, NothingLeftError):
            return Later()
        case TelegramError():
            return Unsure()
    return Refused("error")


def _given(value: Any, default: float | None) -> float | None:
    return default if value is _NOT_GIVEN else value


def _total(*seconds: float | None) -> float | None:
    known = [part for part in seconds if part is not None]
    return sum(known) if len(known) == len(seconds) else None


def _timeout(*, read: float | None, write: float | None, waiting: float | None) -> aiohttp.ClientTimeout:
    # aiohttp has no limit of its own for writing, so the whole is limited besides.
    return aiohttp.ClientTimeout(total=_total(read, write, waiting), connect=waiting, sock_read=read)


def _as_object(payload: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(payload.decode("utf-8", "replace"))
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _only_telegrams(status: int, payload: bytes) -> tuple[int, bytes]:
    # A proxy's error page may show the address; the library would quote it.
    if status >= 300 and _as_object(payload) is None:
        return status, b'{"ok": false}'
    return status, payload


def _failure(error: Exception) -> tuple[NetworkError, NothingLeftError | None]:
    kind = type(error).__name__
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return TimedOut("no connection in time"), NothingLeftError(kind)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.InvalidURL):
        return NetworkError(f"no connection: {kind}"), NothingLeftError(kind)
    if isinstance(error, TimeoutError):
        return TimedOut("no answer in time"), None
    return NetworkError(f"connection lost: {kind}"), None


def _as_timedelta(wait: int | timedelta) -> timedelta:
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def _first_word(words: dict[str, str], text: str, otherwise: str) -> str:
    return next((word for part, word in words.items() if part in text.lower()), otherwise)
