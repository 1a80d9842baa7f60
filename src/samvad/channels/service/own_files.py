"""Whether a channel takes a file of ours, and as what: asked by the rooms above before anything is queued."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from samvad.channels.adapters.registry import installed
from samvad.channels.codec import content_from_json
from samvad.channels.errors import KindNotSent
from samvad.channels.repository.channels import Channels
from samvad.channels.types import (
    ChannelAdapter,
    FileRule,
    Kind,
    Provider,
    SendsFileLinks,
    TakesFiles,
    TemplateMessage,
)
from samvad.kernel.errors import FieldError, Invalid, NotFound
from samvad.kernel.json import JsonObject
from samvad.platform.db import ReadScope


@dataclass(frozen=True, slots=True)
class FileFacts:
    """`size` in bytes; `fetchable`: others reach this installation, so that a provider can fetch it here."""

    name: str
    mime_type: str
    size: int
    caption: str = ""
    fetchable: bool = True


def sends_files(provider: str | None) -> bool:
    """Whether a file of ours can leave by it, not only a link to one."""
    kind = installed().get(Provider(provider or ""))
    return kind is not None and issubclass(kind, TakesFiles)


def fetches_files(provider: str | None) -> bool:
    """Whether it fetches our files here, for which it must reach this installation."""
    kind = installed().get(Provider(provider or ""))
    return kind is not None and issubclass(kind, SendsFileLinks)


async def content_of(scope: ReadScope, channel: UUID, file: FileFacts) -> tuple[Kind, JsonObject]:
    """As what the channel's provider takes the file, and its record. Raises KindNotSent, Invalid, NotFound
    for a channel that is gone."""
    family, rules = await _family(scope, channel, file)
    kind = kind_of(rules, mime_type=file.mime_type, size=file.size)
    return kind, _content(family, kind, file)


async def _family(
    scope: ReadScope, channel: UUID, file: FileFacts
) -> tuple[type[ChannelAdapter], Sequence[FileRule]]:
    found = await Channels(scope).get(channel)
    if found is None:
        raise NotFound
    family = installed()[found.provider]
    if not issubclass(family, TakesFiles):
        raise KindNotSent(f"{family.title} takes files by link only")
    if issubclass(family, SendsFileLinks) and not file.fetchable:
        raise KindNotSent(
            f"{family.title} fetches files from this installation, which has no address that others reach: "
            "SAMVAD_PUBLIC_URL is not set"
        )
    return family, family.file_rules()


def kind_of(rules: Sequence[FileRule], *, mime_type: str, size: int) -> Kind:
    """The first that fits. Raises Invalid."""
    fitting = [rule for rule in rules if rule.takes(mime_type)]
    if not fitting:
        known = ", ".join(ending for rule in rules for ending in rule.types.values())
        named = mime_type or "unknown"
        raise _wrong("file", f"is of a type that cannot be sent here ({named}). Can be: {known}")
    kind = next((rule.kind for rule in fitting if size <= rule.most), None)
    if kind is None:
        most = max(rule.most for rule in fitting) >> 20
        raise _wrong("file", f"has {size} bytes, at most {most} MB of this type can be sent here")
    return kind


async def check_header(scope: ReadScope, channel: UUID, file: FileFacts, template: TemplateMessage) -> None:
    """Whether the file can stand in the header of a template. Raises KindNotSent, Invalid, NotFound for a
    channel that is gone."""
    _, every = await _family(scope, channel, file)
    header = template.layout.header
    rules = [rule for rule in every if header and rule.kind == header.format.value]
    if rules:  # without a place for one the template's own limits say so
        kind_of(rules, mime_type=file.mime_type, size=file.size)


def _content(family: type[ChannelAdapter], kind: Kind, file: FileFacts) -> JsonObject:
    if kind is Kind.AUDIO and file.caption:
        raise _wrong("caption", "sound has no words under it: write them as a message of their own")
    content: JsonObject = {"caption": file.caption} if file.caption else {}
    if kind is Kind.DOCUMENT:
        content["filename"] = file.name
    for fault in family.faults(content_from_json(kind, content)):
        if fault.field != "link":  # which a file of ours has not
            raise _wrong("file" if fault.field == "filename" else fault.field, fault.detail)
    return content


def _wrong(field: str, detail: str) -> Invalid:
    return Invalid(f"{field} {detail}", errors=[FieldError(field, detail)])
