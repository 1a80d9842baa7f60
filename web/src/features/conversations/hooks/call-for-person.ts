/** Which change of a conversation calls for its reader. Pure. */
import type { Conversation } from "@/lib/api/types";

export type Call = "needs" | "message";

/** Nothing that is somebody else's, and nothing twice: only what this change brought. */
export function callFor(before: Conversation | undefined, now: Conversation, me: string | null): Call | null {
  const active = now.status === "open" || now.status === "pending";
  if (!active || (now.assignee_id !== null && now.assignee_id !== me)) return null;
  if (now.needs_person && !before?.needs_person) return "needs";
  if (now.mode === "human" && now.unread > (before?.unread ?? 0)) return "message";
  return null;
}
