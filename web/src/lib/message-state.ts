/** Where a message stands and where it belongs. Ticks never go back; a message that failed may start anew. */
import type { Message, MessageStatus } from "./api/types";

/** How far a message came with the provider; what is not listed is on no such way. */
const TICKS: Partial<Record<MessageStatus, number>> = { queued: 0, sending: 1, sent: 3, delivered: 5, read: 6, received: 7 };
/** A stop counts as nearer than the ticks a provider gave, so a late one undoes none of those. */
const STOPS: Partial<Record<MessageStatus, number>> = { held: 2, unknown: 2, skipped: 2, failed: 4 };

function isAhead(known: MessageStatus, incoming: MessageStatus): boolean {
  const reached = TICKS[known];
  return reached !== undefined && reached > (TICKS[incoming] ?? STOPS[incoming] ?? 0);
}

/** The newer record, but with the tick that is further on. */
export function mergeMessage(known: Message, incoming: Message): Message {
  if (!isAhead(known.status, incoming.status)) return incoming;
  return { ...incoming, status: known.status, reason: known.reason };
}

/** What stands in the thread and owes no reply. */
const NO_QUESTION: readonly string[] = ["reaction", "edit", "revoke", "sticker", "system"];

/** Whether the AI owes a reply to it, as long as it answers at all. */
export function isAnswered({ kind }: Message): boolean {
  return !NO_QUESTION.includes(kind);
}

/** Newest first, as the server lists them. A Date knows milliseconds only, so the rest of the text settles ties. */
export function isNewer(a: Message, b: Message): boolean {
  const ms = Date.parse(a.sort_at) - Date.parse(b.sort_at);
  return ms === 0 ? `${a.sort_at} ${a.id}` > `${b.sort_at} ${b.id}` : ms > 0;
}
