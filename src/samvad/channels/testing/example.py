"""What the suite must be told of a provider to try its adapter."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

from samvad.channels.adapters.kit import Kit
from samvad.channels.adapters.registry import Buildable
from samvad.channels.testing.peer import Answer, Answers, Asked, Peer, running
from samvad.channels.types import (
    ChannelAdapter,
    ChannelCredentials,
    Connection,
    Content,
    FieldRole,
    FileRule,
    Identity,
    Kind,
    Outbound,
    OutgoingFile,
    RawRequest,
    proof,
)
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import ChannelId, TenantId
from samvad.kernel.json import JsonObject
from samvad.platform.http import HostPolicy, HttpClient
from samvad.platform.settings import Settings, WorkerSettings

BODY = ":body"  # beside header names and TARGET: a place that a webhook's proof covers
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LINK = "https://crm.example.org/media/out/token-of-a-file"
OUR_ID = UUID("0199c9b0-0000-7000-8000-000000000001")

_PUBLIC = "https://crm.example.org"
_TIMEOUT = 0.8  # seconds until a silent provider counts as one


@dataclass(frozen=True, kw_only=True)
class Example:
    """`values`: a filled-in form, with secrets that are found nowhere else by chance; the base URL becomes
    the suite's own peer. `calls`: webhook calls as they come, of every kind there is; they need no proof.
    `proven`: where a change must break the proof: BODY, TARGET, names of headers. `to`: somebody to write to.
    `accepts`: how the provider says yes to what it is asked. `contents`: one of each kind that can be sent.
    `asks`: what is asked before a send and sends nothing itself, so that it may be asked again.
    """

    adapter: type[ChannelAdapter]
    values: Mapping[str, str]
    calls: Mapping[str, RawRequest]
    proven: frozenset[str]
    to: tuple[Identity, ...]
    accepts: Answers
    contents: Sequence[Content] = ()
    target: str = "1"  # the provider's id of a message, for a reaction to it
    asks: Callable[[Asked], bool] = lambda asked: False

    @property
    def text(self) -> Outbound:
        return Outbound(OUR_ID, to=self.to, kind=Kind.TEXT, text="Namaste 🙏")

    def with_file(self, rule: FileRule) -> tuple[Outbound, OutgoingFile]:
        """A message whose file we hold, of the first type that the rule names."""
        mime_type, ending = next(iter(rule.types.items()), ("application/x-of-the-suite", ""))
        name = f'a "name"; of\r\n{rule.kind.value} दूध{ending}'
        content: JsonObject = {"filename": name} if rule.kind is Kind.DOCUMENT else {}
        outbound = replace(self.text, kind=rule.kind, text="", content=content, file=True)
        return outbound, OutgoingFile(name, mime_type, b"bytes of a file \x00\xff\r\n--")

    def refusing(self, given: Answer) -> Answers:
        """A provider that gives this answer to every send."""
        return lambda asked: self.accepts(asked) if self.asks(asked) else given

    def outbound(self, content: Content) -> Outbound:
        target = self.target if content.kind is Kind.REACTION else None
        return replace(
            self.text, kind=content.kind, text=content.text, content=content.as_json(), target=target
        )


@dataclass(frozen=True)
class Stage:
    """One adapter, one peer in its provider's place, and the credentials of one channel."""

    adapter: ChannelAdapter
    via: ChannelCredentials
    peer: Peer
    example: Example = field(repr=False)

    @property
    def secrets(self) -> list[str]:
        return [word for word in self.via.secrets.values() if word]

    @property
    def proof(self) -> str:
        return proof(self.adapter, self.via.secrets)

    def event(self) -> RawRequest:
        """The adapter's own test call, as the door gets it."""
        event = self.adapter.test_event(self.via, nonce="n1")
        assert event, "give the example the values with which its provider calls"
        headers = {name.lower(): value for name, value in event.headers.items()}
        return replace(event, headers=headers, path=urlsplit(self.via.webhook_url).path)


def built(
    example: Example, http: HttpClient | None = None, allow: HostPolicy | None = None
) -> ChannelAdapter:
    """As the registry builds it."""
    hasty = WorkerSettings().model_copy(update={"send_timeout": _TIMEOUT})  # type: ignore[call-arg]
    settings = Settings(public_url=_PUBLIC, worker=hasty, _env_file=None)  # type: ignore[call-arg]
    kit = Kit(http or HttpClient(), FrozenClock(NOW), allow or HostPolicy(), settings)
    return cast(Buildable, example.adapter).build(kit)


def credentials(example: Example, adapter: ChannelAdapter, *, base_url: str) -> ChannelCredentials:
    """Of a channel that was connected with the example's values."""
    values = adapter.complete(filled(example) | base(example, base_url))
    given = Connection.of(adapter.form, values)
    return ChannelCredentials(
        channel=ChannelId(UUID(int=1)),
        tenant=TenantId(UUID(int=2)),
        provider=adapter.provider,
        address=given.address,
        account=given.account,
        base_url=given.base_url,
        webhook_url=f"{_PUBLIC}/webhooks/{adapter.family}/key-of-the-channel",
        options=given.options,
        secrets=given.secrets,
    )


def filled(example: Example) -> dict[str, str]:
    """The values with a word for whatever is made here."""
    made = {one.name: f"made-here-for-{one.name}-0123456789" for one in example.adapter.form if one.made}
    return made | dict(example.values)


def base(example: Example, url: str) -> dict[str, str]:
    return {one.name: url for one in example.adapter.form if one.role is FieldRole.BASE_URL}


def play(
    example: Example,
    act: Callable[[Stage], Coroutine[Any, Any, None]],
    answers: Answers | None = None,
    *,
    allowed: bool = True,
) -> Peer:
    """Runs `act` with a peer that answers; the peer tells afterwards what it was asked."""

    async def whole() -> Peer:
        async with running(answers or example.accepts) as peer, HttpClient() as http:
            allow = HostPolicy().including("127.0.0.1", peer.port) if allowed else HostPolicy()
            adapter = built(example, http, allow)
            await act(Stage(adapter, credentials(example, adapter, base_url=peer.url), peer, example))
            return peer

    return asyncio.run(whole())


__all__ = ["BODY", "LINK", "NOW", "OUR_ID", "Answer", "Asked", "Example", "Stage", "base", "built",
           "credentials", "filled", "play"]  # fmt: skip
