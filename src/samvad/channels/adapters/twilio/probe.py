"""The self-test of a channel at Twilio: each step says what to do when it failed."""

from collections.abc import Sequence

from samvad.channels.adapters.reading import rows, words
from samvad.channels.adapters.twilio.api import Twilio
from samvad.channels.adapters.twilio.form import number_of
from samvad.channels.adapters.twilio.people import WHATSAPP
from samvad.channels.errors import ChannelBlocked, CredentialsRejected, SendError
from samvad.channels.types import ChannelCredentials, ProbeStep

SANDBOX_NUMBER = "+14155238886"  # everybody's, so no account lists it


async def probe(twilio: Twilio, via: ChannelCredentials) -> Sequence[ProbeStep]:
    """Whether Twilio answers, believes the token, and knows the number as a WhatsApp sender."""
    try:
        account = await twilio.account(via)
    except SendError as failure:
        return _account_failed(failure)
    reached = ProbeStep("connection", True)
    status = words(account, "status") or ""
    if status != "active":
        advice = f"Twilio says that the account is {status or 'not active'}: see its console"
        return [reached, ProbeStep("token", False, advice)]
    trusted = ProbeStep("token", True, words(account, "friendly_name") or "")
    return [reached, trusted, await _number(twilio, via)]


def _account_failed(failure: SendError) -> list[ProbeStep]:
    said = f" ({failure.detail})"
    if isinstance(failure, CredentialsRejected):
        advice = "Copy Account SID and auth token of one and the same account again"
        return [ProbeStep("connection", True), ProbeStep("token", False, advice + said)]
    if isinstance(failure, ChannelBlocked):
        return [ProbeStep("connection", False, "Check the base URL and the state of the account" + said)]
    return [ProbeStep("connection", False, "Twilio does not answer usably; try again in a minute" + said)]


async def _number(twilio: Twilio, via: ChannelCredentials) -> ProbeStep:
    """Not every token may list senders: what cannot be asked is no failure."""
    ours = number_of(via.address)
    if ours == SANDBOX_NUMBER:
        return ProbeStep("number", True, "Twilio's sandbox: only who joined it can be written to")
    try:
        listed = rows(await twilio.senders(via), "senders")
    except SendError as failure:
        return ProbeStep("number", True, f"{ours}; Twilio did not say more ({failure.detail})")
    states = {words(entry, "sender_id"): words(entry, "status") or "" for entry in listed}
    state = states.get(WHATSAPP + ours)
    if state is None:
        advice = f"This account has no WhatsApp sender {ours}: check number and account"
        return ProbeStep("number", False, advice)
    if not state.upper().startswith("ONLINE"):
        advice = f"Twilio says that {ours} is {state.lower()}: see WhatsApp senders in its console"
        return ProbeStep("number", False, advice)
    return ProbeStep("number", True, ours)
