"""Signed Meta webhooks of our own making."""

import hashlib
import hmac
import itertools
import json
import time
from typing import Any

from samvad.channels.types import RawRequest

_ids = itertools.count(1)


def signed(body: bytes, secret: str) -> RawRequest:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return RawRequest({"x-hub-signature-256": f"sha256={digest}", "content-type": "application/json"}, body)


def envelope(number: str, account: str, value: dict[str, Any]) -> dict[str, Any]:
    metadata = {"display_phone_number": "15550100000", "phone_number_id": number}
    full = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": account, "changes": [{"field": "messages", "value": full}]}],
    }


def message(
    text: str, *, sender: str, id: str | None = None, at: int | None = None, **more: Any
) -> dict[str, Any]:
    return {
        "from": sender,
        "id": id or f"wamid.IN{next(_ids)}",
        "timestamp": str(at if at is not None else int(time.time())),
        "type": "text",
        "text": {"body": text},
        **more,
    }


def messages(number: str, account: str, *items: dict[str, Any], name: str = "Asha") -> bytes:
    senders = dict.fromkeys(item["from"] for item in items if "from" in item)
    contacts = [{"profile": {"name": name}, "wa_id": sender} for sender in senders]
    return json.dumps(envelope(number, account, {"contacts": contacts, "messages": list(items)})).encode()


def status(
    wamid: str, state: str, *, our_id: str | None = None, to: str = "919999900001", **more: Any
) -> dict[str, Any]:
    found = {"id": wamid, "status": state, "timestamp": str(int(time.time())), "recipient_id": to, **more}
    if our_id:
        found["biz_opaque_callback_data"] = our_id
    return found


def statuses(number: str, account: str, *items: dict[str, Any]) -> bytes:
    return json.dumps(envelope(number, account, {"statuses": list(items)})).encode()


def preference(number: str, account: str, value: str, *, sender: str = "919999900001") -> bytes:
    """The person's own wish about marketing: "stop" or "resume"; each call is news of its own."""
    wish = {"wa_id": sender, "detail": f"wish {next(_ids)}", "category": "marketing_messages", "value": value}
    dated = {**wish, "timestamp": int(time.time())}
    contact = {"profile": {"name": "Asha"}, "wa_id": sender}
    body = envelope(number, account, {"contacts": [contact], "user_preferences": [dated]})
    body["entry"][0]["changes"][0]["field"] = "user_preferences"
    return json.dumps(body).encode()
