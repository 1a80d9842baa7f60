"""Twilio in a test: calls of its webhooks, signed as it signs them, and numbers that are connected to it."""

import itertools
from typing import Any
from urllib.parse import urlencode

from samvad.bootstrap.parts import Parts
from samvad.channels.adapters.twilio import signature
from samvad.channels.service.registry import NewChannel
from samvad.channels.types import Channel, Provider, ReplySettings
from samvad.kernel.ids import TenantId, new_id

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
