"""What a contact is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samvad.kernel.identity import Identity
from samvad.kernel.ids import ContactId


@dataclass(frozen=True, slots=True)
class Contact:
    """A person, known by any number of identities; a phone number is only one of them."""

    id: ContactId
    name: str
    profile_name: str
    language: str | None
    opted_out_at: datetime | None
    created_at: datetime
    identities: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the pipeline needs of the person behind a message."""

    id: ContactId
    name: str
    opted_out: bool
    created: bool


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A line of the consent record as it is read."""

    change: str
    method: str
    words: str
    actor: str
    at: datetime


class ConsentMethod(StrEnum):
    WORD = "word"  # the contact wrote STOP, START or kin
    RULE = "rule"  # a rule of the tenant matched
    AGENT = "agent"
    PROVIDER = "provider"  # the transport told us


@dataclass(frozen=True, slots=True)
class ConsentChange:
    """A line of the consent record; `words` are the contact's own, `change` what they asked for."""

    contact: ContactId
    change: str  # opt_out | opt_in | marketing_stop | marketing_resume
    method: ConsentMethod
    words: str
    message: UUID | None
    at: datetime
