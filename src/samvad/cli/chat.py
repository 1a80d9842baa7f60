"""`samvad chat`: a customer in the terminal, who talks to the running installation through the sandbox."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any, TextIO
from uuid import UUID

import orjson
import typer

from samvad.bootstrap.parts import Parts
from samvad.channels.types import Channel
from samvad.cli import scenario as scenarios
from samvad.cli.output import Json, Row, TenantOption
from samvad.cli.own_house import own_house, samvad
from samvad.cli.runtime import Runtime, chosen_tenant, run
from samvad.conversations.service import reading
from samvad.kernel.errors import NotFound, SamvadError, Unavailable
from samvad.kernel.ids import TenantId
from samvad.platform.db.scope import SYSTEM
from samvad.platform.http import HostPolicy, HttpClient, HttpError
from samvad.platform.settings import Settings
from samvad.workflows.scenarios.house import House
from samvad.workflows.scenarios.types import Scenario

_SECONDS = 15.0
_TRIES, _AGAIN = 20, 0.25  # looks for the emulator, seconds between them
_POLL = 10  # seconds that one look for news waits
_ORDER = ("sent", "failed", "delivered", "read")
_TICKS = {"delivered": "✓✓", "read": "✓✓ read", "failed": "✗ not delivered"}

Who = Annotated[str | None, typer.Option("--as", help="the customer's name; a new one is introduced")]
Wait = Annotated[float, typer.Option(min=0, help="after the last line: seconds without news until it ends")]
Files = Annotated[
    list[str] | None,
    typer.Option("--scenario", help="play this file, or one that comes with Samvad; may be given again"),
]
Own = Annotated[
    bool, typer.Option("--own", help="with --scenario: in an installation of its own, gone after")
]

Keep = Annotated[
    bool, typer.Option("--keep", help="with --scenario: people made for it stay on the simulator's phone")
]


def chat(
    context: typer.Context,
    who: Who = None,
    wait: Wait = 3.0,
    tenant: TenantOption = None,
    as_json: Json = False,
    scenario: Files = None,
    own: Own = False,
    keep: Keep = False,
) -> None:
    """Be a customer: what you type, or each line of standard input, is a message. With --scenario files are
    played instead; exit status 0: all passed, 1: something failed, 2: a file cannot be read."""
    if scenario:
        passed = _scenarios(context, scenario, tenant, as_json=as_json, own=own, keep=keep)
        raise typer.Exit(0 if passed else 1)
    told = _as_json if as_json else _as_text
    try:
        run(_chat(context.obj(), tenant, who=who, wait=wait, told=told))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def _scenarios(
    context: typer.Context,
    names: Sequence[str],
    tenant: str | None,
    *,
    as_json: bool,
    own: bool,
    keep: bool,
) -> bool:
    read = scenarios.read_all(names)
    if own:
        asked = ["chat", *(part for name in names for part in ("--scenario", name))]
        with own_house(scenarios.business_of(read)) as environment:
            return samvad([*asked, *(["--json"] if as_json else [])], environment) == 0
    show = scenarios.as_json if as_json else scenarios.as_text
    return run(_play(context.obj(), tenant, read, show, keep=keep))


async def _play(
    runtime: Runtime, slug: str | None, read: Sequence[Scenario], show: scenarios.Show, *, keep: bool
) -> bool:
    async with _phone(runtime, slug) as phone:
        if phone.authors is None:
            raise NotFound("This tenant has no sandbox number")
        built, tenant, channel = phone.authors.built, phone.authors.tenant, phone.authors.channel
        house = House(built.database, tenant, SYSTEM, channel, built.clock, built.wakeups, built.demos)
        return await scenarios.play_all(read, phone, house, show, keep=keep)


async def _chat(runtime: Runtime, slug: str | None, *, who: str | None, wait: float, told: "Told") -> None:
    async with _phone(runtime, slug) as phone:
        customer, cursor = await phone.become(who)
        talk = Talk(phone, customer, cursor, told, earlier=await phone.said(customer))
        hearing = asyncio.create_task(talk.hear())
        speaking = asyncio.create_task(talk.speak(_lines(sys.stdin), wait=wait))
        await asyncio.wait({hearing, speaking}, return_when=asyncio.FIRST_COMPLETED)
        ended = [task for task in (hearing, speaking) if task.done()]
        hearing.cancel()
        speaking.cancel()
        for task in ended:
            task.result()


@asynccontextmanager
async def _phone(runtime: Runtime, slug: str | None) -> AsyncIterator["Phone"]:
    """A phone with a pass for the tenant's sandbox number. Raises Unavailable, NotFound."""
    base, allow = _address(runtime.settings)
    async with HttpClient() as http:
        await Phone(http, base, allow).ask("GET", "/healthz")
        async with runtime.open_parts() as built:
            tenant = await chosen_tenant(built.database, slug)
            async with built.database.reading(tenant) as scope:
                passes = await built.simulator.passes(scope, now=built.clock.now())
            if not passes:
                raise NotFound("This tenant has no sandbox number")
            await _known(built, tenant, passes[0].channel)
            authors = Authors(built, tenant, passes[0].channel.id)
            yield Phone(http, f"{base}/sandbox/phone", allow, passes[0].token, authors)


async def _known(built: Parts, tenant: TenantId, channel: Channel) -> None:
    """The emulator may still be starting. Raises Unavailable."""
    for _ in range(_TRIES):
        if await built.simulator.register(tenant, channel):
            return
        await asyncio.sleep(_AGAIN)
    raise Unavailable("The sandbox does not answer; `samvad doctor` says why")


def _address(settings: Settings) -> tuple[str, HostPolicy]:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::", "") else settings.host  # noqa: S104 - not bound
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{settings.port}", HostPolicy().including(host, settings.port)


@dataclass(frozen=True, slots=True)
class Authors:
    """Who of the business wrote a message that the phone shows."""

    built: Parts
    tenant: TenantId
    channel: UUID

    async def of(self, wamid: str) -> str:
        """The message is noted a moment after the phone has it; an unknown one is the business's."""
        for _ in range(20):
            async with self.built.database.reading(self.tenant) as scope:
                found = await reading.with_external_id(scope, self.channel, wamid)
            if found:
                return found.member.name if found.member else found.author.value
            await asyncio.sleep(0.1)
        return "business"


@dataclass(frozen=True, slots=True)
class Phone:
    """The sandbox's phone page by its calls."""

    http: HttpClient
    base: str
    allow: HostPolicy
    token: str = ""
    authors: Authors | None = None

    async def ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        """Raises Unavailable when nobody answers, SamvadError when the answer is no."""
        headers = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        sent = None if body is None else orjson.dumps(body)
        try:
            answer = await self.http.request(
                method, f"{self.base}{path}", headers=headers, body=sent, timeout=_SECONDS, allow=self.allow
            )
        except HttpError as failure:
            raise Unavailable(f"Samvad does not answer ({failure}); start it with `samvad up`") from failure
        said = orjson.loads(answer.body or b"{}")
        if answer.status >= 400:
            raise SamvadError(
                f"The phone refused: {said.get('detail') or said.get('title') or answer.status}"
            )
        return said

    async def become(self, name: str | None) -> tuple[int, int]:
        """(the customer of this name or the first one, the cursor from which news come)."""
        found = await self.ask("GET", "/customers")
        mine = [c for c in found["items"] if name is None or c["name"] == name]
        customer = mine[0] if mine else await self.ask("POST", "/customers", {"name": name or "You"})
        return customer["id"], found["cursor"]

    async def said(self, customer: int) -> frozenset[int]:
        """The messages that stand in the chat, by their ids."""
        ids, after = set[int](), 0
        while after is not None:
            page = await self.ask("GET", f"/customers/{customer}/messages?after={after}")
            ids.update(message["id"] for message in page["items"])
            after = page["next_cursor"]
        return frozenset(ids)


Told = Callable[[Row], None]


@dataclass(slots=True)
class Talk:
    """One customer's conversation; `told` shows what is new and its ticks, nothing of `earlier` messages."""

    phone: Phone
    customer: int
    cursor: int
    told: Told
    earlier: frozenset[int] = frozenset()
    states: dict[int, str] = field(default_factory=dict)
    newest: float = 0.0

    async def speak(self, lines: "asyncio.Queue[str | None]", *, wait: float) -> None:
        """Until the lines end and nothing has happened for `wait` seconds."""
        while (line := await lines.get()) is not None:
            text = line.strip()
            if text:
                body = {"kind": "text", "content": {"body": text}}
                self._note(await self.phone.ask("POST", f"/customers/{self.customer}/messages", body))
        while (left := self.newest + wait - _now()) > 0:  # noqa: ASYNC110 - it waits for time to pass
            await asyncio.sleep(left)

    async def hear(self) -> None:
        """Until cancelled."""
        while True:
            news = await self.phone.ask("GET", f"/events?after={self.cursor}&wait={_POLL}")
            self.cursor = news["cursor"]
            for item in news["items"]:
                message = item.get("message")
                if message and message["customer_id"] == self.customer and message["id"] not in self.earlier:
                    await self._take(message)

    async def _take(self, message: Mapping[str, Any]) -> None:
        ours, known = message["direction"] == "in", message["id"] in self.states
        if ours or known:
            self._note(message)
            return
        author = await self.phone.authors.of(message["wamid"]) if self.phone.authors else "business"
        self._note(message, author)
        await self.phone.ask("POST", f"/customers/{self.customer}/read", {})

    def _note(self, message: Mapping[str, Any], author: str = "customer") -> None:
        """News may come before the answer to what caused them: a tick is never taken back."""
        before = self.states.get(message["id"])
        if before and (message["direction"] != "in" or not _further(before, message["state"])):
            return
        self.states[message["id"]] = message["state"]
        self.newest = _now()
        shown = {name: message[name] for name in ("id", "direction", "kind", "text", "state")}
        self.told({**shown, "author": author, "new": before is None})


def _further(before: str, now: str) -> bool:
    return _ORDER.index(now) > _ORDER.index(before)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _as_json(row: Row) -> None:
    typer.echo(orjson.dumps({name: value for name, value in row.items() if name != "new"}).decode())


def _as_text(row: Row) -> None:
    mine = row["direction"] == "in"
    if row["new"] and not mine:
        typer.echo(f"{str(row['author']).capitalize()}: {row['text'] or row['kind']}")
    elif row["new"] and not sys.stdin.isatty():
        typer.echo(f"You: {row['text']}")
    if mine and (tick := _TICKS.get(str(row["state"]))):
        typer.echo(f"  {tick}")


def _lines(source: TextIO) -> "asyncio.Queue[str | None]":
    """Lines as they come, then None. A thread reads, for a terminal answers when it likes; it never holds up
    the end."""
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def read() -> None:
        for line in source:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return lines
