"""All long-lived parts of a process, built once and closed in reverse order."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from samvad.assistant.adapters.registry import model as language_model
from samvad.assistant.service.answering import Answerer
from samvad.assistant.service.modelled import Modelled
from samvad.bootstrap.engine import Engine
from samvad.channels.adapters.kit import Kit
from samvad.channels.adapters.registry import adapters
from samvad.channels.service.arrivals import Arrivals
from samvad.channels.service.chat import FAMILY, ChatLines
from samvad.channels.service.devices import Devices
from samvad.channels.service.directory import Directory
from samvad.channels.service.dispatch import Dispatch
from samvad.channels.service.door import Door
from samvad.channels.service.files import Files
from samvad.channels.service.intake import Intake
from samvad.channels.service.journal import Journal
from samvad.channels.service.pairing import Pairer
from samvad.channels.service.receipts import Receipts
from samvad.channels.service.registry import Registry
from samvad.channels.service.selftest import SelfTest
from samvad.channels.service.simulator import Simulator
from samvad.channels.service.standing import StandingDesk
from samvad.channels.service.template_desk import TemplateDesk
from samvad.channels.service.vault import Vault
from samvad.channels.types import ChannelAdapter, Provider, Route
from samvad.conversations.service import file_links
from samvad.conversations.service.file_links import FileLinks
from samvad.conversations.service.outgoing_files import OutgoingFiles
from samvad.kernel.clock import Clock, SystemClock
from samvad.knowledge.service.search import Search
from samvad.platform.compute.client import Compute
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database
from samvad.platform.http import HostPolicy, HttpClient
from samvad.platform.settings import Settings
from samvad.platform.wakeups import Wakeups
from samvad.tenancy.passwords import ComputeHasher
from samvad.tenancy.service import alerts
from samvad.workflows.chat.ear import Ears
from samvad.workflows.demo.service import Demos
from samvad.workflows.inbound.tenants import Tenants
from samvad.workflows.scenarios.service import Theatre

SANDBOX_SECRET = "sandbox"  # noqa: S105 - the purpose that the secret is derived for

_INDEXING_IDLE = 30.0  # documents come in heaps, and a parser of strangers' files need not linger


@dataclass(frozen=True, slots=True)
class Parts:
    settings: Settings
    keyring: Keyring
    clock: Clock
    database: Database
    wakeups: Wakeups
    http: HttpClient
    adapters: Mapping[Provider, ChannelAdapter]
    vault: Vault
    registry: Registry
    selftest: SelfTest
    pairer: Pairer
    devices: Devices
    templates: TemplateDesk
    standings: StandingDesk
    simulator: Simulator
    demos: Demos
    theatre: Theatre
    receipts: Receipts
    files: Files
    file_links: FileLinks
    dispatch: Dispatch
    intake: Intake
    doors: Mapping[str, Door]  # by family
    journal: Journal
    tenants: Tenants
    compute: Compute
    indexing: Compute  # a process of its own: a question never waits behind a document
    search: Search
    answerer: Answerer
    chat_lines: ChatLines
    ears: Ears
    hasher: ComputeHasher

    def leave(self) -> None:
        """Lets go of the calls that only wait for something to happen."""
        self.simulator.leave()
        self.ears.leave()
        self.theatre.leave()


@asynccontextmanager
async def parts(settings: Settings, engine: Engine, *, clock: Clock | None = None) -> AsyncIterator[Parts]:
    """Everything that API and workers share."""
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(engine.database())
        wakeups = await stack.enter_async_context(Wakeups(database.connect_settings()))
        http = await stack.enter_async_context(HttpClient())
        compute = await stack.enter_async_context(Compute())
        indexing = await stack.enter_async_context(Compute(idle_seconds=_INDEXING_IDLE))
        search = Search(database, compute.call)
        allow = HostPolicy(allowed=settings.http.allow_hosts)
        sandbox = (settings.sandbox.host, settings.sandbox.port)
        speak = adapters(Kit(http, clock, allow, settings))
        sandbox_url = f"http://{sandbox[0]}:{sandbox[1]}"
        vault = Vault(
            engine.keyring, database, adapters=speak, public_url=settings.base_url, sandbox_url=sandbox_url
        )
        registry = Registry(vault, speak)
        standings = StandingDesk(database=database, vault=vault, adapters=speak, clock=clock)
        links = FileLinks(
            engine.keyring.token_for(file_links.PURPOSE),
            settings.base_url if settings.public_url else None,
            clock,
        )
        receipts = await stack.enter_async_context(Receipts(vault, speak))
        dispatch = await stack.enter_async_context(
            Dispatch(
                database=database,
                vault=vault,
                adapters=speak,
                files=OutgoingFiles(database, links),
                clock=clock,
            )
        )
        forged = _ForgeryAlarm(database, clock)
        intake = await stack.enter_async_context(Intake(database, wakeups, on_forged=forged))
        arrivals = await stack.enter_async_context(Arrivals(database))
        doors = {
            adapter.family: Door(
                adapter=adapter,
                directory=Directory(database, vault, clock, wakeups=wakeups, family=adapter.family),
                intake=intake,
                arrivals=arrivals,
                clock=clock,
            )
            for adapter in reversed(list(speak.values()))  # of a family the first one's
        }
        ourselves = allow.including(settings.host, settings.port)
        simulator = Simulator(
            registry=registry,
            vault=vault,
            http=http,
            allow=allow.including(*sandbox),
            url=sandbox_url,
            secret=engine.keyring.token_for(SANDBOX_SECRET),
            webhook_base=f"http://{settings.host}:{settings.port}",
        )
        demos = Demos(simulator)
        yield Parts(
            settings=settings,
            keyring=engine.keyring,
            clock=clock,
            database=database,
            wakeups=wakeups,
            http=http,
            adapters=speak,
            vault=vault,
            registry=registry,
            pairer=Pairer(vault, speak),
            devices=Devices(database, vault, speak),
            templates=TemplateDesk(database=database, vault=vault, adapters=speak, clock=clock),
            standings=standings,
            selftest=SelfTest(
                standings=standings,
                database=database,
                vault=vault,
                registry=registry,
                adapters=speak,
                http=http,
                allow=ourselves,
                clock=clock,
            ),
            simulator=simulator,
            demos=demos,
            theatre=Theatre(database, simulator, demos, clock, wakeups),
            receipts=receipts,
            files=Files(vault, speak),
            file_links=links,
            dispatch=dispatch,
            intake=intake,
            doors=doors,
            journal=Journal(database=database, doors=doors, clock=clock),
            tenants=Tenants(clock),
            compute=compute,
            indexing=indexing,
            search=search,
            answerer=Answerer(database, search, modelled=_modelled(settings, http, allow)),
            hasher=ComputeHasher(compute.call),
            chat_lines=ChatLines(database, doors[FAMILY], vault, clock, wakeups=wakeups),
            ears=Ears(),
        )


def _modelled(settings: Settings, http: HttpClient, allow: HostPolicy) -> Modelled | None:
    model = language_model(settings.model, http, allow=allow)
    return Modelled(model, name=settings.model.name) if model else None


class _ForgeryAlarm:
    """Somebody signed for a number with another secret: the number's own tenant is told."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def __call__(self, route: Route) -> None:
        async with self._database.unit_of_work(route.tenant) as scope:
            await alerts.raise_alert(
                scope,
                "forged_webhook",
                subject=str(route.channel),
                detail="A webhook named this number but was signed with another secret; it was refused",
                now=self._clock.now(),
            )
