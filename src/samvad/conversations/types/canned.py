"""What canned replies are."""

from dataclasses import dataclass
from uuid import UUID

VARIABLES = ("contact.name", "contact.first_name", "agent.name", "business.name")


@dataclass(frozen=True, slots=True)
class CannedDetails:
    """`shortcut` without its "/"; `text` may hold `{{contact.name}}`, `{{contact.name|fallback}}`."""

    shortcut: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class CannedReply:
    id: UUID
    details: CannedDetails
