"""What the gateway has to know of us: where it calls, with which header, and what about."""

from samvad.channels.types import ChannelCredentials, JsonObject, JsonValue

HEADER = "x-webhook-secret"

EVENTS: tuple[str, ...] = (
    "MESSAGES_UPSERT",
    "MESSAGES_UPDATE",
    "MESSAGES_DELETE",
    "MESSAGES_EDITED",
    "SEND_MESSAGE",
    "CONNECTION_UPDATE",
    "CALL",
)  # and not QRCODE_UPDATED: a code is asked for when somebody looks, and lies nowhere in between


def webhook(via: ChannelCredentials) -> JsonObject:
    """The body of `/webhook/set`: files come when they are asked for, not within the call."""
    events: list[JsonValue] = [*EVENTS]
    return {
        "webhook": {
            "enabled": True,
            "url": via.webhook_url,
            "headers": {HEADER: via.secret("webhook_secret")},
            "byEvents": False,
            "base64": False,
            "events": events,
        }
    }


def instance(via: ChannelCredentials) -> JsonObject:
    """The body of `/instance/create`."""
    return {
        "instanceName": via.option("instance"),
        "integration": "WHATSAPP-BAILEYS",
        "qrcode": False,
        "groupsIgnore": True,
        **webhook(via),
    }
