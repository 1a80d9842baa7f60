"""From settings to a language model; None where none is set, and then everything works without."""

from samvad.assistant.adapters.chat_completions import ChatCompletions, Endpoint
from samvad.platform.http import HostPolicy, HttpClient
from samvad.platform.settings import ModelSettings

OFFICIAL = "https://api.openai.com/v1"


def model(settings: ModelSettings, http: HttpClient, *, allow: HostPolicy) -> ChatCompletions | None:
    if not settings.configured:
        return None
    endpoint = Endpoint(
        base_url=settings.base_url or OFFICIAL,
        key=settings.key.get_secret_value() if settings.key else "",
        model=settings.name,
        timeout=settings.timeout,
        max_tokens=settings.max_tokens,
        temperature=settings.temperature,
    )
    return ChatCompletions(http, endpoint, allow=allow)
