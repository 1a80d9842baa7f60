"""A conversation that we begin: with somebody whose number was typed in."""

from datetime import datetime
from uuid import UUID

from samvad.channels.service import contents, windows
from samvad.channels.types import Identity, IdentityKind, Sender
from samvad.contacts import service as contacts
from samvad.contacts.service import Contended
from samvad.conversations.repository import conversations
from samvad.kernel.errors import Conflict, FieldError, Invalid
from samvad.kernel.phone import BadPhone, typed_to_e164
from samvad.platform.db import Scope
from samvad.tenancy.service import tenants


def _at_once() -> Conflict:
    return Conflict("They wrote, or were written to, at this very moment: try again")


async def start(scope: Scope, channel: UUID, phone: str, *, at: datetime) -> UUID:
    """The conversation with this number, made where there is none; it is blank, and in no list, until
    something is said in it. Raises NotFound, NotByPhone, Invalid with the reason that it is no number,
    Conflict where the same person wrote at this moment."""
    found = await contents.channel_by_phone(scope, channel)
    region = (await tenants.get_tenant(scope)).settings.country
    try:
        number = typed_to_e164(phone, region=region)
    except BadPhone as bad:
        raise Invalid(errors=[FieldError("phone", f"is no phone number: {bad.reason}")]) from bad
    sender = Sender((Identity(IdentityKind.PHONE, number),))
    try:
        (person,) = await contacts.resolve(scope, [(sender, found.account)], at=at)
    except Contended as twin:
        raise _at_once() from twin
    key = (found.id, person.id)
    locked = (await conversations.lock_or_create(scope, [key], at=at)).get(key)
    if locked is None:
        raise _at_once()
    if locked.created:
        await windows.open_conversations(scope, [locked.id])
    return locked.id
