"""What the control and phone doors show of the ledger."""

from collections.abc import Mapping
from dataclasses import asdict

from samvad.sandbox.jsonio import JsonObject, JsonValue
from samvad.sandbox.repository.messages import Send
from samvad.sandbox.types import Customer, Message, Number, Rule
from samvad.sandbox.world import World


def rule_view(rule: Rule) -> JsonObject:
    return asdict(rule)


def number_view(world: World, number: Number) -> JsonObject:
    """Without its secrets."""
    waiting, answered, refused = world.queue.tally(number.phone_number_id)
    return {
        "phone_number_id": number.phone_number_id,
        "waba_id": number.waba_id,
        "display_phone_number": number.display_phone_number,
        "webhook_url": number.webhook_url,
        "tenant": number.tenant,
        "subscribed": number.subscribed,
        "verified": number.verified,
        "clock": clock_view(world, number),
        "behaviour": number.behaviour.as_json(),
        "rules": [rule_view(r) for r in number.rules],
        "webhooks": {"waiting": waiting, "answered": answered, "refused_attempts": refused},
    }


def faults_view(number: Number) -> JsonObject:
    return {"behaviour": number.behaviour.as_json(), "rules": [rule_view(r) for r in number.rules]}


def clock_view(world: World, number: Number) -> JsonObject:
    return {"now_ms": world.now_ms(number), "offset_ms": number.clock_offset_ms}


def text_of(kind: str, content: JsonObject) -> str | None:
    """The words of a message, where its kind has any; of a template as it is shown."""
    content = shown if isinstance(shown := content.get("shown"), Mapping) else content
    for name in ("body", "text", "caption", "title"):
        found = content.get(name)
        if isinstance(found, Mapping):
            found = found.get("text")
        if isinstance(found, str) and found:
            return found
    inner = content.get(str(content.get("type"))) if kind.endswith("_reply") else None
    return text_of("", inner) if isinstance(inner, Mapping) else None


def message_view(message: Message) -> JsonObject:
    return {
        "id": message.id,
        "wamid": message.wamid,
        "customer_id": message.customer_id,
        "direction": message.direction.value,
        "kind": message.kind,
        "text": text_of(message.kind, message.content),
        "content": message.content,
        "state": message.state.value,
        "error_code": message.error_code,
        "reply_to": message.reply_to,
        "client_id": message.client_id,
        "at_ms": message.at_ms,
    }


def customer_view(world: World, customer: Customer) -> JsonObject:
    last = world.messages.last(customer.id)
    return {
        "id": customer.id,
        "name": customer.name,
        "phone": f"+{customer.phone}" if customer.phone else None,
        "bsuid": customer.bsuid,
        "typing": customer.typing_until_ms > world.wall_ms(),
        "typing_until_ms": customer.typing_until_ms,
        "unread": world.messages.unseen(customer.id),
        "blocked": world.portfolios.blocked(customer),
        "offers_stopped": world.portfolios.wants_no_offers(customer),
        "last_message": message_view(last) if last else None,
    }


def send_view(send: Send) -> JsonObject:
    view: dict[str, JsonValue] = {**asdict(send), "state": send.state.value}
    view["text"] = text_of(send.kind, send.content)
    return view
