"""Files at their providers: who is shown our credentials, and what an answer amounts to."""

import base64
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import pytest
from aiohttp import web

from samvad.channels import errors
from samvad.channels.adapters.files import digest
from samvad.channels.adapters.registry import adapters
from samvad.channels.types import ChannelCredentials, FetchesFiles, Media, Provider
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.http import HostPolicy, HttpClient
from tests.support.kit import kit

CLOCK = FrozenClock(datetime(2026, 5, 4, tzinfo=UTC))
CONTENT = bytes(range(256)) * 700


@dataclass
class Storage:
    """Redirects `/a/...` to `/b/...` of another port's name; `asked`: (path, Authorization)."""

    url: str = ""
    status: int = 200
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path, request.headers.get("authorization", "")))
        if self.status != 200:
            return web.Response(status=self.status)
        if request.path.startswith("/a/"):
            return web.Response(status=307, headers={"location": "/b/file"})
        if request.path.startswith("/loop/"):
            return web.Response(status=302, headers={"location": request.path})
        return web.Response(body=CONTENT, content_type="image/png")


@pytest.fixture
async def storage() -> AsyncIterator[Storage]:
    peer = Storage()
    app = web.Application()
    app.router.add_get("/{path:.*}", peer.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    peer.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield peer
    await runner.cleanup()


def via(base_url: str) -> ChannelCredentials:
    return ChannelCredentials(
        channel=ChannelId(UUID(int=1)),
        tenant=TenantId(UUID(int=2)),
        provider=Provider("twilio"),
        address="+15550100",
        account="AC1",
        base_url=base_url,
        webhook_url="https://crm.example.org/webhooks/twilio/key",
        secrets={"auth_token": "secret"},
    )


async def taken(storage: Storage, path: str, *, base_url: str | None = None) -> bytes:
    port = int(storage.url.rpartition(":")[2])
    async with HttpClient() as http:
        found = adapters(kit(http, CLOCK, allow=HostPolicy().including("127.0.0.1", port)))
        twilio = found[Provider("twilio")]
        assert isinstance(twilio, FetchesFiles)
        media = Media(id=None, mime_type="image/png", url=storage.url + path if path else None)
        async with twilio.open_file(media, via=via(base_url or storage.url)) as file:
            assert file.size == len(CONTENT)
            return b"".join([chunk async for chunk in file.chunks])


async def test_credentials_go_to_the_provider_and_not_to_its_storage(storage: Storage) -> None:
    assert await taken(storage, "/a/file") == CONTENT
    basic = "Basic " + base64.b64encode(b"AC1:secret").decode()
    assert storage.asked == [("/a/file", basic), ("/b/file", "")]


async def test_credentials_go_to_no_address_that_a_message_names(storage: Storage) -> None:
    assert await taken(storage, "/b/file", base_url="https://api.twilio.com") == CONTENT
    assert storage.asked == [("/b/file", "")]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, errors.FileGone), (410, errors.FileGone), (401, errors.CredentialsRejected),
        (429, errors.NumberThrottled), (500, errors.Transient), (503, errors.Transient),
        (504, errors.Transient), (204, errors.Transient), (400, errors.Rejected),
    ],
)  # fmt: skip
async def test_what_an_answer_amounts_to(storage: Storage, status: int, kind: type[Exception]) -> None:
    storage.status = status
    with pytest.raises(kind):
        await taken(storage, "/b/file")


async def test_redirects_end(storage: Storage) -> None:
    with pytest.raises(errors.ChannelBlocked):
        await taken(storage, "/loop/file")
    assert len(storage.asked) == 4


async def test_a_message_without_an_address_has_no_file(storage: Storage) -> None:
    with pytest.raises(errors.FileGone):
        await taken(storage, "")


def test_digests_as_providers_write_them() -> None:
    proof = hashlib.sha256(b"x").digest()
    assert digest(proof.hex()) == digest(base64.b64encode(proof).decode()) == proof
    assert [digest(text) for text in (None, "", "x", "zz" * 32, "AAAA", "ü")] == [None] * 6
