"""Calls of Twilio's APIs; every failure is one of `channels.errors`."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urlsplit

import orjson

from samvad.channels.adapters.calling import answered, unanswered
from samvad.channels.adapters.reading import ident, number, rows, words
from samvad.channels.adapters.twilio import errors, payloads
from samvad.channels.errors import CredentialsRejected, OutcomeUnknown, SendError, Transient
from samvad.channels.types import ChannelCredentials, JsonObject, JsonValue, Outbound, SendReceipt
from samvad.platform.http import HostPolicy, HttpClient, HttpError, HttpResponse

_ACCOUNTS = "/2010-04-01/Accounts"
_NOT_TAKEN = ("failed", "undelivered", "canceled")


@dataclass(frozen=True, slots=True)
class Twilio:
    """One way out for all numbers; `timeout` in seconds for a whole call."""

    http: HttpClient
    allow: HostPolicy
    timeout: float

    async def send(
        self, message: Outbound, *, via: ChannelCredentials, link: str = "", content: str = ""
    ) -> SendReceipt:
        """`link`: where the message's file is, which no failure tells; `content`: what its choice fills."""
        form = payloads.message(message, via=via, link=link, content=content)
        path, hidden = f"{_account(via)}/Messages.json", link.rpartition("/")[2]
        answer = await self.call("POST", path, via=via, form=form, hidden=hidden)
        if words(answer, "status") in _NOT_TAKEN and number(answer, "error_code"):
            said = {"code": answer["error_code"], "message": answer.get("error_message")}
            raise errors.of_answer(400, said)
        external_id = ident(answer, "sid")
        if external_id is None:
            raise OutcomeUnknown("the answer names no message id")
        return SendReceipt(external_id)

    async def account(self, via: ChannelCredentials) -> JsonObject:
        """The account's own page: friendly_name, status, type."""
        return await self.call("GET", f"{_account(via)}.json", via=via)

    async def senders(self, via: ChannelCredentials) -> JsonObject:
        """WhatsApp numbers of the account: {"senders": [{"sender_id", "status"}]}, the first hundred."""
        path = "/v2/Channels/Senders?Channel=whatsapp&PageSize=100"
        return await self.call("GET", path, via=via, product="messaging")

    async def listed(self, via: ChannelCredentials, query: str) -> JsonObject:
        """A page of the account's messages, the newest first: {"messages": [...], "next_page_uri"}."""
        return await self.call("GET", f"{_account(via)}/Messages.json?{query}", via=via)

    async def listed_at(self, via: ChannelCredentials, query: str) -> tuple[JsonObject, datetime | None]:
        """The same, and what Twilio's clock showed then."""
        response = await self._asked("GET", f"{_account(via)}/Messages.json?{query}", via=via)
        return _accepted(response, ""), moment(response.headers.get("date", ""))

    async def following(self, via: ChannelCredentials, page: str) -> JsonObject:
        """The page that another one named as its next. Raises Transient for one of somebody else."""
        if not page.startswith(f"{_account(via)}/"):
            raise Transient("the next page is not of this account")
        return await self.call("GET", page, via=via)

    async def files(self, via: ChannelCredentials, message: str) -> list[JsonValue]:
        """[{"url", "content_type"}] of a message; nothing when it was deleted meanwhile."""
        path = f"{_account(via)}/Messages/{quote(message, safe='')}/Media.json"
        try:
            answer = await self.call("GET", path, via=via)
        except SendError as failure:
            if failure.provider_code == errors.NOT_THERE:
                return []
            raise
        found = [entry for entry in rows(answer, "media_list") if isinstance(entry, dict)]
        base = via.base_url.rstrip("/")
        return [
            {
                "url": base + (words(file, "uri") or "").removesuffix(".json"),
                "content_type": words(file, "content_type"),
            }
            for file in found
        ]

    def authorization(self, via: ChannelCredentials) -> dict[str, str]:
        """Raises CredentialsRejected."""
        return {"Authorization": _basic(via)}

    async def call(
        self,
        method: str,
        path: str,
        *,
        via: ChannelCredentials,
        product: str = "api",
        form: bytes | None = None,
        json: JsonObject | None = None,
        hidden: str = "",
        empty: bool = False,
    ) -> JsonObject:
        """The JSON object of a 2xx answer, with `empty` also one without a body; `hidden` is cut out of what
        it says. Raises SendError."""
        response = await self._asked(method, path, via=via, product=product, form=form, json=json)
        if empty and 200 <= response.status < 300 and not response.body:
            return {}
        return _accepted(response, hidden)

    async def _asked(
        self,
        method: str,
        path: str,
        *,
        via: ChannelCredentials,
        product: str = "api",
        form: bytes | None = None,
        json: JsonObject | None = None,
    ) -> HttpResponse:
        headers = self.authorization(via)
        body = form if json is None else orjson.dumps(json)
        if body is not None:
            kind = "application/x-www-form-urlencoded" if json is None else "application/json"
            headers["Content-Type"] = kind
        try:
            return await self.http.request(
                method,
                host(via.base_url, product) + path,
                headers=headers,
                body=body,
                timeout=self.timeout,
                allow=self.allow,
            )
        except HttpError as failure:
            raise unanswered(failure, of_status=lambda status: errors.of_answer(status, {})) from failure


def moment(text: str) -> datetime | None:
    """A time as mails and HTTP write it; None for none."""
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def host(base_url: str, product: str) -> str:
    """Every product has a host of its own beside `api.`, in every region; a host of another name has all."""
    base = base_url.rstrip("/")
    parts = urlsplit(base)
    if not parts.netloc.startswith("api."):
        return base
    return f"{parts.scheme}://{product}.{parts.netloc.removeprefix('api.')}{parts.path}"


def _account(via: ChannelCredentials) -> str:
    return f"{_ACCOUNTS}/{quote(via.account, safe='')}"


def _basic(via: ChannelCredentials) -> str:
    token = via.secret("auth_token").strip()
    if not token or not token.isascii() or not token.isprintable():
        raise CredentialsRejected("the auth token is empty or holds characters that no token has")
    return "Basic " + base64.b64encode(f"{via.account}:{token}".encode()).decode()


def _accepted(response: HttpResponse, hidden: str) -> JsonObject:
    answer = answered(response.body.replace(hidden.encode(), b"***") if hidden else response.body)
    if 200 <= response.status < 300 and answer:
        return answer
    raise errors.of_answer(response.status, answer, retry_after=response.headers.get("retry-after", ""))
