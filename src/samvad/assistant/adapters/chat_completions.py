"""The chat-completions protocol of OpenAI, which most providers and local servers speak as well."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import orjson
from pydantic import BaseModel, ValidationError

from samvad.assistant.errors import ModelFailed
from samvad.assistant.types import ModelReply, Prompt
from samvad.kernel.json import JsonObject
from samvad.platform.http import HostPolicy, HttpClient, HttpError, HttpResponse

_THROTTLED = 429
_BAD_REQUEST = 400
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`base_url` with its version (`https://host/v1`); `timeout` in seconds for a whole call."""

    base_url: str
    key: str
    model: str
    timeout: float
    max_tokens: int
    temperature: float


class _Usage(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice]
    usage: _Usage | None = None


class ChatCompletions:
    """One endpoint with one model. The operator's own endpoint may be private: it is named in a setting."""

    def __init__(self, http: HttpClient, endpoint: Endpoint, *, allow: HostPolicy) -> None:
        self._http = http
        self._endpoint = endpoint
        place = urlsplit(endpoint.base_url)
        self._allow = allow.including(place.hostname or "", place.port or _PORTS.get(place.scheme, 0))
        self._schemas = True  # until the server says that it knows none

    async def complete(self, prompt: Prompt) -> ModelReply:
        """One answer as JSON text of the prompt's schema. Raises ModelFailed."""
        response = await self._post(prompt)
        if response.status == _BAD_REQUEST and self._schemas and b"response_format" in response.body:
            self._schemas = False  # older servers promise JSON, not a shape; the shape is checked anyway
            response = await self._post(prompt)
        return _read(response, self._endpoint.model)

    async def _post(self, prompt: Prompt) -> HttpResponse:
        headers = {"Content-Type": "application/json"}
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key}"
        try:
            return await self._http.request(
                "POST",
                f"{self._endpoint.base_url.rstrip('/')}/chat/completions",
                headers=headers,
                body=orjson.dumps(self._body(prompt)),
                timeout=self._endpoint.timeout,
                allow=self._allow,
            )
        except HttpError as failure:
            raise ModelFailed("unreachable", failure.detail) from failure

    def _body(self, prompt: Prompt) -> JsonObject:
        shape: JsonObject = {"name": prompt.name, "strict": True, "schema": prompt.schema}
        shaped: JsonObject = {"type": "json_schema", "json_schema": shape}
        return {
            "model": self._endpoint.model,
            "messages": [
                {"role": "system", "content": prompt.instructions},
                {"role": "user", "content": prompt.data},
            ],
            "max_tokens": self._endpoint.max_tokens,
            "temperature": self._endpoint.temperature,
            "response_format": shaped if self._schemas else {"type": "json_object"},
        }


def _read(response: HttpResponse, model: str) -> ModelReply:
    if response.status == _THROTTLED:
        raise ModelFailed("throttled", "HTTP 429")
    if not 200 <= response.status < 300:
        raise ModelFailed("rejected", f"HTTP {response.status}")
    try:
        completion = _Completion.model_validate_json(response.body)
    except ValidationError as broken:
        raise ModelFailed("unreadable", f"{broken.error_count()} faults in the answer") from broken
    choice = next(iter(completion.choices), None)
    if choice is None or choice.finish_reason == "length":
        raise ModelFailed("cut", "the answer is not complete")
    if choice.message.refusal or choice.finish_reason == "content_filter" or not choice.message.content:
        raise ModelFailed("refused", "the model gave no answer")
    usage = completion.usage or _Usage()
    return ModelReply(choice.message.content, model, usage.prompt_tokens, usage.completion_tokens)
