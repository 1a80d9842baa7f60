"""The tenant's side of a scenario: what the conversation looks like here, and what its team does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from samvad.channels.types import TemplateChoice
from samvad.conversations.service import agents, care, reading, threads
from samvad.conversations.service import mode as modes
from samvad.conversations.types import Mode, State, TraceStage
from samvad.kernel.clock import Clock
from samvad.kernel.identity import Identity, IdentityKind
from samvad.kernel.ids import TenantId, new_id
from samvad.knowledge.service import sources
from samvad.knowledge.types import SourceState
from samvad.platform.db import Actor, Database
from samvad.platform.wakeups import Topic, Wakeups
from samvad.workflows.demo.service import Demos
from samvad.workflows.sandbox_time import shift
from samvad.workflows.scenarios.types import TeamWrites

_READ_STILL = (SourceState.PENDING, SourceState.PROCESSING)
_MESSAGES = 50  # the newest ones, by which a scenario finds its own


class Emulator(Protocol):
    """The calls of the emulator's phone page."""

    async def ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        """Raises SamvadError."""
        ...


@dataclass(frozen=True, slots=True)
class Seen:
    """The conversation and its newest messages, newest first, in the public shape."""

    conversation: Mapping[str, Any]
    messages: list[Mapping[str, Any]]

    def of(self, shown: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The message that the phone shows; by our own id where the provider's never reached us."""
        known = (shown["wamid"], shown["client_id"])
        return next((m for m in self.messages if m["external_id"] == known[0] or m["id"] == known[1]), None)

    @property
    def ours(self) -> Mapping[str, Any] | None:
        """The newest message that is meant for the customer."""
        out = (
            m for m in self.messages if m["direction"] == "out" and not m["private"] and m["kind"] != "system"
        )
        return next(out, None)


@dataclass(frozen=True, slots=True)
class House:
    """`actor` is who runs the scenario: what the team does in it is done in that name."""

    database: Database
    tenant: TenantId
    actor: Actor
    channel: UUID
    clock: Clock
    wakeups: Wakeups
    demos: Demos

    async def fits(self, business: str) -> str:
        """What stands against a scenario of this demo; empty: nothing."""
        async with self.database.reading(self.tenant) as scope:
            loaded = await self.demos.loaded(scope)
        if business and (loaded is None or loaded.name.value != business):
            return f"it is written for the demo business {business!r}; load it in Settings, Business"
        return ""

    async def reads_still(self) -> bool:
        """Whether knowledge is being read that a scenario could be answered from."""
        async with self.database.reading(self.tenant) as scope:
            page = await sources.list_sources(scope, cursor=None, limit=100)
        return any(source.state in _READ_STILL for source in page.items)

    async def look(self, bsuid: str) -> Seen | None:
        """None: nothing of this customer has come in."""
        async with self.database.reading(self.tenant) as scope:
            who = Identity(IdentityKind.BSUID, bsuid)
            conversation = (await threads.read(scope, self.channel, who, limit=1)).conversation
            if conversation is None:
                return None
            page = await reading.list_messages(scope, conversation, cursor=None, limit=_MESSAGES)
            found = await reading.get_conversation(scope, conversation, now=self.clock.now())
            return Seen(found, list(page.items))

    async def codes(self, message: str) -> set[int]:
        """What the provider gave as codes of this message."""
        details = (stage.detail for stage in await self._trace(message))
        given = {str(detail.get("code")) for detail in details if isinstance(detail, Mapping)}
        return {int(code) for code in given if code.isdigit()}

    async def by_rule(self, message: str) -> bool:
        """Whether a rule of the house decided what this message says, also where it hands over."""
        return any(s.name == "rules" and s.verdict != "no" for s in await self._trace(message))

    async def _trace(self, message: str) -> list[TraceStage]:
        async with self.database.reading(self.tenant) as scope:
            return await reading.trace_of(scope, UUID(message))

    async def later(self, by: timedelta) -> None:
        """So much later for the conversations of this number."""
        await shift(self.database, self.wakeups, self.clock, tenant=self.tenant, channel=self.channel, by=by)

    async def write(self, conversation: str, asked: TeamWrites) -> None:
        """Raises SamvadError."""
        choice = TemplateChoice(name=asked.template, language=asked.language, values=asked.values)
        said = choice if asked.template else asked.text
        async with self.database.unit_of_work(self.tenant, self.actor, point=agents.POINT) as scope:
            id, now = UUID(conversation), self.clock.now()
            await agents.write(scope, id, said, client_id=str(new_id()), at=now, correlation=str(new_id()))
        self.wakeups.poke(Topic.OUTBOUND, Topic.EVENTS)

    async def end(self, bsuid: str) -> None:
        """Nobody is there any more to answer: the conversation is over, and with it what it asked for."""
        seen = await self.look(bsuid)
        if seen is None or seen.conversation["status"] == State.RESOLVED:
            return
        async with self.database.unit_of_work(self.tenant, self.actor, point=modes.POINT) as scope:
            id = UUID(seen.conversation["id"])
            await care.set_state(scope, id, State.RESOLVED, at=self.clock.now())
        self.wakeups.poke(Topic.EVENTS, Topic.OUTBOUND)

    async def take(self, conversation: str, *, over: bool) -> None:
        """Raises SamvadError."""
        mode = Mode.HUMAN if over else Mode.AI
        async with self.database.unit_of_work(self.tenant, self.actor, point=modes.POINT) as scope:
            await modes.set_mode(scope, UUID(conversation), mode, reason="scenario", at=self.clock.now())
        self.wakeups.poke(Topic.EVENTS, Topic.OUTBOUND)
