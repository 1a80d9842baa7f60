"""The door of the contacts room: who is behind a message, and what they consented to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.contacts import repository
from samvad.contacts.repository import Found, Place
from samvad.contacts.types import ConsentChange, ConsentLine, Contact, FormerName, Known
from samvad.kernel.errors import NotFound
from samvad.kernel.identity import PROVING, IdentityKind, Sender
from samvad.kernel.ids import ContactId, new_id
from samvad.kernel.phone import BadPhone, to_e164, wa_id_to_phone
from samvad.kernel.text import fold
from samvad.platform.db import Page, ReadScope, Scope
from samvad.platform.db.paging import page_of, pair

_SCOPED = {IdentityKind.BSUID, IdentityKind.LID, IdentityKind.VISITOR}  # one account's names for people


class Contended(Exception):
    """Two transactions made the same person at once: run this one again."""


def places_of(person: Sender, *, account: str) -> list[Place]:
    """Strongest first. A BSUID, say, counts within one account (Meta's portfolio), a number everywhere."""
    found: dict[IdentityKind, str] = {i.kind: i.value for i in person.identities}
    number = wa_id_to_phone(found.get(IdentityKind.WA_ID, ""))
    if number:
        found.setdefault(IdentityKind.PHONE, number)
    return [Place(k, account if k in _SCOPED else "", found[k]) for k in PROVING if k in found]


async def resolve(scope: Scope, people: Sequence[tuple[Sender, str]], *, at: datetime) -> list[Known]:
    """The contact behind each (sender, account), made where it is new. Raises Contended.

    Where identities point at two contacts the strongest wins, and the answer names the `others`.
    """
    wanted = [places_of(person, account=account) for person, account in people]
    known = await repository.find(scope, sorted({p for places in wanted for p in places}, key=str))
    fresh: dict[Place, ContactId] = {}
    made: list[repository.NewContact] = []
    links: dict[Place, ContactId] = {}
    answers: list[Known] = []
    for (person, _), places in zip(people, wanted, strict=True):
        found = next((known[p] for p in places if p in known), None)
        twin = next((fresh[p] for p in places if p in fresh), None)
        contact = found.contact if found else twin or ContactId(new_id())
        if found is None and twin is None:
            made.append((contact, person.name or "", [person.name or "", *(p.value for p in places)]))
        for place in places:
            if place not in known and place not in fresh:
                fresh[place] = links[place] = contact
        others = tuple(
            dict.fromkeys(k.contact for p in places if (k := known.get(p)) and k.contact != contact)
        )
        answers.append(_known(contact, person, found, created=found is None and twin is None, others=others))
    await _store(scope, made, links, at)
    await _rename(scope, people, answers, known, wanted, at)
    return answers


def _known(
    contact: ContactId,
    person: Sender,
    found: Found | None,
    *,
    created: bool,
    others: tuple[ContactId, ...],
) -> Known:
    name = (found.name if found else "") or person.name or ""
    out = bool(found and found.opted_out)
    return Known(contact, name, opted_out=out, created=created, others=others)


async def _store(
    scope: Scope,
    made: Sequence[repository.NewContact],
    links: dict[Place, ContactId],
    at: datetime,
) -> None:
    if made:
        await repository.insert(scope, made, at)
    if links and await repository.add_identities(scope, list(links.items()), at) < len(links):
        raise Contended


async def _rename(
    scope: Scope,
    people: Sequence[tuple[Sender, str]],
    answers: Sequence[Known],
    known: dict[Place, Found],
    wanted: Sequence[Sequence[Place]],
    at: datetime,
) -> None:
    before = {known[p].contact: known[p].profile_name for places in wanted for p in places if p in known}
    newest = {a.id: person.name for (person, _), a in zip(people, answers, strict=True) if person.name}
    changed = [(c, name) for c, name in newest.items() if c in before and before[c] != name]
    if changed:
        await repository.rename(scope, changed, at)


async def opt_out(scope: Scope, change: ConsentChange) -> bool:
    """Stored with its words. Whether the contact was in until now."""
    changed = await repository.set_opted_out(scope, change.contact, at=change.at, reason=change.words)
    if changed:
        await repository.record_consent(scope, change, id=new_id())
    return changed


async def opt_in(scope: Scope, change: ConsentChange) -> bool:
    """Whether the contact was out until now."""
    changed = await repository.set_opted_out(scope, change.contact, at=None, reason=None)
    if changed:
        await repository.record_consent(scope, change, id=new_id())
    return changed


async def unknown(scope: Scope, people: Sequence[tuple[Sender, str]]) -> list[bool]:
    """Whether each (sender, account) has an address that is nobody's yet, or names none at all."""
    wanted = [places_of(person, account=account) for person, account in people]
    known = await repository.find(scope, sorted({p for places in wanted for p in places}, key=str))
    return [not places or any(place not in known for place in places) for places in wanted]


async def note_marketing(scope: Scope, change: ConsentChange) -> None:
    """A marketing preference told by the provider: kept on record when it is news; replies go on."""
    if await repository.marketing_preference(scope, change.contact) != change.change:
        await repository.record_consent(scope, change, id=new_id())


async def add_person(
    scope: Scope, contact: ContactId, person: Sender, *, account: str, at: datetime
) -> Sequence[ContactId]:
    """Every identity of `person` joins `contact`; one that is somebody else's stays theirs, who are named."""
    places = places_of(person, account=account)
    if not places:
        return ()
    await repository.add_identities(scope, [(place, contact) for place in places], at)
    found = await repository.find(scope, places)
    return tuple(dict.fromkeys(f.contact for f in found.values() if f.contact != contact))


async def with_phone(scope: ReadScope, phone: str) -> list[UUID]:
    """Contacts that hold this number; nobody for what is not a number."""
    try:
        number = to_e164(phone if phone.startswith("+") else f"+{phone.strip()}")
    except BadPhone:
        return []
    return await repository.Contacts(scope).by_phone(number)


async def named(scope: ReadScope, words: str) -> list[UUID]:
    """Contacts with every word as a prefix in name, number or id; at most 500."""
    folded = fold(words).replace("+", "").split()
    return await repository.Contacts(scope).search(folded[:8], most=500) if folded else []


async def list_contacts(
    scope: ReadScope, *, cursor: str | None, limit: int, words: str | None
) -> Page[Contact]:
    """Newest first, or those that the words find."""
    contacts = repository.Contacts(scope)
    if words:
        found = await contacts.some(await named(scope, words))
        return Page([contact for contact in found if contact.merged_into is None], None)
    rows = await contacts.newest(before=pair(cursor), limit=limit + 1)
    return page_of(rows, limit, lambda c: (c.created_at.isoformat(), str(c.id)))


async def get_contact(scope: ReadScope, contact: UUID) -> Contact:
    """Raises NotFound."""
    found = await repository.Contacts(scope).some([contact])
    if not found:
        raise NotFound
    return found[0]


async def former_names(scope: ReadScope, contact: UUID) -> list[FormerName]:
    """The newest first."""
    return await repository.Contacts(scope).former_names(contact)


async def consent_record(scope: ReadScope, contact: UUID) -> list[ConsentLine]:
    """What this person agreed to and withdrew, the newest 50 first. Raises NotFound."""
    await get_contact(scope, contact)
    return await repository.Contacts(scope).consents(contact, most=50)
