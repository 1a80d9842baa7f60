"""People who told the provider that they want no marketing, as a refused message reveals it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from samvad.channels.service import consent as gate
from samvad.contacts import service as contacts
from samvad.contacts.types import ConsentChange, ConsentMethod
from samvad.conversations.repository import conversations
from samvad.platform.db import Scope


async def note_rests(scope: Scope, until: Mapping[UUID, datetime]) -> None:
    """Messages that the provider held back, as it does with all marketing to these people until then."""
    if not until:
        return
    for message, contact in (await conversations.contacts_of(scope, list(until))).items():
        await gate.rest_from_marketing(scope, contact, until=until[message])


async def note_stops(scope: Scope, refused: Mapping[UUID, datetime]) -> None:
    """On record like the provider's own notice of it; `refused`: when each message was."""
    if not refused:
        return
    for message, contact in (await conversations.contacts_of(scope, list(refused))).items():
        change = ConsentChange(
            contact=contact,
            change="marketing_stop",
            method=ConsentMethod.PROVIDER,
            words="",
            message=message,
            at=refused[message],
        )
        await contacts.note_marketing(scope, change)
        await gate.set_marketing(scope, contact, stopped=True)
