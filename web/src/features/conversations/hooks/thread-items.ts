/** What a thread shows, from top to bottom: days, the "new" line, messages in runs. */
import { useState } from "react";
import type { Message } from "@/lib/api/types";
import { dayKey } from "@/lib/format";
import type { Pending } from "./outbox";

export interface Bubble {
  kind: "message";
  key: string;
  message: Message;
  /** Set while the message has not reached the server. */
  pending: Pending | null;
  /** First and last of a run of one author. */
  first: boolean;
  last: boolean;
}

export type ThreadItem = Bubble | { kind: "day"; key: string; iso: string } | { kind: "fresh"; key: string };

const RUN_MS = 5 * 60_000;

/** A long thread is laid out anew with every message, so what its times mean is worked out once for each. */
const moments = new WeakMap<Message, { day: string; ms: number }>();

function momentOf(message: Message): { day: string; ms: number } {
  let moment = moments.get(message);
  if (!moment) {
    moment = { day: dayKey(message.sort_at), ms: Date.parse(message.sort_at) };
    moments.set(message, moment);
  }
  return moment;
}

/** What is on its way from here has no member yet; it must not part from its run when it arrives. */
function sameMember(a: string | null, b: string | null): boolean {
  return a === b || a === null || b === null;
}

function sameRun(a: Message | undefined, b: Message | undefined): boolean {
  if (!a || !b) return false;
  return (
    a.author === b.author &&
    a.direction === b.direction &&
    a.private === b.private &&
    sameMember(a.member_id, b.member_id) &&
    momentOf(a).day === momentOf(b).day &&
    Math.abs(momentOf(b).ms - momentOf(a).ms) < RUN_MS
  );
}

function asMessage(pending: Pending): Message {
  return {
    id: pending.client_id,
    conversation_id: pending.conversation_id,
    external_id: null,
    client_id: pending.client_id,
    direction: "out",
    author: "agent",
    source: "agent",
    kind: "text",
    text: pending.text,
    status: pending.refused ? "failed" : "queued",
    reason: pending.refused,
    detail: "",
    target: null,
    content: pending.mentions?.length ? { mentions: pending.mentions } : null,
    media: null,
    member_id: null,
    member: null,
    sort_at: pending.created_at,
    private: pending.private,
    reply_to: null,
    citations: [],
    created_at: pending.created_at,
  };
}

/** An edit and a deletion show on the message that they are about; alone where that one is not here. */
function unfolded(messages: Message[]): Message[] {
  const here = new Set(messages.map((message) => message.external_id));
  return messages.filter(({ kind, target }) => !(["edit", "revoke"].includes(kind) && target && here.has(target)));
}

/** `messages` newest first, as the server lists them; `freshFrom` is the first message not read when the thread opened. */
export function buildThread(messages: Message[], pending: Pending[], freshFrom: string | null): ThreadItem[] {
  const arrived = new Set(messages.map((message) => message.client_id));
  const waiting = pending.filter((entry) => !arrived.has(entry.client_id));
  const rows = [
    ...unfolded(messages).toReversed().map((message) => ({ message, pending: null as Pending | null })),
    ...waiting.map((entry) => ({ message: asMessage(entry), pending: entry as Pending | null })),
  ];
  return rows.flatMap(({ message, pending: entry }, at) => {
    const before = rows[at - 1]?.message;
    const after = rows[at + 1]?.message;
    const { day } = momentOf(message);
    const newDay = !before || momentOf(before).day !== day;
    const isFresh = message.id === freshFrom;
    const items: ThreadItem[] = [];
    if (newDay) items.push({ kind: "day", key: `day ${day}`, iso: message.sort_at });
    if (isFresh) items.push({ kind: "fresh", key: "fresh" });
    items.push({
      kind: "message",
      // The client id is known before the server's, so a bubble stays the same element when its answer comes.
      key: message.client_id ?? message.id,
      message,
      pending: entry,
      first: isFresh || !sameRun(before, message),
      last: after?.id === freshFrom || !sameRun(message, after),
    });
    return items;
  });
}

/** Quotes name a message by our id or by the provider's. */
export function indexMessages(messages: Message[]): Map<string, Message> {
  return new Map(messages.flatMap((m) => [[m.id, m] as const, ...(m.external_id ? [[m.external_id, m] as const] : [])]));
}

/** The first message that was unread when the thread opened; it stays marked while the thread is open. */
export function useFreshFrom(messages: Message[], unreadNow: number): string | null {
  const [unread] = useState(unreadNow); // opening it reads it, often before its messages are here
  const [from, setFrom] = useState<string | null | undefined>(undefined);
  if (from === undefined && messages.length > 0) {
    setFrom(unread > 0 ? (messages.filter((message) => message.direction === "in")[unread - 1]?.id ?? null) : null);
  }
  return from ?? null;
}
