"""Who a webhook item is about: phone number, business-scoped user id, username, in any combination."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from samvad.channels.adapters.reading import objekt, words
from samvad.channels.adapters.whatsapp import address
from samvad.channels.types import Identity, IdentityKind, JsonObject, JsonValue, Sender
from samvad.kernel.phone import wa_id_to_phone
from samvad.kernel.text import display_name

_MAX_NAME = 1000  # of which `display_name` keeps 120


@dataclass(frozen=True, slots=True)
class Contacts:
    """The `contacts[]` that come along with the items of a change, by each of their ids."""

    by_id: Mapping[str, JsonObject] = field(default_factory=dict)
    only: JsonObject = field(default_factory=dict)  # when there is exactly one

    @classmethod
    def read(cls, entries: JsonValue) -> "Contacts":
        contacts = (
            [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
        )
        ids = ((words(contact, key), contact) for contact in contacts for key in ("wa_id", "user_id"))
        return cls({id_: contact for id_, contact in ids if id_}, contacts[0] if len(contacts) == 1 else {})

    def of(self, named: list[Identity]) -> JsonObject:
        """The contact with one of these ids; of an item that names nobody, the only one."""
        found = (self.by_id[identity.value] for identity in named if identity.value in self.by_id)
        return next(found, {}) if named else self.only


NOBODY = Contacts()


def sender(node: JsonValue, contacts: Contacts, *, wa_key: str, user_key: str) -> Sender | None:
    """The person named by `wa_key` and `user_key` of an item, completed from the contacts.

    Either key may be missing, and a BSUID may stand where a phone number is expected. None: nobody.
    """
    named = _addresses(node, wa_key, user_key)
    contact = contacts.of(named)
    found: dict[IdentityKind, Identity] = {}
    for identity in [*named, *_addresses(contact, "wa_id", "user_id")]:
        found.setdefault(identity.kind, identity)
    if not found:
        return None
    wa_id = found.get(IdentityKind.WA_ID)
    if wa_id is not None and (phone := wa_id_to_phone(wa_id.value)):
        found[IdentityKind.PHONE] = Identity(IdentityKind.PHONE, phone)
    profile = objekt(contact, "profile")
    if username := _shown(profile, "username").removeprefix("@"):
        found[IdentityKind.USERNAME] = Identity(IdentityKind.USERNAME, username)
    return Sender(tuple(found.values()), name=_shown(profile, "name") or None)


def _addresses(node: JsonValue, *keys: str) -> list[Identity]:
    """What stands under `keys`: a BSUID where it has the form of one, else a wa_id."""
    return [found for key in keys if (found := address(words(node, key) or ""))]


def _shown(profile: JsonObject, key: str) -> str:
    return display_name((words(profile, key) or "")[:_MAX_NAME])
