"""What this machine may ask of a running bot: whether it is well, and how much it did; never about whom."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from ipaddress import IPv6Address, ip_address
from typing import Any

from aiohttp import web

HEALTH, METRICS = "/healthz", "/metrics"
FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Real-IP")

Counts = Mapping[str, Mapping[Any, int]]


class Health:
    """Answers `/healthz` and `/metrics` to callers on this machine; for all others neither is there."""

    def __init__(
        self,
        state: str,
        *,
        is_alarmed: Callable[[], bool],
        is_well: Callable[[], Awaitable[bool]],
        counts: Counts,
    ) -> None:
        """Take what to tell.

        Args:
            state: ``open`` or ``sealed``.
            is_well: whether what the bot stands on can be reached.
            counts: by the name of a metric, how often each kind of thing happened.
        """
        self._state = state
        self._is_alarmed = is_alarmed
        self._is_well = is_well
        self._counts = counts

    async def healthz(self, request: web.Request) -> web.Response:
        """Say in a word how it is: 200 where it works, 503 where its database is away."""
        if not is_from_here(request):
            return web.Response(status=404)
        if not await self._is_well():
            return web.Response(status=503, text="the database is away\n")
        return web.Response(text="alarm\n" if self._is_alarmed() else f"{self._state}\n")

    async def metrics(self, request: web.Request) -> web.Response:
        """Give the counters as Prometheus reads them."""
        if not is_from_here(request):
            return web.Response(status=404)
        return web.Response(text="".join(f"{line}\n" for line in self._lines()))

    def _lines(self) -> Iterator[str]:
        for name, value in (("sealed", self._state == "sealed"), ("alarm", self._is_alarmed())):
            yield f"# TYPE poruch_{name} gauge"
            yield f"poruch_{name} {int(value)}"
        for name, counted in self._counts.items():
            yield f"# TYPE poruch_{name}_total counter"
            for kind, times in sorted(counted.items()):
                what = "_".join(kind) if isinstance(kind, tuple) else kind
                yield f'poruch_{name}_total{{kind="{what}"}} {times}'


def is_from_here(request: web.Request) -> bool:
    """Say whether a request was made on this machine, and was not handed on by a proxy that says so."""
    if request.remote is None or any(name in request.headers for name in FORWARDED):
        return False
    address = ip_address(request.remote)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
