"""Every room's routes under /api/v1; a new room is one line here."""

from collections.abc import Sequence

from fastapi import APIRouter

from samvad.api.chat import router as chat
from samvad.api.demo import router as demo
from samvad.api.events import router as events
from samvad.api.identities import router as identities
from samvad.api.scenarios import router as scenarios
from samvad.assistant.router import ROUTERS as ASSISTANT
from samvad.channels.router import ROUTERS as CHANNELS
from samvad.contacts.router import router as contacts
from samvad.conversations.router import ROUTERS as CONVERSATIONS
from samvad.knowledge.router import router as knowledge
from samvad.tenancy.router import ROUTERS as TENANCY

ROUTERS: Sequence[APIRouter] = (
    *TENANCY,
    *CHANNELS,
    contacts,
    identities,
    *CONVERSATIONS,
    knowledge,
    *ASSISTANT,
    chat,
    demo,
    scenarios,
    events,
)
