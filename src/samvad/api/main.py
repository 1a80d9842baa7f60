"""The HTTP side of a process: API, live stream, webhooks, health, web app. `cli` names it by string."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import ASGIApp

from samvad.api.app import create_app
from samvad.api.health import health_routes
from samvad.api.media import Media
from samvad.api.services import ApiServices
from samvad.api.simulator import simulator_route
from samvad.api.webhooks import WebhookDoor
from samvad.api.widget import Widget
from samvad.api.ws import live_route
from samvad.assistant.service.answering import Answerer
from samvad.bootstrap.engine import web_folder
from samvad.bootstrap.parts import Parts
from samvad.channels.service.devices import Devices
from samvad.channels.service.journal import Journal
from samvad.channels.service.pairing import Pairer
from samvad.channels.service.receipts import Receipts
from samvad.channels.service.registry import Registry
from samvad.channels.service.selftest import SelfTest
from samvad.channels.service.simulator import Simulator
from samvad.channels.service.template_desk import TemplateDesk
from samvad.channels.service.vault import Vault
from samvad.conversations.service.file_links import FileLinks
from samvad.knowledge.service.search import Search
from samvad.platform.events.hub import Hub
from samvad.platform.health import (
    Check,
    alerts_check,
    compute_check,
    database_check,
    file_check,
    migrations_check,
    queue_checks,
    reachable_check,
)
from samvad.platform.migrations.version import HEAD
from samvad.platform.settings import KnowledgeSettings
from samvad.platform.wakeups import Wakeups
from samvad.tenancy.service import Gatekeeper
from samvad.tenancy.types import Installation
from samvad.workflows.chat.service import Chat
from samvad.workflows.demo.service import Demos
from samvad.workflows.sandbox_time import SandboxTime
from samvad.workflows.scenarios.service import Theatre


@asynccontextmanager
async def web(parts: Parts) -> AsyncIterator[ASGIApp]:
    async with Hub(parts.database, parts.wakeups) as hub:
        chat = Chat(parts.database, parts.chat_lines, parts.ears, hub)
        folder = web_folder(parts.settings)
        api = create_app(
            ApiServices(
                database=parts.database,
                clock=parts.clock,
                hasher=parts.hasher,
                base_url=parts.settings.base_url,
                installation=Installation(
                    public=parts.settings.public_url is not None, models=parts.settings.model.configured
                ),
                trusted_proxies=parts.settings.trusted_proxies,
                web_dir=folder,
                web_error=folder.parent / ".build-error" if folder else None,
                extra=[
                    *health_routes(_checks(parts), alerts=alerts_check(parts.database)),
                    live_route(hub, Gatekeeper(parts.database, parts.clock)),
                    simulator_route(parts.simulator, _sandbox_time(parts)),
                    Media(parts.database, parts.file_links, parts.clock).route(),
                    *Widget(chat, parts.database, parts.clock, folder=folder).routes(),
                ],
                parts={
                    Registry: parts.registry,
                    SelfTest: parts.selftest,
                    Pairer: parts.pairer,
                    Devices: parts.devices,
                    TemplateDesk: parts.templates,
                    Simulator: parts.simulator,
                    Receipts: parts.receipts,
                    Journal: parts.journal,
                    Demos: parts.demos,
                    Theatre: parts.theatre,
                    Wakeups: parts.wakeups,
                    FileLinks: parts.file_links,
                    Vault: parts.vault,
                    KnowledgeSettings: parts.settings.knowledge,
                    Search: parts.search,
                    Answerer: parts.answerer,
                    Chat: chat,
                },
            )
        )
        yield WebhookDoor(api, parts.doors)


def _sandbox_time(parts: Parts) -> SandboxTime:
    return SandboxTime(parts.database, parts.simulator, parts.wakeups, parts.clock)


def _checks(parts: Parts) -> list[Check]:
    folder = web_folder(parts.settings)
    checks = [
        database_check(parts.database),
        migrations_check(parts.database, expected=HEAD),
        *queue_checks(parts.database, parts.clock),
        compute_check(parts.compute),
        file_check("web", folder / "index.html" if folder else None, absent="the web app is not built"),
    ]
    if parts.settings.sandbox.enabled:
        checks.append(reachable_check("sandbox", parts.settings.sandbox.host, parts.settings.sandbox.port))
    return checks
