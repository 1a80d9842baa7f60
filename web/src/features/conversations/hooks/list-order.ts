/** The rows of the list from top to bottom, for whoever goes to the next one. */
import type { Conversation } from "@/lib/api/types";
import { createStore } from "@/lib/store";

export const listOrder = createStore<readonly Conversation[]>([]);

/** The row after `id`, or the one before it at the end of the list. */
export function neighbour(rows: readonly Conversation[], id: string): string | null {
  const at = rows.findIndex((row) => row.id === id);
  return (rows[at + 1] ?? rows[at - 1])?.id ?? null;
}

/** The next row with something unread, from `id` downwards and then from the top. */
export function nextUnread(rows: readonly Conversation[], id: string | null): string | null {
  const at = rows.findIndex((row) => row.id === id);
  const around = [...rows.slice(at + 1), ...rows.slice(0, Math.max(at, 0))];
  return around.find((row) => row.unread > 0)?.id ?? null;
}
