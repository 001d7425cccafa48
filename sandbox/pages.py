"""Serving the page to play with: three plain files, and a policy that lets them load nothing else."""

from html import escape
from importlib.resources import files

from aiohttp import web

FILES = {
    "index.html": "text/html",
    "app.js": "text/javascript",
    "render.js": "text/javascript",
    "style.css": "text/css",
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def add_page(router: web.UrlDispatcher, title: str) -> None:
    """Serve the page at ``/`` under this title, and its parts under ``/page/``."""
    folder = files("sandbox") / "page"
    parts = {name: (folder / name).read_text(encoding="utf-8") for name in FILES}
    parts["index.html"] = parts["index.html"].replace("{title}", escape(title))

    async def part(request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        if name not in parts:
            raise web.HTTPNotFound
        return web.Response(text=parts[name], content_type=FILES[name], charset="utf-8", headers=HEADERS)

    router.add_get("/", part)
    router.add_get("/page/{name}", part)
