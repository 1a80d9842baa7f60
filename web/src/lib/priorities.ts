/** How urgent a conversation is, the most urgent first. */
import type { Priority } from "./api/types";

export const PRIORITIES: readonly Priority[] = ["urgent", "high", "medium", "low", "none"];

/** The higher, the more urgent. */
export const rankOf = (priority: Priority): number => PRIORITIES.length - PRIORITIES.indexOf(priority);
