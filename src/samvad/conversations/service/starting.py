"""A conversation that we begin: with somebody whose number was typed in."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.channels.service import contents, windows
from samvad.channels.types import Channel, Identity, IdentityKind, Sender
from samvad.contacts import service as contacts
from samvad.contacts.service import Contended
from samvad.contacts.types import Known
from samvad.conversations.repository import conversations
from samvad.conversations.types import Conversation
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
    ((_, locked),) = await talks(scope, found, [number], at=at)
    return locked.id


async def talks(
    scope: Scope, channel: Channel, numbers: Sequence[str], *, at: datetime
) -> list[tuple[Known, Conversation]]:
    """The person and the locked conversation of each of these E.164 numbers, which differ, in their order.
    Raises Conflict where one of them wrote at this moment."""
    senders = [Sender((Identity(IdentityKind.PHONE, number),)) for number in numbers]
    try:
        people = await contacts.resolve(scope, [(sender, channel.account) for sender in senders], at=at)
    except Contended as twin:
        raise _at_once() from twin
    keys = [(channel.id, person.id) for person in people]
    locked = await conversations.lock_or_create(scope, keys, at=at)
    if any(key not in locked for key in keys):
        raise _at_once()
    created = [one.id for one in locked.values() if one.created]
    if created:
        await windows.open_conversations(scope, created)
    return [(person, locked[key]) for person, key in zip(people, keys, strict=True)]
