"""The web app: hashed assets kept for ever, the page itself never; without one, a page that says why."""

import base64
import hashlib
import html
import re
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from samvad.api.compressed import choose, label

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FOR_EVER = "public, max-age=31536000, immutable"
_POLICY = (
    "default-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:",
    "media-src 'self' data: blob:", "font-src 'self' data:", "connect-src 'self' ws: wss:",
    "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
)  # fmt: skip
_OURS = ("api", "media", "widget", "webhooks", "ws", "healthz", "readyz", "metrics")


class WebApp:
    """Serves `folder` (the built app) when it is there."""

    def __init__(self, folder: Path | None, *, error: Path | None = None) -> None:
        self._folder = folder if folder and (folder / "index.html").is_file() else None
        self._error = error
        self._files = StaticFiles(directory=self._folder) if self._folder else None

    def content_policy(self) -> str:
        """What pages of ours may load: themselves only, and the page's own inline scripts by their hash."""
        page = (self._folder / "index.html").read_text("utf-8") if self._folder else ""
        hashes = [
            f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
            for script in _INLINE.findall(page)
        ]
        return "; ".join((*_POLICY, " ".join(("script-src 'self'", *hashes))))

    async def answer(self, request: Request) -> Response:
        path = request.path_params["path"]
        if path.split("/", 1)[0] in _OURS:
            raise HTTPException(404)
        if self._files is None:
            return self._absent(path)
        try:
            return await self._file(path, request)
        except HTTPException as missing:
            if missing.status_code != 404 or "." in path.rsplit("/", 1)[-1]:
                raise
            return await self._file("index.html", request)  # an address inside the app

    async def _file(self, path: str, request: Request) -> Response:
        if self._files is None or self._folder is None:
            raise HTTPException(404)
        path = path or "index.html"
        sent, encoding = choose(self._folder, path, request.headers.get("accept-encoding", ""))
        response = await self._files.get_response(sent, request.scope)
        label(response, encoding, path)
        hashed = path.startswith("assets/")
        response.headers["Cache-Control"] = _FOR_EVER if hashed else "no-cache"
        return response

    def _absent(self, path: str) -> Response:
        if path:
            raise HTTPException(404)
        reason = "The web app was not built."
        if self._error and self._error.is_file():
            reason = self._error.read_text("utf-8", "replace")[:4000]
        return HTMLResponse(_PAGE.format(reason=html.escape(reason)), 503)


_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Samvad</title>
<body style="font-family: system-ui; max-width: 40rem; margin: 4rem auto; padding: 0 1rem">
<h1>Samvad is running, its web app is not</h1><pre style="white-space: pre-wrap">{reason}</pre>
<p>Everything else works: <a href="/api/docs">the API</a>, webhooks, the assistant.</p></body></html>
"""
