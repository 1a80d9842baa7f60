"""What happens to one send: refused, accepted, or accepted and then not answered; pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from samvad.sandbox.behaviour import Strangers, Window
from samvad.sandbox.errors import Refusal, refusal
from samvad.sandbox.outbound import Outbound
from samvad.sandbox.templates import Fault as Misfit
from samvad.sandbox.types import Customer, Fault, Number, Rule

WINDOW_MS = 24 * 3600 * 1000


class Answer(StrEnum):
    """How the HTTP request ends."""

    PLAIN = "plain"
    HOLD = "hold"  # never, until the caller gives up
    CLOSE = "close"  # connection closed without a byte
    CUT = "cut"  # closed in the middle of the answer


@dataclass(frozen=True, slots=True)
class Judgement:
    """`refusal` with `accepted` means: taken, then answered with an error."""

    accepted: bool = True
    answer: Answer = Answer.PLAIN
    refusal: Refusal | None = None
    failed_code: int | None = None
    rule: Rule | None = None
    held: bool = False  # taken, and kept back until more is known of its template


@dataclass(frozen=True, slots=True)
class Bucket:
    """A token bucket that is full at first; `take` gives the next bucket, or None when it is empty."""

    capacity: float
    per_ms: float
    tokens: float
    at_ms: int

    @classmethod
    def full(cls, capacity: float, *, per_ms: float, at_ms: int) -> "Bucket":
        return cls(capacity, per_ms, capacity, at_ms)

    def take(self, at_ms: int) -> "Bucket | None":
        tokens = min(self.capacity, self.tokens + max(0, at_ms - self.at_ms) * self.per_ms)
        return replace(self, tokens=tokens - 1, at_ms=at_ms) if tokens >= 1 else None


@dataclass(frozen=True, slots=True)
class Facts:
    """`throughput` and `pair`: whether that bucket still has a token. `customer`: None for a stranger.
    `reactable`: whether what a reaction is for takes one. `template`: what is wrong with the one sent.
    `room`: whether the account may write to this person first. `marketing`: the code by which a marketing
    message fails. `unfit`: why the file cannot go. `paced`: it waits for its template's quality."""

    now_ms: int
    customer: Customer | None
    throughput: bool = True
    pair: bool = True
    reactable: bool = True
    template: Misfit | None = None
    room: bool = True
    marketing: int | None = None
    unfit: str | None = None
    paced: bool = False

    @property
    def window_open(self) -> bool:
        wrote = self.customer.last_wrote_ms if self.customer else None
        return wrote is not None and self.now_ms - wrote < WINDOW_MS


def judge(number: Number, message: Outbound, facts: Facts) -> Judgement:
    """A rule comes before the number's standing behaviour, that before the platform's policy."""
    rule = next((r for r in number.rules if _meets(r, message, facts.customer)), None)
    if rule is not None:
        return replace(_FAULTS[rule.fault](rule), rule=rule)
    sends = number.behaviour.sends
    if sends.error_code is not None:
        return _refuse(sends.error_code)
    return _policy(number, message, facts)


def _meets(rule: Rule, message: Outbound, customer: Customer | None) -> bool:
    if rule.fault.of_webhooks or rule.remaining == 0:
        return False
    addresses = {message.phone, message.bsuid, customer.wa_id if customer else None}
    return (rule.kind in (None, message.kind)) and (rule.recipient is None or rule.recipient in addresses)


def _policy(number: Number, message: Outbound, facts: Facts) -> Judgement:
    sends = number.behaviour.sends
    if message.phone == number.wa_id:
        return _refuse(131021)
    if not facts.throughput:
        return _refuse(130429)
    if facts.customer is None and sends.strangers is Strangers.REFUSE:
        return _refuse(131030)
    if facts.customer is None and (message.bsuid or sends.strangers is Strangers.UNDELIVERABLE):
        return Judgement(failed_code=131026) if message.phone else _refuse(131026)
    if not facts.pair:
        return _refuse(131056)
    if facts.template is not None:
        return _refuse(facts.template.code, details=facts.template.details)
    if not message.free_form and not facts.window_open and not facts.room:
        return _refuse(131064)
    if message.free_form and sends.window is not Window.OFF and not facts.window_open:
        return _refuse(131047) if sends.window is Window.REFUSE else Judgement(failed_code=131047)
    return _fate(facts)


def _fate(facts: Facts) -> Judgement:
    """Of what is taken."""
    if facts.marketing is not None:
        return Judgement(failed_code=facts.marketing)
    if facts.unfit is not None:
        return Judgement(failed_code=131053)
    if facts.paced:
        return Judgement(held=True)
    return Judgement() if facts.reactable else Judgement(failed_code=131009)


def _refuse(code: int, *, http_status: int | None = None, details: str | None = None) -> Judgement:
    return Judgement(accepted=False, refusal=refusal(code, details, http_status=http_status))


def _code(code: int) -> Callable[[Rule], Judgement]:
    return lambda rule: _refuse(rule.code or code, http_status=rule.http_status)


def _fails(code: int) -> Callable[[Rule], Judgement]:
    return lambda rule: Judgement(failed_code=rule.code or code)


def _ends(answer: Answer, *, accepted: bool) -> Callable[[Rule], Judgement]:
    return lambda _: Judgement(accepted=accepted, answer=answer)


_FAULTS: Mapping[Fault, Callable[[Rule], Judgement]] = {
    Fault.ERROR: _code(131000),
    Fault.SERVER_ERROR: _code(131000),
    Fault.RATE_LIMITED: _code(130429),
    Fault.EXPIRED_TOKEN: _code(190),
    Fault.PAIR_RATE: _code(131056),
    Fault.FAILED: _fails(131000),
    Fault.UNDELIVERABLE: _fails(131026),
    Fault.TIMEOUT_BEFORE_ACCEPT: _ends(Answer.HOLD, accepted=False),
    Fault.CLOSE_BEFORE_ACCEPT: _ends(Answer.CLOSE, accepted=False),
    Fault.TIMEOUT_AFTER_ACCEPT: _ends(Answer.HOLD, accepted=True),
    Fault.CLOSE_AFTER_ACCEPT: _ends(Answer.CLOSE, accepted=True),
    Fault.CUT_AFTER_ACCEPT: _ends(Answer.CUT, accepted=True),
    Fault.ERROR_AFTER_ACCEPT: lambda rule: Judgement(
        refusal=refusal(rule.code or 131000, http_status=rule.http_status)
    ),
}
