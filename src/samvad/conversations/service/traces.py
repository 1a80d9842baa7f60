"""Why a message became what it is: stages with verdicts and milliseconds."""

from collections.abc import Sequence
from uuid import UUID

from samvad.conversations.repository import messages
from samvad.conversations.types import TraceStage
from samvad.platform.db import Scope


async def keep(scope: Scope, traces: Sequence[tuple[UUID, Sequence[TraceStage]]]) -> None:
    """Appends to what each message's trace holds."""
    told = [(message, stages) for message, stages in traces if stages]
    if told:
        await messages.append_traces(scope, told)
