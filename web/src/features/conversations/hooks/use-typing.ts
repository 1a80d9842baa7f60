import { skipToken, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { keys } from "@/lib/query-keys";
import type { TypingEvent } from "@/lib/realtime";

/** A typing mark nobody renews is forgotten. */
const LASTS_MS = 10_000;
/** A reply that is due comes, or a person is called; longer than this nobody should have to wait for it. */
export const REPLY_LASTS_MS = 30_000;

type Typing = TypingEvent & { at: number };

export function useTyping(conversationId: string): Typing | null {
  const { data } = useQuery<Typing | null>({ queryKey: keys.typing(conversationId), queryFn: skipToken });
  const [endedAt, setEndedAt] = useState(0);
  useEffect(() => {
    if (!data) return;
    const lasts = data.author === "assistant" ? REPLY_LASTS_MS : LASTS_MS;
    const timer = window.setTimeout(() => setEndedAt(data.at), data.at + lasts - Date.now());
    return () => window.clearTimeout(timer);
  }, [data]);
  return data && data.at !== endedAt ? data : null;
}
