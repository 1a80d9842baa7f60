"""What a contact is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samvad.kernel.identity import Identity
from samvad.kernel.ids import ContactId
from samvad.kernel.json import JsonObject


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
    merged_into: UUID | None = None  # they are part of that contact now


@dataclass(frozen=True, slots=True)
class FormerName:
    """What the person called themselves until then."""

    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What the pipeline needs of the person behind a message."""

    id: ContactId
    name: str
    opted_out: bool
    created: bool
    others: tuple[ContactId, ...] = ()  # whose addresses the provider named as theirs too


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A line of the consent record as it is read."""

    change: str
    method: str
    words: str
    actor: str
    at: datetime


class MergeHow(StrEnum):
    HAND = "hand"
    EVIDENCE = "evidence"  # a provider named addresses of both for one person


@dataclass(frozen=True, slots=True)
class Standing:
    """A locked contact, as a merge needs it."""

    id: UUID
    merged_into: UUID | None
    opted_out_at: datetime | None
    opt_out_reason: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Merge:
    """Two contacts that are one: `absorbed` is part of `kept`, and `moved` says what came from it."""

    id: UUID
    kept: UUID
    absorbed: UUID
    how: MergeHow
    why: str
    moved: JsonObject
    actor: str
    at: datetime
    absorbed_name: str = ""
    undone_at: datetime | None = None
    undone_by: str | None = None


class ConsentMethod(StrEnum):
    WORD = "word"  # the contact wrote STOP, START or kin
    RULE = "rule"  # a rule of the tenant matched
    AGENT = "agent"
    PROVIDER = "provider"  # the transport told us
    MERGE = "merge"  # it turned out to be one person, and one of the two was out


@dataclass(frozen=True, slots=True)
class ConsentChange:
    """A line of the consent record; `words` are the contact's own, `change` what they asked for."""

    contact: ContactId
    change: str  # opt_out | opt_in | marketing_stop | marketing_resume
    method: ConsentMethod
    words: str
    message: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsentCopy:
    """A line of the consent record with whose it is, as it is kept beside the database."""

    id: UUID
    contact: UUID
    name: str
    addresses: tuple[tuple[str, str, str], ...]  # kind, scope, value
    change: str
    method: str
    words: str
    actor: str
    at: datetime
