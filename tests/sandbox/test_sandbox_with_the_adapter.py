"""Samvad's own Meta adapter against the sandbox: each reads what the other writes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from samvad.channels import errors
from samvad.channels.adapters.meta.adapter import SandboxAdapter
from samvad.channels.adapters.meta.api import Graph
from samvad.channels.types import (
    SANDBOX,
    ChannelCredentials,
    Delivery,
    EchoReceived,
    IdentityChanged,
    Kind,
    MessageReceived,
    Outbound,
    RawRequest,
    StatusReceived,
)
from samvad.kernel.clock import SystemClock
from samvad.kernel.identity import Identity, IdentityKind
from samvad.kernel.ids import ChannelId, TenantId, new_id
from samvad.platform.http import HostPolicy, HttpClient
from samvad.platform.settings import MetaSettings
from tests.sandbox.support import APP_SECRET, NUMBER, TOKEN, WABA, Sandbox

ASHA = (Identity(IdentityKind.PHONE, "+919999900001"), Identity(IdentityKind.WA_ID, "919999900001"))
CALL_S = 4.0  # only what never answers takes as long


@dataclass
class Channel:
    adapter: SandboxAdapter
    via: ChannelCredentials

    async def send(self, text: str = "hi") -> tuple[Outbound, str]:
        message = Outbound(id=new_id(), to=ASHA, kind=Kind.TEXT, text=text)
        return message, (await self.adapter.send(message, via=self.via)).external_id


@pytest.fixture
async def channel(sandbox: Sandbox) -> AsyncIterator[Channel]:
    target = urlsplit(sandbox.base)
    allow = HostPolicy(allowed=frozenset({(target.hostname, target.port)}))
    async with HttpClient() as http:
        via = ChannelCredentials(
            channel=ChannelId(new_id()),
            tenant=TenantId(new_id()),
            provider=SANDBOX,
            address=NUMBER,
            account=WABA,
            base_url=sandbox.base,
            webhook_url="https://crm.example.org/webhooks/meta/key",
            options={"graph_version": "v23.0"},
            secrets={"access_token": TOKEN, "app_secret": APP_SECRET, "verify_token": "verify-me"},
        )
        yield Channel(
            SandboxAdapter(Graph(http, allow, timeout=CALL_S), SystemClock(), defaults=MetaSettings()), via
        )


def events(channel: Channel, receiver) -> list[object]:
    """What the adapter reads in the answered webhooks, each of which must verify."""
    found = []
    for body, signature in receiver.posts:
        request = RawRequest({"x-hub-signature-256": signature}, body)
        assert channel.adapter.verify(request, secret=APP_SECRET)
        assert channel.adapter.addresses(request) == {NUMBER}
        found += [item.event for item in channel.adapter.parse(request)]
    return found


async def test_the_self_test_is_content(channel):
    steps = await channel.adapter.probe(channel.via)
    assert [(s.name, s.ok) for s in steps] == [
        ("connection", True), ("token", True), ("number", True), ("subscription", True),
    ]  # fmt: skip


async def test_the_self_test_names_an_expired_token(sandbox, receiver, channel):
    await sandbox.register(receiver, access_token="a new one")
    steps = await channel.adapter.probe(channel.via)
    assert (steps[-1].name, steps[-1].ok) == ("token", False)


async def test_a_send_and_its_statuses_meet_by_our_id(sandbox, receiver, channel):
    await sandbox.behave(statuses={"until": "read", "read_ms": 150})
    message, external_id = await channel.send()
    await sandbox.settled()
    told = events(channel, receiver)
    assert all(isinstance(e, StatusReceived) for e in told)
    assert [e.state for e in told] == [Delivery.SENT, Delivery.DELIVERED, Delivery.READ]
    assert {(e.external_id, e.our_id) for e in told} == {(external_id, message.id)}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"fault": "server_error"}, errors.Transient),
        ({"fault": "rate_limited"}, errors.NumberThrottled),
        ({"fault": "expired_token"}, errors.CredentialsRejected),
        ({"fault": "pair_rate"}, errors.RecipientThrottled),
        ({"fault": "error", "code": 131048}, errors.SpamLimited),
        ({"fault": "error", "code": 131031}, errors.ChannelBlocked),
        ({"fault": "error", "code": 131047}, errors.WindowClosed),
        ({"fault": "error", "code": 131026}, errors.RecipientUnreachable),
        ({"fault": "error", "code": 131049}, errors.TryTomorrow),
        ({"fault": "error", "code": 131050}, errors.RecipientOptedOut),
        ({"fault": "error", "code": 131009}, errors.Rejected),
        ({"fault": "timeout_after_accept"}, errors.OutcomeUnknown),
        ({"fault": "close_after_accept"}, errors.OutcomeUnknown),
        ({"fault": "cut_after_accept"}, errors.OutcomeUnknown),
    ],
)
async def test_each_fault_has_its_reaction(sandbox, channel, rule, expected):
    await sandbox.control("POST", f"/numbers/{NUMBER}/faults/rules", rule)
    with pytest.raises(errors.SendError) as caught:
        await channel.send()
    assert type(caught.value) is expected
    await channel.send()


async def test_reading_and_typing(sandbox, channel):
    said = await sandbox.says()
    await channel.adapter.mark_read(said["id"], via=channel.via, typing=True)
    thread = f"/numbers/{NUMBER}/customers/{said['customer_id']}/messages"
    assert (await sandbox.control("GET", thread))["items"][-1]["state"] == "read"


KINDS = {
    "text": Kind.TEXT, "image": Kind.IMAGE, "video": Kind.VIDEO, "document": Kind.DOCUMENT,
    "audio": Kind.AUDIO, "voice": Kind.VOICE, "sticker": Kind.STICKER, "location": Kind.LOCATION,
    "contacts": Kind.CONTACTS, "button_reply": Kind.BUTTON_REPLY, "list_reply": Kind.LIST_REPLY,
    "nfm_reply": Kind.FORM_REPLY, "call_permission_reply": Kind.CALL_PERMISSION, "button": Kind.QUICK_REPLY,
    "reaction": Kind.REACTION, "order": Kind.ORDER, "edit": Kind.EDIT, "revoke": Kind.REVOKE,
    "unsupported": Kind.UNSUPPORTED, "identity_change": Kind.SYSTEM,
}  # fmt: skip
CONTENT = {
    "button": {"text": "Yes"}, "reaction": {"message_id": "wamid.x", "emoji": "👍"},
    "edit": {"original_message_id": "wamid.x", "text": "new"}, "revoke": {"original_message_id": "wamid.x"},
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
async def test_the_adapter_reads_every_kind(sandbox, receiver, channel, kind):
    said = await sandbox.says(kind, CONTENT.get(kind))
    await sandbox.settled()
    [event] = events(channel, receiver)
    assert isinstance(event, MessageReceived)
    assert (event.kind, event.external_id) == (KINDS[kind], said["id"])
    assert {i.value for i in event.sender.identities} >= {"919999900001"}


async def test_the_adapter_reads_echoes_moves_and_people_without_phones(sandbox, receiver, channel):
    await sandbox.says("echo", {"body": "by hand"})
    await sandbox.says("text", {"body": "x"}, customer={"bsuid": "US.77"})
    await sandbox.says("number_change", {"phone": "919999900777"})
    await sandbox.settled()
    found = {type(e): e for e in events(channel, receiver)}
    assert found[EchoReceived].text == "by hand"
    assert {i.value for i in found[EchoReceived].recipient.identities} >= {"919999900001"}
    assert [i.value for i in found[MessageReceived].sender.identities] == ["US.77"]
    assert {i.value for i in found[IdentityChanged].new.identities} >= {"919999900777"}
