"""Twilio in a test: calls of its webhooks, signed as it signs them, and numbers that are connected to it."""

import itertools
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from samvad.bootstrap.parts import Parts
from samvad.channels.adapters.twilio import signature
from samvad.channels.service.registry import NewChannel
from samvad.channels.types import Channel, Provider, ReplySettings
from samvad.kernel.ids import TenantId, new_id
from tests.support.serving import serving

SENDER = "+14155550100"
TOKEN = "auth-token-of-the-test"
ASHA = "whatsapp:+919876543210"
FORM = "application/x-www-form-urlencoded; charset=UTF-8"
_accounts = itertools.count(1)


def account() -> str:
    return f"AC{next(_accounts):032x}"


async def connect(
    built: Parts, tenant: TenantId, base_url: str, *, account_sid: str, sender: str = SENDER, **more: str
) -> Channel:
    values = {"account_sid": account_sid, "auth_token": TOKEN, "sender": sender, "base_url": base_url, **more}
    settings = ReplySettings(0, 0, "reply", 1000)
    new = NewChannel(provider=Provider("twilio"), name="Shop", values=values, settings=settings)
    async with built.database.unit_of_work(tenant) as scope:
        return (await built.registry.create(scope, new, at=built.clock.now())).channel


def message(channel: Channel, body: str, **more: Any) -> dict[str, str]:
    """The parameters of a customer's message, with a new id."""
    sid = f"SM{new_id().hex}"
    return {
        "MessageSid": sid,
        "SmsMessageSid": sid,
        "AccountSid": channel.account,
        "From": ASHA,
        "To": f"whatsapp:{channel.display_address}",
        "Body": body,
        "NumMedia": "0",
        "ProfileName": "Asha",
        "WaId": "919876543210",
        "SmsStatus": "received",
        **more,
    }


def status(channel: Channel, sid: str, word: str, **more: str) -> dict[str, str]:
    return {
        "MessageSid": sid,
        "MessageStatus": word,
        "SmsStatus": word,
        "AccountSid": channel.account,
        "From": f"whatsapp:{channel.display_address}",
        "To": ASHA,
        **more,
    }


def signed(url: str, parameters: dict[str, str], *, token: str = TOKEN) -> tuple[bytes, dict[str, str]]:
    """Body and headers of the call of `url`."""
    header = signature.sign(url, parameters.items(), token=token)
    return urlencode(parameters).encode(), {signature.HEADER: header, "content-type": FORM}


@dataclass(frozen=True)
class Fetched:
    """What the two questions about a file were answered: HEAD, then GET."""

    statuses: tuple[int, int]
    headers: Mapping[str, str]
    content: bytes


async def fetch(link: str) -> Fetched:
    """As Twilio does, without any credentials."""
    async with aiohttp.ClientSession() as http, http.head(link) as asked, http.get(link) as answer:
        assert asked.headers.get("content-length") == answer.headers.get("content-length")
        return Fetched((asked.status, answer.status), answer.headers, await answer.read())


@dataclass
class Peer:
    """An API of Twilio over real HTTP. `sends` are the forms of messages, `listed` what its list holds, the
    newest first; `answers` come before the usual acceptance, None for a cut connection."""

    url: str = ""
    sends: list[dict[str, str]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, Any]] | None] = field(default_factory=list)
    listed: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # GETs, with their queries
    files: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    page: int = 100
    fetched: list[Fetched] = field(default_factory=list)  # files of sends, as Twilio found them
    contents: list[dict[str, Any]] = field(default_factory=list)  # as its list tells them
    refusals: list[Any] = field(default_factory=list)  # of calls about contents; None: none

    async def take(self, request: web.Request) -> web.StreamResponse:
        self.sends.append({name: str(value) for name, value in (await request.post()).items()})
        if link := self.sends[-1].get("MediaUrl", ""):
            self.fetched.append(await fetch(link))
        answer = self.answers.pop(0) if self.answers else (201, {"sid": f"SM{new_id().hex}"})
        if answer is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return web.json_response(answer[1], status=answer[0])

    async def content(self, request: web.Request) -> web.StreamResponse:
        """The Content API: two a page; approval is asked for by a call of its own."""
        self.asked.append(request.path_qs)
        refusal = self.refusals.pop(0) if self.refusals else None
        if refusal == "hang up":
            assert request.transport is not None
            request.transport.abort()
        elif refusal is not None:
            return web.json_response(refusal[1], status=refusal[0])
        sid = request.match_info.get("sid", "")
        found = next((one for one in self.contents if one["sid"] == sid), None)
        if name := request.query.get("ContentName"):
            named = [one for one in self.contents if name in one["friendly_name"]]
            return web.json_response({"contents": named, "meta": {"next_page_url": None}})
        if request.method == "GET":
            return self._page(int(request.query.get("Page", "0")))
        if sid and found is None:
            return web.json_response({"code": 20404, "message": "not found", "status": 404}, status=404)
        if request.method == "DELETE":
            self.contents.remove(found or {})
            return web.Response(status=204)
        body = await request.json()
        if found is None:
            made = content(body["friendly_name"], body["types"], status="unsubmitted")
            self.contents.append(made | {"language": body["language"], "variables": body["variables"]})
            return web.json_response(self.contents[-1], status=201)
        found["approval_requests"] |= body | {
            "status": "received",
            "content_type": next(iter(found["types"])),
        }
        return web.json_response(found["approval_requests"], status=201)

    def _page(self, number: int) -> web.StreamResponse:
        shown = self.contents[2 * number : 2 * number + 2]
        path = f"/v1/ContentAndApprovals?PageSize=2&Page={number + 1}&PageToken=x"
        more = self.url + path if self.contents[2 * number + 2 :] else None
        return web.json_response({"contents": shown, "meta": {"key": "contents", "next_page_url": more}})

    async def tell(self, request: web.Request) -> web.StreamResponse:
        """Messages between two moments, both included, page by page."""
        self.asked.append(request.path_qs)
        since = _moment(request.query["DateSent>"])
        until = _moment(request.query.get("DateSent<", "2100-01-01T00:00:00Z"))
        moments = [(parsedate_to_datetime(one["date_sent"]), one) for one in self.listed]
        ends = {name.lower(): request.query[name] for name in ("To", "From") if name in request.query}
        found = [one for at, one in moments if since <= at <= until and ends.items() <= one.items()]
        at = int(request.query.get("Page", "0")) * self.page
        following = {**request.query, "Page": str(at // self.page + 1)}
        more = f"{request.path}?{urlencode(following)}" if found[at + self.page :] else None
        return web.json_response({"messages": found[at : at + self.page], "next_page_uri": more})

    async def media(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path_qs)
        found = self.files.get(request.match_info["sid"])
        if found is None:
            return web.json_response({"code": 20404, "message": "not found", "status": 404}, status=404)
        return web.json_response({"media_list": found})

    async def file(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("authorization") is None:
            return web.Response(status=401)
        return web.Response(body=b"bytes of a picture", content_type="image/png")


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def content(name: str, types: dict[str, Any], *, status: str = "approved", **more: Any) -> dict[str, Any]:
    """A content as the list of contents and approvals tells it."""
    approval = {
        "name": name, "category": "UTILITY", "content_type": next(iter(types), ""), "status": status,
        "rejection_reason": "", "allow_category_change": True,
    }  # fmt: skip
    return {
        "sid": f"HX{new_id().hex}",
        "friendly_name": name,
        "language": "en",
        "variables": more.pop("variables", {}),
        "types": types,
        "approval_requests": approval | more,
    }


def resource(channel_or_account: Channel | str, body: str, at: datetime, **more: Any) -> dict[str, Any]:
    """A customer's message as the list tells it."""
    account_sid = channel_or_account if isinstance(channel_or_account, str) else channel_or_account.account
    return {
        "sid": f"SM{new_id().hex}",
        "account_sid": account_sid,
        "messaging_service_sid": None,
        "from": ASHA,
        "to": f"whatsapp:{SENDER}",
        "body": body,
        "num_media": "0",
        "num_segments": "1",
        "direction": "inbound",
        "status": "received",
        "date_created": format_datetime(at),
        "date_sent": format_datetime(at),
        "error_code": None,
        **more,
    }


def sent(account_sid: str, sid: str, status: str, at: datetime, **more: Any) -> dict[str, Any]:
    """A message of ours as the list tells it."""
    ends = {"from": f"whatsapp:{SENDER}", "to": ASHA, "direction": "outbound-api"}
    told = {"status": status, "date_updated": format_datetime(at + timedelta(minutes=1))}
    return resource(account_sid, more.pop("body", "hello to you"), at, sid=sid, **{**ends, **told, **more})


@asynccontextmanager
async def twilio_peer() -> AsyncIterator[Peer]:
    peer = Peer()
    messages = "/2010-04-01/Accounts/{account}/Messages"
    routes = (
        ("POST", f"{messages}.json", peer.take),
        ("GET", f"{messages}.json", peer.tell),
        ("GET", f"{messages}/{{sid}}/Media.json", peer.media),
        ("GET", f"{messages}/{{sid}}/Media/{{media}}", peer.file),
        ("GET", "/v1/ContentAndApprovals", peer.content),
        ("GET", "/v2/Content", peer.content),
        ("POST", "/v1/Content", peer.content),
        ("DELETE", "/v1/Content/{sid}", peer.content),
        ("POST", "/v1/Content/{sid}/ApprovalRequests/whatsapp", peer.content),
    )
    async with serving(*routes) as peer.url:
        yield peer
