"""STOP and START: heard in the first transaction that sees them, whatever else is going on."""

from collections.abc import Sequence

from samvad.assistant.service import texts
from samvad.channels.types import MessageReceived
from samvad.contacts.rules import Consent, consent_of
from samvad.contacts.types import ConsentMethod
from samvad.platform.db import Scope
from samvad.workflows.consent import Wish, grant
from samvad.workflows.inbound.types import NOT_MINE, Batch, Context, Outcome, passed, stop


async def hear(scope: Scope, batch: Batch, contexts: Sequence[Context]) -> Sequence[Outcome]:
    return [await _hear(scope, batch, context) for context in contexts]


async def _hear(scope: Scope, batch: Batch, context: Context) -> Outcome:
    if context.appended is None or context.contact is None or not isinstance(context.event, MessageReceived):
        return NOT_MINE
    wish = consent_of(context.event.text, opted_out=context.contact.opted_out)
    if wish is None:
        return passed("no consent word")
    if wish is Consent.OPT_IN and not context.contact.opted_out:
        return passed("opted in already")  # a START that changes nothing is a message like any other
    words = Wish(wish, ConsentMethod.WORD, context.event.text, context.appended.message)
    conversation = context.appended.conversation
    language = texts.guess([context.event.text], default=batch.language)
    restored = batch.restored_at is not None and context.item.sent_at <= batch.restored_at
    said = await grant(scope, conversation, words, language=language, business=batch.business, at=batch.at,
                       correlation=str(context.item.delivery), confirm=not restored)  # fmt: skip
    batch.new_messages.update(said.messages)
    batch.changed_messages.update(said.withdrawn)
    batch.conversations.add(conversation.id)
    return stop(wish.value if said.changed else f"{wish.value} again")
