"""What whoever gives a conversation back tells the assistant: kept with the switch, read by a model."""

from datetime import datetime

from samvad.conversations import rules
from samvad.conversations.errors import NotYourSwitch
from samvad.conversations.repository import hints
from samvad.conversations.service.announce import announce
from samvad.conversations.types import Burst, Conversation
from samvad.platform.db import ReadScope, Scope


async def change(scope: Scope, locked: Conversation, hint: str, *, at: datetime) -> None:
    """Of the switch to the assistant that stands and that the caller made. Raises NotYourSwitch."""
    if not await hints.change(scope, locked, hint):
        raise NotYourSwitch
    await announce(scope, at=at, updated=await hints.change_line(scope, locked.id, hint))


async def hint_for(scope: ReadScope, burst: Burst, *, now: datetime) -> str:
    """What the model may know beside these messages; empty where nobody said anything, or too long ago."""
    return await hints.standing(scope, burst.conversation, burst.epoch, since=now - rules.HINT_HOLDS)
