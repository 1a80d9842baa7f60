"""Calls of the Bot API; every failure is one of `channels.errors`. The token is part of the path, so no
URL ever stands in an error or a log."""

from dataclasses import dataclass

import orjson

from samvad.channels.adapters.calling import answered, unanswered
from samvad.channels.adapters.reading import objekt
from samvad.channels.adapters.telegram import bodies, errors, form, uploads
from samvad.channels.adapters.telegram.ids import OURS, Place, whole
from samvad.channels.errors import CredentialsRejected, OutcomeUnknown
from samvad.channels.types import (
    ChannelCredentials,
    JsonObject,
    JsonValue,
    Kind,
    Outbound,
    OutgoingFile,
    SendReceipt,
)
from samvad.kernel.errors import Invalid
from samvad.platform.http import HostPolicy, HttpClient, HttpError


@dataclass(frozen=True, slots=True)
class Bot:
    """One way out for all bots; `timeout` in seconds for a whole call."""

    http: HttpClient
    allow: HostPolicy
    timeout: float

    async def send(self, message: Outbound, *, via: ChannelCredentials) -> SendReceipt:
        asked = bodies.call(message)
        result = await self.call(asked.method, asked.body, via=via)
        if message.kind is Kind.REACTION:
            place = bodies.target(message)
            return SendReceipt(str(Place(place.chat, place.message, OURS, message.id.hex)))
        return _receipt(result)

    async def send_file(
        self, message: Outbound, file: OutgoingFile, *, via: ChannelCredentials
    ) -> SendReceipt:
        """The message with its file, by one call. Raises SendError."""
        asked = uploads.form(message, file)
        return _receipt(
            await self._post(asked.method, asked.kind, asked.body, via=via, timeout=uploads.SECONDS)
        )

    async def show_typing(self, external_id: str, *, via: ChannelCredentials) -> None:
        """In the chat of that message, for five seconds or until something is sent."""
        place = Place.of(external_id)
        if place is not None:
            await self.call("sendChatAction", {"chat_id": int(place.chat), "action": "typing"}, via=via)

    async def call(
        self, method: str, body: JsonObject, *, via: ChannelCredentials, waits: float = 0
    ) -> JsonValue:
        """The result of a method that Telegram says it did; `waits`: how many seconds longer than others it
        may take. Raises SendError."""
        return await self._post(
            method, "application/json", orjson.dumps(body), via=via, timeout=self.timeout + waits
        )

    async def _post(
        self, method: str, kind: str, body: bytes, *, via: ChannelCredentials, timeout: float
    ) -> JsonValue:
        url = f"{via.base_url.rstrip('/')}/bot{_token(via)}/{method}"
        headers = {"Content-Type": kind}
        try:
            response = await self.http.request(
                "POST", url, headers=headers, body=body, timeout=timeout, allow=self.allow
            )
        except HttpError as failure:
            raise unanswered(failure, of_status=lambda status: errors.of_answer(status, {})) from failure
        answer = answered(response.body)
        if 200 <= response.status < 300 and answer.get("ok") is True and "result" in answer:
            return answer["result"]
        raise errors.of_answer(response.status, answer, retry_after=response.headers.get("retry-after", ""))

    def file_url(self, path: str, *, via: ChannelCredentials) -> str:
        """Where a file is; the token is part of it. Raises CredentialsRejected."""
        return f"{via.base_url.rstrip('/')}/file/bot{_token(via)}/{path}"


def _receipt(result: JsonValue) -> SendReceipt:
    """Raises OutcomeUnknown."""
    chat = whole(objekt({"result": result}, "result").get("chat"), "id")
    number = whole(result, "message_id")
    if chat is None or number is None:
        raise OutcomeUnknown("the answer names no message")
    return SendReceipt(str(Place(chat, number)))


def _token(via: ChannelCredentials) -> str:
    token = via.secret("bot_token")
    try:
        form.bot_of(token)
    except Invalid as wrong:
        raise CredentialsRejected("the bot token is empty or none that Telegram gives") from wrong
    return token
