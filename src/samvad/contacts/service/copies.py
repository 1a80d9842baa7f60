"""The consent record outside of the database: followed line by line, and put back after a restore."""

from collections.abc import Sequence
from uuid import UUID

from samvad.contacts import repository
from samvad.contacts.repository import Place, copies, merges
from samvad.contacts.types import ConsentChange, ConsentCopy, ConsentMethod
from samvad.kernel.ids import ContactId, TenantId, new_id
from samvad.platform.db import ReadScope, Scope, SystemScope

_LETS_IN = ("opt_in", "marketing_resume")


async def after(scope: SystemScope, last: UUID, *, most: int) -> list[tuple[TenantId, UUID]]:
    """Lines of all tenants since `last`, the oldest first."""
    return await copies.after(scope, last, most=most)


async def read(scope: ReadScope, ids: Sequence[UUID]) -> list[ConsentCopy]:
    return await copies.read(scope, ids)


async def unknown(scope: ReadScope, ids: Sequence[UUID]) -> set[UUID]:
    """Those that are not in this database."""
    return set(ids) - await copies.known(scope, ids)


async def put_back(scope: Scope, copy: ConsentCopy) -> Sequence[ContactId]:
    """On record again, for whom it holds, who are returned: a person who had become one of two contacts
    since may be two again, and a word that closes closes both. Who is not there is made."""
    people = await _people(scope, copy)
    for place, contact in enumerate(people):
        id = copy.id if place == 0 else new_id()
        change = ConsentChange(
            contact, copy.change, ConsentMethod(copy.method), copy.words, None, copy.at
        )  # its message is not here
        if copy.change == "opt_out":
            await repository.set_opted_out(scope, contact, at=copy.at, reason=copy.words)
        elif copy.change == "opt_in":
            await repository.set_opted_out(scope, contact, at=None, reason=None)
        await repository.record_consent(scope, change, id=id, actor=copy.actor)
    return people


async def _people(scope: Scope, copy: ConsentCopy) -> list[ContactId]:
    places = [Place(*address) for address in copy.addresses]
    itself = await merges.root(scope, copy.contact)
    found = [itself.id] if itself else []
    found += [one.contact for one in (await repository.find(scope, places)).values()]
    people = [ContactId(id) for id in dict.fromkeys(found)]
    if not people and places:
        people = [ContactId(copy.contact)]
        words = [copy.name, *(place.value for place in places)]
        await repository.insert(scope, [(people[0], copy.name, words)], copy.at)
        await repository.add_identities(scope, [(place, people[0]) for place in places], copy.at)
    return people[:1] if copy.change in _LETS_IN else people
