"""The sandbox's phone page, served under our own origin: calls go on to the emulator as they are."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from samvad.channels.service.simulator import Simulator
from samvad.platform.http import HttpError
from samvad.workflows.sandbox_time import SandboxTime

_METHODS = ["GET", "POST"]
_MOST = 8 * 1024 * 1024


def simulator_route(simulator: Simulator, time: SandboxTime) -> Route:
    """`/sandbox/phone/...`; the pass in `Authorization` is checked by the emulator itself. Of a clock that is
    moved with `?windows=1`, or set back by a reset, the conversations of the number hear too."""

    async def forward(request: Request) -> Response:
        body = await request.body()
        if len(body) > _MOST:
            return _problem(413, "too_large", "The simulated file is too large")
        path, token = request.path_params["path"], request.headers.get("authorization", "")
        moves = request.method == "POST" and (
            path == "reset" or (path == "clock" and "windows" in request.query_params)
        )
        try:
            before = await time.ahead(token) if moves else None
            status, content_type, answer = await simulator.forward(
                request.method,
                path,
                query=request.url.query,
                token=token,
                body=body,
                content_type=request.headers.get("content-type", ""),
            )
            if before is not None and status < 300:
                await time.moved(token, by=await time.ahead(token) - before)
        except HttpError:
            return _problem(503, "sandbox_down", "The sandbox does not answer at the moment")
        return Response(answer, status, media_type=content_type)

    return Route("/sandbox/phone/{path:path}", forward, methods=_METHODS)


def _problem(status: int, code: str, detail: str) -> Response:
    body = {"type": f"about:blank#{code}", "title": detail, "status": status, "code": code, "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")
