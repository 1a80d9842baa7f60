"""What leaves the queue, checked once more: a call that the provider would refuse is not made."""

from collections.abc import Callable, Sequence

from pydantic import ValidationError

from samvad.channels.codec import content_from_json
from samvad.channels.errors import Rejected
from samvad.channels.types import Content, Outbound
from samvad.kernel.errors import FieldError
from samvad.kernel.text import storable


def text_of(outbound: Outbound, *, most: int) -> str:
    """Raises Rejected."""
    text = storable(outbound.text)
    if not text.strip():
        raise Rejected("the text is empty")
    if len(text) > most:
        raise Rejected(f"the text has {len(text)} characters, {most} are allowed")
    return text


def content_of(outbound: Outbound, faults: Callable[[Content], Sequence[FieldError]]) -> Content:
    """Raises Rejected."""
    try:
        content = content_from_json(outbound.kind, outbound.content)
    except ValidationError as failure:
        raise Rejected(f"the content is none of a {outbound.kind.value}") from failure
    found = (fault for fault in faults(content) if not (outbound.file and fault.field == "link"))
    fault = next(found, None)
    if fault:
        raise Rejected(f"{fault.field} {fault.detail}")
    return content
