"""Conversations and messages in the public shape, the same in answers and in live events."""

from collections.abc import Sequence
from datetime import datetime

from samvad.channels.service.contents import sends_kinds, text_limit
from samvad.channels.service.own_files import fetches_files, sends_files
from samvad.conversations.types import ConversationView, Message, State
from samvad.conversations.types.inbox import Hit
from samvad.kernel.json import JsonObject


def _time(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None


def message_view(message: Message) -> JsonObject:
    return {
        "id": str(message.id),
        "conversation_id": str(message.conversation),
        "external_id": message.external_id,
        "client_id": message.client_id,
        "direction": message.direction,
        "author": message.author.value,
        "source": message.source,
        "kind": message.kind,
        "text": message.text,
        "status": message.status.value,
        "reason": message.reason,
        "detail": message.detail,
        "reply_to": message.reply_to,
        "target": message.target,
        "private": message.private,
        "content": message.content,
        "media": file_view(message.media),
        "citations": list(message.citations),
        "member_id": str(message.member.id) if message.member else None,
        "member": {"id": str(message.member.id), "name": message.member.name} if message.member else None,
        "sort_at": _time(message.sort_at),
        "created_at": _time(message.created_at),
    }


def file_view(media: JsonObject | None) -> JsonObject | None:
    """What a file is and where it stands; the provider's own ids and addresses stay with us."""
    if media is None:
        return None
    return {
        name: media.get(name) for name in ("state", "reason", "mime_type", "filename", "size", "kept_days")
    }


def conversation_view(view: ConversationView, *, now: datetime) -> JsonObject:
    open_now = not view.has_window or bool(view.window_until and view.window_until > now)
    return {
        "id": str(view.id),
        "channel_id": str(view.channel),
        "contact": {
            "id": str(view.contact),
            "name": view.contact_name,
            "opted_out": view.opted_out,
            "identities": [{"kind": i.kind, "value": i.value} for i in view.identities],
        },
        "mode": view.mode.value,
        "epoch": view.epoch,
        "status": view.state.value,
        "unread": view.unread,
        "needs_person": view.needs_person_reason is not None,
        "needs_person_reason": view.needs_person_reason,
        "needs_person_summary": view.summary,
        "preview": view.preview,
        "last_message_at": _time(view.last_message_at),
        "assignee_id": str(view.assignee.id) if view.assignee else None,
        "assignee": {"id": str(view.assignee.id), "name": view.assignee.name} if view.assignee else None,
        "labels": [{"id": str(x.id), "name": x.name, "colour": x.colour.value} for x in view.labels],
        "priority": view.priority.value,
        "mentions": [{"member_id": str(x.member), "seen": x.seen} for x in view.mentions],
        "snoozed_until": _time(view.snoozed_until) if view.state is State.SNOOZED else None,
        "resolved_by": view.resolved_by,
        "window": {"open": open_now, "closes_at": _time(view.window_until) if view.has_window else None},
        "text_limit": text_limit(view.provider),
        "sends_kinds": [*sends_kinds(view.provider)],
        "sends_files": sends_files(view.provider),
        "fetches_files": fetches_files(view.provider),
        "created_at": _time(view.created_at),
    }


def match_view(hit: Hit, parts: Sequence[JsonObject]) -> JsonObject:
    return {"match": {"message_id": str(hit.message), "sort_at": _time(hit.sort_at), "parts": list(parts)}}
