/** Updates of cached pages; each gives the same result when applied twice. */
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Conversation, ConversationPage, Message, MessagePage } from "./api/types";
import { isNewer, mergeMessage } from "./message-state";
import { rankOf } from "./priorities";
import { type ConversationFilter, keys } from "./query-keys";

export type MessagePages = InfiniteData<MessagePage, string | null>;
export type ConversationPages = InfiniteData<ConversationPage, string | null>;

interface Page<Item> {
  items: Item[];
}

function mapItems<Item, P extends Page<Item>, Param>(
  data: InfiniteData<P, Param>,
  change: (items: Item[], page: number) => Item[],
): InfiniteData<P, Param> {
  return { ...data, pages: data.pages.map((page, index) => ({ ...page, items: change(page.items, index) })) };
}

/** Puts a message where its time says; one that belongs to pages not loaded yet is left for them. */
export function placeMessage(data: MessagePages, message: Message): MessagePages {
  const known = data.pages.some((page) => page.items.some((item) => item.id === message.id));
  if (known) {
    return mapItems<Message, MessagePage, string | null>(data, (items) =>
      items.map((item) => (item.id === message.id ? mergeMessage(item, message) : item)),
    );
  }
  const last = data.pages.length - 1;
  const home = data.pages.findIndex((page) => page.items.some((item) => isNewer(message, item)));
  const target = home >= 0 ? home : data.pages[last]?.next_cursor ? -1 : last;
  return mapItems<Message, MessagePage, string | null>(data, (items, page) => {
    if (page !== target) return items;
    const at = items.findIndex((item) => isNewer(message, item));
    return at < 0 ? [...items, message] : [...items.slice(0, at), message, ...items.slice(at)];
  });
}

/** A refetched page must not undo a tick that an event already brought. */
export function keepForward(old: MessagePages | undefined, fresh: MessagePages): MessagePages {
  if (!old) return fresh;
  const known = new Map(old.pages.flatMap((page) => page.items.map((item) => [item.id, item])));
  return mapItems<Message, MessagePage, string | null>(fresh, (items) =>
    items.map((item) => {
      const before = known.get(item.id);
      return before ? mergeMessage(before, item) : item;
    }),
  );
}

export function mergeConversation(known: Conversation | undefined, incoming: Conversation): Conversation {
  if (!known || known.epoch <= incoming.epoch) return incoming;
  return { ...incoming, mode: known.mode, epoch: known.epoch };
}

function matches(filter: ConversationFilter, row: Conversation): boolean {
  const { mode, status, assignee, label_id, mentioned, priority } = filter;
  if (mode && mode !== row.mode) return false;
  if (assignee && assignee !== (row.assignee_id ?? "none")) return false;
  if (priority && priority !== row.priority) return false;
  if (mentioned && !row.mentions.some(({ member_id }) => member_id === mentioned)) return false;
  if (label_id && !row.labels.some(({ id }) => id === label_id)) return false;
  if (status === "active") return row.status === "open" || row.status === "pending";
  return !status || status === row.status;
}

function activity(row: Conversation): number {
  return row.last_message_at ? Date.parse(row.last_message_at) : 0;
}

/** Whether `row` stands above `other` in a list. */
function isAbove(row: Conversation, other: Conversation, { order }: ConversationFilter): boolean {
  if (order && row.needs_person !== other.needs_person) return row.needs_person;
  if (order && row.needs_person && row.priority !== other.priority) return rankOf(row.priority) > rankOf(other.priority);
  return activity(row) > activity(other);
}

/** Moves a row to its place by the list's order; a searched list keeps the server's order and changes in place. */
export function placeConversation(
  data: ConversationPages,
  incoming: Conversation,
  filter: ConversationFilter,
): ConversationPages {
  const known = data.pages.flatMap((page) => page.items).find((item) => item.id === incoming.id);
  const row = { ...mergeConversation(known, incoming), match: known?.match ?? incoming.match };
  const stays = matches(filter, row);
  if (known && stays && (filter.q || !(isAbove(known, row, filter) || isAbove(row, known, filter)))) {
    return mapItems<Conversation, ConversationPage, string | null>(data, (items) =>
      items.map((item) => (item.id === row.id ? row : item)),
    );
  }
  const without = mapItems<Conversation, ConversationPage, string | null>(data, (items) =>
    items.some((item) => item.id === row.id) ? items.filter((item) => item.id !== row.id) : items,
  );
  if (!stays || filter.q) return without;
  return insertRow(without, row, filter);
}

function insertRow(data: ConversationPages, row: Conversation, filter: ConversationFilter): ConversationPages {
  const last = data.pages.length - 1;
  const home = data.pages.findIndex((page) => page.items.some((item) => isAbove(row, item, filter)));
  const target = home >= 0 ? home : data.pages[last]?.next_cursor ? -1 : last;
  return mapItems<Conversation, ConversationPage, string | null>(data, (items, page) => {
    if (page !== target) return items;
    const at = items.findIndex((item) => isAbove(row, item, filter));
    return at < 0 ? [...items, row] : [...items.slice(0, at), row, ...items.slice(at)];
  });
}

/** A conversation as the cache has it: the opened one, or its row in a list. */
export function knownConversation(cache: QueryClient, id: string): Conversation | undefined {
  const lists = cache.getQueriesData<ConversationPages>({ queryKey: keys.conversationLists });
  const rows = lists.flatMap(([, data]) => data?.pages.flatMap((page) => page.items) ?? []);
  return cache.getQueryData<Conversation>(keys.conversation(id)) ?? rows.find((row) => row.id === id);
}
