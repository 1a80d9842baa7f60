/** Which change of a conversation calls for its reader. Pure. */
import type { Conversation, Message } from "@/lib/api/types";
import { mentionsOf } from "./message-facts";

type Call = "needs" | "message";

/** Nothing that is somebody else's, and nothing twice: only what this change brought. */
export function callFor(before: Conversation | undefined, now: Conversation, me: string | null): Call | null {
  const active = now.status === "open" || now.status === "pending";
  if (!active || (now.assignee_id !== null && now.assignee_id !== me)) return null;
  if (now.needs_person && !before?.needs_person) return "needs";
  if (now.mode === "human" && now.unread > (before?.unread ?? 0)) return "message";
  return null;
}

/** A colleague's note calls the reader in. */
export function mentionsMe(message: Message, me: string | null): boolean {
  return me !== null && message.member_id !== me && mentionsOf(message).some(({ id }) => id === me);
}
