/** One table: phone event -> cache update; safe to apply twice, ticks only forward. */
import type { QueryClient } from "@tanstack/react-query";
import { type Customer, type CustomerPage, type PhoneEvent, phoneKeys, type PhoneMessage } from "../api/phone-shapes";

const RANK = { sent: 0, delivered: 1, read: 2, failed: 3 } as const;

type Keys = ReturnType<typeof phoneKeys>;
type Table = {
  [Type in PhoneEvent["type"]]: (cache: QueryClient, keys: Keys, event: Extract<PhoneEvent, { type: Type }>) => void;
};

const TABLE: Table = {
  message: (cache, keys, { message }) => {
    cache.setQueryData<PhoneMessage[]>(keys.messages(message.customer_id), (list) => list && place(list, message));
    // What waits unread on a phone is counted by the emulator and told by no event of its own.
    if (message.direction !== "in") void cache.invalidateQueries({ queryKey: keys.customers });
  },
  customer: (cache, keys, { customer }) =>
    cache.setQueryData<CustomerPage>(keys.customers, (page) => page && { ...page, items: upsert(page.items, customer) }),
  number: (cache, keys) => void cache.invalidateQueries({ queryKey: keys.all }),
};

export function applyPhoneEvent(cache: QueryClient, channelId: string, event: PhoneEvent): void {
  const apply = TABLE[event.type] as ((cache: QueryClient, keys: Keys, event: PhoneEvent) => void) | undefined;
  apply?.(cache, phoneKeys(channelId), event);
}

export function place(list: PhoneMessage[], message: PhoneMessage): PhoneMessage[] {
  const known = list.find((item) => item.id === message.id);
  if (!known) return [...list, message].sort((a, b) => a.id - b.id);
  const state = RANK[known.state] > RANK[message.state] ? known.state : message.state;
  return list.map((item) => (item.id === message.id ? { ...message, state } : item));
}

function upsert(list: Customer[], customer: Customer): Customer[] {
  const known = list.some((item) => item.id === customer.id);
  return known ? list.map((item) => (item.id === customer.id ? customer : item)) : [...list, customer];
}
