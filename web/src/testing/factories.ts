/** Domain records for tests; every field has a plain value that a test may override. */
import type { Conversation, Message } from "@/lib/api/types";

const TEN = "2026-01-01T10:00:00Z";

export function aMessage(over: Partial<Message> = {}): Message {
  return {
    id: "m1",
    conversation_id: "c1",
    external_id: null,
    client_id: null,
    direction: "out",
    author: "agent",
    source: "agent",
    kind: "text",
    text: "hello",
    status: "queued",
    reason: null,
    detail: "",
    target: null,
    content: null,
    media: null,
    member_id: null,
    member: null,
    private: false,
    reply_to: null,
    citations: [],
    sort_at: TEN,
    created_at: TEN,
    ...over,
  };
}

export function aConversation(over: Partial<Conversation> = {}): Conversation {
  return {
    id: "c1",
    channel_id: "ch1",
    contact: { id: "p1", name: "Asha", opted_out: false, identities: [{ kind: "phone", value: "+919199900000" }] },
    mode: "ai",
    epoch: 1,
    status: "open",
    unread: 0,
    last_message_at: TEN,
    created_at: TEN,
    preview: null,
    needs_person: false,
    needs_person_reason: null,
    needs_person_summary: null,
    assignee_id: null,
    assignee: null,
    labels: [],
    mentions: [],
    priority: "none",
    snoozed_until: null,
    resolved_by: null,
    window: { open: true, closes_at: null },
    text_limit: 4096,
    sends_kinds: ["buttons", "contacts", "cta_url", "flow", "list", "location", "location_request", "template", "text"],
    sends_files: true,
    fetches_files: false,
    ...over,
  };
}
