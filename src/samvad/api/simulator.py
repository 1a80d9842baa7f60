"""The sandbox's phone page, served under our own origin: calls go on to the emulator as they are."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from samvad.channels.service.simulator import Simulator
from samvad.platform.http import HttpError

_METHODS = ["GET", "POST"]
_MOST = 8 * 1024 * 1024


def simulator_route(simulator: Simulator) -> Route:
    """`/sandbox/phone/...`; the pass in `Authorization` is checked by the emulator itself."""

    async def forward(request: Request) -> Response:
        body = await request.body()
        if len(body) > _MOST:
            return _problem(413, "too_large", "The simulated file is too large")
        try:
            status, content_type, answer = await simulator.forward(
                request.method,
                request.path_params["path"],
                query=request.url.query,
                token=request.headers.get("authorization", ""),
                body=body,
                content_type=request.headers.get("content-type", ""),
            )
        except HttpError:
            return _problem(503, "sandbox_down", "The sandbox does not answer at the moment")
        return Response(answer, status, media_type=content_type)

    return Route("/sandbox/phone/{path:path}", forward, methods=_METHODS)


def _problem(status: int, code: str, detail: str) -> Response:
    body = {"type": f"about:blank#{code}", "title": detail, "status": status, "code": code, "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")
