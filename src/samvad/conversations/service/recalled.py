"""Messages found in the provider's list of what it took: settled as a status of theirs would settle them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from samvad.channels.types import StatusReceived
from samvad.conversations.repository import messages, resends
from samvad.conversations.service import outcomes
from samvad.conversations.service.outcomes import StatusEntry
from samvad.conversations.types import TraceStage
from samvad.platform.db import Scope


class Recalled:
    """For those who look for sends of unknown outcome, and know no timeline."""

    async def known(self, scope: Scope, channel: UUID, talks: Sequence[UUID], ids: Sequence[str]) -> set[str]:
        of_messages = await messages.known_external(scope, channel, ids)
        return of_messages.keys() | await resends.earlier(scope, talks)

    async def settle(
        self, scope: Scope, channel: UUID, found: Mapping[UUID, StatusReceived], *, at: datetime
    ) -> None:
        if not found:
            return
        entries = [StatusEntry(channel, event, at) for event in found.values()]
        await outcomes.apply_statuses(scope, entries, at=at)
        stages = {
            id_: [TraceStage("provider", "found in its list", 0, {"external_id": event.external_id})]
            for id_, event in found.items()
        }
        await messages.append_traces(scope, [*stages.items()])
