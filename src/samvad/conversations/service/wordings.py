"""What a person says to a customer, as the timeline keeps it: words or content, and what it is about."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.rules.templates import NAME, TELEPHONE
from samvad.channels.service import contents, own_files, templates
from samvad.channels.types import Content, IdentityKind, Kind, Reaction, TemplateChoice, TemplateMessage
from samvad.contacts import service as contacts
from samvad.conversations.repository.messages import Messages
from samvad.conversations.service.outgoing_files import SentFile
from samvad.conversations.types import Conversation, Message
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.json import JsonObject, JsonValue
from samvad.platform.db import ReadScope

REACTIONS_TO = timedelta(days=30)  # WhatsApp drops a reaction to anything older


@dataclass(frozen=True, slots=True)
class Wording:
    """`reply_to` and `target` are the provider's ids: of the message quoted, and of the one reacted to."""

    kind: Kind
    text: str
    content: JsonObject | None = None
    reply_to: str | None = None
    target: str | None = None
    media: JsonObject | None = None


Said = str | Content | TemplateChoice | SentFile


def again(message: Message) -> Wording:
    """The wording of a message that is in the timeline."""
    return Wording(
        Kind(message.kind), message.text, message.content, message.reply_to, message.target, message.media
    )


def repeats(message: Message, wording: Wording) -> bool:
    """Whether somebody asked for this message again: of a template what was asked for counts, which may
    read otherwise by now."""
    found = again(message)
    if found.kind is not Kind.TEMPLATE or wording.kind is not Kind.TEMPLATE:
        return found == wording
    rest = (found.reply_to, found.media) == (wording.reply_to, wording.media)
    return rest and _asked(found.content or {}) == _asked(wording.content or {})


def _asked(content: JsonObject) -> tuple[JsonValue, ...]:
    return content["name"], content["language"], content.get("asked") or content.get("values") or {}


async def of(
    scope: ReadScope, conversation: Conversation, said: Said, *, reply_to: UUID | None, at: datetime
) -> Wording:
    """Raises Invalid for what the channel's provider would refuse, KindNotSent, TemplateNotSent, OptedOut."""
    quoted = await _quoted(scope, conversation, reply_to) if reply_to else None
    if isinstance(said, str):
        await contents.check_text(scope, conversation.channel, said)
        return Wording(Kind.TEXT, said, reply_to=quoted)
    if isinstance(said, SentFile):
        return await _file(scope, conversation, said, quoted)
    if isinstance(said, TemplateChoice):
        said = await _filled(scope, conversation, said)
    await contents.check(scope, conversation.channel, said)
    target = None
    if isinstance(said, Reaction):
        target = await _target(scope, conversation, said.message_id, at=at)
        if quoted:
            raise _wrong("reply_to", "a reaction quotes nothing: its message_id says what it is for")
    return Wording(said.kind, said.text, said.as_json(), quoted, target)


async def _file(scope: ReadScope, conversation: Conversation, said: SentFile, quoted: str | None) -> Wording:
    if said.template:
        return await _headed(scope, conversation, said, said.template, quoted)
    kind, content = await own_files.content_of(scope, conversation.channel, said.facts())
    return Wording(kind, said.caption, content, quoted, media=said.media())


async def _headed(
    scope: ReadScope, conversation: Conversation, said: SentFile, choice: TemplateChoice, quoted: str | None
) -> Wording:
    """A template with the file above it."""
    filled = replace(await _filled(scope, conversation, choice), file=said.name)
    await own_files.check_header(scope, conversation.channel, said.facts(), filled)
    await contents.check(scope, conversation.channel, filled)
    return Wording(filled.kind, filled.text, filled.as_json(), quoted, media=said.media())


async def _filled(scope: ReadScope, conversation: Conversation, choice: TemplateChoice) -> TemplateMessage:
    facts = await facts_of(scope, conversation)
    return await templates.compose(
        scope, conversation.channel, choice, contact=conversation.contact, facts=facts
    )


async def facts_of(scope: ReadScope, conversation: Conversation) -> dict[str, str]:
    """What a template's values may ask for of the contact."""
    person = await contacts.get_contact(scope, conversation.contact)
    phones = (one.value for one in person.identities if one.kind is IdentityKind.PHONE)
    return {NAME: (person.name or person.profile_name).strip(), TELEPHONE: next(phones, "")}


async def _quoted(scope: ReadScope, conversation: Conversation, message: UUID) -> str:
    found = await _of_conversation(scope, conversation, message, field="reply_to")
    if found.external_id is None:
        raise _wrong("reply_to", "the customer does not have this message: it cannot be quoted")
    return found.external_id


async def _target(scope: ReadScope, conversation: Conversation, message: UUID, *, at: datetime) -> str:
    field = "content.message_id"
    found = await _of_conversation(scope, conversation, message, field=field)
    if found.direction != "in" or found.kind == Kind.REACTION or found.external_id is None:
        raise _wrong(field, "reactions go to messages of the customer, and to no reaction")
    if found.sort_at < at - REACTIONS_TO:
        raise _wrong(field, f"the message is older than {REACTIONS_TO.days} days: no reaction arrives")
    return found.external_id


async def _of_conversation(
    scope: ReadScope, conversation: Conversation, message: UUID, *, field: str
) -> Message:
    found = next(iter(await Messages(scope).some([message])), None)
    if found is None or found.conversation != conversation.id:
        raise _wrong(field, "there is no such message in this conversation")
    return found


def _wrong(field: str, detail: str) -> Invalid:
    return Invalid(f"{field}: {detail}", errors=[FieldError(field, detail)])
