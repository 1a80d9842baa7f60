"""What Twilio could not bring us is read from its list: each message once, the oldest first, none early."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from samvad.channels.adapters.registry import adapters
from samvad.channels.adapters.twilio.adapter import TwilioAdapter
from samvad.channels.errors import Transient
from samvad.channels.types import (
    ChannelCredentials,
    Delivery,
    Fetched,
    Kind,
    MessageReceived,
    Polls,
    Provider,
    StatusReceived,
)
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.http import HostPolicy, HttpClient
from tests.support import twilio
from tests.support.kit import kit

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ACCOUNT = "AC0f3a8c1e5d7b49268a0c4e2d6f8b1a35"
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def peer() -> AsyncIterator[twilio.Peer]:
    async with twilio.twilio_peer() as running:
        yield running


@pytest.fixture
async def adapter(peer: twilio.Peer) -> AsyncIterator[TwilioAdapter]:
    host, port = peer.url.removeprefix("http://").split(":")
    async with HttpClient() as http:
        allow = HostPolicy().including(host, int(port))
        found = adapters(kit(http, FrozenClock(NOW), allow=allow))[Provider("twilio")]
        assert isinstance(found, TwilioAdapter)
        assert isinstance(found, Polls)
        yield found


@pytest.fixture
def via(peer: twilio.Peer) -> ChannelCredentials:
    return ChannelCredentials(
        channel=ChannelId(UUID(int=1)),
        tenant=TenantId(UUID(int=2)),
        provider=Provider("twilio"),
        address=f"{ACCOUNT}/{twilio.SENDER}",
        account=ACCOUNT,
        base_url=peer.url,
        webhook_url="https://crm.example.org/webhooks/twilio/key",
        secrets={"auth_token": "the-token"},
    )


def said(adapter: TwilioAdapter, fetched: Fetched) -> list[MessageReceived]:
    if fetched.call is None:
        return []
    items = adapter.parse(fetched.call)
    assert {item.address for item in items} == {f"{ACCOUNT}/{twilio.SENDER}"}
    return [item.event for item in items if isinstance(item.event, MessageReceived)]


async def everything(adapter: TwilioAdapter, via: ChannelCredentials, cursor: str) -> list[MessageReceived]:
    found: list[MessageReceived] = []
    for _ in range(200):
        fetched = await adapter.fetch(via, cursor)
        found += said(adapter, fetched)
        cursor = fetched.cursor
        if not fetched.more:
            return found
    raise AssertionError("it never ends")


async def test_a_new_channel_begins_with_now(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: twilio.Peer
) -> None:
    peer.listed = [twilio.resource(ACCOUNT, "long ago", NOW - 60 * MINUTE)]
    assert await adapter.fetch(via, "") == Fetched(None, "2026-05-04T11:58:00Z", more=False)
    assert await adapter.fetch(via, "nonsense") == Fetched(None, "2026-05-04T11:58:00Z", more=False)
    assert await adapter.fetch(via, "2026-05-04T11:59:00Z") == Fetched(None, "2026-05-04T11:59:00Z")
    assert peer.asked == []


async def test_the_oldest_first_with_their_times(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: twilio.Peer
) -> None:
    peer.listed = [twilio.resource(ACCOUNT, f"{ago} ago", NOW - ago * MINUTE) for ago in (1, 5, 6, 30)]
    fetched = await adapter.fetch(via, "2026-05-04T11:50:00Z")
    assert [(one.text, one.sent_at) for one in said(adapter, fetched)] == [
        ("6 ago", NOW - 6 * MINUTE),
        ("5 ago", NOW - 5 * MINUTE),
    ]
    assert (fetched.cursor, fetched.more) == ("2026-05-04T11:58:00Z", False)
    assert peer.asked == [
        f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json?To=whatsapp:%2B14155550100"
        "&DateSent%3E=2026-05-04T11:50:00Z&DateSent%3C=2026-05-04T11:58:00Z&PageSize=100"
    ]


async def test_a_long_downtime_is_read_hour_by_hour(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: twilio.Peer
) -> None:
    agos = (5, 100, 200, 1000)
    peer.listed = [twilio.resource(ACCOUNT, f"{ago}", NOW - ago * MINUTE) for ago in agos]
    found = await everything(adapter, via, "2026-05-03T12:00:00Z")
    assert [one.text for one in found] == ["1000", "200", "100", "5"]
    assert len([path for path in peer.asked if "?To=" in path]) == 24
    assert len([path for path in peer.asked if "?From=" in path]) == 25  # an hour before it, too


async def test_what_became_of_ours_is_asked_after_a_gap_alone(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: twilio.Peer
) -> None:
    peer.listed = [
        twilio.sent(ACCOUNT, "SM3", "failed", NOW - 20 * MINUTE, error_code=63018, error_message="fast"),
        twilio.resource(ACCOUNT, "theirs", NOW - 30 * MINUTE),
        twilio.sent(ACCOUNT, "SM2", "read", NOW - 80 * MINUTE),
        twilio.sent(ACCOUNT, "SM1", "delivered", NOW - 200 * MINUTE),
    ]
    assert (await adapter.fetch(via, "2026-05-04T11:46:00Z")).call is None
    assert [path for path in peer.asked if "?From=" in path] == []
    statuses, messages, cursor = [], [], "2026-05-04T11:20:00Z"
    for _ in range(9):
        fetched = await adapter.fetch(via, cursor)
        for item in adapter.parse(fetched.call) if fetched.call else []:
            (statuses if isinstance(item.event, StatusReceived) else messages).append(item.event)
        cursor = fetched.cursor
        if not fetched.more:
            break
    assert [(one.external_id, one.state, one.at) for one in statuses] == [
        ("SM2", Delivery.READ, NOW - 79 * MINUTE),
        ("SM3", Delivery.FAILED, NOW - 19 * MINUTE),
    ]
    assert (statuses[1].failure, statuses[1].errors[0].code) == ("number_throttled", 63018)
    assert [one.text for one in messages] == ["theirs"]
    assert cursor == "2026-05-04T11:58:00Z"


async def test_what_is_a_month_old_is_no_news(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: twilio.Peer
) -> None:
    fetched = await adapter.fetch(via, "2025-05-04T11:58:00Z")
    assert (fetched.cursor, fetched.more) == ("2026-04-04T12:58:00Z/2026-04-04T12:58:00Z", True)


async def test_pages_are_followed_and_busy_hours_cut(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: twilio.Peer
) -> None:
    """A moment on the border of two windows is told twice, under one id."""
    peer.page = 2
    peer.listed = [twilio.resource(ACCOUNT, str(n), NOW - timedelta(seconds=60 * n + 150)) for n in range(30)]
    found = await everything(adapter, via, "2026-05-04T11:00:00Z")
    texts = list(dict.fromkeys((one.external_id, one.text) for one in found))
    assert [text for _, text in texts] == [str(n) for n in reversed(range(30))]


async def test_files_come_with_their_types(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: twilio.Peer
) -> None:
    base = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media"
    peer.files["MM1"] = [
        {"sid": "ME1", "content_type": "image/jpeg", "uri": f"{base}/ME1.json"},
        {"sid": "ME2", "content_type": "application/pdf", "uri": f"{base}/ME2.json"},
    ]
    at = NOW - 5 * MINUTE
    peer.listed = [
        twilio.resource(ACCOUNT, "two", at, sid="MM1", num_media="2"),
        twilio.resource(ACCOUNT, "", at - MINUTE, sid="MM2", num_media="1"),  # deleted meanwhile
    ]
    found = await everything(adapter, via, "2026-05-04T11:50:00Z")
    assert [(one.external_id, one.kind) for one in found] == [
        ("MM2", Kind.UNSUPPORTED),
        ("MM1", Kind.IMAGE),
        ("MM1:1", Kind.DOCUMENT),
    ]
    assert found[1].media is not None
    assert (found[1].media.id, found[1].media.url) == ("ME1", f"{peer.url}{base}/ME1")


async def test_a_next_page_of_somebody_else_is_not_asked(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: twilio.Peer
) -> None:
    twilio_api = adapter._twilio
    for page in ("https://evil.example/x", "/2010-04-01/Accounts/ACother/Messages.json", "@evil.example/"):
        with pytest.raises(Transient):
            await twilio_api.following(via, page)
    assert peer.asked == []


async def test_more_than_can_be_read_is_an_error_not_a_loss(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: twilio.Peer
) -> None:
    peer.page = 1
    at = NOW - 5 * MINUTE
    peer.listed = [twilio.resource(ACCOUNT, str(n), at) for n in range(4)]
    with pytest.raises(Transient):
        await everything(adapter, via, "2026-05-04T11:50:00Z")
    assert (await adapter.fetch(replace(via), "2026-05-04T11:56:00Z")).call is None
