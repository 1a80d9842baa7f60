"""Webhook bodies as Meta posts them, and their signature; pure."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence

from samvad.sandbox.jsonio import JsonObject, JsonValue, meta_bytes
from samvad.sandbox.types import Customer, Number, Webhook

_LISTS = ("contacts", "messages", "statuses", "message_echoes", "errors", "user_preferences")


def value(number: Number, **lists: Sequence[JsonValue]) -> JsonObject:
    """A `value`: who we are, then the given lists."""
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.wa_id, "phone_number_id": number.phone_number_id},
        **lists,
    }


def contact_item(customer: Customer, *, profile: bool = True) -> JsonObject:
    item: dict[str, JsonValue] = {"profile": {"name": customer.name}} if profile else {}
    if customer.wa_id:
        item["wa_id"] = customer.wa_id
    return {**item, "user_id": customer.bsuid}


def compose(items: Iterable[tuple[str, Webhook]]) -> bytes:
    """One POST from (waba_id, item) pairs: an entry an account, one value a number and field."""
    entries: dict[str, dict[tuple[str, str], JsonObject]] = {}
    for waba_id, webhook in items:
        changes = entries.setdefault(waba_id, {})
        key = (webhook.phone_number_id, webhook.field)
        changes[key] = _merge(changes[key], webhook.value) if key in changes else webhook.value
    body: JsonObject = {
        "object": "whatsapp_business_account",
        "entry": [
            {"id": waba_id, "changes": [{"value": v, "field": field} for (_, field), v in changes.items()]}
            for waba_id, changes in entries.items()
        ],
    }
    return meta_bytes(body)


def stranger(at_s: int) -> tuple[str, Webhook]:
    """An item of a number that nobody here has, as another tenant's in the same POST."""
    id_ = "997000000000002"
    value: JsonObject = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550009999", "phone_number_id": id_},
        "contacts": [{"profile": {"name": "A stranger"}, "wa_id": "15550008888"}],
        "messages": [
            {
                "from": "15550008888", "id": f"wamid.stranger{at_s}", "timestamp": str(at_s),
                "type": "text", "text": {"body": "This is for somebody else"},
            }
        ],
    }  # fmt: skip
    return "997000000000001", Webhook(id_, id_, "messages", value, 0)


def _merge(first: JsonObject, second: JsonObject) -> JsonObject:
    return {
        **first,
        **second,
        **{name: _joined(first, second, name) for name in _LISTS if name in first or name in second},
    }


def _joined(first: JsonObject, second: JsonObject, name: str) -> list[JsonValue]:
    joined: list[JsonValue] = []
    for part in (first.get(name), second.get(name)):
        if isinstance(part, Sequence) and not isinstance(part, str):
            joined += [item for item in part if name != "contacts" or item not in joined]
    return joined


def signature(secret: str, body: bytes) -> str:
    """`X-Hub-Signature-256` of the raw bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def forged(genuine: str) -> str:
    """A signature of the right form and the wrong value."""
    return genuine[:-1] + ("0" if genuine[-1] != "0" else "1")


def headers(signed: str) -> Mapping[str, str]:
    return {
        "content-type": "application/json",
        "user-agent": "facebookexternalua",
        "x-hub-signature-256": signed,
    }
