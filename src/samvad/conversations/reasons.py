"""Why a message stands where it does, in a sentence: from its state, its reason and its number."""

from collections.abc import Mapping
from datetime import datetime

from samvad.conversations.types import MessageStatus
from samvad.conversations.types.log import Hold, LogLine

WHY: Mapping[str, str] = {
    # the provider's, or ours on the way to it
    "outcome_unknown": "The call to the provider broke off, so nobody knows yet whether it was sent.",
    "sender_died": "The server stopped in the middle of the call, so nobody knows yet whether it was sent.",
    "provider_unavailable": "The provider did not take it for now.",
    "number_throttled": "The number sends faster than the provider allows.",
    "recipient_throttled": "Too many messages went to this customer in a short time.",
    "spam_limited": "The provider limits this number, because customers blocked or reported it.",
    "credentials_rejected": "The provider refused the access token: enter a valid one under Channels.",
    "channel_blocked": "The provider blocked or unregistered the number.",
    "recipient_opted_out": "The customer stopped such messages at the provider.",
    "recipient_unreachable": "This number cannot be reached on WhatsApp.",
    "try_tomorrow": "The provider holds messages to this customer back for a day.",
    "rejected": "The provider refused the message itself.",
    "template_rejected": "The template is no more as it was when this was written: look at it and send anew.",
    "template_missing": "The provider has no such template in this language.",
    "template_stopped": "The provider paused or disabled the template.",
    "quality_assessment": "The provider keeps it until it knows what customers think of the template.",
    "send_failed": "The provider did not take it, for a reason that Samvad does not know.",
    "channel_deleted": "The number that it was to leave from was deleted.",
    "not_begun": "Something of ours failed before the call; it is tried again.",
    "lease_lost": "Its turn passed before the call began; it is tried again.",
    "restored": "It waited in the backup that this installation was restored from, and may have left since.",
    # the gate's
    "suspended": "The business is suspended.",
    "blocked": "The contact is blocked.",
    "taken_over": "A person took over the conversation before it left.",
    "opted_out": "The customer opted out before it left.",
    "window_closed": "The customer wrote more than 24 hours ago: only an approved template may be sent.",
    "sent_as_template": "The window was closed, so the channel's template said it.",
    "superseded": "The closed window held it until something newer was answered.",
    "dropped": "A person decided not to send it.",
    "quota_spent": "The quota of messages is used up.",
    "budget_spent": "The budget for AI is used up.",
    "portfolio_limit": "The account has written first to as many people as it may in 24 hours.",
    "marketing_rests": "The provider holds marketing to this customer back for a day.",
    "loop_guard": "Too many automatic replies went to this customer in ten minutes.",
}

_STATES: Mapping[MessageStatus, str] = {
    MessageStatus.RECEIVED: "It came in and is in the conversation.",
    MessageStatus.QUEUED: "It waits for its turn.",
    MessageStatus.SENDING: "It is with the provider at this moment.",
    MessageStatus.SENT: "The provider took it and has not yet said that it arrived.",
    MessageStatus.DELIVERED: "It arrived on the customer's phone.",
    MessageStatus.READ: "The customer has read it.",
    MessageStatus.FAILED: "It did not arrive.",
    MessageStatus.UNKNOWN: "Nobody knows yet whether it was sent.",
    MessageStatus.HELD: "It is held back until a person releases it.",
    MessageStatus.SKIPPED: "It was not sent, as its moment was over.",
}

_HOLDS: Mapping[Hold, str] = {
    Hold.STOPPED: "Its number is stopped, so nothing leaves until it works again.",
    Hold.PAUSED: "Its number pauses, as the provider asked.",
    Hold.CONSENTS: "Since a restore opt-outs may be missing: it waits for `samvad consents accept`.",
    Hold.DOWN: "The provider takes nothing at present; it leaves by itself when the provider is back.",
}

RETRYABLE = frozenset({MessageStatus.FAILED, MessageStatus.HELD})


def why(line: LogLine) -> str:
    """The reason first, then what else keeps it; without either what its state means."""
    reason = WHY.get(line.reason, WHY["send_failed"]) if line.reason else None
    hold = _HOLDS[line.hold] if line.hold else None
    return " ".join(said for said in (reason, hold) if said) or _STATES[line.status]


def next_attempt(line: LogLine) -> datetime | None:
    """When it is tried again by itself; None if it is not, or nobody can say when."""
    endless = line.hold in (Hold.STOPPED, Hold.CONSENTS)
    if line.status is not MessageStatus.QUEUED or endless or line.run_at is None:
        return None
    return max(line.run_at, line.paused_until) if line.paused_until else line.run_at
