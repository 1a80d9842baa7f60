"""The self-test of a channel at Meta: each step says what to do when it failed."""

from collections.abc import Sequence

from samvad.channels.adapters.meta.api import Graph
from samvad.channels.adapters.reading import number, objekt, rows, words
from samvad.channels.errors import ChannelBlocked, CredentialsRejected, Rejected, SendError
from samvad.channels.types import ChannelCredentials, JsonObject, ProbeStep
from samvad.kernel.clock import from_unix

_NO_SUCH_OBJECT = 100
_SCOPES = frozenset({"whatsapp_business_messaging", "whatsapp_business_management"})


async def probe(graph: Graph, via: ChannelCredentials) -> Sequence[ProbeStep]:
    """Whether Meta answers, knows token and number, and sends us its events."""
    try:
        page = await graph.number(via)
    except SendError as failure:
        return _number_failed(failure)
    return [
        ProbeStep("connection", True),
        await _token(graph, via),
        ProbeStep("number", True, _named(page)),
        await _subscription(graph, via),
    ]


async def _token(graph: Graph, via: ChannelCredentials) -> ProbeStep:
    """Its rights and its end. Meta just accepted it, so not being told more is no failure."""
    try:
        known = objekt(await graph.token(via), "data")
    except SendError:
        return ProbeStep("token", True)
    scopes = {scope for scope in rows(known, "scopes") if isinstance(scope, str)}
    if scopes and (missing := _SCOPES - scopes):
        return ProbeStep("token", False, f"Give the token these rights too: {', '.join(sorted(missing))}")
    seconds = number(known, "expires_at") or 0  # 0: never
    ends = from_unix(seconds) if seconds else None
    return ProbeStep("token", True, f"expires on {ends:%Y-%m-%d}" if ends else "")


def _named(page: JsonObject) -> str:
    shown = (words(page, key) for key in ("display_phone_number", "verified_name"))
    return ", ".join(part for part in shown if part)


def _number_failed(failure: SendError) -> list[ProbeStep]:
    reached, trusted = ProbeStep("connection", True), ProbeStep("token", True)
    said = f" ({failure.detail})"
    if failure.provider_code == _NO_SUCH_OBJECT or isinstance(failure, Rejected):
        advice = "Check the phone number id, and give the system user of this token access to the account"
        return [reached, trusted, ProbeStep("number", False, advice + said)]
    if isinstance(failure, CredentialsRejected):
        advice = "Make a permanent system user token with whatsapp_business_messaging and paste it here"
        return [reached, ProbeStep("token", False, advice + said)]
    if isinstance(failure, ChannelBlocked):
        return [ProbeStep("connection", False, "Check the base URL and the state of the account" + said)]
    return [ProbeStep("connection", False, "Meta does not answer usably; try again in a minute" + said)]


async def _subscription(graph: Graph, via: ChannelCredentials) -> ProbeStep:
    try:
        answer = await graph.subscribe(via)
    except SendError as failure:
        advice = "Check the account id (WABA) and give the token whatsapp_business_management"
        return ProbeStep("subscription", False, f"{advice} ({failure.detail})")
    if answer.get("success") is True:
        return ProbeStep("subscription", True)
    return ProbeStep(
        "subscription", False, "Meta did not confirm; subscribe the app by hand in its dashboard"
    )


async def point(graph: Graph, via: ChannelCredentials) -> ProbeStep:
    """Webhooks of the account's messages to this channel's URL, whatever stands in the app's dashboard. The
    next self-test takes that back."""
    try:
        answer = await graph.subscribe(via, elsewhere=True)
    except SendError as failure:
        return ProbeStep("webhook_pointed", False, f"Meta did not take {via.webhook_url} ({failure.detail})")
    return ProbeStep("webhook_pointed", answer.get("success") is True, via.webhook_url)
