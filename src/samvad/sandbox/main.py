"""The sandbox as an ASGI app and as a process."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from samvad.kernel.clock import Clock, SystemClock
from samvad.sandbox.config import SandboxConfig
from samvad.sandbox.control import ControlDoor
from samvad.sandbox.delivery import Courier
from samvad.sandbox.door import Handler, answer
from samvad.sandbox.errors import unknown_path
from samvad.sandbox.graph import MessagesDoor, graph_route, refused
from samvad.sandbox.graph_examples import ExamplesDoor
from samvad.sandbox.graph_objects import ObjectsDoor
from samvad.sandbox.graph_templates import TemplatesDoor
from samvad.sandbox.handshake import Handshake
from samvad.sandbox.phone import PhoneDoor
from samvad.sandbox.repository.ledger import Ledger
from samvad.sandbox.sending import Switchboard
from samvad.sandbox.silence import AbortableProtocol
from samvad.sandbox.wire_client import HttpClient, WireClient
from samvad.sandbox.world import Signals, World


def create_app(
    config: SandboxConfig, *, client: HttpClient | None = None, clock: Clock | None = None
) -> Starlette:
    """Must run under `AbortableProtocol` (see `server`), which lets faults close connections."""
    world = World(Ledger(config.data_file), clock=clock or SystemClock(), seed=config.seed)
    own_client = WireClient()
    outgoing = client or own_client
    courier = Courier(world, outgoing, slots=config.webhook_slots, timeout=config.webhook_timeout)

    def after_commit() -> None:
        world.signals.wake()
        courier.wake()

    world.ledger.after_commit = after_commit

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        delivering = asyncio.create_task(courier.run())
        try:
            yield
        finally:
            delivering.cancel()
            await asyncio.gather(delivering, return_exceptions=True)
            await own_client.close()
            world.ledger.close()

    async def healthz(_: Request) -> Response:
        return answer({"status": "ok", "simulated": True})

    async def lost(_: Request, __: Exception) -> Response:
        return refused(unknown_path(), world)

    handshake = Handshake(world, outgoing, config.webhook_timeout)
    control = ControlDoor(world, handshake, secret=config.control_secret)
    phone = PhoneDoor(world, secret=config.control_secret)
    routes = [
        Mount("/_sandbox", routes=control.routes()),
        Mount("/phone", routes=phone.routes()),
        Route("/healthz", healthz),
        *_graph_routes(world, handshake, hold_seconds=config.hold_seconds),
    ]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={404: lost, 405: lost})
    app.state.signals = world.signals
    return app


def _graph_routes(world: World, handshake: Handshake, *, hold_seconds: float) -> list[Route]:
    """The hottest first; last the one that would match them all."""
    messages = MessagesDoor(world, Switchboard(), hold_seconds=hold_seconds)
    objects = ObjectsDoor(world, handshake)
    templates, examples = TemplatesDoor(world), ExamplesDoor(world)
    one = "/{version}/{object_id}"
    table: list[tuple[str, str, Handler]] = [
        ("POST", f"{one}/messages", messages.post),
        ("POST", f"{one}/media", objects.upload),
        ("POST", f"{one}/uploads", examples.begin),
        ("POST", "/{version}/upload:{session}", examples.fill),
        ("POST", f"{one}/register", objects.register),
        ("GET", f"{one}/phone_numbers", objects.phone_numbers),
        ("GET", f"{one}/subscribed_apps", objects.subscriptions),
        ("POST", f"{one}/subscribed_apps", objects.subscribe),
        ("DELETE", f"{one}/subscribed_apps", objects.unsubscribe),
        ("GET", f"{one}/message_templates", templates.list),
        ("POST", f"{one}/message_templates", templates.create),
        ("DELETE", f"{one}/message_templates", templates.delete),
        ("GET", "/media/{media_id}", objects.download),
        ("GET", "/{version}/debug_token", objects.debug_token),
        ("GET", "/debug_token", objects.debug_token),
        ("GET", one, objects.get_object),
        ("POST", one, templates.edit),
    ]
    return [Route(path, graph_route(world, handler), methods=[method]) for method, path, handler in table]


class _Server(uvicorn.Server):
    """Before it waits for open requests, it ends those that only wait for something to happen."""

    def __init__(self, config: uvicorn.Config, signals: Signals) -> None:
        super().__init__(config)
        self._signals = signals

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._signals.end()
        await super().shutdown(sockets)


def server(config: SandboxConfig, app: Starlette) -> uvicorn.Server:
    """Stops gracefully: open requests get three seconds, the queue stays in its file."""
    return _Server(
        uvicorn.Config(
            app,
            host=config.host,
            port=config.port,
            http=AbortableProtocol,
            ws="none",
            lifespan="on",
            access_log=False,
            log_config=None,
            server_header=False,
            headers=[("x-samvad-sandbox", "1")],
            timeout_graceful_shutdown=3,
        ),
        app.state.signals,
    )


async def serve(config: SandboxConfig) -> None:
    """Until SIGINT or SIGTERM."""
    await server(config, create_app(config)).serve()


def run(config: SandboxConfig) -> None:
    """`serve` on the loop that uvicorn would choose."""
    server(config, create_app(config)).run()
