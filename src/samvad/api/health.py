"""For machines that watch us: are we alive, are we ready, how much of everything."""

from collections.abc import Sequence

import orjson
from prometheus_client import REGISTRY
from prometheus_client.exposition import choose_encoder
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from samvad.platform import metrics
from samvad.platform.health import Check, Examiner, Queue, Report, State

_NO_STORE = {"Cache-Control": "no-store"}


def health_routes(checks: Sequence[Check], *, alerts: Check | None = None) -> Sequence[BaseRoute]:
    """`/healthz`, `/readyz` and `/metrics`; the queues' gauges come from the checks named like them."""
    examiner = Examiner(checks)
    counted = Examiner([alerts] if alerts else [])
    queues = Examiner([check for check in checks if check.name in set(Queue)])

    async def ready(_: Request) -> Response:
        report = await examiner.examine()
        return _json(_as_json(report), status=503 if report.missing else 200)

    async def scrape(request: Request) -> Response:
        _show_queues(await queues.examine())
        _show_alerts(await counted.examine())
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        return Response(encode(REGISTRY), headers={**_NO_STORE, "Content-Type": media_type})

    return [
        Route("/healthz", _alive, methods=["GET"]),
        Route("/readyz", ready, methods=["GET"]),
        Route("/metrics", scrape, methods=["GET"]),
    ]


async def _alive(_: Request) -> Response:
    return _json({"status": "ok"})


def _as_json(report: Report) -> dict[str, object]:
    components = {
        name: {"status": finding.state.value, "detail": finding.detail, **finding.facts}
        for name, finding in report.findings.items()
    }
    return {"status": report.state.value, "down": report.missing, "components": components}


def _show_queues(report: Report) -> None:
    """A queue that cannot be read has no sample: an old number would look like a fresh one."""
    for queue in Queue:
        finding = report.findings.get(queue.value)
        if finding is None or finding.state is State.DOWN:
            _forget(queue)
            continue
        metrics.queue_depth.labels(queue).set(float(finding.facts["waiting"]))
        metrics.queue_age.labels(queue).set(float(finding.facts["oldest_seconds"]))


def _show_alerts(report: Report) -> None:
    metrics.open_alerts.clear()
    for finding in report.findings.values():
        for alert, count in finding.facts.items():
            metrics.open_alerts.labels(alert).set(float(count))


def _forget(queue: Queue) -> None:
    for gauge in (metrics.queue_depth, metrics.queue_age):
        gauge.remove(queue)


def _json(body: object, *, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, _NO_STORE, media_type="application/json")
