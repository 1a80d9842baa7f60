"""The faults that the phone page offers as on/off switches, in terms of a number's behaviour; pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from samvad.sandbox.behaviour import Behaviour, Order, Until
from samvad.sandbox.jsonio import BadField, Fields, JsonObject


@dataclass(frozen=True, slots=True)
class Switch:
    """`on` and `off` are the changes that flip it."""

    is_on: Callable[[Behaviour], bool]
    on: JsonObject
    off: JsonObject


def _refusing(code: int) -> Switch:
    return Switch(
        lambda b: b.sends.error_code == code, {"sends": {"error_code": code}}, {"sends": {"error_code": None}}
    )


def _flag(section: str, name: str) -> Switch:
    return Switch(
        lambda b: bool(getattr(getattr(b, section), name)), {section: {name: True}}, {section: {name: False}}
    )


SWITCHES: Mapping[str, Switch] = {
    "expired_token": _refusing(190),
    "server_error": _refusing(131000),
    "rate_limited": _refusing(130429),
    "customer_phone_off": Switch(
        lambda b: b.statuses.until is Until.SENT,
        {"statuses": {"until": "sent"}},
        {"statuses": {"until": "delivered"}},
    ),
    "statuses_disordered": Switch(
        lambda b: b.statuses.order is Order.DISORDERED,
        {"statuses": {"order": "disordered"}},
        {"statuses": {"order": "ordered"}},
    ),
    "statuses_doubled": Switch(
        lambda b: b.statuses.copies > 1, {"statuses": {"copies": 2}}, {"statuses": {"copies": 1}}
    ),
    "webhooks_paused": Switch(
        lambda b: b.webhooks.paused, {"webhooks": {"paused": True}}, {"webhooks": {"paused": False}}
    ),
    "webhooks_bad_signature": _flag("webhooks", "bad_signature"),
    "webhooks_with_stranger": _flag("webhooks", "stranger"),
    "media_expired": _flag("policy", "media_expired"),
    "webhooks_doubled": Switch(
        lambda b: b.webhooks.duplicates > 0, {"webhooks": {"duplicates": 1}}, {"webhooks": {"duplicates": 0}}
    ),
}


def states(behaviour: Behaviour) -> JsonObject:
    return {name: switch.is_on(behaviour) for name, switch in SWITCHES.items()}


def changes(wanted: Fields, behaviour: Behaviour) -> list[Fields]:
    """What to merge, in turn, so that each named switch is as wanted. Raises BadField."""
    made = []
    for name in wanted:
        if name not in SWITCHES:
            raise BadField(wanted.at(name), f"must be one of {', '.join(SWITCHES)}")
        switch, on = SWITCHES[name], wanted.flag(name, default=False)
        if on != switch.is_on(behaviour):
            made.append(Fields(switch.on if on else switch.off))
    return sorted(made, key=lambda fields: fields.values in [s.on for s in SWITCHES.values()])
