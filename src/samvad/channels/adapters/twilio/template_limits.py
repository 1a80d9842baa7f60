"""What Twilio refuses in a template beside what WhatsApp does, who reviews it."""

from collections.abc import Iterator, Sequence

from samvad.channels.adapters import checks
from samvad.channels.adapters.meta import template_limits as whatsapp
from samvad.channels.adapters.twilio import contents
from samvad.channels.rules.templates import fill, placeholders
from samvad.channels.types import (
    ButtonAct,
    HeaderFormat,
    TemplateDraft,
    TemplateHeader,
    TemplateLayout,
    TemplateMessage,
)
from samvad.kernel.errors import FieldError

_CONSOLE = "Samvad does not write it for Twilio: write it in its console, Content Template Builder"
_OURS = frozenset({"header.example", "header.link"})  # of a header that is a file
_NAME = 16  # characters; twilio.com/docs/content/using-variables-with-content-api
_HEADER = "header.link"


def draft_faults(draft: TemplateDraft) -> Sequence[FieldError]:
    own = list(_own(draft.layout))
    told = {fault.field for fault in own}
    header = draft.layout.header
    file = header is not None and header.format in whatsapp.FILES
    return own + [
        fault
        for fault in whatsapp.draft_faults(draft)
        if fault.field not in told and not (file and fault.field in _OURS)
    ]


def _own(layout: TemplateLayout) -> Iterator[FieldError]:
    if layout.header and layout.header.format is HeaderFormat.LOCATION:
        yield FieldError("header.format", f"is location: {_CONSOLE}")
    elif layout.header and layout.header.format is not HeaderFormat.TEXT:
        yield from _file(layout.header)
    for at, button in enumerate(layout.buttons):
        if button.act is ButtonAct.FLOW:
            yield FieldError(f"buttons.{at}.act", f"is {button.act.value}: {_CONSOLE}")
    texts = {"body": layout.body, "header.text": layout.header.text if layout.header else ""}
    for field, text in texts.items():
        if long := next((name for name in placeholders(text) if len(name) > _NAME), None):
            yield FieldError(
                field, f"holds {{{{{long[:30]}}}}}: names have at most {_NAME} characters at Twilio"
            )


def _file(header: TemplateHeader) -> Iterator[FieldError]:
    """The address of a file: fixed, with an ending to fill, or chosen when it is sent; the reviewers look at
    the example."""
    places = placeholders(header.link)
    if places and not (len(places) == 1 and header.link.rstrip().endswith("}}")):
        yield FieldError(_HEADER, "may hold one placeholder, at its end")
        return
    field = _HEADER if header.link and not places else "header.example"
    shown = fill(header.link or "{{1}}", dict.fromkeys(places or ["1"], header.example))
    yield from checks.url(field, shown)
    if contents.format_of(shown) is not header.format:
        yield FieldError(field, f"has no ending of a file that is {header.format.value}: {shown[-40:]!r}")


def message_faults(message: TemplateMessage) -> Iterator[FieldError]:
    """What is wrong with the values for an approved template. Paths begin at the content."""
    if not message.external_id:
        yield FieldError("external_id", "is missing: it is not known which content is meant")
    yield from whatsapp.message_faults(message)
    header = message.layout.header
    if message.file and header and header.link and not contents.is_free(header.link):
        place = header.link.partition("{{")[0]
        yield FieldError("file", f"cannot stand here: the template takes its file from {place[:60]} alone")
    for name, values in contents.filled(message).items():
        if len(set(values)) > 1:
            yield FieldError("values", f"differ for {{{{{name}}}}}, which is one variable in several parts")
