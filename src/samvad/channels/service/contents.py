"""Whether a channel takes a content: asked by the rooms above before anything is queued."""

from uuid import UUID

from samvad.channels.adapters.registry import installed
from samvad.channels.errors import KindNotSent
from samvad.channels.repository.channels import Channels
from samvad.channels.types import ChannelAdapter, Content
from samvad.kernel.errors import FieldError, Invalid, NotFound
from samvad.platform.db import ReadScope


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
