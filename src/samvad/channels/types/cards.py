"""Contact cards that we send: a person's names, numbers and addresses."""

from dataclasses import dataclass
from typing import ClassVar

from samvad.channels.types.content import Content, Record
from samvad.channels.types.wire import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class CardName(Record):
    formatted_name: str
    first_name: str = ""
    last_name: str = ""
    middle_name: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPhone(Record):
    """With `wa_id`, the digits of a WhatsApp number, the customer can write to it."""

    phone: str
    type: str = ""
    wa_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardEmail(Record):
    email: str
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardUrl(Record):
    url: str
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAddress(Record):
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""
    country_code: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOrg(Record):
    company: str = ""
    department: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCard(Record):
    """`birthday` is YYYY-MM-DD."""

    name: CardName
    phones: tuple[CardPhone, ...] = ()
    emails: tuple[CardEmail, ...] = ()
    urls: tuple[CardUrl, ...] = ()
    addresses: tuple[CardAddress, ...] = ()
    org: CardOrg = CardOrg()
    birthday: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts(Content):
    kind: ClassVar[Kind] = Kind.CONTACTS
    contacts: tuple[ContactCard, ...]

    @property
    def text(self) -> str:
        return ", ".join(card.name.formatted_name for card in self.contacts)
