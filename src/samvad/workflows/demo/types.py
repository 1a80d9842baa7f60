"""What a demo business is, and what it left with a tenant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from samvad.assistant.types import RuleDetails
from samvad.channels.service.simulator import Person
from samvad.conversations.types.canned import CannedDetails
from samvad.kernel.language import Language
from samvad.tenancy.types import TenantSettings

T = TypeVar("T", bound=TenantSettings | RuleDetails)


class DemoName(StrEnum):
    DAIRY = "dairy"
    PROPERTY = "property"
    VENDING = "vending"


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the business's knowledge."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Business:
    """`label` says what it is, `ask` what to ask it first; `people` write to it from the simulated phone."""

    name: DemoName
    label: str
    ask: Sequence[str]
    settings: TenantSettings
    greeting: Mapping[Language, str]
    people: Sequence[Person]
    rules: Sequence[RuleDetails]
    canned: Sequence[CannedDetails]
    documents: Sequence[Document]


@dataclass(frozen=True, slots=True)
class Replaced(Generic[T]):
    """Something of the tenant's that the demo wrote over."""

    before: T
    after: T


@dataclass(frozen=True, slots=True)
class Brought:
    """The demo's footprint: enough to know what of it is still untouched. `sources` by their fingerprint."""

    settings: Replaced[TenantSettings]
    greetings: Mapping[UUID, Replaced[RuleDetails]]
    rules: Mapping[UUID, RuleDetails]
    sources: Mapping[UUID, str]
    canned: Mapping[UUID, CannedDetails] = field(default_factory=dict)  # older footprints have none


@dataclass(frozen=True, slots=True)
class Loaded:
    name: DemoName
    at: datetime
    brought: Brought
