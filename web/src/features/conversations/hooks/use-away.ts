import type { Virtualizer } from "@tanstack/react-virtual";
import { useState } from "react";
import type { Message } from "@/lib/api/types";

/** Nearer than this the end counts as seen. */
const NEAR_PX = 120;

/** Whether the end is out of sight, and how many messages came since it was last seen. */
export function useAway(list: Virtualizer<HTMLDivElement, Element>, messages: Message[]): { far: boolean; count: number } {
  const [seen, setSeen] = useState<string | null>(null);
  const latest = messages[0]?.id ?? null;
  const far = list.scrollElement !== null && !list.isAtEnd(NEAR_PX);
  if (far && seen === null && latest !== null) setSeen(latest);
  if (!far && seen !== null) setSeen(null);
  const count = far && seen ? messages.findIndex((message) => message.id === seen) : 0;
  return { far, count: Math.max(count, 0) };
}
