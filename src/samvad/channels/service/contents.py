"""Whether a channel takes a text or a content: asked by the rooms above before anything is queued."""

from uuid import UUID

from samvad.channels.adapters.registry import installed
from samvad.channels.errors import KindNotSent
from samvad.channels.repository.channels import Channels
from samvad.channels.types import ChannelAdapter, Content, Kind, Provider, SendsFiles
from samvad.kernel.errors import FieldError, Invalid, NotFound
from samvad.platform.db import ReadScope

_WHATSAPP = 4096


def text_limit(provider: str | None) -> int:
    """The most characters of one text; of a provider that no installed adapter speaks for, WhatsApp's own."""
    kind = installed().get(Provider(provider or ""))
    return kind.capabilities.text_limit if kind else _WHATSAPP


def sends_files(provider: str | None) -> bool:
    """Whether files of ours can be handed over, not only links to them."""
    kind = installed().get(Provider(provider or ""))
    return kind is not None and issubclass(kind, SendsFiles)


async def check_text(scope: ReadScope, channel: UUID, text: str) -> None:
    """Raises Invalid for one that is too long. From a channel that is gone nothing leaves anyway."""
    found = await Channels(scope).get(channel)
    most = text_limit(found.provider if found else None)
    if len(text) > most:
        fault = f"has {len(text)} characters, at most {most} are allowed"
        raise Invalid(f"text {fault}", errors=[FieldError("text", fault)])


async def check(scope: ReadScope, channel: UUID, content: Content) -> None:
    """Raises KindNotSent, Invalid with every fault of it, NotFound for a channel that is gone."""
    found = await Channels(scope).get(channel)
    if found is None:
        raise NotFound
    judge(installed()[found.provider], content)


async def kind_of_file(scope: ReadScope, channel: UUID, *, mime_type: str, size: int) -> Kind:
    """As what the channel's provider takes such a file. Raises KindNotSent, Invalid, NotFound for a channel
    that is gone."""
    found = await Channels(scope).get(channel)
    if found is None:
        raise NotFound
    family = installed()[found.provider]
    if not issubclass(family, SendsFiles):
        raise KindNotSent(f"{family.title} takes files by link only")
    fitting = [rule for rule in family.file_rules() if mime_type in rule.types]
    if not fitting:
        known = ", ".join(ending for rule in family.file_rules() for ending in rule.types.values())
        raise _wrong_file(
            f"is of a type that cannot be sent here ({mime_type or 'unknown'}). Can be: {known}"
        )
    kind = next((rule.kind for rule in fitting if size <= rule.most), None)
    if kind is None:
        most = max(rule.most for rule in fitting) >> 20
        raise _wrong_file(f"has {size} bytes, {family.title} takes at most {most} MB of this type")
    return kind


def _wrong_file(detail: str) -> Invalid:
    return Invalid(f"file {detail}", errors=[FieldError("file", detail)])


def judge(family: type[ChannelAdapter], content: Content) -> None:
    if content.kind not in family.capabilities.kinds:
        raise KindNotSent(f"{family.title} has no messages of kind {content.kind.value}")
    faults = family.faults(content)
    if faults:
        first = faults[0]
        raise Invalid(
            f"content.{first.field} {first.detail}",
            errors=[FieldError(f"content.{fault.field}", fault.detail) for fault in faults],
        )
