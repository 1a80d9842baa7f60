"""What Twilio refuses in a template beside what WhatsApp does, who reviews it."""

from collections.abc import Iterator, Sequence

from samvad.channels.adapters.meta import template_limits as whatsapp
from samvad.channels.adapters.twilio import contents
from samvad.channels.rules.templates import placeholders
from samvad.channels.types import (
    ButtonAct,
    HeaderFormat,
    TemplateDraft,
    TemplateLayout,
    TemplateMessage,
)
from samvad.kernel.errors import FieldError

_CONSOLE = "Samvad does not write it for Twilio: write it in its console, Content Template Builder"
_OURS = frozenset({"header.format", "header.example", "header.link"})  # of a header that is a file


def draft_faults(draft: TemplateDraft) -> Sequence[FieldError]:
    own = list(_own(draft.layout))
    told = {fault.field for fault in own}
    file = "header.format" in told
    return own + [
        fault
        for fault in whatsapp.draft_faults(draft)
        if fault.field not in told and not (file and fault.field in _OURS)
    ]


def _own(layout: TemplateLayout) -> Iterator[FieldError]:
    if layout.header and layout.header.format is not HeaderFormat.TEXT:
        yield FieldError("header.format", f"is {layout.header.format.value}: {_CONSOLE}")
    for at, button in enumerate(layout.buttons):
        if button.act is ButtonAct.COPY_CODE:
            yield FieldError(f"buttons.{at}.act", f"is copy_code: {_CONSOLE}")
    texts = {"body": layout.body, "header.text": layout.header.text if layout.header else ""}
    for field, text in texts.items():
        named = next((name for name in placeholders(text) if not name.isdigit()), None)
        if named:
            yield FieldError(
                field, f"holds {{{{{named[:30]}}}}}: Twilio counts its variables, {{{{1}}}}, {{{{2}}}}"
            )


def message_faults(message: TemplateMessage) -> Iterator[FieldError]:
    """What is wrong with the values for an approved template. Paths begin at the content."""
    if not message.external_id:
        yield FieldError("external_id", "is missing: it is not known which content is meant")
    yield from whatsapp.message_faults(message)
    for name, values in contents.filled(message).items():
        if len(set(values)) > 1:
            yield FieldError("values", f"differ for {{{{{name}}}}}, which is one variable in several parts")
