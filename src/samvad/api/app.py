"""Builds the HTTP door from what bootstrap hands over."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from samvad import __version__
from samvad.api import docs
from samvad.api.clients import BehindProxies
from samvad.api.compressing import Compressed
from samvad.api.middleware import Correlation, LastNet, Measured, OneValueEach, SecurityHeaders, TooLarge
from samvad.api.problems import HANDLERS, MEDIA_TYPE, Problem
from samvad.api.rooms import ROUTERS
from samvad.api.services import ApiServices
from samvad.api.web import WebApp

MOST_JSON = 256 * 1024
_FAILURE: dict[int | str, dict[str, Any]] = {"default": {"description": "A failure", "model": Problem}}


class _Door(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """As FastAPI makes it, with failures under their real media type."""
        described = super().openapi()
        for item in described["paths"].values():
            for operation in item.values():
                content = operation["responses"].get("default", {}).get("content", {})
                if "application/json" in content:
                    content[MEDIA_TYPE] = content.pop("application/json")
        return described


def create_app(services: ApiServices) -> ASGIApp:
    """The whole door: API, extra routes, web app, and what wraps them."""
    web = WebApp(services.web_dir, error=services.web_error)
    app = create_api(services.routers)
    app.state.parts = services.all_parts()
    app.router.routes.extend(services.extra)
    app.router.routes.append(Route("/{path:path}", web.answer, methods=["GET"]))
    wrapped: ASGIApp = OneValueEach(TooLarge(Compressed(app)))
    wrapped = Measured(LastNet(wrapped))
    wrapped = SecurityHeaders(wrapped, policy=web.content_policy())
    return BehindProxies(Correlation(wrapped), trusted=services.trusted_proxies)


def create_api(routers: Sequence[APIRouter] = ROUTERS) -> FastAPI:
    """The JSON API alone: enough for its OpenAPI, not to answer."""
    app = _Door(
        title="Samvad", version=__version__, openapi_url="/api/openapi.json", docs_url=None, redoc_url=None,
        exception_handlers=HANDLERS, max_body_size=MOST_JSON, redirect_slashes=False,
        generate_unique_id_function=_operation_id,
    )  # fmt: skip
    for router in routers:
        app.include_router(router, prefix="/api/v1", responses=_FAILURE)
    app.router.routes.append(Route("/api/docs", _docs, methods=["GET"]))
    return app


def _operation_id(route: APIRoute) -> str:
    return route.name


async def _docs(request: Request) -> Response:
    return HTMLResponse(docs.page(request.app.openapi()))
