"""Whether a channel takes a text or a content: asked by the rooms above before anything is queued."""

from uuid import UUID

from samvad.channels.adapters.registry import installed
from samvad.channels.errors import KindNotSent, NotByPhone
from samvad.channels.repository.channels import Channels
from samvad.channels.types import Channel, ChannelAdapter, Content, Provider
from samvad.kernel.errors import FieldError, Invalid, NotFound
from samvad.platform.db import ReadScope

_WHATSAPP = 4096


def text_limit(provider: str | None) -> int:
    """The most characters of one text; of a provider that no installed adapter speaks for, WhatsApp's own."""
    kind = installed().get(Provider(provider or ""))
    return kind.capabilities.text_limit if kind else _WHATSAPP


def sends_kinds(provider: str | None) -> list[str]:
    """Of a provider that no installed adapter speaks for none."""
    kind = installed().get(Provider(provider or ""))
    return sorted(one.value for one in kind.capabilities.kinds) if kind else []


def by_phone(provider: str | None) -> bool:
    """Whether somebody can be written to by their number alone."""
    kind = installed().get(Provider(provider or ""))
    return kind is not None and kind.capabilities.by_phone


async def channel_by_phone(scope: ReadScope, channel: UUID) -> Channel:
    """Raises NotFound, NotByPhone."""
    found = await Channels(scope).get(channel)
    if found is None:
        raise NotFound
    if not by_phone(found.provider):
        raise NotByPhone(f"{installed()[found.provider].title} reaches only those who wrote first")
    return found


async def check_text(scope: ReadScope, channel: UUID, text: str) -> None:
    """Raises Invalid for one that is too long. From a channel that is gone nothing leaves anyway."""
    found = await Channels(scope).get(channel)
    most = text_limit(found.provider if found else None)
    if len(text) > most:
        fault = (
            f"has {len(text)} characters, at most {most} are allowed on this number: send it as several "
            "messages, each with a client_id of its own"
        )
        raise Invalid(f"text {fault}", errors=[FieldError("text", fault)])


async def check(scope: ReadScope, channel: UUID, content: Content) -> None:
    """Raises KindNotSent, Invalid with every fault of it, NotFound for a channel that is gone."""
    found = await Channels(scope).get(channel)
    if found is None:
        raise NotFound
    judge(installed()[found.provider], content)


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
