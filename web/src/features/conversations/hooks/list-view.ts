/** What the list shows, as the address says it, and as the server is asked for it. Pure. */
import type { Priority } from "@/lib/api/types";
import type { ConversationFilter, StatusFilter } from "@/lib/query-keys";

export type Tab = "mine" | "unassigned" | "ai" | "mentions" | "all";
export const TABS: readonly Tab[] = ["mine", "unassigned", "ai", "mentions", "all"];
export const STATUSES = ["active", "open", "pending", "snoozed", "resolved", "any"] as const;
export type StatusChoice = (typeof STATUSES)[number];

export interface ListView {
  tab?: Tab;
  status?: StatusChoice;
  /** The id of a label. */
  label?: string;
  priority?: Priority;
  q?: string;
}

/** What an address of the inbox keeps from one conversation to the next. */
export function listOnly({ tab, status, label, priority, q }: ListView): ListView {
  return { tab, status, label, priority, q };
}

/** Without a choice the list is what is still to do; a search, or who was mentioned, looks everywhere. */
export function statusOf({ status, q, tab }: ListView): StatusChoice {
  return status ?? (q || tab === "mentions" ? "any" : "active");
}

export function askedStatus(view: ListView): StatusFilter | undefined {
  const status = statusOf(view);
  return status === "any" ? undefined : status;
}

export function filterOf(view: ListView, me: string | undefined): ConversationFilter {
  const filter: ConversationFilter = { status: askedStatus(view), label_id: view.label, priority: view.priority, q: view.q };
  if (!view.q) filter.order = "needs_person";
  if (view.tab === "mine") filter.assignee = me ?? "me";
  if (view.tab === "unassigned") filter.assignee = "none";
  if (view.tab === "mentions") {
    filter.mentioned = me ?? "me";
    filter.order = undefined;
  }
  if (view.tab === "ai") filter.mode = "ai";
  return filter;
}
