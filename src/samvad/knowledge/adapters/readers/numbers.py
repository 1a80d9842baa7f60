"""A number of a sheet as the sheet shows it: with its currency, unit, percent sign and decimals."""

import re

_PART = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|(\[[^\]]*\]|[_*].)|([0#?.,]+)|(.)')
_GAP = re.compile(r"(?<=[$€£¥₹]) (?=\d)")
_LITERALS = frozenset("$€£¥₹ -+():%")


def shown(value: float, pattern: str) -> str:
    """45.0 under "General" is 45, 0.25 under "0%" is 25%, 420 under "[$₹-4009] #,##0" is ₹420.

    A pattern that scales, or that this does not read, leaves the bare number.
    """
    plain = f"{value:.10g}"
    read = _parts(pattern.split(";")[0])
    if read is None or value < 0:
        return plain
    before, digits, after = read
    if "%" in before + after:
        plain = f"{value * 100:.10g}"
    whole, _, decimals = digits.partition(".")
    if "0" in decimals and "." in plain:
        plain = f"{float(plain):.{len(decimals)}f}"
    text = f"{before}{plain.zfill(whole.count('0'))}{after}"
    return _GAP.sub("", " ".join(text.split()))


def _parts(section: str) -> tuple[str, str, str] | None:
    """What stands before the digits, the digits, what stands after them."""
    before, digits, after = "", "", ""
    for quoted, escaped, currency, _, places, other in _PART.findall(section):
        if (places and (digits or places.endswith(","))) or (other and other not in _LITERALS):
            return None
        literal = quoted or escaped or currency or other
        if places:
            digits = places
        elif digits:
            after += literal
        else:
            before += literal
    return (before, digits, after) if digits else None
