"""Phone numbers in E.164, and the `wa_id` form that WhatsApp uses (digits without the plus)."""

from collections.abc import Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from samvad.kernel.errors import Invalid


class BadPhone(Invalid):
    """Not a usable phone number; `reason` says why in words a person understands."""

    code = "bad_phone"

    def __init__(self, raw: str, reason: str) -> None:
        super().__init__(f"{raw!r} is not a phone number: {reason}")
        self.reason = reason


_REASONS = {
    NumberParseException.INVALID_COUNTRY_CODE: "no country code, and the region does not give one",
    NumberParseException.NOT_A_NUMBER: "it holds no number",
    NumberParseException.TOO_SHORT_AFTER_IDD: "it is too short",
    NumberParseException.TOO_SHORT_NSN: "it is too short",
    NumberParseException.TOO_LONG: "it is too long",
}


def to_e164(raw: str, *, region: str | None = None) -> str:
    """`raw` as +<country><number>; `region` (ISO 3166) reads national forms. Raises BadPhone."""
    try:
        number = phonenumbers.parse(raw, region)
    except NumberParseException as failure:
        raise BadPhone(raw, _REASONS[failure.error_type]) from failure
    if not phonenumbers.is_possible_number(number):
        raise BadPhone(raw, "its length does not fit its country")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def typed_to_e164(raw: str, *, region: str) -> str:
    """As `to_e164`, of a number that somebody typed: one that its country does not give out is refused."""
    e164 = to_e164(raw, region=region)
    if not phonenumbers.is_valid_number(phonenumbers.parse(e164)):
        raise BadPhone(raw, "its country gives out no such numbers")
    return e164


def wa_id_to_phone(wa_id: str) -> str | None:
    """The E.164 number that a `wa_id` spells, or None when it spells none (a BSUID, say)."""
    if not (wa_id.isascii() and wa_id.isdigit() and 7 <= len(wa_id) <= 15):
        return None
    return f"+{wa_id}"


def phones_in(text: str, *, region: str | None = None) -> Iterator[tuple[int, int, str]]:
    """(start, end, E.164 digits without the plus) of each phone number; `region` reads national forms."""
    for found in phonenumbers.PhoneNumberMatcher(text, region or "ZZ"):
        digits = phonenumbers.format_number(found.number, PhoneNumberFormat.E164).removeprefix("+")
        yield found.start, found.end, digits
