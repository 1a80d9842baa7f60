"""Calls of the Graph API; every failure is one of `channels.errors`."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

import orjson

from samvad.channels.adapters.calling import answered, unanswered
from samvad.channels.adapters.meta import errors, payloads
from samvad.channels.adapters.meta.people import NOBODY, sender
from samvad.channels.adapters.reading import ident, rows, words
from samvad.channels.errors import ASSESSED, CredentialsRejected, OutcomeUnknown
from samvad.channels.types import ChannelCredentials, JsonObject, Outbound, SendReceipt
from samvad.platform.http import HostPolicy, HttpClient, HttpError, HttpResponse

_UPLOAD_SECONDS = 120.0
_PACED = ("held_for_quality_assessment", "paused")  # it goes, or fails, when the template has a quality


@dataclass(frozen=True, slots=True)
class Graph:
    """One way out for all numbers; `timeout` in seconds for a whole call."""

    http: HttpClient
    allow: HostPolicy
    timeout: float

    async def send(
        self, message: Outbound, *, via: ChannelCredentials, media: str | None = None
    ) -> SendReceipt:
        """`media`: Meta's id of the message's file."""
        body = payloads.message(message, media=media)
        answer = await self.call("POST", f"{_part(via.address)}/messages", via=via, body=body)
        accepted = next(iter(rows(answer, "messages")), None)
        external_id = ident(accepted, "id")
        if external_id is None:
            raise OutcomeUnknown("the answer names no message id")
        contact = next(iter(rows(answer, "contacts")), None)
        known = sender(contact, NOBODY, wa_key="wa_id", user_key="user_id")
        waits = ASSESSED if words(accepted, "message_status") in _PACED else ""
        return SendReceipt(external_id, recipient=known.identities if known else (), waits=waits)

    async def mark_read(self, external_id: str, *, via: ChannelCredentials, typing: bool) -> None:
        body = payloads.read_receipt(external_id, typing=typing)
        await self.call("POST", f"{_part(via.address)}/messages", via=via, body=body)

    async def number(
        self, via: ChannelCredentials, fields: str = "display_phone_number,verified_name,quality_rating"
    ) -> JsonObject:
        """The number's own page."""
        return await self.call("GET", f"{_part(via.address)}?fields={fields}", via=via)

    async def token(self, via: ChannelCredentials) -> JsonObject:
        """What Meta knows of the token: {"data": {"expires_at", "scopes", ...}}."""
        return await self.call("GET", f"debug_token?input_token={_part(_token(via))}", via=via)

    async def subscribe(self, via: ChannelCredentials, *, elsewhere: bool = False) -> JsonObject:
        """Asks for the account's webhooks; {"success": true} when they will come. `elsewhere`: those of
        messages to the channel's own URL, after a handshake; without it they go to the app's again."""
        body = None
        if elsewhere:
            body = orjson.dumps(
                {"override_callback_uri": via.webhook_url, "verify_token": via.secret("verify_token")}
            )
        return await self.call("POST", f"{_part(via.account)}/subscribed_apps", via=via, body=body)

    async def media(self, media_id: str, *, via: ChannelCredentials) -> JsonObject:
        """Where a file is, for some minutes: {"url", "mime_type", "sha256", "file_size"}."""
        return await self.call("GET", f"{_part(media_id)}?phone_number_id={_part(via.address)}", via=via)

    async def upload(self, kind: str, body: bytes, *, via: ChannelCredentials) -> JsonObject:
        """Hands a file over, `kind` being the type of the whole body: {"id"}, good for 30 days."""
        path = f"{_part(via.address)}/media"
        return await self.call("POST", path, via=via, body=body, kind=kind, timeout=_UPLOAD_SECONDS)

    async def begin_upload(self, app: str, asked: str, *, via: ChannelCredentials) -> JsonObject:
        """A session of the app for one file, which `asked` describes: {"id": "upload:..."}."""
        return await self.call("POST", f"{_part(app)}/uploads?{asked}", via=via)

    async def fill_upload(self, session: str, content: bytes, *, via: ChannelCredentials) -> JsonObject:
        """All of its bytes: {"h"}, the file's handle."""
        headers = {"Authorization": f"OAuth {_token(via)}", "file_offset": "0"}
        kind = "application/octet-stream"
        return await self.call(
            "POST", session, via=via, body=content, kind=kind, timeout=_UPLOAD_SECONDS, headers=headers
        )

    def authorization(self, via: ChannelCredentials) -> dict[str, str]:
        """Raises CredentialsRejected."""
        return {"Authorization": f"Bearer {_token(via)}"}

    async def call(
        self,
        method: str,
        path: str,
        *,
        via: ChannelCredentials,
        body: bytes | None = None,
        kind: str = "application/json",
        timeout: float = 0,
        headers: Mapping[str, str] | None = None,
    ) -> JsonObject:
        """The JSON object of a 2xx answer; `headers` in place of the token's. Raises SendError."""
        url = f"{via.base_url.rstrip('/')}/{_part(via.option('graph_version'))}/{path}"
        headers = dict(headers or self.authorization(via))
        if body is not None:
            headers["Content-Type"] = kind
        try:
            response = await self.http.request(
                method, url, headers=headers, body=body, timeout=timeout or self.timeout, allow=self.allow
            )
        except HttpError as failure:
            raise unanswered(failure, of_status=lambda status: errors.of_answer(status, {})) from failure
        return _accepted(response)


def _part(text: str) -> str:
    return quote(text, safe="")


def _token(via: ChannelCredentials) -> str:
    token = via.secret("access_token").strip()
    if not token or not token.isascii() or not token.isprintable():
        raise CredentialsRejected("the access token is empty or holds characters that no token has")
    return token


def _accepted(response: HttpResponse) -> JsonObject:
    answer = answered(response.body)
    if 200 <= response.status < 300 and answer and "error" not in answer:
        return answer
    raise errors.of_answer(response.status, answer, retry_after=response.headers.get("retry-after", ""))
