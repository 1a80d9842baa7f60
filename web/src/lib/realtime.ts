/** One table: event -> cache update. Each update is safe to apply twice; unknown events are left alone. */
import type { QueryClient } from "@tanstack/react-query";
import type { Conversation, Message, Mode } from "./api/types";
import {
  type ConversationPages,
  knownConversation,
  type MessagePages,
  mergeConversation,
  placeConversation,
  placeMessage,
} from "./conversation-cache";
import { isAnswered } from "./message-state";
import { type ConversationFilter, keys } from "./query-keys";

interface MessageEvent {
  conversation_id: string;
  message: Message;
}
interface ConversationEvent {
  conversation: Conversation;
}
export interface ModeEvent {
  conversation_id: string;
  mode: Mode;
  epoch: number;
}
export interface TypingEvent {
  conversation_id: string;
  author?: string;
  name?: string | null;
  on?: boolean;
}

export interface PresenceEvent {
  conversation_id: string;
  state: "viewing" | "typing" | "left";
  member_id: string | null;
  name: string | null;
}
/** Who else has a conversation open, by member. */
export type Presence = Record<string, PresenceEvent>;

interface LiveEvents {
  "message.created": MessageEvent;
  "message.updated": MessageEvent;
  "conversation.created": ConversationEvent;
  "conversation.updated": ConversationEvent;
  "conversation.mode": ModeEvent;
  typing: TypingEvent;
  presence: PresenceEvent;
  "templates.changed": unknown;
  "labels.changed": unknown;
  "canned_replies.changed": unknown;
  "answer.judged": { message_id: string };
  "answer.settled": unknown;
  "contact.merged": unknown;
  "conversation.merged": { conversation_id: string; into: string };
  "knowledge.source.updated": unknown;
  "knowledge.source.removed": unknown;
}

type Table = { [Type in keyof LiveEvents]: (cache: QueryClient, data: LiveEvents[Type]) => void };

const TABLE: Table = {
  "message.created": (cache, data) => {
    if (data.message.author === "customer") expectReply(cache, data);
    else clearTyping(cache, data.conversation_id);
    applyMessage(cache, data);
    applyPreview(cache, data);
  },
  "message.updated": applyMessage,
  "conversation.created": (cache, { conversation }) => applyConversation(cache, conversation),
  "conversation.updated": (cache, { conversation }) => applyConversation(cache, conversation),
  "conversation.mode": applyMode,
  typing: (cache, data) =>
    cache.setQueryData(keys.typing(data.conversation_id), data.on === false ? null : { ...data, at: Date.now() }),
  presence: applyPresence,
  "templates.changed": (cache) => void cache.invalidateQueries({ queryKey: keys.allTemplates }),
  "canned_replies.changed": (cache) => void cache.invalidateQueries({ queryKey: keys.canned }),
  "labels.changed": (cache) => {
    void cache.invalidateQueries({ queryKey: keys.labels });
    void cache.invalidateQueries({ queryKey: ["conversations"] });
  },
  "answer.judged": (cache, { message_id }) => {
    void cache.invalidateQueries({ queryKey: keys.trace(message_id) });
    void cache.invalidateQueries({ queryKey: keys.allWrongAnswers });
  },
  "answer.settled": (cache) => void cache.invalidateQueries({ queryKey: keys.allWrongAnswers }),
  // Rare, and it changes lists, people and threads at once: all of them are read anew.
  "contact.merged": readPeopleAnew,
  "conversation.merged": (cache, { conversation_id }) => cache.removeQueries({ queryKey: keys.conversation(conversation_id) }),
  // A source's steps are few, and its passages change with its state: both are read anew.
  "knowledge.source.updated": (cache) => void cache.invalidateQueries({ queryKey: ["knowledge"] }),
  "knowledge.source.removed": (cache) => void cache.invalidateQueries({ queryKey: ["knowledge"] }),
};

export function readPeopleAnew(cache: QueryClient): void {
  for (const first of ["contact", "contacts", "conversations", "counts"]) void cache.invalidateQueries({ queryKey: [first] });
}

function applyPresence(cache: QueryClient, event: PresenceEvent): void {
  const who = event.member_id ?? "";
  cache.setQueryData<Presence>(keys.presence(event.conversation_id), (present = {}) => {
    const { [who]: _before, ...others } = present;
    return event.state === "left" ? others : { ...others, [who]: event };
  });
}

export function applyEvent(cache: QueryClient, type: string, data: unknown): void {
  const apply = (TABLE as Record<string, ((cache: QueryClient, data: never) => void) | undefined>)[type];
  apply?.(cache, data as never);
}

function applyMessage(cache: QueryClient, { conversation_id, message }: MessageEvent): void {
  cache.setQueryData<MessagePages>(keys.messages(conversation_id), (data) => data && placeMessage(data, message));
}

/** While the AI answers, each new message of a customer makes a reply due. */
function expectReply(cache: QueryClient, { conversation_id, message }: MessageEvent): void {
  const shown = cache.getQueryData<MessagePages>(keys.messages(conversation_id));
  const isNew = shown && !shown.pages.some((page) => page.items.some(({ id }) => id === message.id));
  const talk = knownConversation(cache, conversation_id);
  if (!isNew || !isAnswered(message) || talk?.mode !== "ai" || talk.contact.opted_out) return;
  cache.setQueryData(keys.typing(conversation_id), { conversation_id, author: "assistant", at: Date.now() });
}

function clearTyping(cache: QueryClient, conversationId: string): void {
  if (cache.getQueryData(keys.typing(conversationId))) cache.setQueryData(keys.typing(conversationId), null);
}

/** Every copy of a conversation in the cache: the opened one and its row in each list. */
function updateConversation(cache: QueryClient, id: string, change: (row: Conversation) => Conversation): void {
  cache.setQueryData<Conversation>(keys.conversation(id), (row) => row && change(row));
  eachList(cache, (data, filter) => {
    const row = data.pages.flatMap((page) => page.items).find((item) => item.id === id);
    return row ? placeConversation(data, change(row), filter) : data;
  });
}

function eachList(
  cache: QueryClient,
  change: (data: ConversationPages, filter: ConversationFilter) => ConversationPages,
): void {
  for (const [key, data] of cache.getQueriesData<ConversationPages>({ queryKey: keys.conversationLists })) {
    if (data) cache.setQueryData(key, change(data, key[2] as ConversationFilter));
  }
}

export function applyConversation(cache: QueryClient, conversation: Conversation): void {
  cache.setQueryData<Conversation>(keys.conversation(conversation.id), (row) => row && mergeConversation(row, conversation));
  eachList(cache, (data, filter) => placeConversation(data, conversation, filter));
}

/** A newer message shows in its row at once; unread and needs-a-person come with the conversation's own event. */
function applyPreview(cache: QueryClient, { conversation_id, message }: MessageEvent): void {
  updateConversation(cache, conversation_id, (row) => {
    if (message.private || Date.parse(row.last_message_at) >= Date.parse(message.sort_at)) return row;
    const { text, author, kind, direction, sort_at } = message;
    return { ...row, last_message_at: sort_at, preview: { text, author, kind, direction } };
  });
}

export function applyMode(cache: QueryClient, { conversation_id, mode, epoch }: ModeEvent): void {
  clearTyping(cache, conversation_id);
  updateConversation(cache, conversation_id, (row) => (epoch >= row.epoch ? { ...row, mode, epoch } : row));
}

/** The optimistic half of a mode switch: the epoch stays, so the server's answer always wins. */
export function paintMode(cache: QueryClient, conversationId: string, mode: Mode): void {
  updateConversation(cache, conversationId, (row) => ({ ...row, mode }));
}

export function markRead(cache: QueryClient, conversationId: string): void {
  updateConversation(cache, conversationId, (row) => (row.unread ? { ...row, unread: 0 } : row));
}
