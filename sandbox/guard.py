"""Who may speak to the sandbox: programs and pages of this machine only.

The Host header is looked at, so that a page from elsewhere cannot reach in through a name that it
points at this machine; and the Origin of what changes something, so that it cannot post blindly.
"""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse with 403 what does not come from this machine and was not meant for it."""
    if not _is_loopback(request.remote) or not _names_loopback(request.host) or _is_foreign(request):
        return web.json_response({"ok": False, "description": "this machine only"}, status=403)
    return await handler(request)


def _is_loopback(address: str | None) -> bool:
    try:
        return address is not None and ip_address(address).is_loopback
    except ValueError:
        return False


def _names_loopback(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    return name == "localhost" or _is_loopback(name)


def _is_foreign(request: web.Request) -> bool:
    # A link from elsewhere may open the page itself, and nothing more.
    if request.method == "GET" and request.path == "/":
        return False
    site = request.headers.get("Sec-Fetch-Site", "none")
    own_origin = f"{request.scheme}://{request.host}"
    return site not in {"same-origin", "none"} or request.headers.get("Origin", own_origin) != own_origin
