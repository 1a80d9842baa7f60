"""A tenant's numbers and stored events, for the workflows."""

from samvad.channels.codec import event_from_json
from samvad.channels.repository.channels import Channels
from samvad.channels.types import Channel as Channel
from samvad.channels.types import Event as Event
from samvad.kernel.ids import ChannelId
from samvad.kernel.json import JsonObject
from samvad.platform.db import ReadScope

_MOST = 10_000


async def every(scope: ReadScope) -> list[Channel]:
    """All channels of the tenant that are not deleted."""
    return await Channels(scope).newest(before=None, limit=_MOST)


def decoded(stored: JsonObject) -> Event:
    """Raises KeyError or ValueError for what no version of ours wrote."""
    return event_from_json(stored)


async def one(scope: ReadScope, channel: ChannelId) -> Channel | None:
    """None: deleted."""
    return await Channels(scope).get(channel)
