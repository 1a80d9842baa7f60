"""Webhooks that tell of messages which the business sent from its own phone."""

import json
import time

from tests.support import meta
from tests.support.house import House


def echo(external_id: str, text: str, *, to: str = "919999900001") -> dict[str, object]:
    return {
        "from": "15550100000",
        "to": to,
        "id": external_id,
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": text},
    }


def echoes(shop: House, *items: dict[str, object]) -> bytes:
    body = meta.envelope(shop.channel.address, shop.channel.account, {"message_echoes": list(items)})
    body["entry"][0]["changes"][0]["field"] = "smb_message_echoes"
    return json.dumps(body).encode()
